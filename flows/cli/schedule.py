"""`copydesk schedule`."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption


def schedule(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders or globs to take in.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    ingest: Annotated[str, typer.Option(metavar="CRON", help="When to take in.")] = "15 * * * *",
    check: Annotated[str, typer.Option(metavar="CRON", help="When to check.")] = "30 3 * * *",
    timezone: Annotated[str, typer.Option(help="Time zone of both.")] = "UTC",
) -> None:
    """Serve a scheduled ingest and a nightly check in this one process, until it is stopped.

    For people without Prefect workers; with them, `prefect deploy --all` reads prefect.yaml.

    Example: copydesk schedule news/ --ingest '*/15 * * * *'
    """
    from flows.cli.run import prefect_session
    from flows.server import wait_for_server

    with prefect_session(verbose=True, lasting=True):
        from flows.schedule import serve_flows

        wait_for_server()
        serve_flows(tuple(inputs), warehouse, ingest=ingest, check=check, timezone=timezone)
