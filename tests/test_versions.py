"""Versions of one item: all stay, the latest counts, in whatever order they come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from warehouse.client import open_reader

STORY = (
    "GENEVA, Jan 10 (Newsroom) - Envoys met for day {} of talks on arms control.\n\nFrance said it hopes for a treaty."
)
VERSIONS: list[dict[str, Any]] = [
    {"id": "NR-20260110-geneva", "title": "Talks open", "published_at": "2026-01-10T08:00:00Z"},
    {"id": "NR-20260110-geneva-v2", "title": "Talks go on", "published_at": "2026-01-10T08:00:00Z"},
    {"id": "NR-20260110-geneva-v10", "title": "Talks end", "published_at": "2026-01-10T07:00:00Z"},
    {"url": "https://a.example/x", "title": "Page at noon", "modified_at": "2026-01-10T12:00:00Z"},
    {"url": "https://a.example/x", "title": "Page at night", "modified_at": "2026-01-10T23:00:00Z"},
    {"url": "https://a.example/y", "title": "Either", "published_at": "2026-01-10"},
    {"url": "https://a.example/y", "title": "Or", "published_at": "2026-01-10"},
    {"id": "1", "title": "First line of a file"},
    {"id": "1", "title": "First line of another file"},
    {"url": "https://a.example/", "title": "Of a site", "published_at": "2026-01-10"},
    {"url": "https://a.example/", "title": "Of a site, later", "published_at": "2026-01-11"},
]
EXPECTED = {
    "Talks open": (1, "Talks go on"),
    "Talks go on": (2, "Talks end"),
    "Talks end": (3, None),
    "Page at noon": (1, "Page at night"),
    "Page at night": (2, None),
    **dict.fromkeys(("Either", "Or", "First line of a file", "First line of another file"), (1, None)),
    **dict.fromkeys(("Of a site", "Of a site, later"), (1, None)),
}


@pytest.mark.parametrize("order", [range(11), range(10, -1, -1)], ids=["in order", "backwards, in two runs"])
def test_later_versions_supersede(copydesk: Command, tmp_path: Path, order: range) -> None:
    lines = [json.dumps({**VERSIONS[at], "text": STORY.format(at)}) for at in order]
    cuts = [lines] if order.step > 0 else [lines[:6], lines[6:]]
    for number, cut in enumerate(cuts):
        path = tmp_path / f"{number}.jsonl"
        path.write_text("\n".join(cut), "utf-8")
        done = copydesk("run", "--warehouse", tmp_path / "warehouse", path)
        assert done.returncode == 0, done.stderr
    with open_reader(tmp_path / "warehouse") as con:
        rows = con.execute(
            "SELECT a.headline, a.version_no, n.headline, a.is_current "
            "FROM articles a LEFT JOIN articles n ON n.article_id = a.superseded_by"
        ).fetchall()
        [(covered,)] = con.execute("SELECT sum(articles) FROM coverage_daily WHERE publisher IS NULL").fetchall()
    assert {title: (number, following) for title, number, following, _ in rows} == EXPECTED
    assert all(is_current == (following is None) for _, _, following, is_current in rows)
    assert covered is None or covered <= 8
