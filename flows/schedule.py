"""Scheduled flows in one process, for people without Prefect workers."""

from __future__ import annotations

from pathlib import Path

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron

from flows.check import check as check_flow
from flows.parameters import CheckParameters, RunParameters
from flows.run import run as run_flow


def serve_flows(inputs: tuple[str, ...], warehouse: Path, *, ingest: str, check: str, timezone: str) -> None:
    """Serves the ingest and the check at their times, until the process is stopped."""
    run = RunParameters(inputs=inputs, warehouse=warehouse)
    deployments = (
        run_flow.to_deployment(
            "scheduled-ingest",
            schedule=Cron(ingest, timezone=timezone),
            parameters={"parameters": run.model_dump(mode="json")},
            concurrency_limit=1,
        ),
        check_flow.to_deployment(
            "nightly-check",
            schedule=Cron(check, timezone=timezone),
            parameters={"parameters": CheckParameters(warehouse=warehouse).model_dump(mode="json")},
        ),
    )
    serve(*(d for d in deployments if isinstance(d, RunnerDeployment)), pause_on_shutdown=False)
