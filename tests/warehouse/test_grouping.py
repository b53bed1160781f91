"""Groups of articles grow with each load, and are what one load of them all would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.relate.groups import GROUPS_SCHEMA, KEYS_SCHEMA, join_pairs
from transforms.tables import iter_rows
from warehouse.grouping import Grouping, forget, group_articles

Toy = tuple[str, int | None, frozenset[int]]
"""Id, day, and what the article is about."""
DAY = datetime(2025, 11, 3)


def key(articles: pa.Table) -> pa.Table:
    rows = list(iter_rows(articles, "doc", "body"))
    keys = pa.array([sorted(map(int, body.split())) for _, body in rows], pa.list_(pa.uint64()))
    profiles = pa.array([body.encode() for _, body in rows], pa.binary())
    return pa.table([articles["doc"], keys, profiles], schema=KEYS_SCHEMA)


def read_topics(articles: pa.Table, doc: str = "doc") -> dict[int, set[bytes]]:
    return {number: set(profile.split()) for number, profile in iter_rows(articles, doc, "profile")}


def compare(pairs: pa.Table, articles: pa.Table) -> pa.Table:
    topics = read_topics(articles)
    likeness = [len(topics[a] & topics[b]) / len(topics[a] | topics[b]) for a, b in iter_rows(pairs, "doc", "other")]
    return pairs.append_column("similarity", pa.array(likeness, pa.float64())).append_column(
        "is_linked", pa.array([x >= 0.5 for x in likeness], pa.bool_())
    )


def settle(articles: pa.Table, links: pa.Table, settled: pa.Table) -> pa.Table:
    """As the rules of stories do: the first story asked whose densest article is like enough."""
    topics = read_topics(articles) | read_topics(settled, "centre")
    centres = dict(iter_rows(settled, "doc", "centre"))
    docs = articles["doc"].to_pylist()
    for doc in docs:
        asked = [centres[other] for one, other in iter_rows(links, "doc", "other") if one == doc]
        centres[doc] = next((c for c in asked if len(topics[c] & topics[doc]) >= 2), doc)
    return pa.table([docs, [centres[doc] for doc in docs]], schema=GROUPS_SCHEMA)


TOYS = Grouping(
    table="stories",
    column="story_id",
    measures=("similarity",),
    key=key,
    window=2,
    least_keys=1,
    least_share=0.3,
    compare=compare,
    strongest=2,
    least_weight=0.5,
    settle=settle,
    given="SELECT article_id, superseded_by AS other_id FROM articles WHERE superseded_by IS NOT NULL",
    merge=join_pairs,
)
FOLLOWING = replace(TOYS, merge=None)


@pytest.fixture(scope="module", autouse=True)
def small_pieces() -> Iterator[None]:
    """Whatever is done so many at a time is done a few at a time here."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_KEYED", "_COMPARED", "_SETTLED", "_SCANNED"):
            patch.setattr(f"warehouse.grouping.{name}", 3)
        yield


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return open_toys()


def open_toys() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE articles (article_id VARCHAR, published_at TIMESTAMP, headline VARCHAR, body VARCHAR, "
        "language VARCHAR, story_id VARCHAR, superseded_by VARCHAR)"
    )
    con.execute("CREATE TABLE stories (story_id VARCHAR, article_id VARCHAR, similarity DOUBLE, is_earliest BOOLEAN)")
    return con


def load(con: duckdb.DuckDBPyConnection, toys: Sequence[Toy], version: str = "1", grouping: Grouping = TOYS) -> None:
    rows = [(a, None if d is None else DAY + timedelta(days=d), " ".join(map(str, sorted(t)))) for a, d, t in toys]
    if rows:
        con.executemany("INSERT INTO articles (article_id, published_at, body) VALUES (?, ?, ?)", rows)
    group_articles(con, (grouping,), version)


def groups(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    rows = con.execute("SELECT * FROM stories ORDER BY ALL").fetchall()
    assert con.execute("SELECT story_id, article_id FROM articles ORDER BY ALL").fetchall() == [r[:2] for r in rows]
    return rows


LOADS = st.lists(
    st.lists(st.tuples(st.none() | st.integers(0, 4), st.frozensets(st.integers(1, 6), max_size=4)), max_size=6),
    max_size=5,
)


@pytest.mark.parametrize("grouping", [TOYS, FOLLOWING], ids=["merged", "followed"])
@settings(deadline=None, max_examples=20)
@given(loads=LOADS, random=st.randoms(use_true_random=False))
def test_loads_in_any_order_and_division_give_the_groups_of_one(
    grouping: Grouping, loads: list[list[tuple[int | None, frozenset[int]]]], random: Random
) -> None:
    toys = [(f"a{i:02}", day, topics) for i, (day, topics) in enumerate(toy for load in loads for toy in load)]
    whole, parts = open_toys(), open_toys()
    load(whole, toys, grouping=grouping)
    shuffled = list(toys)
    random.shuffle(shuffled)
    for some in loads:
        load(parts, [shuffled.pop() for _ in some], grouping=grouping)
    load(parts, [], grouping=grouping)
    assert groups(whole) == groups(parts)


def test_an_earlier_article_takes_the_place_of_the_first(con: duckdb.DuckDBPyConnection) -> None:
    load(con, [("b", 2, frozenset({1, 2})), ("c", None, frozenset({1, 2, 3}))])
    assert groups(con) == [("b", "b", 1.0, True), ("b", "c", 2 / 3, False)]
    load(con, [("d", 1, frozenset({1, 2}))])
    assert groups(con) == [("d", "b", 1.0, False), ("d", "c", 2 / 3, False), ("d", "d", 1.0, True)]


def test_versions_of_one_item_are_one_whatever_they_share(con: duckdb.DuckDBPyConnection) -> None:
    load(con, [("a", 1, frozenset({1})), ("b", 2, frozenset({2}))])
    con.execute("INSERT INTO articles (article_id, published_at, body) VALUES ('c', ?, '3')", [DAY])
    con.execute("UPDATE articles SET superseded_by = 'c' WHERE article_id = 'a'")
    load(con, [])
    assert [row[:2] for row in groups(con)] == [("b", "b"), ("c", "a"), ("c", "c")]


def test_other_rules_and_changed_articles_begin_anew(con: duckdb.DuckDBPyConnection) -> None:
    toys: list[Toy] = [("a", 1, frozenset({1, 2})), ("b", 2, frozenset({1, 2}))]
    load(con, toys)
    con.execute("UPDATE articles SET body = '5 6' WHERE article_id = 'b'")
    load(con, [])
    assert [row[0] for row in groups(con)] == ["a", "a"]
    load(con, [], version="2")
    assert [row[0] for row in groups(con)] == ["a", "b"]
    con.execute("UPDATE articles SET body = '1 2' WHERE article_id = 'b'")
    forget(con)
    load(con, [], version="2")
    assert [row[0] for row in groups(con)] == ["a", "a"]
