"""Small helpers for Arrow tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyarrow as pa


def iter_rows(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of some columns of a table, as Python values."""
    values: list[list[Any]] = [table[column].to_pylist() for column in columns]
    return zip(*values, strict=True)


def group_words(table: pa.Table, column: str) -> dict[str, frozenset[str]]:
    """The `word`s of a table by the value of another column."""
    groups: dict[str, set[str]] = defaultdict(set)
    for key, word in iter_rows(table, column, "word"):
        groups[key].add(word)
    return {key: frozenset(words) for key, words in groups.items()}
