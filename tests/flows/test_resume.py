"""Cut off and resumed: nothing is lost, nothing is done twice, and the rows are those of an undisturbed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from flows import work
from flows.intake import Intake
from flows.stages import STAGES
from tests.conftest import RunInProcess
from tests.stories import write_feed
from warehouse.checks import run_checks
from warehouse.client import open_reader
from warehouse.fingerprint import fingerprint
from warehouse.manifest import Batch


class CutOffError(Exception):
    """Stands for whatever ends a run."""


def print_of(warehouse: Path) -> str:
    with open_reader(warehouse) as con:
        assert [f.check.name for f in run_checks(con) if f.count] == []
        return fingerprint(con)


def test_resumes_at_the_last_finished_batch(
    run_flow: RunInProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = write_feed(tmp_path / "feed.jsonl", 30)
    run_flow(tmp_path / "undisturbed", feed, batch_records=5)
    desk, done = tmp_path / "desk", []
    right = work.make_parts

    def cut_off_after_three(job: work.Job) -> work.Made:
        if len(done) == 3:
            raise CutOffError
        done.append((job.batch_id, job.stage))
        return right(job)

    monkeypatch.setattr(work, "make_parts", cut_off_after_three)
    with pytest.raises(CutOffError):
        run_flow(desk, feed, batch_records=5)
    assert not (desk / "warehouse.duckdb").exists()
    again: list[tuple[str, str]] = []
    monkeypatch.setattr(work, "make_parts", lambda job: (again.append((job.batch_id, job.stage)), right(job))[1])
    report = run_flow(desk, feed, batch_records=5)
    assert len(again) == 6 * len(STAGES) - 3
    assert not set(again) & set(done)
    assert report.run.records_read == 0  # the input was taken in before the cut
    assert print_of(desk) == print_of(tmp_path / "undisturbed")
    with open_reader(desk) as con:
        assert con.execute("SELECT status FROM runs ORDER BY started_at").fetchall() == [
            ("failed",),
            ("succeeded",),
        ]


def test_goes_on_in_the_middle_of_a_file(
    run_flow: RunInProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = write_feed(tmp_path / "feed.jsonl", 30)
    run_flow(tmp_path / "undisturbed", feed, batch_records=5)
    desk, right = tmp_path / "desk", Intake._enter

    def cut_off_at_fourth(self: Intake) -> Iterator[Batch]:
        if self._ledger_parts == 3:
            raise CutOffError
        yield from right(self)

    monkeypatch.setattr(Intake, "_enter", cut_off_at_fourth)
    with pytest.raises(CutOffError):
        run_flow(desk, feed, batch_records=5)
    monkeypatch.setattr(Intake, "_enter", right)
    report = run_flow(desk, feed, batch_records=5)
    assert (report.run.records_read, report.run.records_loaded, report.run.records_duplicate) == (15, 15, 0)
    assert print_of(desk) == print_of(tmp_path / "undisturbed")


def test_worker_that_dies_is_replaced(run_flow: RunInProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = write_feed(tmp_path / "feed.jsonl", 40)
    run_flow(tmp_path / "undisturbed", feed)
    monkeypatch.setattr(work, "INLINE_RECORDS", 0)
    right, pids = work.Pool.map, []

    def kill_a_worker(self: work.Pool, jobs: Sequence[work.Job]) -> Iterator[work.Made]:
        for made in right(self, jobs):
            if not pids and self._executor:
                pids.append(next(iter(self._executor._processes)))
                os.kill(pids[0], signal.SIGKILL)
            yield made

    monkeypatch.setattr(work.Pool, "map", kill_a_worker)
    report = run_flow(tmp_path / "desk", feed, workers=2, batch_records=4)
    assert pids
    assert report.run.records_loaded == 40
    assert print_of(tmp_path / "desk") == print_of(tmp_path / "undisturbed")


@pytest.mark.parametrize("moment", [0.15, 0.5, 0.85])
def test_killed_run_leaves_old_or_new_state_and_is_resumed(
    run_flow: RunInProcess, tmp_path: Path, moment: float
) -> None:
    first, second = (
        write_feed(tmp_path / "first.jsonl", 20),
        write_feed(tmp_path / "second.jsonl", 300, start=20),
    )
    desk = tmp_path / "desk"
    run_flow(desk, first)
    old = print_of(desk)
    run_flow(tmp_path / "undisturbed", first)
    started = time.monotonic()
    run_flow(tmp_path / "undisturbed", second, batch_records=20)
    took = time.monotonic() - started
    new = print_of(tmp_path / "undisturbed")
    code = (
        "from flows.parameters import RunParameters; import flows.run; print('go', flush=True);"
        f"flows.run.run(RunParameters(inputs=({str(second)!r},), warehouse={str(desk)!r}, workers=1, batch_records=20))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(moment * took)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with duckdb.connect(str(desk / "warehouse.duckdb"), read_only=True):
        assert print_of(desk) in {old, new}
    run_flow(desk, second, batch_records=20)
    assert print_of(desk) == new
    left = [path.name for path in desk.rglob("*") if path.name.startswith(".")]
    assert left == []


def test_feed_is_of_distinct_stories(tmp_path: Path) -> None:
    lines = write_feed(tmp_path / "feed.jsonl", 50).read_text("utf-8").splitlines()
    assert len({json.loads(line)["text"] for line in lines}) == 50
