"""What a run reports when it ends: what was loaded, what was rejected and why, and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from flows.extract.find import display_path
from warehouse.client import open_reader
from warehouse.contract.codes import Reason
from warehouse.manifest import Run

QUESTIONS = (
    (
        "Whose copy is it, and who carried it?",
        "SELECT agency, original_headline, publisher, delay, round(kept, 2) AS kept, round(added, 2) AS added "
        "FROM syndication ORDER BY agency, original_headline, delay LIMIT 12",
    ),
    (
        "Which stories ran longest, and in how many papers' own words?",
        "SELECT min(published_at) AS since, max(after_first) AS ran, count(*) AS articles, "
        "count(DISTINCT copy_id) AS own, arg_min(headline, position) AS first_headline "
        "FROM story_timeline GROUP BY story_id HAVING count(*) > 1 ORDER BY own DESC, since LIMIT 10",
    ),
    (
        "What was cut away to get at the story?",
        "SELECT kind, rule, count(*) AS blocks, any_value(text) AS example FROM blocks "
        "WHERE kind <> 'body' GROUP BY ALL ORDER BY blocks DESC LIMIT 15",
    ),
    (
        "Who said what?",
        "SELECT speaker, cue_lemma, text, headline FROM statements WHERE speaker IS NOT NULL "
        "ORDER BY published_at, char_start LIMIT 20",
    ),
    (
        "Which places are in the news, and where are they?",
        "SELECT name, country, latitude, longitude, articles FROM places_reported "
        "WHERE feature <> 'A.PCLI' ORDER BY articles DESC, name LIMIT 20",
    ),
    (
        "Who did what to whom, and how many papers tell it?",
        "SELECT starts_on, source_id, event_type, target_id, article_count, independent_count FROM happenings "
        "WHERE status IN ('occurred', 'ongoing') AND source_id IS NOT NULL AND target_id IS NOT NULL "
        "ORDER BY article_count DESC, starts_on, happening_id LIMIT 20",
    ),
)
"""Questions to ask of a new warehouse: each with its SQL."""

REPORTED = (
    *("documents", "articles", "blocks", "sentences", "mentions", "entities", "quotes", "dates", "places"),
    *("events", "happenings"),
)
"""Tables whose rows a report counts."""
SHOWN_REJECTIONS = 10


@dataclass(frozen=True)
class RejectedRecord:
    """One rejected record, as people read it."""

    where: str
    reason: Reason
    detail: str | None


@dataclass(frozen=True)
class RunReport:
    """What a run did, and what the warehouse holds after it."""

    warehouse: Path
    run: Run
    table_rows: dict[str, int] = field(default_factory=dict)
    rejected: tuple[RejectedRecord, ...] = ()


def make_report(warehouse: Path, run: Run) -> RunReport:
    """The report of a run, from the published warehouse."""
    with open_reader(warehouse) as con:
        tables = {}
        for name in REPORTED:
            (tables[name],) = con.execute(f"SELECT count(*) FROM {name}").fetchall()[0]
        rows = con.execute(
            "SELECT source_uri, record_no, reason, detail FROM intake WHERE run_id = ? AND outcome = 'rejected' "
            "ORDER BY source_uri, record_no LIMIT ?",
            [run.run_id, SHOWN_REJECTIONS],
        ).fetchall()
    rejected = tuple(
        RejectedRecord(f"{display_path(uri)}:{record_no}" if record_no else display_path(uri), Reason(reason), detail)
        for uri, record_no, reason, detail in rows
    )
    return RunReport(warehouse, run, tables, rejected)


def artifact_rows(report: RunReport) -> list[dict[str, object]]:
    """The report as the rows of a Prefect table artifact."""
    run = report.run
    counts: dict[str, object] = {
        "files read": run.files_read,
        "files unchanged": run.files_unchanged,
        "records read": run.records_read,
        "records loaded": run.records_loaded,
        "records duplicate": run.records_duplicate,
        "records rejected": run.records_rejected,
        **{f"rejected: {reason}": count for reason, count in sorted(run.rejected_by_reason.items())},
        "batches renewed": run.batches_renewed,
        **{f"{name} in the warehouse": count for name, count in report.table_rows.items()},
        "seconds": round(seconds_of(run), 1),
    }
    return [{"what": what, "count": count} for what, count in counts.items()]


def seconds_of(run: Run) -> float:
    """How long a run took, or has taken."""
    return (run.finished_at - run.started_at).total_seconds() if run.finished_at else 0.0


def summarise(run: Run) -> str:
    """What a run did, in one sentence."""
    text = (
        f"{run.records_loaded:,} loaded, {run.records_duplicate:,} duplicate, {run.records_rejected:,} rejected "
        f"of {run.records_read:,} records read in {run.files_read:,} files"
    )
    if run.files_unchanged:
        text += f"; {run.files_unchanged:,} files unchanged"
    if run.batches_renewed:
        text += f"; {run.batches_renewed:,} batches renewed"
    return f"{text}, in {seconds_of(run):.1f} s."


def print_report(report: RunReport, console: Console, command: str = "copydesk", options: str = "") -> None:
    """Prints the report for people; `command` and `options` are how they would ask this warehouse next."""
    console.print(summarise(report.run), soft_wrap=True)
    held = ", ".join(f"{count:,} {name}" for name, count in report.table_rows.items())
    database = display_path((report.warehouse / "warehouse.duckdb").as_uri())
    console.print(f"{database} holds {held}.", soft_wrap=True, highlight=False)
    if report.rejected:
        console.print("\nRejected:")
        print_rejected(report.rejected, console)
        more = report.run.records_rejected - len(report.rejected)
        if more:
            console.print(f"… and {more:,} more: {command} status --rejected{options}", soft_wrap=True)
    console.print("\nAsk next:")
    for question, sql in QUESTIONS:
        console.print(f"  [bold]{question}[/]")
        console.print(f'    {command} sql "{sql}"{options}', soft_wrap=True, markup=False, highlight=False)


def print_rejected(rejected: Sequence[RejectedRecord], console: Console) -> None:
    """Prints rejected records by reason, with what to do, where each is and what was found."""
    for reason in Reason:
        records = [record for record in rejected if record.reason is reason]
        if records:
            console.print(f"[bold]{reason}[/]: {reason.meaning} {reason.cure}", soft_wrap=True)
        for record in records:
            console.print(f"  {record.where}  {record.detail or ''}", soft_wrap=True, markup=False, highlight=False)
