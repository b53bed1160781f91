"""The fingerprint: equal for equal content in any order, else not."""

from __future__ import annotations

from random import Random

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.contract import TABLES
from warehouse.ddl import create_table
from warehouse.fingerprint import fingerprint

Rows = list[tuple[str, str | None]]


def print_of(rows: Rows) -> str:
    with duckdb.connect() as con:
        for table in TABLES.values():
            con.execute(create_table(table))
        con.execute("ALTER TABLE entity_aliases ALTER canonical_id DROP NOT NULL")
        for first, second in rows:
            con.execute(
                "INSERT INTO entity_aliases (entity_id, canonical_id, rule) VALUES (?, ?, 'r')",
                [first, second],
            )
        return fingerprint(con)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
rows = st.lists(st.tuples(texts, st.none() | texts), max_size=4)


@settings(max_examples=15, deadline=None)
@given(rows, st.randoms())
def test_order_does_not_count_but_rows_do(rows: Rows, random: Random) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    assert print_of(shuffled) == print_of(rows)
    assert print_of([*rows, ("one", "more")]) != print_of(rows)


def test_null_is_not_empty_and_columns_do_not_run_together() -> None:
    prints = {print_of([row]) for row in (("a", None), ("a", ""), ("a", "null"), ("a,", ""), ("", "a"))}
    assert len(prints) == 5


def test_row_twice_is_not_row_once() -> None:
    assert print_of([("a", "b")] * 2) != print_of([("a", "b")])
