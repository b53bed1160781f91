"""`copydesk sql`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any

import duckdb
import orjson
import pyarrow as pa
import typer
from rich.console import Console

from flows.cli.errors import UsageError
from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from flows.cli.printing import value_table
from warehouse.client import open_reader

SHOWN_ROWS = 200


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def sql(
    query: Annotated[str, typer.Argument(help="The query; - reads it from standard input.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    format: Annotated[Format, typer.Option("--format", "-f", help="json: one object a line.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file to write; needed for Parquet.")] = None,
) -> None:
    """Ask the warehouse, read-only: no query can write, read files or change settings.

    Example: copydesk sql "SELECT kind, count(*) FROM blocks GROUP BY 1" --format csv
    """
    text = sys.stdin.read() if query == "-" else query
    if format is Format.PARQUET and output is None:
        raise UsageError("Parquet is not for a terminal. Name a file with --output.")
    with open_reader(warehouse) as con:
        try:
            relation = con.sql(text)
            if relation is None:
                raise UsageError("the query has no result. Ask with SELECT, FROM, SHOW or DESCRIBE.")
            if format is Format.TABLE:
                _write_table(relation, output)
            elif format is Format.PARQUET:
                _write_parquet(relation, output or Path())
            else:
                _write_lines(relation, format, output)
        except duckdb.Error as error:
            raise UsageError(str(error).rstrip()) from error
        except pa.ArrowException as error:
            raise UsageError(str(error).rstrip()) from error


def _batches(relation: duckdb.DuckDBPyRelation) -> Iterator[pa.RecordBatch]:
    yield from relation.to_arrow_reader(10_000)


def _write_table(relation: duckdb.DuckDBPyRelation, output: Path | None) -> None:
    rows = relation.limit(SHOWN_ROWS + 1).fetchall()
    with output.open("w", encoding="utf-8") if output else _stdout() as file:
        console = Console(file=file, soft_wrap=False)
        console.print(value_table(relation.columns, rows[:SHOWN_ROWS]))
        if len(rows) > SHOWN_ROWS:
            console.print(f"The first {SHOWN_ROWS} rows; --format csv, json or parquet writes them all.")


def _write_parquet(relation: duckdb.DuckDBPyRelation, output: Path) -> None:
    import pyarrow.parquet as pq

    reader = relation.to_arrow_reader(10_000)
    with pq.ParquetWriter(output, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _write_lines(relation: duckdb.DuckDBPyRelation, format: Format, output: Path | None) -> None:
    with output.open("w", encoding="utf-8", newline="") if output else _stdout() as file:
        if format is Format.CSV:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(relation.columns)
            for batch in _batches(relation):
                writer.writerows([_plain(value) for value in row.values()] for row in batch.to_pylist())
        else:
            for batch in _batches(relation):
                for row in batch.to_pylist():
                    file.write(_json(row) + "\n")


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _plain(value: Any) -> Any:
    return _json(value) if isinstance(value, (list, dict)) else value


class _stdout:  # noqa: N801 - reads as what it stands for
    """Standard output, not closed at the end."""

    def __enter__(self) -> IO[str]:
        return sys.stdout

    def __exit__(self, *_: object) -> None:
        sys.stdout.flush()
