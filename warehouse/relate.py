"""Relating: what is known only across articles, written into the next warehouse before it is published.

`warehouse/relations/*.sql` run in order, each on what those before it wrote, and groups of articles are made as soon
as the versions of one item are known. All look at the set of loaded documents alone, never at the order in which they
came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.grouping import Grouping, group_articles
from warehouse.layout import Layout
from warehouse.load import discard, writing

_PEOPLE = """
CREATE TEMP TABLE people AS
SELECT
    m.entity_id,
    m.article_id,
    mode(m.country ORDER BY m.country) AS country,
    list_sort(list_distinct(list(k.office_kind) FILTER (WHERE k.office_kind IS NOT NULL))) AS office_kinds
FROM mentions m
LEFT JOIN role_kinds k USING (role)
WHERE m.entity_type = 'person' AND m.entity_id IS NOT NULL
GROUP BY m.entity_id, m.article_id
"""
"""One row per person and article: the country and the kinds of office with which it is named there."""
_VERSIONS = "05_versions.sql"


@dataclass(frozen=True)
class Relating:
    """What relating asks of the language rules, each Arrow in, Arrow out.

    `key_names` keys the column `entity_id` of persons; `sort_roles` tells the kind of office of the column `role`;
    `groupings` put articles into groups; `version` changes when any would answer otherwise.
    """

    key_names: Callable[[pa.Table], pa.Table]
    sort_roles: Callable[[pa.Table], pa.Table]
    groupings: tuple[Grouping, ...]
    version: str


def relate(candidate: Path, layout: Layout, relating: Relating) -> None:
    """Brings all that is known across articles up to date, unless nothing that it rests on has changed."""
    try:
        with writing(candidate, layout) as con:
            basis = _find_basis(con, relating)
            if con.execute("SELECT basis FROM internal.related").fetchall() != [(basis,)]:
                write_relations(con, relating)
                con.execute("DELETE FROM internal.related")
                con.execute("INSERT INTO internal.related VALUES (?)", [basis])
    except BaseException:
        discard(layout)
        raise


def write_relations(con: duckdb.DuckDBPyConnection, relating: Relating) -> None:
    """Writes `entity_aliases`, `entities` and `happenings` anew, and adds to the groups of articles."""
    _ask(con, "name_keys", relating.key_names, "SELECT DISTINCT entity_id FROM mentions WHERE entity_type = 'person'")
    _ask(con, "role_kinds", relating.sort_roles, "SELECT DISTINCT role FROM mentions")
    con.execute(_PEOPLE)
    con.execute("DELETE FROM entity_aliases")
    con.execute("DELETE FROM entities")
    con.execute("DELETE FROM happenings")
    for name, statement in _relations():
        con.execute(statement)
        if name == _VERSIONS:
            group_articles(con, relating.groupings, relating.version)


def _relations() -> list[tuple[str, str]]:
    folder = resources.files("warehouse") / "relations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda file: file.name)
    return [(file.name, file.read_text("utf-8")) for file in files]


def _find_basis(con: duckdb.DuckDBPyConnection, relating: Relating) -> str:
    """A digest of all that the related tables rest on: parts, rules, statements, reference data."""
    statements = "\n".join([relating.version, _PEOPLE, *(statement for _, statement in _relations())])
    (digest,) = con.execute(
        """
        SELECT md5(concat_ws('|', ?,
            (SELECT string_agg(batch_id || stage || version, ',' ORDER BY batch_id, stage) FROM internal.parts),
            (SELECT string_agg(entity_id || name || coalesce(country, ''), ',' ORDER BY entity_id) FROM organisations)))
        """,
        [statements],
    ).fetchall()[0]
    return str(digest)


def _ask(con: duckdb.DuckDBPyConnection, name: str, function: Callable[[pa.Table], pa.Table], question: str) -> None:
    """Makes a temporary table of what a function answers for the one column of a question, nulls left out."""
    asked = con.sql(f"SELECT * FROM ({question}) WHERE COLUMNS(*) IS NOT NULL ORDER BY ALL").to_arrow_table()
    con.register("answered", function(asked))
    con.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM answered')
    con.unregister("answered")
