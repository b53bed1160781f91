"""`copydesk status`."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from flows.extract.find import display_path
from flows.report import RejectedRecord, print_rejected
from warehouse.client import open_reader
from warehouse.contract import TABLES
from warehouse.contract.codes import Reason

_REJECTED = """
    SELECT source_uri, record_no, max_by(reason, started_at), max_by(detail, started_at)
    FROM intake JOIN runs USING (run_id)
    GROUP BY source_uri, record_no
    HAVING max_by(outcome, started_at) = 'rejected'
    ORDER BY source_uri, record_no
"""
"""Records that were rejected when they were last read: what was mended since is left out."""


def status(
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    runs: Annotated[int, typer.Option(min=1, help="How many of the last runs to show.")] = 5,
    rejected: Annotated[bool, typer.Option("--rejected", help="List every record that is rejected, and why.")] = False,
) -> None:
    """Say what is in the warehouse, what the last runs did, and what was rejected and why.

    Example: copydesk status --rejected
    """
    console = Console()
    with open_reader(warehouse) as con:
        counts = Table("table", "rows", "what a row is", box=None, pad_edge=False, header_style="bold")
        for table in TABLES.values():
            (count,) = con.execute(f'SELECT count(*) FROM "{table.name}"').fetchall()[0]
            counts.add_row(table.name, f"{count:,}", table.meaning)
        last = con.execute(
            "SELECT started_at, status, files_read, files_unchanged, records_loaded, records_duplicate, "
            "records_rejected, batches_renewed, finished_at - started_at FROM runs ORDER BY started_at DESC LIMIT ?",
            [runs],
        ).fetchall()
        refused = con.execute(_REJECTED).fetchall()
    console.print(counts)
    console.print()
    for started, state, files, unchanged, loaded, duplicate, rejections, renewed, took in last:
        lasted = "" if took is None else f" in {took.total_seconds():.1f} s"
        console.print(
            f"{started:%Y-%m-%d %H:%M:%S} UTC  [bold]{state}[/]{lasted}: {loaded:,} loaded, {duplicate:,} duplicate, "
            f"{rejections:,} rejected; {files:,} files read, {unchanged:,} unchanged; {renewed:,} batches renewed",
            soft_wrap=True,
            highlight=False,
        )
    if not refused:
        return
    console.print()
    records = [
        RejectedRecord(f"{display_path(uri)}:{no}", Reason(reason), detail) for uri, no, reason, detail in refused
    ]
    if rejected:
        print_rejected(records, console)
    else:
        counted = Counter(record.reason for record in records)
        console.print("Rejected (each record: copydesk status --rejected):")
        for reason, count in counted.most_common():
            console.print(f"  [bold]{reason}[/] ({count:,}): {reason.meaning} {reason.cure}", soft_wrap=True)
