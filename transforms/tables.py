"""Small helpers for Arrow tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa


def iter_rows(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns of a table, as Python values."""
    values: list[list[Any]] = [table[column].to_pylist() for column in columns]
    return zip(*values, strict=True)
