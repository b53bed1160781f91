"""`copydesk check`."""

from __future__ import annotations

import typer
from rich.console import Console

from flows.cli.errors import FAILED
from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from flows.cli.printing import value_table
from warehouse.checks import run_checks
from warehouse.client import open_reader


def check(warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Run every check on the warehouse, and show the rows that are wrong. Exit status 1 if there are any.

    Example: copydesk check --warehouse warehouse/data
    """
    console = Console()
    wrong = count = 0
    with open_reader(warehouse) as con:
        for finding in run_checks(con):
            count += 1
            if finding.count:
                wrong += 1
                console.print(f"[bold red]{finding.check.name}[/]: {finding.check.meaning} {finding.count:,} rows.")
                console.print(value_table(finding.columns, finding.rows))
    console.print(f"{count - wrong} checks clean, {wrong} not.")
    if wrong:
        raise typer.Exit(FAILED)
