"""Every table of the warehouse: what a row is, its columns in order, its key and what it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import pyarrow as pa

from warehouse.contract import fields as registry
from warehouse.contract.fields import Field


class Origin(StrEnum):
    """Which step makes the rows of a table."""

    DOCUMENT = "document"  # from one record alone: Parquet parts, a part a batch
    LEDGER = "ledger"  # from reading, kept by run
    RELATED = "related"  # across articles: depends on what is loaded
    REFERENCE = "reference"  # from seeds/reference


@dataclass(frozen=True)
class Table:
    """One table.

    `columns` are in order; `key` identifies a row; `references` maps a column to the `table.column` that it
    points to; `varying` columns may differ between two loads of the same records (marked † in the contract);
    `joined` columns are known only across articles, and are joined in at publish.
    """

    name: str
    origin: Origin
    meaning: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    references: Mapping[str, str] = field(default_factory=dict)
    varying: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The columns as fields, in order."""
        return tuple(registry.field(self.name, column) for column in self.columns)

    @cached_property
    def schema(self) -> pa.Schema:
        """Arrow schema of the whole table."""
        return _schema(self.fields)

    @cached_property
    def part_schema(self) -> pa.Schema:
        """Arrow schema of its Parquet parts: without the joined columns."""
        return _schema(tuple(f for f in self.fields if f.name not in self.joined))

    @property
    def has_span(self) -> bool:
        """Whether each row shows a span and its exact text."""
        return {"char_start", "char_end", "text"} <= set(self.columns)

    @property
    def lasting(self) -> tuple[Field, ...]:
        """The columns that are the same however the records were loaded."""
        return tuple(f for f in self.fields if f.name not in self.varying)


def _schema(fields: tuple[Field, ...]) -> pa.Schema:
    return pa.schema(
        [pa.field(f.name, f.arrow_type, nullable=not f.is_required, metadata={"comment": f.comment}) for f in fields]
    )


SPAN = ("char_start", "char_end", "text")
_ARTICLE = {"article_id": "articles.article_id"}

_ALL = (
    Table(
        "documents",
        Origin.DOCUMENT,
        "One row per distinct record that was loaded; the rejected stay in intake.",
        (
            "document_id", "source_uri", "record_no", "record_id", "source_format", "encoding", "byte_length", "url",
            "fetched_at", "run_id", "ingested_at",
        ),
        key=("document_id",),
        varying=frozenset({"source_uri", "record_no", "run_id", "ingested_at"}),
    ),
    Table(
        "intake",
        Origin.LEDGER,
        "The ledger: one row per record read, in every run. An unchanged file is not read again and leaves no row.",
        ("run_id", "source_uri", "record_no", "outcome", "document_id", "reason", "detail"),
        key=("run_id", "source_uri", "record_no"),
        references={"run_id": "runs.run_id"},
        varying=frozenset({"run_id", "source_uri", "record_no", "outcome", "document_id", "reason", "detail"}),
    ),
    Table(
        "articles",
        Origin.DOCUMENT,
        "One row per document, as clean copy.",
        (
            "article_id", "headline", "agency", "publisher", "authors", "dateline_place", "dateline_country",
            "dateline_on", "published_at", "published_precision", "published_basis", "language", "is_enriched",
            "source_text", "text_start", "text_basis", "body", "word_count", "copy_id", "story_id", "version_no",
            "superseded_by", "is_current", "is_correction", "modified_at", "usage_terms",
            "canonical_url", "section", "stated_version", "urgency", "subjects", "located",
        ),
        key=("article_id",),
        references={
            "article_id": "documents.document_id",
            "agency": "agencies.agency",
            "dateline_country": "countries.country",
        },
        joined=frozenset({"copy_id", "story_id", "version_no", "superseded_by", "is_current"}),
    ),
    Table(
        "blocks",
        Origin.DOCUMENT,
        "The typed segments of source_text, in order and without overlap; all but white space is in one.",
        ("article_id", "block_no", "paragraph_no", "kind", *SPAN, "rule"),
        key=("article_id", "block_no"),
        references={**_ARTICLE, "rule": "rules.rule"},
    ),
    Table(
        "sentences",
        Origin.DOCUMENT,
        "Sentences of headline, subhead, caption, dateline and body blocks.",
        ("article_id", "sentence_no", "block_no", *SPAN),
        key=("article_id", "sentence_no"),
        references=_ARTICLE,
    ),
    Table(
        "mentions",
        Origin.DOCUMENT,
        "Where a person, an organisation, a country, a place or a group is meant.",
        (
            "article_id", "mention_id", "sentence_no", *SPAN, "entity_type", "mention_kind", "entity_id", "role",
            "country", "rule",
        ),
        key=("mention_id",),
        references={**_ARTICLE, "country": "countries.country", "rule": "rules.rule"},
    ),
    Table(
        "entity_aliases",
        Origin.RELATED,
        "Which entity ids are one, and where one id means another entity.",
        ("entity_id", "article_id", "canonical_id", "rule"),
        key=("entity_id", "article_id"),
        references={"rule": "rules.rule"},
    ),
    Table(
        "entities",
        Origin.RELATED,
        "One row per canonical entity.",
        ("entity_id", "name", "entity_type", "country", "roles", "mention_count", "article_count"),
        key=("entity_id",),
        references={"country": "countries.country"},
    ),
    Table(
        "quotes",
        Origin.DOCUMENT,
        "What somebody is reported to have said: one row per contiguous piece, joined by statement_id.",
        (
            "article_id", "quote_id", "sentence_no", "kind", "attitude", *SPAN, "cue_start", "cue_end", "cue_text",
            "cue_lemma", "source_start", "source_end", "source_text", "speaker_id", "speaker_country",
            "speaker_organisation_id", "addressee_id", "continues_quote_id", "statement_id", "said_on", "place_id",
            "rule",
        ),
        key=("quote_id",),
        references={
            **_ARTICLE,
            "continues_quote_id": "quotes.quote_id",
            "statement_id": "quotes.quote_id",
            "speaker_country": "countries.country",
            "place_id": "places.place_id",
            "rule": "rules.rule",
        },
    ),
    Table(
        "dates",
        Origin.DOCUMENT,
        "Time expressions, resolved.",
        ("article_id", "date_id", "sentence_no", *SPAN, "timex_type", "value", "starts_on", "ends_on", "rule"),
        key=("date_id",),
        references={**_ARTICLE, "rule": "rules.rule"},
    ),
    Table(
        "places",
        Origin.DOCUMENT,
        "Toponyms, resolved.",
        (
            "article_id", "place_id", "sentence_no", *SPAN, "name", "geonames_id", "latitude", "longitude",
            "country", "feature", "sense", "rule",
        ),
        key=("place_id",),
        references={**_ARTICLE, "country": "countries.country", "rule": "rules.rule"},
    ),
    Table(
        "events",
        Origin.DOCUMENT,
        "Who did what to whom: one row per report of it.",
        (
            "article_id", "event_id", "sentence_no", *SPAN, "trigger_start", "trigger_end", "trigger_text",
            "event_type", "mode", "cameo_code", "quad_class", "goldstein", "source_start", "source_end",
            "source_text", "source_id", "source_country", "target_start", "target_end", "target_text", "target_id",
            "target_country", "status", "starts_on", "ends_on", "date_basis", "place_id", "quote_id",
            "happening_id", "rule",
        ),
        key=("event_id",),
        references={
            **_ARTICLE,
            "place_id": "places.place_id",
            "quote_id": "quotes.quote_id",
            "happening_id": "happenings.happening_id",
            "rule": "rules.rule",
        },
        joined=frozenset({"happening_id"}),
    ),
    Table(
        "happenings",
        Origin.RELATED,
        "One row per real-world event, however many articles report it.",
        (
            "happening_id", "event_type", "status", "denied_count", "source_id", "target_id", "starts_on", "ends_on",
            "country", "report_count", "article_count", "independent_count", "first_reported_at", "last_reported_at",
        ),
        key=("happening_id",),
    ),
    Table(
        "copies",
        Origin.RELATED,
        "Wire copy and its republications.",
        ("copy_id", "article_id", "similarity", "kept", "added", "is_earliest"),
        key=("article_id",),
        references=_ARTICLE,
    ),
    Table(
        "stories",
        Origin.RELATED,
        "Articles on the same event or development.",
        ("story_id", "article_id", "similarity", "is_earliest"),
        key=("article_id",),
        references=_ARTICLE,
    ),
    Table(
        "runs",
        Origin.LEDGER,
        "One row per run.",
        (
            "run_id", "started_at", "finished_at", "status", "version", "files_read", "files_unchanged",
            "records_read", "records_loaded", "records_duplicate", "records_rejected", "rejected_by_reason",
            "batches_renewed", "extract_seconds", "clean_seconds", "enrich_seconds", "load_seconds",
            "relate_seconds",
        ),
        key=("run_id",),
        varying=frozenset(
            {
                "run_id", "started_at", "finished_at", "status", "version", "files_read", "files_unchanged",
                "records_read", "records_loaded", "records_duplicate", "records_rejected", "rejected_by_reason",
                "batches_renewed", "extract_seconds", "clean_seconds", "enrich_seconds", "load_seconds",
                "relate_seconds",
            }
        ),
    ),
    Table(
        "about",
        Origin.REFERENCE,
        "Versions of the contract, the code and the reference data that made this warehouse.",
        ("key", "value"),
        key=("key",),
    ),
    Table(
        "organisations",
        Origin.REFERENCE,
        "Organisations and groups that copydesk knows by name; others are entities by the name that copy gives them.",
        ("entity_id", "name", "entity_type", "kind", "country"),
        key=("entity_id",),
        references={"country": "countries.country"},
    ),
    Table("countries", Origin.REFERENCE, "Countries.", ("country", "alpha_2", "name"), key=("country",)),
    Table(
        "event_types",
        Origin.REFERENCE,
        "PLOVER roots and modes, with what corresponds in CAMEO.",
        ("event_type", "mode", "cameo_code", "quad_class", "goldstein", "meaning", "example", "source"),
        key=("event_type", "mode"),
    ),
    Table(
        "agencies",
        Origin.REFERENCE,
        "News agencies.",
        ("agency", "name", "country"),
        key=("agency",),
        references={"country": "countries.country"},
    ),
    Table(
        "rules",
        Origin.REFERENCE,
        "The rules that rows name, and how each did where it was audited.",
        ("rule", "table_name", "meaning", "sampled", "right"),
        key=("rule", "table_name"),
    ),
)  # fmt: skip

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
"""Every table by name, in the order in which they are built and documented."""
