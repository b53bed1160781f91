"""The desk: a warehouse folder held for writing by one run, and all that the run's steps share."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from flows.intake import Intake
from flows.parameters import RunParameters
from flows.progress import LOG, Progress, show_progress
from flows.stages import STAGES
from flows.work import Pool, open_pool
from warehouse.contract.codes import RunStatus
from warehouse.layout import Layout
from warehouse.lock import writer_lock
from warehouse.manifest import Manifest, Run, utc_now


class Desk:
    """One run's hold on a warehouse: its manifest, its row in runs, its pool of workers."""

    def __init__(self, parameters: RunParameters, manifest: Manifest, run: Run, pool: Pool, progress: Progress) -> None:
        self.parameters, self.manifest, self.run, self.pool, self.progress = (
            parameters,
            manifest,
            run,
            pool,
            progress,
        )
        self.layout = manifest.layout
        self.intake = Intake(manifest, run, parameters, progress)


@contextmanager
def open_desk(parameters: RunParameters) -> Iterator[Desk]:
    """Locks the warehouse, closes what a lost run left open, and begins a run; at the end, says how it ended.

    Raises WarehouseBusyError, WarehouseNewerError or WarehouseUnwritableError with nothing changed.
    """
    layout = Layout(parameters.warehouse.absolute())
    with writer_lock(layout), show_progress() as progress, open_pool(parameters.workers) as pool:
        manifest = Manifest(layout)
        try:
            now, own = utc_now(), version("copydesk")
            manifest.refuse_newer(own)
            run = Run(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}", now, own)
            with manifest.transaction():
                lost = manifest.close_lost_runs(now)
                manifest.put_run(run)
            manifest.sweep()
            if lost:
                progress.tell("The run before this one was cut off; going on where it ended.")
            desk = Desk(parameters, manifest, run, pool, progress)
            try:
                yield desk
            except BaseException:
                _end(desk, RunStatus.FAILED)
                raise
        finally:
            manifest.close()


def _end(desk: Desk, status: RunStatus) -> None:
    desk.run.status, desk.run.finished_at = status, utc_now()
    try:
        with desk.manifest.transaction():
            desk.manifest.put_run(desk.run)
    except Exception as error:  # the disk may be full: the first error is the one to tell
        LOG.warning("the run's end could not be noted: %s", error)


def stale_batches(manifest: Manifest) -> int:
    """How many batches were made by other rules or reference data than the present ones."""
    return max(manifest.stale(stage.name, stage.version) for stage in STAGES)
