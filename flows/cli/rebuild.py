"""`copydesk rebuild`."""

from __future__ import annotations

from importlib.metadata import version

import typer

from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from warehouse.client import open_reader
from warehouse.errors import WarehouseNotFoundError
from warehouse.layout import Layout
from warehouse.load import load
from warehouse.lock import writer_lock
from warehouse.manifest import Manifest
from warehouse.publish import publish
from warehouse.relate import relate


def rebuild(warehouse: WarehouseOption = DEFAULT_WAREHOUSE) -> None:
    """Make warehouse.duckdb anew from its Parquet parts: when the file was lost or damaged.

    Example: copydesk rebuild --warehouse warehouse/data
    """
    from flows.reference_tables import small_tables
    from flows.relating import relating

    layout = Layout(warehouse.absolute())
    if not layout.manifest.exists():
        raise WarehouseNotFoundError(
            f"{warehouse}: holds no Parquet parts to build from. Load input with `copydesk run`."
        )
    with writer_lock(layout):
        manifest = Manifest(layout)
        try:
            manifest.refuse_newer(version("copydesk"))
            candidate = load(layout, manifest, small_tables(), anew=True)
            relate(candidate, layout, relating())
            publish(layout, manifest, candidate)
        finally:
            manifest.close()
    with open_reader(warehouse) as con:
        (count,) = con.execute("SELECT count(*) FROM articles").fetchall()[0]
    typer.echo(f"{layout.database}: made anew, with {count:,} articles.")
