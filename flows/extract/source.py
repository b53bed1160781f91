"""What is to be read: a file, or an object in a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class InputNotFoundError(Exception):
    """An input that names nothing: a run would pass over it in silence, so it does not start."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `size` and `mtime_ns` tell later runs whether it may have changed."""

    uri: str
    path: Path
    """Where the file is; of an object in a store its bucket and key, for their names."""
    size: int
    mtime_ns: int
