"""The samples as a new user loads them, against the rows that are expected of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.expected import read_expected, relative_source
from warehouse.client import open_reader

ARTICLE_COLUMNS = (
    "record_id",
    "headline",
    "agency",
    "publisher",
    "authors",
    "dateline_place",
    "dateline_country",
    "dateline_on",
    "published_at",
    "published_precision",
    "published_basis",
    "language",
    "is_correction",
    "paragraph_count",
)

Key = tuple[str, str]


@pytest.fixture(scope="module")
def articles(sample_warehouse: Path) -> dict[Key, dict[str, str]]:
    """What was made of each sample, as text, by source and record number."""
    with open_reader(sample_warehouse) as con:
        rows = con.execute(
            """
            SELECT d.source_uri, d.record_no, d.record_id, a.headline, a.agency, a.publisher,
                array_to_string(a.authors, '; ') AS authors, a.dateline_place, a.dateline_country, a.dateline_on,
                a.published_at, a.published_precision, a.published_basis, a.language, a.is_correction,
                len(string_split(a.body, chr(10) || chr(10))) AS paragraph_count
            FROM articles a JOIN documents d ON d.document_id = a.article_id
            """
        ).fetchall()
    return {
        (relative_source(uri), str(no)): dict(zip(ARTICLE_COLUMNS, map(_as_text, values), strict=True))
        for uri, no, *values in rows
    }


@pytest.fixture(scope="module")
def blocks(sample_warehouse: Path) -> dict[Key, list[tuple[str, str, str]]]:
    """Paragraph number, kind and text of each sample's blocks."""
    with open_reader(sample_warehouse) as con:
        rows = con.execute(
            "SELECT d.source_uri, d.record_no, b.paragraph_no, b.kind, b.text "
            "FROM blocks b JOIN documents d ON d.document_id = b.article_id ORDER BY b.article_id, b.block_no"
        ).fetchall()
    found: dict[Key, list[tuple[str, str, str]]] = {}
    for uri, no, paragraph_no, kind, text in rows:
        found.setdefault((relative_source(uri), str(no)), []).append((str(paragraph_no), kind, text))
    return found


def _as_text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _name(row: dict[str, str]) -> str:
    return f"{row['source']}:{row['record_no']}"


@pytest.mark.parametrize("expected", read_expected("articles"), ids=_name)
def test_article(articles: dict[Key, dict[str, str]], expected: dict[str, str]) -> None:
    found = articles[expected["source"], expected["record_no"]]
    assert found == {column: expected[column] for column in ARTICLE_COLUMNS}


@pytest.mark.parametrize("key", sorted({(r["source"], r["record_no"]) for r in read_expected("blocks")}), ids=":".join)
def test_blocks(blocks: dict[Key, list[tuple[str, str, str]]], key: Key) -> None:
    expected = [
        (row["paragraph_no"], row["kind"], row["text"])
        for row in read_expected("blocks")
        if (row["source"], row["record_no"]) == key
    ]
    assert blocks[key] == expected


def test_nothing_but_the_expected_was_loaded(articles: dict[Key, dict[str, str]]) -> None:
    assert set(articles) == {(row["source"], row["record_no"]) for row in read_expected("articles")}
