"""The reference files: what each CSV of `seeds/reference` holds."""

from __future__ import annotations

from enum import StrEnum

from warehouse.contract.codes import Attitude, BlockKind, EventStatus, EventType, OrganisationKind
from warehouse.contract.reference import DECIMAL, NUMBER, ReferenceColumn, ReferenceFile


class PhraseMatch(StrEnum):
    """How a phrase meets a line. All but `pattern` and `inline` ignore case, quote style and outer punctuation."""

    LINE = "line"
    START = "start"
    END = "end"
    CONTAINS = "contains"
    PATTERN = "pattern"
    INLINE = "inline"


class PhraseZone(StrEnum):
    """Where on the page a phrase counts: above the first paragraph of copy, below the last, or anywhere."""

    ANY = "any"
    HEAD = "head"
    TAIL = "tail"


_PREPOSITIONS = (
    *("about", "against", "as", "aside", "at", "back", "by", "down", "for", "from", "in", "into", "of"),
    *("off", "on", "out", "over", "to", "toward", "up", "upon", "with"),
)
_CLAUSES = ("that", "clause", "wh", "quote", "to")
_FRAMES = (
    *("obj", "ing", "noun", "clear", "out-that", "obj-comp"),
    *(f"{before}{frame}" for before in ("", "obj-") for frame in dict.fromkeys((*_CLAUSES, *_PREPOSITIONS))),
)
"""Frames of quote_cues; the head of the file says what each is."""

_ALL = (
    ReferenceFile(
        "phrases",
        "Phrases that say what kind of block a line, or a piece of a paragraph, is.",
        (
            ReferenceColumn("kind", "Kind of the block.", allowed=tuple(BlockKind)),
            ReferenceColumn("match", "How the phrase meets the text.", allowed=tuple(PhraseMatch)),
            ReferenceColumn("zone", "Where on the page it counts.", allowed=tuple(PhraseZone)),
            ReferenceColumn("max_words", "Longest line that it may claim; 40 where empty.", NUMBER, is_required=False),
            ReferenceColumn("rule", "Rule that the block will name."),
            ReferenceColumn("phrase", "The phrase; for `pattern` and `inline` a regular expression."),
            ReferenceColumn("example", "A line of our own that it matches."),
        ),
        key=("match", "phrase", "zone"),
    ),
    ReferenceFile(
        "cue_words",
        "Words that count as signs of a kind of line, where no phrase is known.",
        (
            ReferenceColumn("cue", "What the word is a sign of."),
            ReferenceColumn("word", "The word, in lower case."),
        ),
        key=("cue", "word"),
    ),
    ReferenceFile(
        "agencies",
        "News agencies.",
        (
            ReferenceColumn("agency", "Short name, as in articles.agency."),
            ReferenceColumn("name", "Full name."),
            ReferenceColumn("country", "Country of its seat (ISO 3166-1 alpha-3)."),
            ReferenceColumn(
                "aliases", "Other forms in datelines, credits and bylines.", is_list=True, is_required=False
            ),
            ReferenceColumn("sign_offs", "Lines that end its copy.", is_list=True, is_required=False),
        ),
        key=("agency",),
    ),
    ReferenceFile(
        "countries",
        "Countries: codes of ISO 3166-1 (pycountry) and Kosovo, names as the press uses them.",
        (
            ReferenceColumn("country", "ISO 3166-1 alpha-3, XKX for Kosovo."),
            ReferenceColumn("alpha_2", "ISO 3166-1 alpha-2, XK for Kosovo."),
            ReferenceColumn("name", "Common English name."),
            ReferenceColumn("other_names", "Formal, short, former and foreign names.", is_list=True, is_required=False),
            ReferenceColumn("latitude", "Of its centre, in degrees (WGS 84).", DECIMAL),
            ReferenceColumn("longitude", "Of its centre, in degrees (WGS 84).", DECIMAL),
        ),
        key=("country",),
    ),
    ReferenceFile(
        "regions",
        "States and provinces as datelines name them.",
        (
            ReferenceColumn("country", "ISO 3166-1 alpha-3."),
            ReferenceColumn("code", "Code of the region."),
            ReferenceColumn("name", "Name in English."),
            ReferenceColumn("abbreviations", "Forms in datelines.", is_list=True, is_required=False),
        ),
        key=("country", "code"),
    ),
    ReferenceFile(
        "dateline_places",
        "Places whose dateline does not lead to the right country by population alone.",
        (
            ReferenceColumn("place", "The place as a dateline names it, in ordinary case."),
            ReferenceColumn("country", "ISO 3166-1 alpha-3 of today's state."),
            ReferenceColumn("why", "What is irregular: standing alone, former name, contested, no city."),
            ReferenceColumn("source", "What the row rests on."),
        ),
        key=("place",),
    ),
    ReferenceFile(
        "months",
        "Names of months as datelines and time stamps print them.",
        (
            ReferenceColumn("month", "1 to 12.", NUMBER),
            ReferenceColumn("language", "ISO 639-1."),
            ReferenceColumn("names", "Full and short names, without a final point.", is_list=True),
        ),
        key=("month", "language"),
    ),
    ReferenceFile(
        "event_senses",
        "Senses of verbs, nouns and adjectives by which copy says who did what to whom.",
        (
            ReferenceColumn("lemma", "Dictionary form, in lower case, American spelling."),
            ReferenceColumn("part", "Part of speech.", allowed=("verb", "noun", "adjective")),
            ReferenceColumn("frame", "Where the sides stand around the word, which is ~."),
            ReferenceColumn("sides", "Whether each side does it to the other.", allowed=("one-way", "mutual")),
            ReferenceColumn("event_type", "PLOVER root.", allowed=tuple(EventType)),
            ReferenceColumn("mode", "PLOVER mode; empty where the sense tells none.", is_required=False),
            ReferenceColumn("cameo_code", "The CAMEO code that comes closest."),
            ReferenceColumn("example", "A sentence of our own, its source in [ ] and its target in { }."),
        ),
        key=("lemma", "part", "frame", "event_type"),
    ),
    ReferenceFile(
        "event_words",
        "Nouns by what they stand for, as frames and rules of events ask for them.",
        (
            ReferenceColumn("class", "What they stand for; the head of the file says what each class is."),
            ReferenceColumn("word", "In lower case, in the singular; verbs in dictionary form."),
        ),
        key=("class", "word"),
    ),
    ReferenceFile(
        "event_governors",
        "Words that say whether the act that hangs on them happened.",
        (
            ReferenceColumn("lemma", "Dictionary form, in lower case, American spelling."),
            ReferenceColumn("part", "Part of speech.", allowed=("verb", "noun", "adjective", "conjunction", "modal")),
            ReferenceColumn("status", "What it says of the act.", allowed=tuple(EventStatus)),
        ),
        key=("lemma", "part"),
    ),
    ReferenceFile(
        "event_carriers",
        "Verbs that carry an act that is a noun.",
        (
            ReferenceColumn("lemma", "Dictionary form, in lower case, American spelling."),
            ReferenceColumn("act", "Where the act stands.", allowed=("object", "subject")),
            ReferenceColumn("side", "What the other side of the verb is.", allowed=("S", "T"), is_required=False),
            ReferenceColumn("status", "What it says of the act.", allowed=tuple(EventStatus), is_required=False),
        ),
        key=("lemma", "act"),
    ),
    ReferenceFile(
        "event_types",
        "PLOVER roots and modes.",
        (
            ReferenceColumn("event_type", "PLOVER root.", allowed=tuple(EventType)),
            ReferenceColumn("mode", "PLOVER mode; empty for the root itself.", is_required=False),
            ReferenceColumn("cameo_code", "The CAMEO code that comes closest."),
            ReferenceColumn("quad_class", "1 to 4.", NUMBER),
            ReferenceColumn("meaning", "What it means."),
            ReferenceColumn("example", "A sentence of our own."),
            ReferenceColumn("source", "Where the definition is from."),
        ),
        key=("event_type", "mode"),
    ),
    ReferenceFile(
        "cameo_codes",
        "CAMEO event codes with their Goldstein scores.",
        (
            ReferenceColumn("cameo_code", "The code, with its leading zero."),
            ReferenceColumn("name", "What it stands for."),
            ReferenceColumn("goldstein", "-10 (conflict) to 10 (cooperation).", DECIMAL),
        ),
        key=("cameo_code",),
    ),
    ReferenceFile(
        "publishers",
        "News publishers and the city where each is at home.",
        (
            ReferenceColumn("domain", "Registrable domain of its site, in lower case."),
            ReferenceColumn("name", "The publisher's common name."),
            ReferenceColumn("place", "The city, in ordinary English form."),
            ReferenceColumn("region", "ISO 3166-2 code of the division, in federal states.", is_required=False),
            ReferenceColumn("country", "ISO 3166-1 alpha-3."),
        ),
        key=("domain",),
    ),
    ReferenceFile(
        "time_words",
        "Words that time expressions are made of.",
        (
            ReferenceColumn("word", "In lower case."),
            ReferenceColumn("kind", "What it can be in a time expression."),
            ReferenceColumn("value", "What it stands for.", is_required=False),
        ),
        key=("word", "kind"),
    ),
    ReferenceFile(
        "time_patterns",
        "What time expressions look like.",
        (
            ReferenceColumn("rule", "Rule that the row will name, or part."),
            ReferenceColumn("meaning", "What reads it; of a part its name."),
            ReferenceColumn("pattern", "A regular expression over words."),
            ReferenceColumn("example", "A sentence of our own, the expression in brackets.", is_required=False),
            ReferenceColumn("value", "The TIMEX3 value of the example.", is_required=False),
        ),
        key=("rule", "meaning", "pattern"),
    ),
    ReferenceFile(
        "holidays",
        "Holidays and other named days whose day is fixed or can be computed.",
        (
            ReferenceColumn("name", "As printed."),
            ReferenceColumn("other_names", "Other forms.", is_list=True, is_required=False),
            ReferenceColumn("rule", "How its day is found; the head of the file says how."),
            ReferenceColumn("until", "Rule of the last day, for those that last.", is_required=False),
            ReferenceColumn("first_year", "First year in which it was kept.", NUMBER, is_required=False),
            ReferenceColumn("source", "What the row rests on."),
        ),
        key=("name",),
    ),
    ReferenceFile(
        "abbreviations",
        "Abbreviations with a point that does not end a sentence by itself.",
        (
            ReferenceColumn("abbreviation", "Without its final point."),
            ReferenceColumn(
                "ends",
                "Whether a sentence may end with it: never, not before a number, or maybe.",
                allowed=("never", "number", "maybe"),
            ),
        ),
        key=("abbreviation",),
    ),
    ReferenceFile(
        "languages",
        "Languages that records and detection name.",
        (
            ReferenceColumn("language", "ISO 639-1."),
            ReferenceColumn("names", "Other codes and names, in lower case.", is_list=True),
            ReferenceColumn("is_supported", "Whether its articles are enriched.", allowed=("yes", "no")),
        ),
        key=("language",),
    ),
    ReferenceFile(
        "time_zones",
        "Abbreviations of time zones in time stamps.",
        (
            ReferenceColumn("zone", "As printed, in capitals."),
            ReferenceColumn("minutes", "Minutes east of UTC.", NUMBER),
            ReferenceColumn("meaning", "What it stands for; the commoner sense in news where there are two."),
        ),
        key=("zone",),
    ),
    ReferenceFile(
        "country_forms",
        "Words by which the press means a country, beside its name (countries has those).",
        (
            ReferenceColumn("form", "The words, in ordinary case."),
            ReferenceColumn("country", "ISO 3166-1 alpha-3, XKX for Kosovo."),
            ReferenceColumn(
                "kind",
                "name (a short or older name), demonym (its people: Russian, Russians), adjective (of it: Soviet), "
                "capital (its seat of government, where that may stand for the government), seat (a government house).",
                allowed=("name", "demonym", "adjective", "capital", "seat"),
            ),
        ),
        key=("form", "country"),
    ),
    ReferenceFile(
        "organisations",
        "Organisations and groups that the news names without saying what they are.",
        (
            ReferenceColumn("slug", "The entity id without its type: lower case, hyphens."),
            ReferenceColumn("name", "Full name in ordinary case."),
            ReferenceColumn("entity_type", "What its mentions are.", allowed=("organisation", "group")),
            ReferenceColumn(
                "kind",
                "What sort of body it is.",
                allowed=tuple(OrganisationKind),
            ),
            ReferenceColumn("country", "Where it belongs (ISO 3166-1 alpha-3); empty if to none.", is_required=False),
            ReferenceColumn("acronyms", "Acronyms, as printed.", is_list=True, is_required=False),
            ReferenceColumn("other_names", "Other names, as printed.", is_list=True, is_required=False),
            ReferenceColumn(
                "nominals",
                "Plain descriptions that may point back to it once it was named, in lower case, without the.",
                is_list=True,
                is_required=False,
            ),
        ),
        key=("slug", "entity_type"),
    ),
    ReferenceFile(
        "offices",
        "Offices, ranks, trades and forms of address by which people are introduced.",
        (
            ReferenceColumn("office", "In lower case, singular."),
            ReferenceColumn(
                "kind",
                "What sort of office it is.",
                allowed=(
                    "head_of_state",
                    "head_of_government",
                    "royal",
                    "minister",
                    "legislator",
                    "diplomat",
                    "military",
                    "police",
                    "judge",
                    "prosecutor",
                    "official",
                    "spokesperson",
                    "party",
                    "rebel",
                    "business",
                    "finance",
                    "religious",
                    "academic",
                    "expert",
                    "media",
                    "sport",
                    "arts",
                    "activist",
                    "worker",
                    "crime",
                    "kin",
                    "honorific",
                ),
            ),
            ReferenceColumn(
                "titles", "Forms printed before a name, with their capitals.", is_list=True, is_required=False
            ),
            ReferenceColumn("gender", "m or f where the word says so.", allowed=("m", "f"), is_required=False),
            ReferenceColumn(
                "is_definite", "Whether `the …` may point back to the person who holds it.", allowed=("yes", "no")
            ),
        ),
        key=("office",),
    ),
    ReferenceFile(
        "first_names",
        "First names that the package of names lacks, and the spelling under which variants are one.",
        (
            ReferenceColumn("name", "As printed, in ordinary case."),
            ReferenceColumn("gender", "m, f, or empty where either.", allowed=("m", "f"), is_required=False),
            ReferenceColumn(
                "standard", "The spelling that stands for its variants (Sergei for Sergey).", is_required=False
            ),
        ),
        key=("name",),
    ),
    ReferenceFile(
        "name_words",
        "Words by which names are found and told apart.",
        (
            ReferenceColumn("cue", "What the word is a sign of."),
            ReferenceColumn("word", "The word or words, in lower case."),
        ),
        key=("cue", "word"),
    ),
    ReferenceFile(
        "descriptions",
        "Plain nouns by which copy points back to somebody or something that it has named.",
        (
            ReferenceColumn("noun", "In lower case."),
            ReferenceColumn(
                "points_to",
                "What it points to: a person, an organisation, a ministry by portfolio, a state by its government.",
                allowed=("person", "organisation", "ministry", "state"),
            ),
            ReferenceColumn(
                "name_words",
                "Words of which one stands in the name of an organisation that it may point to.",
                is_list=True,
                is_required=False,
            ),
            ReferenceColumn(
                "kinds", "Kinds of organisations.csv that it may point to.", is_list=True, is_required=False
            ),
            ReferenceColumn("gender", "m or f where the word says so.", allowed=("m", "f"), is_required=False),
        ),
        key=("noun", "points_to"),
    ),
    ReferenceFile(
        "clause_words",
        "Words that the reading of clauses asks for.",
        (
            ReferenceColumn("use", "What they are known as."),
            ReferenceColumn("word", "The word, in lower case."),
        ),
        key=("use", "word"),
    ),
    ReferenceFile(
        "quote_cues",
        "Words that tell of speech, thought, will or judgement, and how each takes what is said.",
        (
            ReferenceColumn("lemma", "Dictionary form, in lower case, American spelling."),
            ReferenceColumn(
                "part",
                "Part of speech; raising is a verb whose subject belongs to what is said.",
                allowed=("verb", "raising", "noun", "adjective"),
            ),
            ReferenceColumn(
                "frames", "What may follow; the one that the example shows first.", allowed=_FRAMES, is_list=True
            ),
            ReferenceColumn(
                "attitude",
                "What the source does.",
                allowed=tuple(Attitude),
            ),
            ReferenceColumn(
                "frame_attitudes",
                "Frames in which the attitude is another, as frame:attitude.",
                is_list=True,
                is_required=False,
            ),
            ReferenceColumn(
                "addressee",
                "How who is spoken to stands: as the object, or behind a preposition.",
                allowed=("object", "to", "with", "at"),
                is_required=False,
            ),
            ReferenceColumn("example", "A sentence of our own in which the cue is found in the first frame."),
        ),
        key=("lemma", "part"),
    ),
    ReferenceFile(
        "sport_names",
        "Cities and plain words that name a club on pages of sport, and there alone.",
        (
            ReferenceColumn("name", "As printed; its slug is the entity id."),
            ReferenceColumn("country", "Where the club is at home (ISO 3166-1 alpha-3).", is_required=False),
            ReferenceColumn("other_names", "Other forms.", is_list=True, is_required=False),
        ),
        key=("name",),
    ),
    ReferenceFile(
        "name_places",
        "Regions, seas, rivers, streets and grounds that are in no gazetteer of cities.",
        (
            ReferenceColumn("name", "As printed."),
            ReferenceColumn("country", "Where it lies (ISO 3166-1 alpha-3).", is_required=False),
            ReferenceColumn("latitude", "Of its centre, in degrees (WGS 84).", DECIMAL, is_required=False),
            ReferenceColumn("longitude", "Of its centre, in degrees (WGS 84).", DECIMAL, is_required=False),
            ReferenceColumn("feature", "Class and code of GeoNames, joined by a point.", is_required=False),
            ReferenceColumn("kind", "A place, or a part of a city.", allowed=("name", "city_part")),
            ReferenceColumn("source", "What the coordinates rest on.", is_required=False),
        ),
        key=("name",),
    ),
    ReferenceFile(
        "rules",
        "Every rule that a row may name.",
        (
            ReferenceColumn("rule", "Name of the rule."),
            ReferenceColumn("table_name", "Table whose rows name it."),
            ReferenceColumn("meaning", "What it looks at, in one sentence."),
            ReferenceColumn("sampled", "Rows that were read in an audit of real copy.", NUMBER, is_required=False),
            ReferenceColumn("right", "How many of them were right.", NUMBER, is_required=False),
        ),
        key=("rule", "table_name"),
    ),
)

REFERENCE: dict[str, ReferenceFile] = {file.name: file for file in _ALL}
"""Every reference file by name."""
