"""Finds every time expression of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from transforms.enrich.article import Article, Mention
from transforms.enrich.dates.grammar import Grammar, Pattern
from transforms.enrich.dates.meanings import check_meanings, read_meanings
from transforms.enrich.dates.meanings.found import Clock, Found, Meaning
from transforms.enrich.dates.words import Line, TimeWords
from transforms.resources import Resources
from transforms.tables import group_words
from warehouse.contract.codes import BlockKind, EntityType, MentionKind, TimexType

_NARRATIVE_YEARS = 5
_NARRATIVE_DENSITY = 0.2
"""So many years before that of publication, in so many of the sentences, make an account of history."""
_NAMES = frozenset({MentionKind.NAME, MentionKind.ACRONYM, MentionKind.METONYM})
_NAMED_BY_DAYS = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


@dataclass(frozen=True)
class TimeExpression:
    """A row of `dates` in the making: a span of the article's text and what it means."""

    sentence_no: int
    start: int
    end: int
    timex_type: TimexType
    value: str | None
    starts_on: date | None
    ends_on: date | None
    rule: str


class DateRules:
    """Time expressions by the TIMEX3 guidelines, resolved within their article."""

    def __init__(self, resources: Resources) -> None:
        self._words = TimeWords(resources)
        self._grammar = Grammar(self._words, resources.reference["time_patterns"])
        check_meanings(self._grammar.meanings)
        self._hints = group_words(resources.reference["clause_words"], "use")

    @staticmethod
    def build(resources: Resources) -> DateRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def find(self, article: Article, names: Sequence[Mention] = ()) -> list[TimeExpression]:
        """All time expressions, in text order, without overlap; what lies within a name tells no time."""
        held = _list_names(names)
        matched: list[tuple[int, Line, Pattern, re.Match[str]]] = []
        lines: list[Line] = []
        for index, tokens in enumerate(article.tokens):
            line = self._words.read(tokens)
            if line is not None:
                lines.append(line)
                for pattern, match in self._grammar.match(line):
                    matched.append((index, line, pattern, match))
        clock = Clock(article.dateline_on or article.published_on)
        clock.narrative = article.dateline_on is None and _is_narrative(lines, clock.basis, len(article.sentences))
        found: list[TimeExpression] = []
        for index, line, pattern, match in matched:
            seen = Found(
                line,
                match,
                article.tokens[index],
                index,
                clock,
                self._words.holidays,
                self._hints,
                self._grammar.find_joined_year(line, match.end()),
            )
            sentence = article.sentences[index]
            for meaning in read_meanings(pattern.meaning, seen):
                first, last = meaning.span or match.span()
                start, end = line.pieces[first].start, line.pieces[last - 1].end
                if any(begin <= start and end <= stop for begin, stop in held.get(sentence.no, ())):
                    continue
                if meaning.granule is not None and not meaning.is_comparison and sentence.kind is not BlockKind.CAPTION:
                    clock.note(meaning.granule, index)
                    clock.is_before_christ = False
                elif meaning.value is not None and meaning.value.startswith("BC"):
                    clock.is_before_christ = True
                found.append(_make(sentence.no, start, end, meaning, pattern))
        return found


def _list_names(names: Sequence[Mention]) -> dict[int, list[tuple[int, int]]]:
    """Spans of names of people and bodies, by sentence."""
    held: dict[int, list[tuple[int, int]]] = {}
    for name in names:
        if name.kind in _NAMES and name.entity_type in _NAMED_BY_DAYS:
            held.setdefault(name.sentence_no, []).append((name.start, name.end))
    return held


def _is_narrative(lines: Sequence[Line], basis: date | None, sentences: int) -> bool:
    """Whether the article is an account of the past: years gone by outweigh what only today's paper can say."""
    past = today = 0
    for line in lines:
        for piece in line.pieces:
            year = piece.values.get("year")
            if (isinstance(year, int) and (basis is None or year < basis.year)) or piece.values.get("era") == "BC":
                past += 1
            elif "day_word" in piece.values or "weekday" in piece.values:
                today += 1
    return past >= max(_NARRATIVE_YEARS, _NARRATIVE_DENSITY * sentences) and past > 2 * today


def _make(sentence_no: int, start: int, end: int, meaning: Meaning, pattern: Pattern) -> TimeExpression:
    granule = meaning.granule
    last = meaning.until or granule
    is_period = meaning.timex_type in (TimexType.DATE, TimexType.TIME)
    starts = granule.starts_on if granule is not None and is_period else None
    ends = last.ends_on if last is not None and is_period else None
    return TimeExpression(sentence_no, start, end, meaning.timex_type, meaning.value, starts, ends, pattern.rule)


@lru_cache(maxsize=4)
def _build(resources: Resources) -> DateRules:
    return DateRules(resources)
