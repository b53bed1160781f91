"""The main job as a Prefect flow: find, renew, extract, clean and enrich, load, relate, publish."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from flows.desk import Desk, open_desk, stale_batches
from flows.extract.find import find_sources
from flows.extract.record import Rejection
from flows.extract.source import Source
from flows.ledger import enter
from flows.parameters import RunParameters
from flows.reference_tables import small_tables
from flows.relating import relating
from flows.report import RunReport, artifact_rows, make_report, summarise
from flows.samples import samples_folder
from flows.stages import STAGES
from flows.work import Job
from warehouse.contract.codes import RunStatus
from warehouse.load import load as build_next
from warehouse.manifest import Batch, Run, utc_now
from warehouse.publish import publish as publish_next
from warehouse.relate import relate as relate_articles


@flow(name="copydesk-run", description="Raw copy into the warehouse.", validate_parameters=True)
def run(parameters: RunParameters) -> RunReport:
    """Takes in what is new, renews what is stale, and publishes the warehouse.

    Raises InputNotFoundError or WarehouseError, with the published warehouse as it was.
    """
    with open_desk(parameters) as desk:
        sources = find(desk)
        renew(desk)
        desk.intake.begin(sources)
        while batches := extract(desk):
            transform(desk, batches)
        candidate = load(desk)
        relate(desk, candidate)
        publish(desk, candidate)
        report = make_report(desk.layout.root, desk.run)
    get_run_logger().info("%s", summarise(report.run))
    create_table_artifact(artifact_rows(report), key="copydesk-run", description="What the run did.")
    return report


def _can_pass(_task: Task[..., Any], _task_run: TaskRun, state: State[Any]) -> bool:
    """Whether another try may help: a worker that was killed, a file system that hiccuped; not a full disk."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, (BrokenProcessPool, OSError))


@task(cache_policy=NO_CACHE)
def find(desk: Desk) -> Sequence[Source | Rejection]:
    """Lists the files that the inputs name, in sorted order."""
    inputs = desk.parameters.inputs or (str(samples_folder()),)
    return list(find_sources(inputs))


@task(cache_policy=NO_CACHE)
def renew(desk: Desk) -> None:
    """Makes again what other rules or reference data made, and finishes what a lost run left, from kept records."""
    stale = stale_batches(desk.manifest)
    if stale:
        batches = "1 batch" if stale == 1 else f"{stale:,} batches"
        desk.progress.tell(f"Rules or reference data have changed: renewing {batches} from the records that are kept.")
        desk.run.batches_renewed = stale
    _make_missing(desk, None)


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2, retry_condition_fn=_can_pass)
def extract(desk: Desk) -> list[Batch]:
    """Reads the next batches of records; an empty list when all are read."""
    desk.progress.begin("extract", "records")
    return desk.intake.take_wave()


@task(cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2, retry_condition_fn=_can_pass)
def transform(desk: Desk, batches: list[Batch]) -> None:
    """Cleans and enriches batches, in the pool; a stage of a batch counts as soon as it is done."""
    _make_missing(desk, batches)


@task(cache_policy=NO_CACHE)
def load(desk: Desk) -> Path:
    """Builds the next warehouse from the parts that count."""
    desk.progress.begin("load", "tables")
    started = time.perf_counter()
    candidate = build_next(desk.layout, desk.manifest, small_tables())
    desk.run.load_seconds += time.perf_counter() - started
    return candidate


@task(cache_policy=NO_CACHE)
def relate(desk: Desk, candidate: Path) -> None:
    """Writes what is known only across articles: which entities are one."""
    desk.progress.begin("relate", "tables")
    started = time.perf_counter()
    relate_articles(candidate, desk.layout, relating())
    desk.run.relate_seconds += time.perf_counter() - started


@task(cache_policy=NO_CACHE)
def publish(desk: Desk, candidate: Path) -> None:
    """Notes how the run ended, swaps the next warehouse in, and removes parts that no longer count."""
    desk.run.status, desk.run.finished_at = RunStatus.SUCCEEDED, utc_now()
    with desk.manifest.transaction():
        desk.manifest.put_run(desk.run)
    publish_next(desk.layout, desk.manifest, candidate)
    desk.manifest.sweep()


def _make_missing(desk: Desk, batches: list[Batch] | None) -> None:
    """Puts batches (None: all) through each stage of which they have no parts at the present version."""
    for stage in STAGES:
        missing = set(desk.manifest.unfinished(stage.name, stage.version))
        todo = [b for b in (desk.manifest.batches() if batches is None else batches) if b.batch_id in missing]
        if not todo:
            continue
        desk.progress.begin(stage.name, "records", sum(b.record_count for b in todo))
        jobs = [Job(desk.layout.root, b.batch_id, stage.name, b.record_count) for b in todo]
        started = time.perf_counter()
        try:
            for made in desk.pool.map(jobs):
                enter(desk.manifest, desk.run, made)
                desk.progress.advance(made.job.record_count)
        except BrokenProcessPool:
            desk.pool.reset()
            raise
        finally:
            _count_seconds(desk.run, stage.name, time.perf_counter() - started)


def _count_seconds(run: Run, stage: str, seconds: float) -> None:
    column = f"{stage}_seconds"
    setattr(run, column, getattr(run, column) + seconds)
