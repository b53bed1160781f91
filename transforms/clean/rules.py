"""All rules of cleaning, compiled once for the resources that a process was handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transforms.clean.agencies import AgencyIndex
from transforms.clean.articles import ArticleRules
from transforms.clean.blocks import BlockRules
from transforms.clean.bylines import BylineRules
from transforms.clean.captions import CaptionRules
from transforms.clean.dateline import DatelineRules
from transforms.clean.inline import InlineRules
from transforms.clean.phrases import PhraseBook
from transforms.clean.places import PlaceIndex
from transforms.clean.publication import PublicationRules
from transforms.clean.signs import SignRules
from transforms.clean.web_blocks import WebBlockRules
from transforms.language.dates import Calendar
from transforms.language.detection import Languages
from transforms.language.sentences import SentenceRules
from transforms.resources import Resources
from transforms.tables import group_words


@dataclass(frozen=True)
class CleanRules:
    """What cleaning asks, ready to use."""

    blocks: BlockRules
    web_blocks: WebBlockRules
    datelines: DatelineRules
    page_words: Mapping[str, Sequence[str]]
    """Phrases that tell pages without an article, by cue."""
    articles: ArticleRules
    sentences: SentenceRules
    calendar: Calendar

    @staticmethod
    def build(resources: Resources) -> CleanRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)


@lru_cache(maxsize=4)
def _build(resources: Resources) -> CleanRules:
    reference = resources.reference
    cues = group_words(reference["cue_words"], "cue")
    calendar = Calendar(reference["months"], reference["time_zones"])
    agencies = AgencyIndex(reference["agencies"])
    sentences = SentenceRules(reference["abbreviations"], cues["sentence_opener"], cues["saying"])
    book = PhraseBook(reference["phrases"], cues)
    bylines = BylineRules(
        calendar,
        cues["time_word"],
        cues["byline_role"],
        cues["function_word"],
        cues["name_particle"],
        agencies.names,
    )
    captions, signs = CaptionRules(calendar, cues), SignRules(cues)
    datelines = DatelineRules(
        calendar,
        PlaceIndex(resources, cues["place_small_word"]),
        agencies,
        cues["not_a_place"],
        cues["weekday"],
        cues["function_word"],
    )
    inline = InlineRules(book, sentences, book.first_words | cues["promo_verb"])
    languages = Languages(reference["languages"], resources.detect_language)
    articles = ArticleRules(agencies, bylines, PublicationRules(calendar), languages)
    return CleanRules(
        blocks=BlockRules(book, captions, bylines, signs, datelines, agencies, inline),
        web_blocks=WebBlockRules(book, captions, bylines, signs, datelines, agencies, inline),
        datelines=datelines,
        page_words={cue: sorted(cues[cue]) for cue in ("page_error", "page_consent", "page_clutter")},
        articles=articles,
        sentences=sentences,
        calendar=calendar,
    )
