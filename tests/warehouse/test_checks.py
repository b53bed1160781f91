"""Checks: clean on the samples, and each finds the rows that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Command
from warehouse.checks import all_checks, run_checks
from warehouse.client import open_reader
from warehouse.load import views


@pytest.fixture
def copy(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the samples' tables in memory, to spoil."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{sample_warehouse / 'warehouse.duckdb'}' AS w (READ_ONLY)")
        for (name,) in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'w' AND schema_name = 'main'"
        ).fetchall():
            con.execute(f'CREATE TABLE "{name}" AS FROM w."{name}"')
        con.execute("DETACH w")
        for view in views():
            con.execute(f'CREATE VIEW "{view.name}" AS {view.select}')
        yield con


def found(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {finding.check.name: finding.count for finding in run_checks(con) if finding.count}


def test_samples_are_clean(sample_warehouse: Path) -> None:
    with open_reader(sample_warehouse) as con:
        assert found(con) == {}


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        ("INSERT INTO articles SELECT * FROM articles LIMIT 1", "articles.key"),
        ("UPDATE articles SET agency = 'Nobody' WHERE agency = 'TASS'", "articles.agency"),
        ("UPDATE blocks SET kind = 'headdress' WHERE kind = 'promo'", "blocks.kind"),
        ("UPDATE blocks SET rule = 'no.such-rule' WHERE kind = 'promo'", "blocks.rule"),
        ("UPDATE blocks SET text = text || '.' WHERE block_no = 1", "blocks.spans_equal_text"),
        ("UPDATE dates SET ends_on = NULL WHERE value = '2014'", "dates.dates_are_periods"),
        ("UPDATE dates SET timex_type = 'DURATION' WHERE value = '2014'", "dates.dates_are_periods"),
        ("UPDATE dates SET value = '2014-15' WHERE value = '2014'", "dates.dates_are_periods"),
        ("UPDATE places SET latitude = 91 WHERE name = 'Stockholm'", "places.places_are_on_the_map"),
        ("UPDATE quotes SET place_id = 'nowhere' WHERE place_id IS NOT NULL", "quotes.place_id"),
        ("UPDATE blocks SET char_start = char_start + 1 WHERE block_no = 1", "blocks.spans_equal_text"),
        ("UPDATE blocks SET char_end = char_end + 3 WHERE block_no = 0", "blocks_overlap"),
        ("DELETE FROM blocks WHERE block_no = 2", "blocks_cover"),
        ("UPDATE articles SET body = body || ' more'", "body_is_its_blocks"),
        ("UPDATE sentences SET block_no = block_no + 1", "sentences_lie_in_blocks"),
        ("UPDATE runs SET records_loaded = records_loaded + 1", "ledger_adds_up"),
        ("DELETE FROM intake WHERE outcome = 'rejected'", "ledger_adds_up"),
        ("DELETE FROM documents WHERE record_no = 2", "documents_are_in_the_ledger"),
        ("DELETE FROM articles WHERE agency = 'TASS'", "documents_have_articles"),
        ("UPDATE intake SET reason = NULL WHERE outcome = 'rejected'", "intake_reasons"),
        ("UPDATE quotes SET cue_text = 'sang'", "quote_parts_equal_text"),
        ("UPDATE quotes SET source_end = source_end - 1", "quote_parts_equal_text"),
        ("UPDATE quotes SET continues_quote_id = NULL", "statements_hold_together"),
        ("UPDATE quotes SET statement_id = quote_id", "statements_hold_together"),
        ("DELETE FROM entities WHERE entity_type = 'person'", "entities_are_complete"),
        ("DELETE FROM mentions WHERE entity_type = 'person'", "entities_are_complete"),
        ("UPDATE articles SET is_enriched = FALSE", "mentions.only_enriched_articles"),
        ("UPDATE mentions SET sentence_no = sentence_no + 1", "mentions.rows_begin_in_their_sentence"),
        ("UPDATE quotes SET sentence_no = sentence_no - 1", "quotes.rows_begin_in_their_sentence"),
        ("DELETE FROM mentions WHERE entity_type = 'person'", "speakers_are_mentioned"),
    ],
)
def test_check_finds_what_it_is_for(copy: duckdb.DuckDBPyConnection, spoil: str, check: str) -> None:
    copy.execute(spoil)
    assert check in found(copy)


def test_checks_have_names_of_their_own_and_say_what_is_wrong() -> None:
    checks = all_checks()
    assert len({check.name for check in checks}) == len(checks)
    assert all(check.meaning.endswith(".") for check in checks)


def test_command_exits_with_0_when_clean(copydesk: Command, sample_warehouse: Path) -> None:
    done = copydesk("check", "--warehouse", sample_warehouse)
    assert done.returncode == 0, done.stdout
    assert "0 not." in done.stdout


def test_command_shows_wrong_rows_and_exits_with_1(copydesk: Command, sample_warehouse: Path, tmp_path: Path) -> None:
    spoiled = tmp_path / "warehouse.duckdb"
    spoiled.write_bytes((sample_warehouse / "warehouse.duckdb").read_bytes())
    with duckdb.connect(str(spoiled)) as con:
        con.execute("UPDATE blocks SET kind = 'headdress' WHERE kind = 'promo'")
    done = copydesk("check", "--warehouse", tmp_path)
    assert done.returncode == 1
    assert "blocks.kind" in done.stdout
    assert "headdress" in done.stdout
