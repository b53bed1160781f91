"""Web pages as a user loads them: the same page gives the same rows in whatever it comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import Command
from tests.flows.extract.test_warc import http, member
from tests.transforms.markup.test_page import PARAGRAPHS, make_page
from warehouse.client import open_reader

URL = "https://harbour.example/2025/11/pier"
HEAD = (
    '<meta name="author" content="Ann Lake"><meta property="og:site_name" content="Harbour Post">'
    '<meta property="article:published_time" content="2025-11-04T10:00:00+01:00">'
)
PAGE = make_page(*PARAGRAPHS, head=HEAD, between='<aside><a href="/x">Pier festival called off</a></aside>')


@pytest.fixture(scope="module")
def loaded(copydesk: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the same page as JSONL, Parquet and WARC, and of some that are no articles."""
    folder = tmp_path_factory.mktemp("pages")
    raw = folder / "raw"
    raw.mkdir()
    (raw / "a.jsonl").write_text(json.dumps({"id": "line", "url": URL, "html": PAGE}), "utf-8")
    pq.write_table(pa.table({"id": ["row"], "url": [URL], "html": [PAGE]}), raw / "b.parquet")
    (raw / "c.warc").write_bytes(member(http(PAGE.encode()), url=URL))
    (raw / "deep.html").write_text("<html><body>" + "<div>" * 2_000_000 + "deep", "utf-8")
    (raw / "script.html").write_text("<html><body><div id='app'></div><script>render()</script></body></html>", "utf-8")
    (raw / "large.html").write_text("<html><body>" + "<p>Words of no story.</p>" * 2_200_000, "utf-8")
    done = copydesk("run", "--warehouse", folder / "warehouse", raw)
    assert done.returncode == 0, done.stderr
    return folder / "warehouse"


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_reader(warehouse) as con:
        return con.execute(query).fetchall()


def test_a_page_gives_the_same_rows_however_it_comes(loaded: Path) -> None:
    rows = ask(loaded, "SELECT * EXCLUDE (article_id, copy_id, story_id) FROM articles")
    assert len(rows) == 3
    assert rows[0] == rows[1] == rows[2]
    blocks = ask(loaded, "SELECT article_id, list((kind, text, rule) ORDER BY block_no) FROM blocks GROUP BY ALL")
    assert blocks[0][1] == blocks[1][1] == blocks[2][1]


def test_what_a_page_says_of_itself_is_in_its_article(loaded: Path) -> None:
    query = """
        SELECT DISTINCT headline, authors, publisher, published_at::VARCHAR, published_basis, body
        FROM articles
    """
    assert ask(loaded, query) == [
        (
            "Council closes pier",
            ["Ann Lake"],
            "Harbour Post",
            "2025-11-04 09:00:00",
            "metadata",
            "\n\n".join(PARAGRAPHS),
        )
    ]


def test_clutter_stands_in_the_source_and_is_typed(loaded: Path) -> None:
    query = "SELECT DISTINCT kind, rule FROM blocks WHERE text = 'Pier festival called off'"
    assert ask(loaded, query) == [("related", "related.aside")]
    wrong = """
        SELECT count(*) FROM blocks b JOIN articles a USING (article_id)
        WHERE substr(a.source_text, b.char_start + 1, b.char_end - b.char_start) <> b.text
    """
    assert ask(loaded, wrong) == [(0,)]


def test_pages_that_cannot_be_used_have_a_reason(loaded: Path) -> None:
    query = "SELECT parse_filename(source_uri), reason FROM intake WHERE outcome = 'rejected' ORDER BY ALL"
    assert ask(loaded, query) == [
        ("deep.html", "bad_markup"),
        ("large.html", "too_large"),
        ("script.html", "not_article"),
    ]


def test_the_archive_has_its_address_and_day(loaded: Path) -> None:
    query = "SELECT url, fetched_at::VARCHAR FROM documents WHERE source_format = 'warc'"
    assert ask(loaded, query) == [(URL, "2026-01-21 03:00:00")]
