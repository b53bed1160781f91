"""Parquet parts: written whole or not at all, read back with their declared schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.contract import TABLES
from warehouse.layout import replacing

_KEPT: list[pa.Field[Any]] = [
    pa.field("document_id", pa.string(), nullable=False),
    pa.field("source_uri", pa.string(), nullable=False),
    pa.field("record_no", pa.int64(), nullable=False),
    pa.field("source_format", pa.string(), nullable=False),
    pa.field("encoding", pa.string(), nullable=False),
    pa.field("byte_length", pa.int64(), nullable=False),
    pa.field("payload", pa.large_binary(), nullable=False),
    pa.field("fields", pa.string(), nullable=False),
    pa.field("run_id", pa.string(), nullable=False),
    pa.field("ingested_at", pa.timestamp("us"), nullable=False),
]

RECORDS = pa.schema(_KEPT)
"""What is kept of every loaded record: all that the rules may read, and where it came from."""

INTAKE = TABLES["intake"].schema


def write_part(path: Path, rows: pa.Table) -> None:
    """Writes rows as one Parquet file (zstd), atomically."""
    with replacing(path) as temporary:
        pq.write_table(rows, temporary, compression="zstd", compression_level=3)


def read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Reads a part, or some of its columns."""
    return pq.read_table(path, columns=columns)


def conform(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows in the declared order and types; ValueError names what is missing, extra or null."""
    missing = [name for name in schema.names if name not in rows.schema.names]
    extra = [name for name in rows.schema.names if name not in schema.names]
    if missing or extra:
        raise ValueError(f"rows do not fit the contract: missing {missing}, not declared {extra}")
    nulls = [f.name for f in schema if not f.nullable and rows[f.name].null_count]
    if nulls:
        raise ValueError(f"rows do not fit the contract: null in {nulls}")
    return rows.select(schema.names).cast(schema)
