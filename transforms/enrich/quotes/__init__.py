"""Finds what somebody is reported to have said: direct, mixed and indirect, with cue and source."""

from __future__ import annotations

from functools import lru_cache

from transforms.enrich.article import Article, Quote
from transforms.enrich.quotes.cues import CueLexicon
from transforms.enrich.quotes.statements import StatementBuilder
from transforms.resources import Resources
from transforms.tables import group_words

__all__ = ["QuoteRules"]


class QuoteRules:
    """The rules of quotation, for the resources that a process was handed."""

    def __init__(self, resources: Resources) -> None:
        self._lexicon = CueLexicon(resources.reference["quote_cues"], resources.lemmatise)
        self._words = group_words(resources.reference["clause_words"], "use")

    @staticmethod
    def build(resources: Resources) -> QuoteRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def find(self, article: Article) -> list[Quote]:
        """The quotes of an article, in text order."""
        return StatementBuilder(article, self._lexicon, self._words).build()


@lru_cache(maxsize=4)
def _build(resources: Resources) -> QuoteRules:
    return QuoteRules(resources)
