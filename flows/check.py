"""The nightly check as a Prefect flow."""

from __future__ import annotations

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.parameters import CheckParameters
from warehouse.checks import Finding, run_checks
from warehouse.client import open_reader
from warehouse.errors import WarehouseError


@flow(name="copydesk-check", description="Every check on the published warehouse.")
def check(parameters: CheckParameters) -> int:
    """Runs every check and returns how many there are; raises WarehouseError if one finds rows that are wrong."""
    findings = find_wrong_rows(parameters)
    rows = [{"check": f.check.name, "rows": f.count, "meaning": f.check.meaning} for f in findings]
    create_table_artifact(rows, key="copydesk-check", description="Checks, and how many rows each found wrong.")
    wrong = [f for f in findings if f.count]
    if wrong:
        raise WarehouseError(
            f"{parameters.warehouse}: {len(wrong)} checks found rows that are wrong: "
            f"{', '.join(f'{f.check.name} ({f.count:,})' for f in wrong)}. `copydesk check` shows them."
        )
    return len(findings)


@task(cache_policy=NO_CACHE)
def find_wrong_rows(parameters: CheckParameters) -> list[Finding]:
    """Runs every check."""
    with open_reader(parameters.warehouse) as con:
        return list(run_checks(con))
