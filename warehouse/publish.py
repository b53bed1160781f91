"""Publishing: the next warehouse takes the place of the one that readers open, in one rename."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from warehouse.contract import TABLES
from warehouse.errors import WarehouseError, WarehouseUnwritableError
from warehouse.layout import Layout, sync
from warehouse.load import replace_table, writing
from warehouse.manifest import Manifest


def publish(layout: Layout, manifest: Manifest, candidate: Path) -> None:
    """Writes the runs into what `warehouse.load` built, and swaps it in.

    A reader sees the old state or the new one, and a crash leaves the old.

    Raises WarehouseError if the candidate was not closed in order, WarehouseUnwritableError if it cannot be moved.
    """
    with writing(candidate, layout) as con:
        replace_table(con, "runs", runs_table(manifest))
    log = candidate.with_name(candidate.name + ".wal")
    if log.exists():
        raise WarehouseError(f"{candidate}: was not closed in order. Nothing was published; run again.")
    try:
        sync(candidate)
        # a log left by some other writer would be merged into the new file by DuckDB 1.5
        layout.database.with_name(layout.database.name + ".wal").unlink(missing_ok=True)
        candidate.replace(layout.database)
        sync(layout.root)
    except OSError as error:
        raise WarehouseUnwritableError(
            f"{layout.database}: cannot be replaced ({error.strerror}). "
            "Mend the permissions of the folder, then run again."
        ) from error


def runs_table(manifest: Manifest) -> pa.Table:
    """The manifest's runs as rows of `runs`."""
    rows = [{**vars(run), "rejected_by_reason": list(run.rejected_by_reason.items())} for run in manifest.runs()]
    return pa.Table.from_pylist(rows, schema=TABLES["runs"].schema)
