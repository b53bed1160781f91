"""`copydesk fingerprint`."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from warehouse.client import open_reader
from warehouse.fingerprint import fingerprint as print_all
from warehouse.fingerprint import fingerprint_tables


def fingerprint(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    tables: Annotated[bool, typer.Option("--tables", help="One for each table too.")] = False,
) -> None:
    """Print one fingerprint of the logical content: equal however the same records were loaded.

    Example: copydesk fingerprint --tables
    """
    with open_reader(warehouse) as con:
        if tables:
            for printed in fingerprint_tables(con):
                typer.echo(f"{printed.digest}  {printed.rows:>10,}  {printed.table}")
        typer.echo(print_all(con))
