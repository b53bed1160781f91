"""Groups the articles of a warehouse again in memory, load by load: to see that order and division do not count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import duckdb

from flows.relating import relating
from warehouse.contract import TABLES
from warehouse.ddl import create_table, quoted
from warehouse.grouping import group_articles

Rows = list[tuple[object, ...]]


def split(ids: Sequence[str], loads: int, seed: int) -> list[list[str]]:
    """The ids shuffled and divided into loads of any size."""
    pick = Random(seed)
    shuffled = pick.sample(list(ids), len(ids))
    cuts = [0, *sorted(pick.randint(0, len(ids)) for _ in range(loads - 1)), len(ids)]
    return [shuffled[a:b] for a, b in pairwise(cuts)]


def regroup(warehouse: Path, loads: Sequence[Sequence[str]]) -> tuple[Rows, Rows]:
    """The rows of copies and of stories when the articles come in these loads."""
    rules = relating()
    with duckdb.connect() as con:
        con.execute(f"ATTACH {quoted(str(warehouse / 'warehouse.duckdb'))} AS loaded (READ_ONLY)")
        for name in ("articles", "copies", "stories"):
            con.execute(create_table(TABLES[name]))
        for load in loads:
            con.execute(
                "INSERT INTO articles BY NAME SELECT * EXCLUDE (copy_id, story_id) FROM loaded.articles "
                "WHERE article_id IN (SELECT unnest(?))",
                [list(load)],
            )
            group_articles(con, rules.groupings, rules.version)
        copies = con.execute("SELECT * FROM copies ORDER BY ALL").fetchall()
        return copies, con.execute("SELECT * FROM stories ORDER BY ALL").fetchall()
