"""News threads, as a user finds them in the samples."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.relating import relating
from tests.expected import read_expected, relative_source
from tests.regroup import Rows, regroup, split
from warehouse.client import open_reader
from warehouse.contract import TABLES
from warehouse.ddl import create_table
from warehouse.grouping import group_articles


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_reader(warehouse) as con:
        return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def stories(sample_warehouse: Path) -> dict[str, list[dict[str, str]]]:
    """What is expected of the articles of each story."""
    expected = {(row["source"], row["record_no"]): row for row in read_expected("copies")}
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for uri, record_no, story_id in ask(
        sample_warehouse,
        "SELECT d.source_uri, d.record_no, s.story_id FROM stories s JOIN documents d ON d.document_id = s.article_id",
    ):
        if row := expected.get((relative_source(uri), str(record_no))):
            found[story_id].append(row)
    return found


def test_no_story_is_made_of_two(stories: dict[str, list[dict[str, str]]]) -> None:
    assert not [rows for rows in stories.values() if len({row["storyline"] for row in rows}) > 1]


@pytest.mark.parametrize(
    "groups",
    [
        {"call-reuters", "call-ap", "call-afp", "call-tass", "call-efe", "call-courier"},
        {"quito-reuters", "quito-afp", "quito-ledger"},
        {"geneva-reuters", "geneva-upi"},
        {"nrc-ap", "nrc-afp"},
        {"jeddah-declaration", "jeddah-truce"},
    ],
    ids=min,
)
def test_what_several_tell_in_their_own_words_is_one_story(
    stories: dict[str, list[dict[str, str]]], groups: set[str]
) -> None:
    assert [rows for rows in stories.values() if groups <= {row["copy_group"] for row in rows}]


def test_copies_are_of_one_story(sample_warehouse: Path) -> None:
    assert not ask(
        sample_warehouse, "SELECT copy_id FROM articles GROUP BY copy_id HAVING count(DISTINCT story_id) > 1"
    )


def test_a_timeline_tells_a_story_from_its_first_article(sample_warehouse: Path) -> None:
    rows = ask(
        sample_warehouse,
        """
        SELECT position, after_first, is_original, headline FROM story_timeline
        WHERE story_id = (SELECT story_id FROM articles WHERE headline = 'Envoys come home from Quito')
        ORDER BY position
        """,
    )
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0][1] == timedelta(0)
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert [row[2] for row in rows].count(True) == 3
    assert rows[-1][3] == "Envoys come home from Quito"


@pytest.fixture(scope="module")
def whole(sample_warehouse: Path) -> tuple[list[str], tuple[Rows, Rows]]:
    """All articles, and their groups when they come in one load."""
    ids = [article_id for (article_id,) in ask(sample_warehouse, "SELECT article_id FROM articles ORDER BY article_id")]
    return ids, regroup(sample_warehouse, [ids])


@pytest.mark.parametrize("seed", range(10))
def test_groups_are_the_same_in_any_order_and_division(
    sample_warehouse: Path, whole: tuple[list[str], tuple[Rows, Rows]], seed: int
) -> None:
    ids, groups = whole
    assert regroup(sample_warehouse, split(ids, 2 + seed % 4, seed)) == groups
    assert [len(rows) for rows in groups] == [len(ids)] * 2


def test_a_chain_of_likeness_does_not_grow_into_one_story() -> None:
    """Each article shares most of its rare words with the one before it; the ends share none."""
    words = [f"{a}{b}{c}ax" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"]
    rules = relating()
    with duckdb.connect() as con:
        for name in ("articles", "copies", "stories"):
            con.execute(create_table(TABLES[name]).replace(" NOT NULL", ""))
        for at in range(30):
            body = f"On that day it was said that {' and also '.join(words[at * 4 : at * 4 + 12])} were there."
            con.execute(
                "INSERT INTO articles (article_id, headline, body, language, published_at) VALUES (?, ?, ?, 'en', ?)",
                [f"a{at:02}", None, body, datetime(2025, 11, 3) + timedelta(hours=at)],
            )
        group_articles(con, rules.groupings, rules.version)
        sizes = con.execute("SELECT count(*) FROM stories GROUP BY story_id ORDER BY 1").fetchall()
    assert sum(size for (size,) in sizes) == 30
    assert 2 <= sizes[-1][0] <= 6
