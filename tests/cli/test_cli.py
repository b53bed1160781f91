"""The command line: every command has help with an example, and answers as a user expects."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.conftest import PROJECT, Command, RunInProcess

COMMANDS = ("run", "status", "sql", "show", "check", "rebuild", "fingerprint", "dictionary", "schedule")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(copydesk: Command, command: str) -> None:
    done = copydesk(command, "--help")
    assert done.returncode == 0
    assert f"Example: copydesk {command}" in done.stdout


def test_help_lists_the_commands_and_readme_names_them(copydesk: Command) -> None:
    listed = copydesk("--help").stdout
    readme = (PROJECT / "README.md").read_text("utf-8")
    for command in COMMANDS:
        assert f" {command} " in listed
        assert f"copydesk {command}" in readme


def test_wrong_usage_is_2(copydesk: Command) -> None:
    assert copydesk("frobnicate").returncode == 2
    assert copydesk("run", "--workers", "0").returncode == 2


def test_sql_formats(copydesk: Command, sample_warehouse: Path, tmp_path: Path) -> None:
    query = "SELECT article_id, authors, dateline_on FROM articles ORDER BY 1"

    def ask(*arguments: object) -> str:
        done = copydesk("sql", query, "--warehouse", sample_warehouse, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    rows = list(csv.DictReader(io.StringIO(ask("--format", "csv"))))
    records = [json.loads(line) for line in ask("--format", "json").splitlines()]
    assert [row["article_id"] for row in rows] == [record["article_id"] for record in records]
    assert [json.loads(row["authors"]) for row in rows] == [record["authors"] for record in records]
    ask("--format", "parquet", "--output", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["article_id"].to_pylist() == [row["article_id"] for row in rows]
    assert rows[0]["article_id"] in ask()


def test_sql_reads_from_standard_input(copydesk: Command, sample_warehouse: Path) -> None:
    done = copydesk("sql", "-", "--format", "csv", "--warehouse", sample_warehouse, stdin="SELECT 6 * 7 AS answer")
    assert done.stdout == "answer\n42\n"


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE articles",
        "SELEC 1",
        "SELECT nothing FROM articles",
        "SELECT * FROM read_text('README.md')",
    ],
)
def test_sql_that_cannot_be_asked_is_told_plainly(copydesk: Command, sample_warehouse: Path, query: str) -> None:
    done = copydesk("sql", query, "--warehouse", sample_warehouse)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("copydesk: ")


def test_parquet_needs_a_file(copydesk: Command, sample_warehouse: Path) -> None:
    done = copydesk("sql", "SELECT 1", "--format", "parquet", "--warehouse", sample_warehouse)
    assert done.returncode == 2
    assert "--output" in done.stderr


def test_status_says_what_is_there_and_what_was_rejected(copydesk: Command, sample_warehouse: Path) -> None:
    done = copydesk("status", "--warehouse", sample_warehouse)
    assert done.returncode == 0, done.stderr
    assert "articles" in done.stdout
    assert "succeeded" in done.stdout
    assert "bad_json" in done.stdout
    listed = copydesk("status", "--rejected", "--warehouse", sample_warehouse)
    assert "malformed.jsonl:2" in listed.stdout


def test_show_prints_the_whole_article(copydesk: Command, sample_warehouse: Path) -> None:
    found = copydesk(
        "sql",
        "SELECT article_id, source_text FROM articles ORDER BY 1 LIMIT 1",
        "-f",
        "json",
        "-w",
        sample_warehouse,
    )
    article = json.loads(found.stdout)
    done = copydesk("show", article["article_id"][:12], "--warehouse", sample_warehouse)
    assert done.returncode == 0, done.stderr
    for line in article["source_text"].split("\n"):
        assert line.strip()[:60] in done.stdout


def test_show_names_rules_and_takes_a_records_own_id(copydesk: Command, sample_warehouse: Path) -> None:
    found = copydesk(
        "sql",
        "SELECT record_id FROM documents WHERE record_id IS NOT NULL LIMIT 1",
        "-f",
        "json",
        "-w",
        sample_warehouse,
    )
    done = copydesk("show", json.loads(found.stdout)["record_id"], "--rules", "--warehouse", sample_warehouse)
    assert done.returncode == 0, done.stderr
    assert "[body: body.default]" in done.stdout


def test_show_tells_who_is_meant_and_who_said_what(copydesk: Command, sample_warehouse: Path) -> None:
    query = "SELECT article_id FROM quotes WHERE speaker_id = 'person:sergei-lavrov' ORDER BY 1 LIMIT 1"
    found = copydesk("sql", query, "--format", "csv", "--warehouse", sample_warehouse)
    done = copydesk("show", found.stdout.split()[-1], "--warehouse", sample_warehouse)
    assert done.returncode == 0, done.stderr
    assert "person:sergei-lavrov" in done.stdout
    assert "Sergei Lavrov" in done.stdout
    assert "quote.verb" not in done.stdout


def test_hostile_text_is_shown_not_obeyed(copydesk: Command, run_flow: RunInProcess, tmp_path: Path) -> None:
    hostile = "Somebody wrote [/INST] \x1b]0;title\x07 in it."
    text = f"Odd [/b] headline \x1b[2J[red]here\n\nROME, May 1, 2024 (ANSA) - {hostile}"
    (tmp_path / "odd.jsonl").write_text(json.dumps({"id": "odd", "text": text}))
    run_flow(tmp_path / "desk", tmp_path / "odd.jsonl")
    for arguments in (("show", "odd"), ("sql", "SELECT headline, body FROM articles")):
        done = copydesk(*arguments, "--warehouse", tmp_path / "desk")
        assert done.returncode == 0, done.stderr
        assert "[/INST]" in done.stdout
        assert "[red]here" in done.stdout
        assert "\x1b]0" not in done.stdout
        assert "\x1b[2J" not in done.stdout


def test_show_of_an_unknown_article_says_where_to_look(copydesk: Command, sample_warehouse: Path) -> None:
    done = copydesk("show", "zzz", "--warehouse", sample_warehouse)
    assert done.returncode == 2
    assert "copydesk sql" in done.stderr


@pytest.mark.parametrize("command", ["status", "check", "rebuild", "fingerprint"])
def test_no_warehouse_is_told_with_its_cure(copydesk: Command, tmp_path: Path, command: str) -> None:
    done = copydesk(command, "--warehouse", tmp_path)
    assert done.returncode == 1
    assert "copydesk run" in done.stderr


def test_rebuild_and_fingerprint(copydesk: Command, story: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    assert copydesk("run", story, "--warehouse", desk).returncode == 0
    before = copydesk("fingerprint", "--tables", "--warehouse", desk).stdout
    (desk / "warehouse.duckdb").unlink()
    assert copydesk("rebuild", "--warehouse", desk).returncode == 0
    assert copydesk("fingerprint", "--tables", "--warehouse", desk).stdout == before
