"""The work on batches: one function that a process of the pool runs, and the pool."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.resources import load_resources
from flows.stages import RECORDS_INPUT, STAGES, Inputs, Stage
from transforms.resources import Resources
from warehouse.contract import TABLES
from warehouse.layout import Layout
from warehouse.manifest import Refusal
from warehouse.parts import RECORDS, conform, read_part, write_part

INLINE_RECORDS = 1_000
"""Up to so many records, one process is done sooner than others have started."""


@dataclass(frozen=True)
class Job:
    """One batch to be put through one stage."""

    root: Path
    batch_id: str
    stage: str
    record_count: int


@dataclass(frozen=True)
class Made:
    """What became of a job: the version that did it, rows by table, and what the rules refused."""

    job: Job
    version: str
    rows: dict[str, int]
    refusals: tuple[Refusal, ...]


def make_parts(job: Job) -> Made:
    """Reads what the stage needs of a batch, runs it, writes a part a table. Entering them is the caller's."""
    stage = stage_named(job.stage)
    layout = Layout(job.root)
    result = stage.run(_read_inputs(layout, job.batch_id, stage), warm_up())
    for name in stage.tables:
        rows = conform(result.tables[name], TABLES[name].part_schema)
        write_part(layout.part(name, job.batch_id, stage.version), rows)
    refusals = tuple(
        Refusal(row["document_id"], job.batch_id, stage.name, row["reason"], row["detail"])
        for row in result.refusals.to_pylist()
    )
    return Made(job, stage.version, {name: result.tables[name].num_rows for name in stage.tables}, refusals)


def _read_inputs(layout: Layout, batch_id: str, stage: Stage) -> Inputs:
    versions = {table: before.version for before in stage.before for table in before.tables}
    return {
        name: read_part(
            layout.records(batch_id) if name == RECORDS_INPUT else layout.part(name, batch_id, versions[name])
        )
        for name in stage.reads
    }


def warm_up() -> Resources:
    """Loads what the stages need, and has each of them compile its rules: once a process, then at once."""
    with _WARMING:
        resources = load_resources()
        if not _WARM:
            for stage in STAGES:
                schemas = {name: RECORDS if name == RECORDS_INPUT else TABLES[name].part_schema for name in stage.reads}
                stage.run({name: schema.empty_table() for name, schema in schemas.items()}, resources)
            _WARM.append(True)
    return resources


_WARMING = threading.Lock()  # a run warms up in the background while Prefect starts
_WARM: list[bool] = []


def stage_named(name: str) -> Stage:
    """The stage of that name."""
    return next(stage for stage in STAGES if stage.name == name)


class Pool:
    """Processes that make parts; started when there is work for them, and gone with their parent."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def map(self, jobs: Sequence[Job]) -> Iterator[Made]:
        """Runs the jobs and yields each as it is done, in no particular order."""
        if self._executor is None and (
            self.workers == 1 or len(jobs) == 1 or sum(job.record_count for job in jobs) <= INLINE_RECORDS
        ):
            yield from map(make_parts, jobs)
            return
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self.workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker
            )
        queue = list(reversed(jobs))
        pending: set[Future[Made]] = set()
        try:
            while queue or pending:
                while queue and len(pending) < 2 * self.workers:
                    pending.add(self._executor.submit(make_parts, queue.pop()))
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in pending:
                future.cancel()

    def reset(self) -> None:
        """Drops the processes, so that the next call starts new ones: after one of them died."""
        executor, self._executor = self._executor, None
        if executor:
            executor.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Ends the processes."""
        executor, self._executor = self._executor, None
        if executor:
            executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_pool(workers: int) -> Iterator[Pool]:
    """A pool for the length of a run."""
    pool = Pool(workers)
    try:
        yield pool
    finally:
        pool.close()


def _start_worker() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    warm_up()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
