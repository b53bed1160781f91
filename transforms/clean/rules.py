"""All rules of cleaning, compiled once for the resources that a process was handed."""

from __future__ import annotations

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
from transforms.language.dates import Calendar
from transforms.language.detection import Languages
from transforms.language.sentences import SentenceRules
from transforms.resources import Resources
from transforms.tables import group_words


@dataclass(frozen=True)
class CleanRules:
    """What cleaning asks, ready to use."""

    blocks: BlockRules
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
    blocks = BlockRules(
        book=book,
        captions=CaptionRules(calendar, cues),
        bylines=bylines,
        signs=SignRules(cues),
        datelines=DatelineRules(
            calendar,
            PlaceIndex(resources, cues["place_small_word"]),
            agencies,
            cues["not_a_place"],
            cues["weekday"],
            cues["function_word"],
        ),
        agencies=agencies,
        inline=InlineRules(book, sentences, book.first_words | cues["promo_verb"]),
    )
    languages = Languages(reference["languages"], resources.detect_language)
    articles = ArticleRules(agencies, bylines, PublicationRules(calendar), languages)
    return CleanRules(blocks=blocks, articles=articles, sentences=sentences, calendar=calendar)
