"""What a stage hands back: rows by table, and the records on which its rules failed."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from warehouse.contract import TABLES
from warehouse.contract.codes import Reason

REFUSALS_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("detail", pa.string(), nullable=False),
    ]
)
"""Records on which a rule failed."""


@dataclass(frozen=True)
class Transformed:
    """The rows of a batch, and the records that have none because a rule failed on them."""

    tables: Mapping[str, pa.Table]
    refusals: pa.Table


class RowBuffer:
    """Collects the rows of some tables, record by record, and makes Arrow tables of them."""

    def __init__(self, tables: Sequence[str]) -> None:
        self._rows: dict[str, dict[str, list[Any]]] = {
            name: {column: [] for column in TABLES[name].part_schema.names} for name in tables
        }
        self._refusals: list[dict[str, str]] = []

    def add(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows, each with the values of the table's columns in their declared order."""
        listed = list(rows)
        if listed:
            for column, values in zip(self._rows[table].values(), zip(*listed, strict=True), strict=True):
                column.extend(values)

    def refuse(self, document_id: str, error: Exception) -> None:
        """Notes that a rule failed on a record, and where."""
        frames = traceback.extract_tb(error.__traceback__)
        detail = f"{type(error).__name__}: {error} at {frames[-1].name if frames else 'an unknown place'}"
        self.reject(document_id, Reason.RULES_FAILED, detail)

    def reject(self, document_id: str, reason: Reason, detail: str) -> None:
        """Notes that a record is not what the rules can use, and why."""
        self._refusals.append({"document_id": document_id, "reason": reason, "detail": detail[:500]})

    def finish(self) -> Transformed:
        """All that was collected."""
        tables = {
            name: pa.Table.from_pydict(columns, schema=TABLES[name].part_schema) for name, columns in self._rows.items()
        }
        return Transformed(tables, pa.Table.from_pylist(self._refusals, schema=REFUSALS_SCHEMA))
