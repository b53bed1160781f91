"""When and where something was said: a day or a place beside the cue, else the dateline's day in the lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from transforms.enrich.article import Article, Quote
from transforms.enrich.dates import TimeExpression
from transforms.enrich.places import ResolvedPlace
from transforms.language.tokens import Token, token_at
from warehouse.contract.codes import BlockKind, ToponymSense

_NEAR_TOKENS = 5
"""How far behind its cue, or before it, a day belongs to the saying."""
_NEAR_PLACE_TOKENS = 7
_PAST = frozenset({"VVD", "VBD", "VHD", "VDD"})
_STOPS = frozenset({"PUN", "PUQ", "CJT", "CJS"})
_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "from"})
LEAD_PARAGRAPHS = 1
"""Paragraphs of body in which a saying without a day is of the dateline's."""


class _Saying(NamedTuple):
    """A cue in its sentence: the sentence's number in the article and its tokens, first and last token of the cue."""

    sentence: int
    tokens: Sequence[Token]
    first: int
    last: int


def find_said_on(article: Article, quote: Quote, times: Sequence[TimeExpression]) -> date | None:
    """The day of a statement by its first piece; none where neither its sentence nor the dateline tells.

    `times` are the time expressions of the article.
    """
    saying = _find_saying(article, quote)
    if saying is None or quote.cue is None:
        return None
    sentence_no = article.sentences[saying.sentence].no
    here = [time for time in times if time.sentence_no == sentence_no and not _is_said(time.start, time.end, quote)]
    for token in _list_near(saying, quote, _NEAR_TOKENS):
        for time in here:
            if time.starts_on is not None and time.starts_on == time.ends_on and time.start <= token.start < time.end:
                return time.starts_on
    is_past = any(token.tag in _PAST for token in saying.tokens[saying.first : saying.last + 1])
    is_news = article.dateline_on is not None and is_past and is_lead(article, saying.sentence)
    names_other_day = any(time.starts_on is not None and time.end <= quote.cue[0] for time in here)
    return article.dateline_on if is_news and not names_other_day else None


def find_said_at(article: Article, quote: Quote, places: Sequence[ResolvedPlace]) -> ResolvedPlace | None:
    """The place where a statement was made, where its cue has one beside it ("told reporters in Kyiv").

    `places` are the resolved toponyms of the article.
    """
    saying = _find_saying(article, quote)
    if saying is None:
        return None
    sentence_no = article.sentences[saying.sentence].no
    here = [
        place
        for place in places
        if place.sentence_no == sentence_no
        and place.sense is ToponymSense.LITERAL
        and not _is_said(place.start, place.end, quote)
        and not (quote.source is not None and quote.source[0] <= place.start < quote.source[1])
        and _has_preposition(saying.tokens, place.start)
    ]
    for token in _list_near(saying, quote, _NEAR_PLACE_TOKENS) if here else ():
        if token.tag == "CJC":
            return None
        for place in here:
            if place.start <= token.start < place.end:
                return place
    return None


def _has_preposition(tokens: Sequence[Token], start: int) -> bool:
    at = token_at(tokens, start)
    before = tokens[at - 1].lower if at else ""
    return before in _PREPOSITIONS


def _find_saying(article: Article, quote: Quote) -> _Saying | None:
    if quote.cue is None:
        return None
    index = article.index_at(quote.cue[0])
    tokens = article.tokens[index]
    first = last = token_at(tokens, quote.cue[0])
    while last + 1 < len(tokens) and tokens[last + 1].start < quote.cue[1]:
        last += 1
    return _Saying(index, tokens, first, last)


def _is_said(start: int, end: int, quote: Quote) -> bool:
    """Whether a span is part of what is said."""
    return start < quote.end and quote.start < end


def is_lead(article: Article, index: int) -> bool:
    """Whether a sentence is of the first paragraphs of body, whose day is the dateline's."""
    sentence = article.sentences[index]
    if sentence.kind is not BlockKind.BODY:
        return False
    paragraphs = [s.paragraph_no for s in article.sentences[: index + 1] if s.kind is BlockKind.BODY]
    return len(set(paragraphs)) <= LEAD_PARAGRAPHS


def _list_near(saying: _Saying, quote: Quote, reach: int) -> Iterator[Token]:
    """The tokens of the cue, those behind it and those before it, up to a mark, a clause or what is said."""
    tokens, first, last = saying.tokens, saying.first, saying.last
    yield from tokens[first : last + 1]
    for token in tokens[last + 1 : last + 1 + reach]:
        if token.tag in _STOPS or quote.start <= token.start < quote.end:
            break
        yield token
    for token in reversed(tokens[max(0, first - reach) : first]):
        if token.tag in _STOPS - {"PUN"} or quote.start <= token.start < quote.end:
            break
        yield token
