"""The closed vocabularies of the contract: every value that a coded column may take."""

from __future__ import annotations

from enum import StrEnum


class SourceFormat(StrEnum):
    """What kind of file or member a record came from. Part of what `document_id` hashes."""

    TXT = "txt"
    JSONL = "jsonl"
    PARQUET = "parquet"
    HTML = "html"
    WARC = "warc"
    NINJS = "ninjs"
    NEWSML = "newsml"
    NITF = "nitf"
    RSS = "rss"
    ATOM = "atom"


WHOLE_FORMATS = frozenset({SourceFormat.TXT, SourceFormat.HTML, SourceFormat.WARC})
"""Formats whose payload is what lay on disk or came over the wire, in its own encoding; of others it is UTF-8."""
MARKUP_FORMATS = frozenset({SourceFormat.HTML, SourceFormat.WARC})
"""Formats whose payload is always markup; a line's or row's is where its `content_type` says so."""
FEED_FORMATS = frozenset(
    {SourceFormat.NINJS, SourceFormat.NEWSML, SourceFormat.NITF, SourceFormat.RSS, SourceFormat.ATOM}
)
"""Formats whose files hold items of a standard."""
HTML_TYPE = "text/html"
FRAGMENT_TYPE = "text/html; fragment"
"""Markup that holds nothing but a story, as feeds carry it."""


class Outcome(StrEnum):
    """What became of a record that was read."""

    LOADED = "loaded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Reason(StrEnum):
    """Why a record was rejected. `cure` says what the owner of the file can do."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    BAD_JSON = "bad_json"
    BAD_PARQUET = "bad_parquet"
    MISSING_TEXT = "missing_text"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    BOMB = "bomb"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    PASSED_OVER = "passed_over"
    NOT_ARTICLE = "not_article"
    CANCELED = "canceled"
    EMBARGOED = "embargoed"
    BAD_MARKUP = "bad_markup"
    RULES_FAILED = "rules_failed"

    @property
    def meaning(self) -> str:
        """What the reason means, in one sentence."""
        return _REASONS[self][0]

    @property
    def cure(self) -> str:
        """What to do about it, in one sentence."""
        return _REASONS[self][1]


_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.EMPTY: ("No text, or nothing but white space.", "Fetch the story again, or delete the record."),
    Reason.TOO_LARGE: (
        "The record has more bytes than the limit.",
        "Split it, or raise --max-record-bytes.",
    ),
    Reason.BINARY: ("The content is not text.", "Convert it to text first, or take it out of the input."),
    Reason.UNDECODABLE: (
        "No character encoding makes sense of the bytes.",
        "Save the file as UTF-8 and run again.",
    ),
    Reason.BAD_JSON: ("The line is not a JSON object.", "Mend the line that the record number names."),
    Reason.BAD_PARQUET: (
        "The Parquet file or its columns cannot be used.",
        "Write it again with a column of strings named `text` or `html`.",
    ),
    Reason.MISSING_TEXT: (
        "The record has no text or html field, or one that is not text.",
        "Give it a `text` (or `maintext`) or `html` that is a string.",
    ),
    Reason.TRUNCATED: (
        "The compressed file ends before its end; what came before was read.",
        "Fetch the file again.",
    ),
    Reason.CORRUPT: (
        "The compressed data is damaged; what came before was read.",
        "Fetch the file again.",
    ),
    Reason.BOMB: (
        "The data expands beyond the limits of ratio or total.",
        "If the file is trusted, raise --max-ratio or --max-total-bytes.",
    ),
    Reason.UNREADABLE: (
        "The operating system would not read the file.",
        "Check its permissions and its disk; the next run tries again.",
    ),
    Reason.UNSUPPORTED: (
        "A format that this version does not read.",
        "Convert it to .txt, .html, .jsonl, .parquet, .warc or one of the IPTC formats.",
    ),
    Reason.PASSED_OVER: (
        "A response in an archive that is no page fetched in full: a revisit, another status than 200, another type.",
        "Nothing: the page is elsewhere in the crawl, if it was fetched.",
    ),
    Reason.NOT_ARTICLE: (
        "The page holds no article: a front page, a list, an error, a wall of consent, a video, a page of scripts.",
        "Nothing, or fetch the page again as a reader would see it.",
    ),
    Reason.CANCELED: ("The agency has canceled the item.", "Nothing: it must not be used."),
    Reason.EMBARGOED: (
        "The item is under embargo, or withheld.",
        "Nothing: the next run tries again, and takes it once the embargo has passed.",
    ),
    Reason.BAD_MARKUP: (
        "The markup or its archive cannot be read within the limits of nodes and depth, or is broken.",
        "Fetch the page again; real pages stay far below the limits.",
    ),
    Reason.RULES_FAILED: (
        "A cleaning or enrichment rule failed on this record; the detail names it.",
        "Report it with the record; it is tried again when the rules change.",
    ),
}


class BlockKind(StrEnum):
    """What a stretch of `source_text` is."""

    HEADLINE = "headline"
    BYLINE = "byline"
    CAPTION = "caption"
    DATELINE = "dateline"
    BODY = "body"
    SUBHEAD = "subhead"
    PROMO = "promo"
    RELATED = "related"
    CREDIT = "credit"
    NOTICE = "notice"


SENTENCE_KINDS = (
    BlockKind.HEADLINE,
    BlockKind.SUBHEAD,
    BlockKind.CAPTION,
    BlockKind.DATELINE,
    BlockKind.BODY,
)
"""Blocks whose text is cut into sentences."""


class Precision(StrEnum):
    """How exact `published_at` is; a coarser one means the period's start."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PublishedBasis(StrEnum):
    """What `published_at` rests on; where a dateline has no year, what gave the year."""

    METADATA = "metadata"
    TIMESTAMP = "timestamp"
    DATELINE = "dateline"
    URL = "url"
    CAPTION = "caption"
    TEXT = "text"


class EntityType(StrEnum):
    """What a mention means."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    GROUP = "group"


class OrganisationKind(StrEnum):
    """What sort of body an organisation or a group is."""

    INTERGOVERNMENTAL = "intergovernmental"
    GOVERNMENT = "government"
    LEGISLATURE = "legislature"
    COURT = "court"
    MILITARY = "military"
    POLICE = "police"
    PARTY = "party"
    ARMED = "armed"
    PEOPLE = "people"
    RELIGIOUS = "religious"
    COMPANY = "company"
    BANK = "bank"
    EXCHANGE = "exchange"
    MEDIA = "media"
    NGO = "ngo"
    UNION = "union"
    UNIVERSITY = "university"
    SPORT = "sport"
    OTHER = "other"


class MentionKind(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    ACRONYM = "acronym"
    DEMONYM = "demonym"
    METONYM = "metonym"
    TITLE = "title"
    PRONOUN = "pronoun"
    NOMINAL = "nominal"


class QuoteKind(StrEnum):
    """How a statement is given."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Attitude(StrEnum):
    """What the source of a quote does: speaks, or is reported to think, want or judge."""

    SAY = "say"
    ASK = "ask"
    THINK = "think"
    KNOW = "know"
    FEEL = "feel"
    FIND = "find"
    INTEND = "intend"
    DEMAND = "demand"
    AGREE = "agree"
    REFUSE = "refuse"
    PRAISE = "praise"
    BLAME = "blame"


class ToponymSense(StrEnum):
    """How a name of a place is used (Gritta, Pilehvar and Collier, "A Pragmatic Guide to Geoparsing", 2020)."""

    LITERAL = "literal"
    ASSOCIATIVE = "associative"


class TimexType(StrEnum):
    """TIMEX3 types (TimeML)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class EventType(StrEnum):
    """PLOVER roots."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class EventStatus(StrEnum):
    """Whether an event happened, the firmest first."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    DEMANDED = "demanded"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class DateBasis(StrEnum):
    """What an event's day rests on."""

    CLAUSE = "clause"
    GOVERNING_CLAUSE = "governing clause"
    DATELINE = "dateline"


class RunStatus(StrEnum):
    """How a run ended."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
