"""Where things lie in a warehouse folder. No other module builds these paths.

DIR/warehouse.duckdb     what people open
DIR/manifest.sqlite      what counts: files, batches, parts, runs
DIR/records/*.parquet    what came in, as it came
DIR/parts/TABLE/*.parquet
DIR/intake/*.parquet     the ledger, a part a batch
DIR/lock                 who writes
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import WarehouseUnwritableError

TEMPORARY = ".tmp"
"""Ending of a file that is being written; one that is left over belongs to nobody."""


@dataclass(frozen=True)
class Layout:
    """Paths below one warehouse folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The published DuckDB file."""
        return self.root / "warehouse.duckdb"

    @property
    def manifest(self) -> Path:
        """The SQLite manifest."""
        return self.root / "manifest.sqlite"

    @property
    def lock(self) -> Path:
        """The lock file of the one writer."""
        return self.root / "lock"

    def records(self, batch_id: str) -> Path:
        """The kept records of a batch."""
        return self.root / "records" / f"{batch_id}.parquet"

    def part(self, table: str, batch_id: str, version: str) -> Path:
        """The rows of `table` that one version of the rules makes of a batch."""
        return self.root / "parts" / table / f"{batch_id}-{version}.parquet"

    def intake(self, name: str) -> Path:
        """A part of the ledger."""
        return self.root / "intake" / f"{name}.parquet"

    def files(self) -> Iterator[Path]:
        """Every Parquet file, finished or left over, below the folder."""
        for folder in ("records", "parts", "intake"):
            yield from (path for path in (self.root / folder).rglob("*") if path.is_file())


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields a temporary path beside `path`; on success it is synced and renamed onto it, else removed.

    Raises WarehouseUnwritableError if the disk is full, read-only or forbidden.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise WarehouseUnwritableError(
            f"{path}: cannot be written ({error.strerror or error}). "
            "Free some space or mend the permissions, then run again; what was loaded is as it was."
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sync(path: Path) -> None:
    """Asks the system to put a file or folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
