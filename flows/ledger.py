"""Entering finished work: a batch's parts come to count, and the ledger learns what the rules refused."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pyarrow as pa

from flows.progress import LOG
from flows.work import Made, stage_named
from warehouse.contract.codes import Outcome
from warehouse.manifest import Manifest, Refusal, Run
from warehouse.parts import INTAKE, read_part, write_part


def enter(manifest: Manifest, run: Run, made: Made) -> None:
    """Makes the parts of a batch count.

    A record that a rejecting stage refuses is rejected in the ledger of the run that read it; of a batch that an
    earlier run read, this run's ledger gets a row for each record whose outcome has changed. What another stage
    refuses stays loaded, without that stage's rows: the ledger's row says so, and the log does.
    """
    batch_id, stage = made.job.batch_id, stage_named(made.job.stage)
    before = {refusal.document_id for refusal in manifest.refusals(stage.name, batch_id)}
    now = {refusal.document_id: refusal for refusal in made.refusals}
    renamed: dict[str, str] = {}
    added: str | None = None
    if before != set(now):
        is_of_this_run = manifest.batch_run(batch_id) == run.run_id
        if not stage.rejects:
            renamed = _note_failures(manifest, run, batch_id, now) if is_of_this_run else {}
        elif is_of_this_run:
            renamed = _mark_rejected(manifest, run, batch_id, now)
        else:
            added = _tell_changes(manifest, run, batch_id, before ^ set(now), now)
    with manifest.transaction():
        manifest.put_parts(batch_id, stage.name, made.version, made.rows)
        manifest.put_refusals(batch_id, stage.name, made.refusals)
        for old, new in renamed.items():
            manifest.replace_intake(old, new)
        if added:
            manifest.put_intake(added, run.run_id, batch_id)
        manifest.put_run(run)
    if not stage.rejects:
        for refusal in made.refusals:
            LOG.warning("%s was loaded, but %s failed on it: %s", refusal.document_id, stage.name, refusal.detail)


def _note_failures(manifest: Manifest, run: Run, batch_id: str, refused: dict[str, Refusal]) -> dict[str, str]:
    """Says in the ledger which loaded records a stage could make nothing of."""

    def note(row: dict[str, Any]) -> None:
        refusal = refused.get(row["document_id"])
        if refusal and row["outcome"] == Outcome.LOADED:
            row["detail"] = f"{refusal.stage} failed ({refusal.reason}): {refusal.detail}"

    return _rewrite_intake(manifest, run, batch_id, "noted", note)


def _mark_rejected(manifest: Manifest, run: Run, batch_id: str, refused: dict[str, Refusal]) -> dict[str, str]:
    def mark(row: dict[str, Any]) -> None:
        refusal = refused.get(row["document_id"])
        if refusal and row["outcome"] == Outcome.LOADED:
            row |= {"outcome": Outcome.REJECTED, "reason": refusal.reason, "detail": refusal.detail}
            run.records_loaded -= 1
            _count_rejected(run, refusal)

    return _rewrite_intake(manifest, run, batch_id, "refused", mark)


def _rewrite_intake(
    manifest: Manifest, run: Run, batch_id: str, suffix: str, change: Callable[[dict[str, Any]], None]
) -> dict[str, str]:
    """Writes the run's ledger of a batch again with each row changed; old names to new ones."""
    renamed = {}
    for name in manifest.intake_of(batch_id, run.run_id):
        rows = read_part(manifest.layout.intake(name)).to_pylist()
        for row in rows:
            change(row)
        renamed[name] = f"{name}-{suffix}"
        write_part(manifest.layout.intake(renamed[name]), pa.Table.from_pylist(rows, schema=INTAKE))
    return renamed


def _tell_changes(
    manifest: Manifest, run: Run, batch_id: str, changed: Collection[str], refused: dict[str, Refusal]
) -> str:
    records = read_part(manifest.layout.records(batch_id), ["document_id", "source_uri", "record_no"])
    rows = []
    for record in records.to_pylist():
        if record["document_id"] not in changed:
            continue
        refusal = refused.get(record["document_id"])
        run.records_read += 1
        if refusal:
            _count_rejected(run, refusal)
        else:
            run.records_loaded += 1
        rows.append(
            {
                **record,
                "run_id": run.run_id,
                "outcome": Outcome.REJECTED if refusal else Outcome.LOADED,
                "reason": refusal.reason if refusal else None,
                "detail": refusal.detail if refusal else None,
            }
        )
    name = f"{run.run_id}-{batch_id}"
    write_part(manifest.layout.intake(name), pa.Table.from_pylist(rows, schema=INTAKE))
    return name


def _count_rejected(run: Run, refusal: Refusal) -> None:
    run.records_rejected += 1
    run.rejected_by_reason[refusal.reason] = run.rejected_by_reason.get(refusal.reason, 0) + 1
