"""Every column of the warehouse, once: its type, its meaning, its unit, the values that it may take.

A column means the same wherever it stands. Where the contract uses one name for two things (`kind` of a block
and of a quote), the entry is qualified: `blocks.kind` goes before `kind`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from warehouse.contract import codes

TEXT = pa.string()
TEXTS = pa.list_(pa.string())
COUNT = pa.int64()
NUMBER = pa.int32()
OFFSET = pa.int32()
REAL = pa.float64()
FLAG = pa.bool_()
DAY = pa.date32()
INSTANT = pa.timestamp("us")
TALLY = pa.map_(pa.string(), pa.int64())


@dataclass(frozen=True)
class Field:
    """One column.

    `arrow_type` is its type in Arrow; `meaning` one or two sentences for the dictionary and `COMMENT ON`; `unit` where
    the number has one; `allowed` the closed vocabulary of a code; `is_required` when it is never null.
    """

    name: str
    arrow_type: pa.DataType
    meaning: str
    unit: str | None = None
    allowed: type[StrEnum] | None = None
    is_required: bool = False

    @property
    def comment(self) -> str:
        """Meaning, unit and allowed values as one text."""
        text = self.meaning
        if self.unit:
            text += f" Unit: {self.unit}."
        if self.allowed:
            text += f" One of: {', '.join(self.allowed)}."
        return text


def _field(
    name: str,
    type_: pa.DataType,
    meaning: str,
    *,
    unit: str | None = None,
    allowed: type[StrEnum] | None = None,
    required: bool = False,
) -> tuple[str, Field]:
    return name, Field(name.rpartition(".")[2], type_, meaning, unit, allowed, required)


_POINTS = "Unicode code points into articles.source_text"

FIELDS: dict[str, Field] = dict(
    [
        # -- documents and the ledger
        _field(
            "document_id",
            TEXT,
            "Hash of all that a row may rest on: format, encoding, payload and recognised fields of the record.",
        ),
        _field(
            "documents.document_id",
            TEXT,
            "Hash of format, encoding, payload and recognised fields of the record.",
            required=True,
        ),
        _field("source_uri", TEXT, "Where the record was read, as a URI.", required=True),
        _field(
            "record_no",
            COUNT,
            "Number of the record in its file, from 1: the line of JSONL, the row of Parquet, "
            "the response of WARC, 1 for a file of one text or page.",
        ),
        _field("record_id", TEXT, "The record's own `id`; null if it has none."),
        _field("source_format", TEXT, "Format that the record came in.", allowed=codes.SourceFormat, required=True),
        _field("encoding", TEXT, "Character encoding of the payload, as a Python codec name.", required=True),
        _field("byte_length", COUNT, "Length of the payload.", unit="bytes", required=True),
        _field(
            "documents.url", TEXT, "The record's own address, else the canonical one of the page; null if it has none."
        ),
        _field("fetched_at", INSTANT, "When the record says that it was fetched (UTC)."),
        _field("run_id", TEXT, "The run that read the record.", required=True),
        _field("ingested_at", INSTANT, "When the record was taken in (UTC).", required=True),
        _field("outcome", TEXT, "What became of the record.", allowed=codes.Outcome, required=True),
        _field("reason", TEXT, "Why it was rejected; null if it was not.", allowed=codes.Reason),
        _field("detail", TEXT, "What exactly was found: the position, the value, the limit."),
        # -- articles
        _field("article_id", TEXT, "The article: its document_id.", required=True),
        _field(
            "headline", TEXT, "The record's own title, else what the page states, else the headline line of the text."
        ),
        _field("agency", TEXT, "The agency whose copy it is, in its short name (Reuters, AP, AFP); null if none."),
        _field(
            "articles.publisher",
            TEXT,
            "Who published it: the record's own field, what the page states, else the host of its URL.",
        ),
        _field("publisher", TEXT, "Who published the articles; null where it is unknown."),
        _field("authors", TEXTS, "Authors by name, without titles or `By`; empty if none is named.", required=True),
        _field(
            "dateline_place",
            TEXT,
            "Place of the dateline in ordinary case, with its region as printed; two cities are joined by ' / '.",
        ),
        _field("dateline_country", TEXT, "Country of the dateline's first place (ISO 3166-1 alpha-3)."),
        _field("dateline_on", DAY, "Local day of the dateline; weekdays in the text resolve against it first."),
        _field("published_at", INSTANT, "When it was published (UTC); a coarser precision means the period's start."),
        _field("published_precision", TEXT, "How exact published_at is.", allowed=codes.Precision),
        _field(
            "published_basis",
            TEXT,
            "What published_at rests on; for a dateline without a year, what gave the year.",
            allowed=codes.PublishedBasis,
        ),
        _field("language", TEXT, "Language of the body (ISO 639-1); null where it cannot be told."),
        _field("is_enriched", FLAG, "Whether its language is one that the tables of enrichment cover.", required=True),
        _field(
            "articles.source_text",
            TEXT,
            "What came in, decoded and otherwise unchanged, after the record's own title and a blank line; of markup "
            "the rendered text of the article's region, clutter included, after its title.",
            required=True,
        ),
        _field(
            "text_start",
            OFFSET,
            "Where the text begins in source_text: 0 without a title field.",
            unit=_POINTS,
            required=True,
        ),
        _field(
            "text_basis",
            TEXT,
            "How source_text was made: `plain`, or the renderer of the markup and its version.",
            required=True,
        ),
        _field(
            "body",
            TEXT,
            "Clean text: body blocks in order, a blank line between paragraphs, a space between pieces of one.",
            required=True,
        ),
        _field("word_count", COUNT, "Words of body.", unit="words", required=True),
        _field("version_no", NUMBER, "Number of this version among those of the item that are loaded, from 1."),
        _field("superseded_by", TEXT, "The article that is the next version of this one."),
        _field("is_current", FLAG, "Whether no later version is loaded; views count these.", required=True),
        _field("is_correction", FLAG, "Whether the copy says that it corrects an earlier version.", required=True),
        _field("modified_at", INSTANT, "When it was last modified (UTC)."),
        _field("usage_terms", TEXT, "Usage terms that the record states."),
        _field("canonical_url", TEXT, "Address that the page itself names as its own; null for plain text."),
        _field("stated_version", NUMBER, "Version that the record states, or the N of an id that ends in -vN."),
        _field("urgency", NUMBER, "Urgency by the agency, from 1 (flash) to 9; null if it states none."),
        _field(
            "subjects", TEXTS, "Subject codes that the agency gives (IPTC Media Topics), as written.", required=True
        ),
        _field("located", TEXT, "Where the item was made, as the agency names it."),
        _field("section", TEXT, "Section of the site, as the page states it; null for plain text."),
        # -- spans
        _field("char_start", OFFSET, "Where the span begins.", unit=_POINTS, required=True),
        _field("char_end", OFFSET, "Where the span ends, exclusive.", unit=_POINTS, required=True),
        _field("text", TEXT, "The exact characters of the span.", required=True),
        _field("rule", TEXT, "The rule that made the row; see the table rules.", required=True),
        # -- blocks and sentences
        _field("block_no", NUMBER, "Number of the block in its article, from 0.", required=True),
        _field(
            "paragraph_no", NUMBER, "Number of the paragraph, from 0; pieces of one paragraph share it.", required=True
        ),
        _field("blocks.kind", TEXT, "What the stretch of text is.", allowed=codes.BlockKind, required=True),
        _field("sentences.sentence_no", NUMBER, "Number of the sentence in its article, from 0.", required=True),
        _field("sentence_no", NUMBER, "The sentence that the span begins in."),
        # -- mentions and entities
        _field("mention_id", TEXT, "The mention: a hash of document, span and rule.", required=True),
        _field("entity_type", TEXT, "What kind of thing is meant.", allowed=codes.EntityType, required=True),
        _field("mention_kind", TEXT, "How it is named.", allowed=codes.MentionKind, required=True),
        _field("entity_id", TEXT, "The entity as this article's fullest form gives it; null where unresolved."),
        _field("entities.entity_id", TEXT, "The canonical entity.", required=True),
        _field("entity_aliases.entity_id", TEXT, "An entity id as articles give it.", required=True),
        _field("entity_aliases.article_id", TEXT, "Where the alias holds; null: everywhere."),
        _field("canonical_id", TEXT, "The entity that it is.", required=True),
        _field("role", TEXT, "The office as written, without the country."),
        _field("country", TEXT, "Country (ISO 3166-1 alpha-3, XKX for Kosovo)."),
        _field("organisations.entity_id", TEXT, "The entity.", required=True),
        _field("organisations.name", TEXT, "Full name.", required=True),
        _field("organisations.kind", TEXT, "What sort of body it is.", allowed=codes.OrganisationKind, required=True),
        _field("entities.name", TEXT, "The entity's name in ordinary form.", required=True),
        _field("roles", TEXTS, "Offices under which it was named.", required=True),
        _field("mention_count", COUNT, "Mentions in current articles.", required=True),
        _field("article_count", COUNT, "Articles that report or mention it, current versions only.", required=True),
        # -- quotes
        _field(
            "quote_id", TEXT, "The piece: a hash of document, span and rule; in events, the statement that reports it."
        ),
        _field("quotes.quote_id", TEXT, "The piece: a hash of document, span and rule.", required=True),
        _field("quotes.kind", TEXT, "How the statement is given.", allowed=codes.QuoteKind, required=True),
        _field(
            "attitude",
            TEXT,
            "What the source does, by its cue: speaks (say, ask), or is reported to think, want or judge.",
            allowed=codes.Attitude,
        ),
        _field("cue_start", OFFSET, "Where the cue begins.", unit=_POINTS),
        _field("cue_end", OFFSET, "Where the cue ends, exclusive.", unit=_POINTS),
        _field("cue_text", TEXT, "The word of saying, as written."),
        _field("cue_lemma", TEXT, "Its lemma."),
        _field("source_start", OFFSET, "Where the source begins.", unit=_POINTS),
        _field("source_end", OFFSET, "Where the source ends, exclusive.", unit=_POINTS),
        _field("source_text", TEXT, "Who speaks or acts, as written."),
        _field("speaker_id", TEXT, "The entity that speaks, co-reference resolved; null where unresolved."),
        _field(
            "speaker_country",
            TEXT,
            "Country of the speaker (ISO 3166-1 alpha-3), known of many an unnamed source too.",
        ),
        _field(
            "speaker_organisation_id",
            TEXT,
            "The organisation that a speaker is named with or, without a name, speaks for.",
        ),
        _field("addressee_id", TEXT, "The entity spoken to."),
        _field("continues_quote_id", TEXT, "The piece before this one in the same statement."),
        _field("statement_id", TEXT, "The quote_id of the statement's first piece.", required=True),
        _field("said_on", DAY, "The day on which it was said."),
        # -- dates and places
        _field("date_id", TEXT, "The time expression: a hash of document, span and rule.", required=True),
        _field("timex_type", TEXT, "TIMEX3 type.", allowed=codes.TimexType, required=True),
        _field("value", TEXT, "TIMEX3 value."),
        _field("starts_on", DAY, "First day of the period."),
        _field("ends_on", DAY, "Last day of the period, included."),
        _field("place_id", TEXT, "The toponym that tells where."),
        _field("places.place_id", TEXT, "The toponym: a hash of document, span and rule.", required=True),
        _field("name", TEXT, "Name in ordinary form.", required=True),
        _field("geonames_id", pa.int64(), "GeoNames id."),
        _field("latitude", REAL, "Latitude (WGS 84).", unit="degrees"),
        _field("longitude", REAL, "Longitude (WGS 84).", unit="degrees"),
        _field("feature", TEXT, "GeoNames feature class and code."),
        _field(
            "sense",
            TEXT,
            "literal where something is or happens there; associative where a state acts or a name stands by a noun.",
            allowed=codes.ToponymSense,
            required=True,
        ),
        # -- events and happenings
        _field("event_id", TEXT, "The report of an event: a hash of document, span and rule.", required=True),
        _field("trigger_start", OFFSET, "Where the trigger begins.", unit=_POINTS),
        _field("trigger_end", OFFSET, "Where the trigger ends, exclusive.", unit=_POINTS),
        _field("trigger_text", TEXT, "The verb or noun that names the act, as written."),
        _field("event_type", TEXT, "PLOVER root.", allowed=codes.EventType, required=True),
        _field("mode", TEXT, "PLOVER mode, one of those that event_types lists for the root."),
        _field("cameo_code", TEXT, "The CAMEO code that corresponds."),
        _field(
            "quad_class",
            NUMBER,
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        ),
        _field("goldstein", REAL, "Goldstein score of the CAMEO code, -10 (conflict) to 10 (cooperation)."),
        _field("source_id", TEXT, "The entity that acts."),
        _field("source_country", TEXT, "Country that the actor belongs to (ISO 3166-1 alpha-3)."),
        _field("target_start", OFFSET, "Where the target begins.", unit=_POINTS),
        _field("target_end", OFFSET, "Where the target ends, exclusive.", unit=_POINTS),
        _field("target_text", TEXT, "Whom the act is done to, as written."),
        _field("target_id", TEXT, "The entity that the act is done to."),
        _field("target_country", TEXT, "Country that the target belongs to (ISO 3166-1 alpha-3)."),
        _field("status", TEXT, "Whether it happened.", allowed=codes.EventStatus, required=True),
        _field("date_basis", TEXT, "What the event's day rests on; null: none is known.", allowed=codes.DateBasis),
        _field("happening_id", TEXT, "The real-world event that the row reports."),
        _field("denied_count", COUNT, "Reports that deny it.", required=True),
        _field("report_count", COUNT, "Rows of events that report it.", required=True),
        _field("independent_count", COUNT, "Articles among them that are not copies of each other.", required=True),
        _field("first_reported_at", INSTANT, "The earliest report (UTC)."),
        _field("last_reported_at", INSTANT, "The latest report (UTC)."),
        # -- groups
        _field("copy_id", TEXT, "Group of republications of the same copy."),
        _field("story_id", TEXT, "Group of articles on the same event or development."),
        _field("similarity", REAL, "Likeness to the earliest article of the group, 0 to 1."),
        _field("kept", REAL, "Share of the earliest's text that it has, 0 to 1."),
        _field("added", REAL, "Share of its own text that the earliest does not have, 0 to 1."),
        _field("is_earliest", FLAG, "Whether it is the earliest of its group.", required=True),
        # -- runs and about
        _field("runs.run_id", TEXT, "The run.", required=True),
        _field("started_at", INSTANT, "When it started (UTC).", required=True),
        _field("finished_at", INSTANT, "When it ended (UTC)."),
        _field(
            "runs.status",
            TEXT,
            "How it ended; the row of a run that is cut off is closed by the next.",
            allowed=codes.RunStatus,
            required=True,
        ),
        _field("version", TEXT, "Version of copydesk.", required=True),
        _field("files_read", COUNT, "Files that were read.", required=True),
        _field(
            "files_unchanged",
            COUNT,
            "Files that had not changed since they were last read, and were not read again.",
            required=True,
        ),
        _field("records_read", COUNT, "Records read: loaded, duplicate and rejected together.", required=True),
        _field("records_loaded", COUNT, "Records that were new.", required=True),
        _field("records_duplicate", COUNT, "Records that were known.", required=True),
        _field("records_rejected", COUNT, "Records that could not be used.", required=True),
        _field("rejected_by_reason", TALLY, "Rejected records by reason.", required=True),
        _field(
            "batches_renewed",
            COUNT,
            "Batches of kept records made again since rules or reference data had changed.",
            required=True,
        ),
        _field("extract_seconds", REAL, "Time to find and read the input.", unit="seconds", required=True),
        _field("clean_seconds", REAL, "Time to clean and write Parquet parts.", unit="seconds", required=True),
        _field("enrich_seconds", REAL, "Time to enrich and write Parquet parts.", unit="seconds", required=True),
        _field("load_seconds", REAL, "Time to build the next warehouse from its parts.", unit="seconds", required=True),
        _field("relate_seconds", REAL, "Time to relate articles to each other.", unit="seconds", required=True),
        _field("about.key", TEXT, "What is told.", required=True),
        _field("about.value", TEXT, "Its value.", required=True),
        # -- reference
        _field("countries.country", TEXT, "ISO 3166-1 alpha-3, XKX for Kosovo.", required=True),
        _field("alpha_2", TEXT, "ISO 3166-1 alpha-2."),
        _field("event_types.mode", TEXT, "PLOVER mode; null: the root itself."),
        _field("meaning", TEXT, "What it means.", required=True),
        _field("example", TEXT, "An example sentence."),
        _field("source", TEXT, "Where the definition is from."),
        _field("agencies.agency", TEXT, "Short name, as in articles.agency.", required=True),
        _field("rules.rule", TEXT, "Name of the rule.", required=True),
        _field("table_name", TEXT, "The table whose rows it makes.", required=True),
        _field("sampled", COUNT, "Rows of it that were read in an audit."),
        _field("right", COUNT, "Rows among them that were right."),
    ]
)


def field(table: str, name: str) -> Field:
    """The field `name` as it stands in `table`; KeyError says which entry is missing."""
    found = FIELDS.get(f"{table}.{name}") or FIELDS.get(name)
    if found is None:
        raise KeyError(f"{table}.{name} has no entry in warehouse/contract/fields.py; add it there")
    return found
