"""The main job, through the command and the flow, judged by SQL on what it published."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.report import QUESTIONS
from tests.conftest import Command, RunInProcess
from tests.expected import read_expected, relative_source
from transforms import clean as cleaning
from transforms.clean import CleanRules
from warehouse.checks import run_checks
from warehouse.client import open_reader
from warehouse.fingerprint import fingerprint
from warehouse.layout import Layout
from warehouse.lock import writer_lock


def ask(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with open_reader(warehouse) as con:
        return con.execute(query).fetchall()


def test_run_on_samples_reports_what_it_did(sample_run: subprocess.CompletedProcess[str]) -> None:
    assert sample_run.returncode == 0, sample_run.stderr
    rejected = sum(row["outcome"] == "rejected" for row in read_expected("intake"))
    assert f"{rejected} rejected" in sample_run.stdout
    assert "Ask next:" in sample_run.stdout
    assert sample_run.stdout.count("copydesk sql") == len(QUESTIONS)
    assert "broken/empty.txt" in sample_run.stdout
    assert "Traceback" not in sample_run.stderr


def test_questions_that_the_report_proposes_have_answers(
    sample_run: subprocess.CompletedProcess[str], sample_warehouse: Path
) -> None:
    queries = [line.split('"')[1] for line in sample_run.stdout.splitlines() if 'copydesk sql "' in line]
    assert len(queries) == len(QUESTIONS)
    for query in queries:
        assert ask(sample_warehouse, query)


def test_every_sample_has_the_expected_ledger_row(sample_warehouse: Path) -> None:
    found = {
        (relative_source(str(uri)), record_no, outcome, reason or "")
        for uri, record_no, outcome, reason in ask(
            sample_warehouse, "SELECT source_uri, record_no, outcome, reason FROM intake"
        )
    }
    expected = {
        (row["source"], int(row["record_no"]), row["outcome"], row["reason"]) for row in read_expected("intake")
    }
    assert found == expected


def test_second_run_reads_nothing_again(run_flow: RunInProcess, samples: Path, tmp_path: Path) -> None:
    first = run_flow(tmp_path, samples / "wires")
    second = run_flow(tmp_path, samples / "wires")
    assert second.run.files_unchanged == first.run.files_read > 0
    assert (second.run.files_read, second.run.records_read) == (0, 0)
    assert second.table_rows == first.table_rows
    assert ask(tmp_path, "SELECT count(*), count(*) FILTER (WHERE status = 'succeeded') FROM runs") == [(2, 2)]


def test_touched_file_is_unchanged_and_edited_file_is_read(run_flow: RunInProcess, story: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    run_flow(desk, story)
    file = story / "harbour.txt"
    os.utime(file, ns=(1, 1))
    assert run_flow(desk, story).run.files_unchanged == 1
    text = file.read_text("utf-8")
    file.write_text(text.replace("two shipping lines", "six shipping lines"), "utf-8")  # same size
    edited = run_flow(desk, story)
    assert (edited.run.records_loaded, edited.run.files_unchanged) == (1, 0)
    assert ask(desk, "SELECT count(*) FROM articles") == [(2,)]


def test_same_record_elsewhere_is_duplicate(run_flow: RunInProcess, story: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    run_flow(desk, story)
    shutil.copy(story / "harbour.txt", story / "copy.txt")
    again = run_flow(desk, story)
    assert (again.run.records_duplicate, again.run.records_loaded) == (1, 0)
    assert ask(desk, "SELECT count(*) FROM documents") == [(1,)]


def test_appended_lines_are_taken_in(run_flow: RunInProcess, tmp_path: Path) -> None:
    feed, desk = tmp_path / "feed.jsonl", tmp_path / "desk"
    lines = [
        json.dumps({"id": str(n), "text": f"LIMA, May {n} 2023 (AFP) - Bulletin number {n} was read out."})
        for n in range(1, 8)
    ]
    feed.write_text("\n".join(lines[:4]) + "\n")
    run_flow(desk, feed)
    feed.write_text("\n".join(lines) + "\n")
    grown = run_flow(desk, feed)
    assert (grown.run.records_loaded, grown.run.records_duplicate) == (3, 4)


@pytest.mark.parametrize("bad", [b"", b"\x00\x01\x02" * 50, b'{"text": "cut'])
def test_bad_input_never_stops_a_run(run_flow: RunInProcess, story: Path, tmp_path: Path, bad: bytes) -> None:
    (story / "a-bad.jsonl").write_bytes(bad)
    report = run_flow(tmp_path / "desk", story)
    assert report.run.records_loaded == 1
    assert report.run.records_rejected == 1
    assert sum(report.run.rejected_by_reason.values()) == 1


def test_rejected_file_is_tried_again_under_other_limits(run_flow: RunInProcess, story: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    small = run_flow(desk, story, limits={"max_record_bytes": 100})
    assert small.run.rejected_by_reason == {"too_large": 1}
    again = run_flow(desk, story, limits={"max_record_bytes": 100})
    assert (again.run.files_unchanged, again.run.records_read) == (1, 0)
    large = run_flow(desk, story)
    assert large.run.records_loaded == 1


def test_missing_input_is_wrong_usage(copydesk: Command, tmp_path: Path) -> None:
    done = copydesk("run", tmp_path / "nowhere.txt", "--warehouse", tmp_path / "desk")
    assert done.returncode == 2
    assert "nowhere.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "desk" / "warehouse.duckdb").exists()


def test_unwritable_warehouse_fails_with_its_cure(copydesk: Command, story: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = copydesk("run", story, "--warehouse", tmp_path / "file" / "desk")
    assert done.returncode == 1
    assert "--warehouse" in done.stderr
    assert "Traceback" not in done.stderr


def test_full_disk_leaves_the_warehouse_as_it_was(copydesk: Command, story: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    assert copydesk("run", story, "--warehouse", desk).returncode == 0
    before = (desk / "warehouse.duckdb").read_bytes()

    def allow_small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, len(before) // 2))

    (story / "more.txt").write_text("Ferry service resumes\n\nBERGEN, March 4, 2024 (Reuters) - Ferries sailed.\n")
    memory = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": "sqlite+aiosqlite:///:memory:"}  # the file would be cut too
    full = copydesk("run", story, "--warehouse", desk, before=allow_small_files_only, environment=memory)
    assert full.returncode == 1
    assert "Free some space" in full.stderr
    assert "Traceback" not in full.stderr
    assert (desk / "warehouse.duckdb").read_bytes() == before
    assert copydesk("run", story, "--warehouse", desk).returncode == 0
    assert ask(desk, "SELECT count(*) FROM articles") == [(2,)]


def test_second_run_at_the_same_time_says_who_holds_the_warehouse(
    copydesk: Command, story: Path, tmp_path: Path
) -> None:
    with writer_lock(Layout(tmp_path / "desk")):
        done = copydesk("run", story, "--warehouse", tmp_path / "desk")
    assert done.returncode == 1
    assert str(os.getpid()) in done.stderr
    assert "Traceback" not in done.stderr


def test_warehouse_of_a_newer_version_is_left_alone(copydesk: Command, story: Path, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "desk")
    layout.root.mkdir()
    con = sqlite3.connect(layout.manifest)
    con.execute("PRAGMA user_version = 999")
    con.close()
    done = copydesk("run", story, "--warehouse", layout.root)
    assert done.returncode == 1
    assert "newer" in done.stderr
    assert "Upgrade copydesk" in done.stderr


def test_warehouse_written_by_a_newer_copydesk_is_left_alone(
    run_flow: RunInProcess, copydesk: Command, story: Path, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    run_flow(desk, story)
    con = sqlite3.connect(desk / "manifest.sqlite")
    con.execute("UPDATE runs SET row = json_set(row, '$.version', '99.1')")
    con.commit()
    con.close()
    before = (desk / "warehouse.duckdb").read_bytes()
    for command in (("run", story), ("rebuild",)):
        done = copydesk(*command, "--warehouse", desk)
        assert done.returncode == 1
        assert "written by copydesk 99.1" in done.stderr
    assert (desk / "warehouse.duckdb").read_bytes() == before


def test_changed_rules_renew_from_kept_records(
    run_flow: RunInProcess, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    run_flow(desk, story)
    before = ask(desk, "SELECT * FROM blocks ORDER BY block_no")
    shutil.rmtree(story)
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr("flows.stages._stage_version", lambda stage: "other-rules")
    report = run_flow(desk, tmp_path / "empty")
    assert report.run.batches_renewed == 1
    assert ask(desk, "SELECT * FROM blocks ORDER BY block_no") == before
    parts = list((desk / "parts" / "blocks").iterdir())
    assert [part.stem.split("-", 1)[1] for part in parts] == ["other-rules"]  # those of the old rules are gone


def test_rule_that_fails_rejects_the_record_and_new_rules_take_it(
    run_flow: RunInProcess, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, empty = tmp_path / "desk", tmp_path / "empty"
    empty.mkdir()
    right = cleaning._read_record

    def fail_on_some(rules: CleanRules, record: Mapping[str, Any], fields: Mapping[str, Any]) -> object:
        if b"TASS" in record["payload"]:
            raise ValueError("a rule that does not hold")
        return right(rules, record, fields)

    monkeypatch.setattr(cleaning, "_read_record", fail_on_some)
    first = run_flow(desk, samples / "wires")
    refused = first.run.rejected_by_reason["rules_failed"]
    assert refused > 0
    assert ask(desk, "SELECT count(*) FROM intake WHERE reason = 'rules_failed'") == [(refused,)]
    assert ask(desk, "SELECT count(*) FROM documents") == [(first.run.records_loaded,)]
    monkeypatch.setattr(cleaning, "_read_record", right)
    monkeypatch.setattr("flows.stages._stage_version", lambda stage: "mended")
    second = run_flow(desk, empty)
    assert second.run.records_loaded == refused
    assert ask(desk, "SELECT count(*) FROM documents") == [(first.run.records_loaded + refused,)]
    with open_reader(desk) as con:
        assert [f.check.name for f in run_checks(con) if f.count] == []


def test_reader_keeps_its_state_while_a_run_publishes(run_flow: RunInProcess, story: Path, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    run_flow(desk, story)
    with duckdb.connect(str(desk / "warehouse.duckdb"), read_only=True) as reader:
        (story / "more.txt").write_text(
            "Ferry service resumes\n\nBERGEN, March 4, 2024 (Reuters) - Ferries sailed again on Monday.\n"
        )
        run_flow(desk, story)
        assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
    assert ask(desk, "SELECT count(*) FROM articles") == [(2,)]
    assert not list(desk.glob("*.wal"))


def test_workers_and_batches_do_not_change_rows(run_flow: RunInProcess, samples: Path, tmp_path: Path) -> None:
    prints = set()
    for name, parameters in {
        "one": {"workers": 1, "batch_records": 500},
        "many": {"workers": 2, "batch_records": 1},
    }.items():
        run_flow(tmp_path / name, samples, **parameters)
        with open_reader(tmp_path / name) as con:
            prints.add(fingerprint(con))
    assert len(prints) == 1


def test_report_counts_agree_with_runs(run_flow: RunInProcess, samples: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    run = run_flow(tmp_path, samples).run
    took = time.monotonic() - started
    [(read, loaded, duplicate, rejected, seconds)] = ask(
        tmp_path,
        "SELECT records_read, records_loaded, records_duplicate, records_rejected, epoch(finished_at - started_at) "
        "FROM runs",
    )
    assert read == loaded + duplicate + rejected == run.records_read  # type: ignore[operator]
    assert 0 < float(str(seconds)) <= took


def test_text_is_the_same_whatever_the_encoding_of_its_file(run_flow: RunInProcess, tmp_path: Path) -> None:
    text = "Crème brûlée row\n\nPARIS, May 3, 2023 (AFP) - “Non,” said the café owner in Besançon."
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    line = json.dumps({"text": text}, ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        (feeds / f"{encoding}.txt").write_bytes(text.encode(encoding))
        (feeds / f"{encoding}.jsonl").write_bytes(line.encode(encoding))
    run_flow(tmp_path / "desk", feeds)
    rows = ask(
        tmp_path / "desk",
        "SELECT source_text, count(*) FROM documents JOIN articles ON article_id = document_id GROUP BY 1",
    )
    assert rows == [(text, 7)]  # JSONL with and without a byte-order mark is one document
