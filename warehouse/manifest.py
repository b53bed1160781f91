"""The manifest: which files were read, which batches and parts count, which runs there were.

A SQLite file, so that what counts changes in one transaction that survives `kill -9` and power loss. A Parquet
file that the manifest does not name does not exist, as far as anybody is concerned.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

from packaging.version import Version

from warehouse.contract.codes import RunStatus
from warehouse.errors import WarehouseError, WarehouseNewerError, WarehouseUnwritableError
from warehouse.layout import Layout

LAYOUT_VERSION = 2

PartKey = tuple[str, str]
"""A batch and a stage."""

Part = tuple[str, dict[str, int]]
"""The version of the stage that made the parts, and their rows by table."""

_SCHEMA = """
CREATE TABLE files (
    uri TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, digest TEXT,
    records_done INTEGER NOT NULL, is_complete INTEGER NOT NULL, rejected INTEGER NOT NULL,
    readers_version TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE batches (
    batch_id TEXT PRIMARY KEY, run_id TEXT NOT NULL, document_count INTEGER NOT NULL, sequence INTEGER NOT NULL
);
CREATE TABLE documents (document_id BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE parts (
    batch_id TEXT NOT NULL, stage TEXT NOT NULL, version TEXT NOT NULL, tables TEXT NOT NULL,
    PRIMARY KEY (batch_id, stage)
) WITHOUT ROWID;
CREATE TABLE intake_parts (
    name TEXT PRIMARY KEY, run_id TEXT NOT NULL, batch_id TEXT, sequence INTEGER NOT NULL
);
CREATE INDEX intake_parts_by_batch ON intake_parts (batch_id);
CREATE TABLE refusals (
    document_id TEXT PRIMARY KEY, batch_id TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT
) WITHOUT ROWID;
CREATE INDEX refusals_by_batch ON refusals (batch_id);
CREATE TABLE runs (run_id TEXT PRIMARY KEY, started_at TEXT NOT NULL, row TEXT NOT NULL);
"""

_MIGRATIONS = {1: "ALTER TABLE refusals ADD COLUMN stage TEXT NOT NULL DEFAULT 'clean';"}
"""What leads from a layout to the next: the version it starts from, and its SQL."""


@dataclass(frozen=True)
class Batch:
    """A batch that is kept: its id and how many records it has."""

    batch_id: str
    record_count: int


@dataclass(frozen=True)
class FileState:
    """How far a file was read: `records_done` of it, all of it when `is_complete`."""

    uri: str
    size: int
    mtime_ns: int
    digest: str | None
    records_done: int
    is_complete: bool
    rejected: int
    readers_version: str


@dataclass(frozen=True)
class Refusal:
    """A kept record of which the rules of a stage could make nothing."""

    document_id: str
    batch_id: str
    stage: str
    reason: str
    detail: str | None


@dataclass
class Run:
    """One row of `runs`, while it is in the making."""

    run_id: str
    started_at: datetime
    version: str
    finished_at: datetime | None = None
    status: str = RunStatus.RUNNING
    files_read: int = 0
    files_unchanged: int = 0
    records_read: int = 0
    records_loaded: int = 0
    records_duplicate: int = 0
    records_rejected: int = 0
    rejected_by_reason: dict[str, int] = field(default_factory=dict)
    batches_renewed: int = 0
    extract_seconds: float = 0.0
    clean_seconds: float = 0.0
    enrich_seconds: float = 0.0
    load_seconds: float = 0.0
    relate_seconds: float = 0.0


class Manifest:
    """The manifest of one warehouse folder. Use only under the writer's lock."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        try:
            self._con = sqlite3.connect(layout.manifest, isolation_level=None)
            self._con.execute("PRAGMA synchronous = FULL")
            version = self._con.execute("PRAGMA user_version").fetchone()[0]
            if version > LAYOUT_VERSION:
                raise WarehouseNewerError(
                    f"{layout.root}: this warehouse was made by a newer copydesk (layout {version}, this one "
                    f"knows {LAYOUT_VERSION}). Upgrade copydesk, or give another folder with --warehouse."
                )
            if version == 0:
                self._con.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {LAYOUT_VERSION}; COMMIT;")
            else:
                for old in range(version, LAYOUT_VERSION):
                    self._con.executescript(f"BEGIN; {_MIGRATIONS[old]} PRAGMA user_version = {old + 1}; COMMIT;")
        except sqlite3.OperationalError as error:
            raise WarehouseUnwritableError(
                f"{layout.manifest}: cannot be written ({error}). Mend the permissions of the folder, free some "
                "space, or give another with --warehouse."
            ) from error
        except sqlite3.DatabaseError as error:
            raise WarehouseError(
                f"{layout.manifest}: is damaged ({error}). Put it back from a backup, or load the input into a "
                "new folder with --warehouse."
            ) from error

    def close(self) -> None:
        """Closes the file."""
        self._con.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a full disk is a WarehouseUnwritableError."""
        try:
            self._con.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._con.execute("ROLLBACK")
                raise
            self._con.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise WarehouseUnwritableError(
                f"{self.layout.manifest}: cannot be written ({error}). Free some space, then run again."
            ) from error

    # -- files

    def file(self, uri: str) -> FileState | None:
        """What is known of a file."""
        row = self._con.execute(
            "SELECT uri, size, mtime_ns, digest, records_done, is_complete, rejected, readers_version "
            "FROM files WHERE uri = ?",
            (uri,),
        ).fetchone()
        if row is None:
            return None
        uri, size, mtime_ns, digest, records_done, is_complete, rejected, version = row
        return FileState(uri, size, mtime_ns, digest, records_done, bool(is_complete), rejected, version)

    def put_file(self, state: FileState) -> None:
        """Enters or updates a file."""
        values = asdict(state)
        self._con.execute(
            f"INSERT OR REPLACE INTO files ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )

    # -- documents and batches

    def known(self, document_ids: Iterable[str]) -> set[str]:
        """Those of the ids that are loaded already."""
        return {
            document_id
            for document_id in document_ids
            if self._con.execute(
                "SELECT 1 FROM documents WHERE document_id = ?", (bytes.fromhex(document_id),)
            ).fetchone()
        }

    def add_batch(self, batch_id: str, run_id: str, document_ids: Sequence[str]) -> None:
        """Enters a batch whose records are kept; it is unfinished until each stage has its parts."""
        self._con.execute(
            "INSERT INTO batches SELECT ?, ?, ?, coalesce(max(sequence), 0) + 1 FROM batches",
            (batch_id, run_id, len(document_ids)),
        )
        self._con.executemany(
            "INSERT INTO documents VALUES (?)",
            [(bytes.fromhex(document_id),) for document_id in document_ids],
        )

    def batches(self) -> list[Batch]:
        """Every batch, in the order in which they were entered."""
        return [
            Batch(*row) for row in self._con.execute("SELECT batch_id, document_count FROM batches ORDER BY sequence")
        ]

    def unfinished(self, stage: str, version: str) -> list[str]:
        """Batches without parts of `stage` at `version`: new, left by a run that was cut off, or stale."""
        return [
            row[0]
            for row in self._con.execute(
                "SELECT b.batch_id FROM batches b LEFT JOIN parts p ON p.batch_id = b.batch_id AND p.stage = ? "
                "WHERE p.version IS NULL OR p.version <> ? ORDER BY b.sequence",
                (stage, version),
            )
        ]

    def stale(self, stage: str, version: str) -> int:
        """How many batches have parts of `stage`, but of another version."""
        (count,) = self._con.execute(
            "SELECT count(*) FROM parts WHERE stage = ? AND version <> ?", (stage, version)
        ).fetchone()
        return int(count)

    def batch_run(self, batch_id: str) -> str:
        """The run that read a batch."""
        (run_id,) = self._con.execute("SELECT run_id FROM batches WHERE batch_id = ?", (batch_id,)).fetchone()
        return str(run_id)

    # -- parts

    def put_parts(self, batch_id: str, stage: str, version: str, tables: Mapping[str, int]) -> None:
        """Makes the parts of one stage of a batch count, in place of those of another version."""
        self._con.execute(
            "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)",
            (batch_id, stage, version, json.dumps(dict(tables))),
        )

    def parts(self) -> dict[PartKey, Part]:
        """(batch, stage) to its version and rows by table."""
        return {
            (batch_id, stage): (version, json.loads(tables))
            for batch_id, stage, version, tables in self._con.execute(
                "SELECT p.batch_id, stage, version, tables FROM parts p JOIN batches b USING (batch_id) "
                "ORDER BY sequence"
            )
        }

    def put_intake(self, name: str, run_id: str, batch_id: str | None) -> None:
        """Enters a part of the ledger."""
        self._con.execute(
            "INSERT INTO intake_parts SELECT ?, ?, ?, coalesce(max(sequence), 0) + 1 FROM intake_parts",
            (name, run_id, batch_id),
        )

    def intake_of(self, batch_id: str, run_id: str) -> list[str]:
        """The parts of the ledger that a run wrote for a batch."""
        return [
            row[0]
            for row in self._con.execute(
                "SELECT name FROM intake_parts WHERE batch_id = ? AND run_id = ? ORDER BY sequence",
                (batch_id, run_id),
            )
        ]

    def replace_intake(self, old: str, new: str) -> None:
        """Puts a part of the ledger in the place of another."""
        self._con.execute("UPDATE intake_parts SET name = ? WHERE name = ?", (new, old))

    def intake_parts(self) -> list[str]:
        """Every part of the ledger, in order."""
        return [row[0] for row in self._con.execute("SELECT name FROM intake_parts ORDER BY sequence")]

    # -- refusals

    def put_refusals(self, batch_id: str, stage: str, refusals: Sequence[Refusal]) -> None:
        """Enters what a stage refused of a batch, in place of what it refused before."""
        self._con.execute("DELETE FROM refusals WHERE batch_id = ? AND stage = ?", (batch_id, stage))
        self._con.executemany(
            "INSERT OR REPLACE INTO refusals (document_id, batch_id, stage, reason, detail) VALUES (?, ?, ?, ?, ?)",
            [(r.document_id, r.batch_id, r.stage, r.reason, r.detail) for r in refusals],
        )

    def refusals(self, stage: str, batch_id: str | None = None) -> list[Refusal]:
        """What a stage refused, of one batch or of all."""
        rows = self._con.execute(
            "SELECT document_id, batch_id, stage, reason, detail FROM refusals "
            "WHERE stage = ? AND batch_id = coalesce(?, batch_id) ORDER BY document_id",
            (stage, batch_id),
        )
        return [Refusal(*row) for row in rows]

    # -- runs

    def put_run(self, run: Run) -> None:
        """Enters or updates a run."""
        row = {name: _plain(value) for name, value in asdict(run).items()}
        self._con.execute(
            "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (run.run_id, row["started_at"], json.dumps(row))
        )

    def runs(self) -> list[Run]:
        """Every run, in order of time."""
        return [
            Run(**{f.name: _rich(row[f.name], f.name) for f in fields(Run) if f.name in row})
            for row in (
                json.loads(text) for (text,) in self._con.execute("SELECT row FROM runs ORDER BY started_at, run_id")
            )
        ]

    def refuse_newer(self, version: str) -> None:
        """Raises WarehouseNewerError if a copydesk newer than `version` has written here: its rows would be undone."""
        newest = max((Version(run.version) for run in self.runs()), default=Version("0"))
        if newest > Version(version):
            raise WarehouseNewerError(
                f"{self.layout.root}: this warehouse was written by copydesk {newest}; this one is {version}. "
                "Upgrade copydesk, or give another folder with --warehouse."
            )

    def close_lost_runs(self, now: datetime) -> int:
        """Marks runs that never ended as interrupted; call it when holding the lock, before a new run."""
        lost = [run for run in self.runs() if run.status == RunStatus.RUNNING]
        for run in lost:
            run.status, run.finished_at = RunStatus.INTERRUPTED, now
            self.put_run(run)
        return len(lost)

    # -- files on disk

    def sweep(self) -> int:
        """Removes Parquet files that do not count: left over, or of an older version. Returns how many."""
        kept = {self.layout.records(batch.batch_id) for batch in self.batches()}
        kept |= {self.layout.intake(name) for name in self.intake_parts()}
        for (batch_id, _), (version, tables) in self.parts().items():
            kept |= {self.layout.part(table, batch_id, version) for table in tables}
        lost = [path for path in self.layout.files() if path not in kept]
        for path in lost:
            path.unlink(missing_ok=True)
        return len(lost)


def utc_now() -> datetime:
    """The time now, in UTC without zone, as the warehouse keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _rich(value: Any, name: str) -> Any:
    return datetime.fromisoformat(value) if name.endswith("_at") and value else value
