"""Taking in: from sources to batches of kept records, with a ledger row for each record read.

What is kept counts from the moment that its batch is entered in the manifest, together with how far each file
was read; so a run that is cut off goes on where the last batch ended.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa

from flows.extract.raw import Digest, StreamError, content_digest
from flows.extract.read import read_source
from flows.extract.record import Record, Rejection
from flows.extract.source import Source
from flows.extract.store import local_copy
from flows.parameters import RunParameters
from flows.progress import Progress
from flows.stages import readers_version
from warehouse.contract.codes import Outcome, Reason
from warehouse.manifest import Batch, FileState, Manifest, Run, utc_now
from warehouse.parts import INTAKE, RECORDS, write_part

WAVE_BATCHES = 32
"""Batches taken in before they are cleaned: enough for all workers, little enough for memory and resume."""

_TRIED_AGAIN = (Reason.UNREADABLE, Reason.EMBARGOED)
"""Reasons that may pass though the file stays the same."""

LEDGER_ROWS = 20_000
"""Ledger rows after which a batch ends, however few of its records are new."""


@dataclass
class _Pending:
    """A batch in the making: new records, ledger rows, and how far each file was read."""

    records: dict[str, Record] = field(default_factory=dict)
    ledger: list[dict[str, object]] = field(default_factory=list)
    files: dict[str, FileState] = field(default_factory=dict)
    bytes: int = 0


class Intake:
    """Reads the sources of one run, batch by batch.

    After an error the next `take_wave` goes on from what the manifest says, so that it can be retried.
    """

    def __init__(self, manifest: Manifest, run: Run, parameters: RunParameters, progress: Progress) -> None:
        self._manifest, self._run, self._parameters, self._progress = manifest, run, parameters, progress
        self._sources: Sequence[Source | Rejection] = ()
        self._position = 0
        self._ledger_parts = 0
        self._pending = _Pending()
        self._batches: Iterator[Batch] | None = None
        self._version = f"{readers_version()} {parameters.limits}"

    def begin(self, sources: Sequence[Source | Rejection]) -> None:
        """Sets what is to be read."""
        self._sources = sources

    def take_wave(self) -> list[Batch]:
        """Takes in the next batches; an empty list when all sources are read."""
        if self._batches is None:
            self._pending = _Pending()
            self._batches = self._take_batches()
        started = time.perf_counter()
        wave: list[Batch] = []
        try:
            while len(wave) < WAVE_BATCHES and (batch := next(self._batches, None)):
                wave.append(batch)
        except BaseException:
            self._batches = None
            raise
        finally:
            self._run.extract_seconds += time.perf_counter() - started
        return wave

    def _take_batches(self) -> Iterator[Batch]:
        while self._position < len(self._sources):
            source = self._sources[self._position]
            if isinstance(source, Rejection):
                self._reject(source)
            elif self._is_unchanged(source):
                self._run.files_unchanged += 1
            else:
                yield from self._read(source)
            self._position += 1
        yield from self._enter()

    def _read(self, source: Source) -> Iterator[Batch]:
        """Adds a file's records to the pending batch; yields the batch whenever it is full."""
        state = self._resume(source)
        digest = Digest()
        is_known = True
        self._run.files_read += 1
        for item in read_source(source, self._parameters.limits, skip=state.records_done, digest=digest):
            if isinstance(item, Record):
                self._add(item)
            else:
                self._reject(item)
                is_known = is_known and item.reason not in _TRIED_AGAIN
                state = replace(state, rejected=state.rejected + 1)
            state = replace(state, records_done=state.records_done + 1)
            if self._is_full():
                self._pending.files[source.uri] = state
                yield from self._enter()
        if is_known:  # else the next run tries again
            self._pending.files[source.uri] = replace(state, is_complete=True, digest=digest.value)

    def _resume(self, source: Source) -> FileState:
        """Where to begin in a file: where a run that was cut off ended, if the file is still the same."""
        before = self._manifest.file(source.uri)
        if (
            before
            and not before.is_complete
            and before.readers_version == self._version
            and (before.size, before.mtime_ns) == (source.size, source.mtime_ns)
        ):
            return before
        return FileState(source.uri, source.size, source.mtime_ns, None, 0, False, 0, self._version)

    def _is_unchanged(self, source: Source) -> bool:
        before = self._manifest.file(source.uri)
        if before is None or not before.is_complete or before.size != source.size:
            return False
        if before.rejected and before.readers_version != self._version:
            return False  # what other readers, or other limits, rejected is tried again
        if before.mtime_ns == source.mtime_ns:
            return True
        try:
            with local_copy(source) as path:
                if content_digest(path) != before.digest:
                    return False
        except (OSError, StreamError):
            return False
        self._pending.files[source.uri] = replace(before, mtime_ns=source.mtime_ns)
        return True

    def _add(self, record: Record) -> None:
        document_id = record.document_id
        is_known = document_id in self._pending.records or bool(self._manifest.known([document_id]))
        if is_known:
            self._run.records_duplicate += 1
        else:
            self._pending.records[document_id] = record
            self._pending.bytes += len(record.payload)
            self._run.records_loaded += 1
        outcome = Outcome.DUPLICATE if is_known else Outcome.LOADED
        self._write_row(record, outcome, document_id, None, None)

    def _reject(self, rejection: Rejection) -> None:
        reasons = self._run.rejected_by_reason
        reasons[rejection.reason] = reasons.get(rejection.reason, 0) + 1
        self._run.records_rejected += 1
        self._write_row(rejection, Outcome.REJECTED, None, rejection.reason, rejection.detail)

    def _write_row(
        self,
        of: Record | Rejection,
        outcome: str,
        document_id: str | None,
        reason: str | None,
        detail: str | None,
    ) -> None:
        self._run.records_read += 1
        self._progress.advance()
        self._pending.ledger.append(
            {
                "run_id": self._run.run_id,
                "source_uri": of.source_uri,
                "record_no": of.record_no,
                "outcome": outcome,
                "document_id": document_id,
                "reason": reason,
                "detail": detail,
            }
        )

    def _is_full(self) -> bool:
        pending, parameters = self._pending, self._parameters
        return (
            len(pending.records) >= parameters.batch_records
            or pending.bytes >= parameters.batch_bytes
            or len(pending.ledger) >= LEDGER_ROWS
        )

    def _enter(self) -> Iterator[Batch]:
        """Writes the pending batch and enters it in the manifest; yields it if it has records."""
        pending, self._pending = self._pending, _Pending()
        manifest, layout, run = self._manifest, self._manifest.layout, self._run
        records = list(pending.records.values())
        batch_id = name_batch(pending.records)
        ledger = f"{run.run_id}-{self._ledger_parts:06d}"
        if records:
            write_part(layout.records(batch_id), records_table(records, run.run_id))
        if pending.ledger:
            self._ledger_parts += 1
            write_part(layout.intake(ledger), pa.Table.from_pylist(pending.ledger, schema=INTAKE))
        with manifest.transaction():
            if records:
                manifest.add_batch(batch_id, run.run_id, list(pending.records))
            if pending.ledger:
                manifest.put_intake(ledger, run.run_id, batch_id if records else None)
            for state in pending.files.values():
                manifest.put_file(state)
            manifest.put_run(run)
        if records:
            yield Batch(batch_id, len(records))


def name_batch(document_ids: Sequence[str] | dict[str, Record]) -> str:
    """A batch's id: a digest of what is in it."""
    return hashlib.blake2b("\n".join(document_ids).encode(), digest_size=12).hexdigest()


def records_table(records: Sequence[Record], run_id: str) -> pa.Table:
    """Records as they are kept."""
    now = utc_now()
    return pa.table(
        {
            "document_id": [r.document_id for r in records],
            "source_uri": [r.source_uri for r in records],
            "record_no": [r.record_no for r in records],
            "source_format": [str(r.source_format) for r in records],
            "encoding": [r.encoding for r in records],
            "byte_length": [len(r.payload) for r in records],
            "payload": [r.payload for r in records],
            "fields": [r.fields for r in records],
            "run_id": [run_id] * len(records),
            "ingested_at": [now] * len(records),
        },
        schema=RECORDS,
    )
