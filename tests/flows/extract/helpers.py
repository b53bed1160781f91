from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows.extract import Limits, Record, Rejection, Source, find_sources, read_source
from warehouse.contract.codes import Reason

STORY = "GENEVA, Jan 10 (Newsroom) - Envoys met for a second day of talks on arms control."


def locate(path: Path) -> Source:
    """Find the one source that a path is."""
    [source] = find_sources([path])
    assert isinstance(source, Source)
    return source


def read(path: Path, limits: Limits | None = None, **options: Any) -> list[Record | Rejection]:
    """Read everything in one file."""
    return list(read_source(locate(path), limits or Limits(), **options))


def read_records(path: Path, **options: Any) -> list[Record]:
    """Read a file in which nothing may be rejected."""
    items = read(path, **options)
    assert all(isinstance(item, Record) for item in items), items
    return [item for item in items if isinstance(item, Record)]


def read_record(path: Path, **options: Any) -> Record:
    """Read a file that holds one record."""
    [record] = read_records(path, **options)
    return record


def reject(path: Path, limits: Limits | None = None) -> Rejection:
    """Read a file that comes to one rejection and nothing else."""
    [item] = read(path, limits)
    assert isinstance(item, Rejection), item
    return item


def outcomes(items: Iterable[Record | Rejection]) -> list[tuple[int, Reason | str]]:
    """Record numbers, each with the reason of its rejection or the text of its record."""
    return [(item.record_no, item.reason if isinstance(item, Rejection) else item.text) for item in items]


def lines(*values: object) -> bytes:
    """Spell values as JSONL."""
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def stories(count: int) -> list[dict[str, str]]:
    """Make records that differ."""
    return [{"id": f"s-{number}", "text": f"{STORY} Part {number}."} for number in range(1, count + 1)]
