"""`copydesk run`."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Annotated

import typer
from rich.console import Console

from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from flows.extract.limits import Limits
from flows.parameters import RunParameters
from flows.server import configured_api, prepare_prefect, temporary_server, wait_for_server


def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INPUT]...", help="Files, folders or globs. None: the samples in seeds/raw."),
    ] = None,
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes.")] = os.cpu_count() or 1,
    batch_records: Annotated[
        int, typer.Option(min=1, max=20_000, help="Records a batch: the unit of work and of resume.")
    ] = 500,
    max_record_bytes: Annotated[
        int, typer.Option(min=1, help="A record with more bytes is rejected.")
    ] = Limits().max_record_bytes,
    max_ratio: Annotated[int, typer.Option(min=1, help="A file that expands more than so many times is a bomb.")] = int(
        Limits().max_ratio
    ),
    max_total_bytes: Annotated[
        int, typer.Option(min=1, help="A file that expands to more bytes is a bomb.")
    ] = Limits().max_total_bytes,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's own log.")] = False,
) -> None:
    """Take in raw copy and publish the warehouse.

    Reads only what is new; renews what other rules made; rejects what cannot be used, with a reason, and goes on.
    An interrupted run goes on at its last finished batch when it is called again.

    Example: copydesk run news/ 'archive/**/*.jsonl.gz' --warehouse warehouse/data
    """
    parameters = RunParameters(
        inputs=tuple(inputs or ()),
        warehouse=warehouse,
        workers=workers,
        batch_records=batch_records,
        limits=Limits(max_record_bytes=max_record_bytes, max_ratio=max_ratio, max_total_bytes=max_total_bytes),
    )
    threading.Thread(target=_warm_up, daemon=True).start()
    with prefect_session(verbose=verbose):
        with Console(stderr=True).status("Starting Prefect …") if sys.stderr.isatty() else nullcontext():
            from flows.report import print_report
            from flows.run import run as run_flow

            wait_for_server()
        report = run_flow(parameters)
        print_report(
            report, Console(), _own_name(), "" if warehouse == DEFAULT_WAREHOUSE else f" --warehouse {warehouse}"
        )


def _warm_up() -> None:
    """Loads reference data while Prefect starts: by the time that its server answers, the rules are ready."""
    from flows.work import warm_up

    with suppress(Exception):  # the run itself meets the same error, and tells it
        warm_up()


def _own_name() -> str:
    """The command as it was called, so that what we print can be called too."""
    return "copydesk" if shutil.which("copydesk") == sys.argv[0] else sys.argv[0]


@contextmanager
def prefect_session(*, verbose: bool = False, lasting: bool = False) -> Iterator[None]:
    """Prefect ready to run a flow: on the server that the user has configured, else on a temporary one.

    On a temporary one nobody looks for the heartbeat of a flow, whose thread takes a second to end; one that is
    `lasting` has all that schedules need.
    """
    prepare_prefect()
    if not verbose:
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(message)s", datefmt="%H:%M:%S", level=logging.WARNING)
    logging.getLogger("copydesk").setLevel(logging.INFO)
    if configured_api():
        yield
        return
    with temporary_server(lasting=lasting) as api:
        os.environ["PREFECT_API_URL"] = api
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        try:
            with temporary_settings({} if lasting else {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
                yield
        finally:
            del os.environ["PREFECT_API_URL"]
