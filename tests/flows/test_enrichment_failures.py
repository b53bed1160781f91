"""A rule of enrichment that fails: the article stays, says that it is not enriched, and new rules enrich it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import transforms.enrich as enriching
from tests.conftest import RunInProcess
from transforms.enrich.article import Article, Mention
from warehouse.checks import run_checks
from warehouse.client import open_reader

BROKEN = "Harbour dispute"


def ask(desk: Path, question: str) -> list[tuple[Any, ...]]:
    with open_reader(desk) as con:
        assert [f.check.name for f in run_checks(con) if f.count] == []
        return con.execute(question).fetchall()


def test_failed_enrichment_keeps_the_article_and_new_rules_enrich_it(
    run_flow: RunInProcess, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, right = tmp_path / "desk", enriching.list_mentions
    (story / "more.txt").write_text(
        "Ferry service resumes\n\nBERGEN, March 4, 2024 (Reuters) - Ferries sailed again, Norway's Kari Lund said.\n"
    )

    def fail_on_some(article: Article, mentions: Sequence[Mention]) -> list[tuple[Any, ...]]:
        if article.text.startswith(BROKEN):
            raise ValueError("a rule that does not hold")
        return right(article, mentions)

    monkeypatch.setattr(enriching, "list_mentions", fail_on_some)
    first = run_flow(desk, story)
    assert (first.run.records_loaded, first.run.records_rejected) == (2, 0)
    assert ask(desk, "SELECT headline, is_enriched FROM articles ORDER BY headline") == [
        ("Ferry service resumes", True),
        ("Harbour dispute heads to court", False),
    ]
    [(outcome, reason, detail)] = ask(desk, "SELECT outcome, reason, detail FROM intake WHERE detail IS NOT NULL")
    assert (outcome, reason) == ("loaded", None)
    assert detail.startswith("enrich failed (rules_failed): ValueError: a rule that does not hold")
    assert ask(desk, "SELECT DISTINCT headline FROM mentions JOIN articles USING (article_id)") == [
        ("Ferry service resumes",)
    ]
    monkeypatch.setattr(enriching, "list_mentions", right)
    monkeypatch.setattr("flows.stages._stage_version", lambda stage: f"mended-{stage.name}")
    second = run_flow(desk, story)
    assert second.run.batches_renewed == 1
    assert ask(desk, "SELECT count(*) FROM articles WHERE is_enriched") == [(2,)]
    assert ask(desk, "SELECT count(DISTINCT article_id) FROM mentions") == [(2,)]


def test_only_the_stage_that_changed_is_done_again(
    run_flow: RunInProcess, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    run_flow(desk, story)
    before = {path.name: path.stat().st_mtime_ns for path in (desk / "parts" / "articles").iterdir()}
    mentions = {path.name for path in (desk / "parts" / "mentions").iterdir()}
    right = {name: stage.version for name, stage in {s.name: s for s in _stages()}.items()}
    monkeypatch.setattr(
        "flows.stages._stage_version", lambda stage: "new" if stage.name == "enrich" else right[stage.name]
    )
    report = run_flow(desk, story)
    assert report.run.batches_renewed == 1
    assert {path.name: path.stat().st_mtime_ns for path in (desk / "parts" / "articles").iterdir()} == before
    assert not mentions & {path.name for path in (desk / "parts" / "mentions").iterdir()}


def test_enrichment_is_stale_when_cleaning_is(monkeypatch: pytest.MonkeyPatch) -> None:
    clean, enrich = _stages()
    assert enrich.before == (clean,)
    assert clean.before == ()


def test_articles_in_other_languages_are_not_enriched(sample_warehouse: Path) -> None:
    with open_reader(sample_warehouse) as con:
        others = con.execute("SELECT count(*) FROM articles WHERE language <> 'en'").fetchall()[0][0]
        rows = con.execute(
            "SELECT count(*) FROM mentions JOIN articles USING (article_id) WHERE language <> 'en'"
        ).fetchall()[0][0]
    assert others > 0
    assert rows == 0


def _stages() -> Any:
    from flows.stages import STAGES

    return STAGES
