"""The day on which something was said: one named beside the cue, else the dateline's in the lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from transforms.enrich.article import Article, Quote
from transforms.enrich.dates import TimeExpression
from transforms.language.tokens import Token, token_at
from warehouse.contract.codes import BlockKind

_NEAR_TOKENS = 5
"""How far behind its cue, or before it, a day belongs to the saying."""
_PAST = frozenset({"VVD", "VBD", "VHD", "VDD"})
_STOPS = frozenset({"PUN", "PUQ", "CJT", "CJS"})
LEAD_PARAGRAPHS = 1
"""Paragraphs of body in which a saying without a day is of the dateline's."""


def find_said_on(article: Article, quote: Quote, times: Sequence[TimeExpression]) -> date | None:
    """The day of a statement by its first piece; none where neither its sentence nor the dateline tells.

    `times` are the time expressions of the article.
    """
    if quote.cue is None:
        return None
    index = article.index_at(quote.cue[0])
    tokens = article.tokens[index]
    at = token_at(tokens, quote.cue[0])
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].start < quote.cue[1]:
        last += 1
    sentence_no = article.sentences[index].no
    here = [time for time in times if time.sentence_no == sentence_no and not _overlaps(time, quote)]
    said = _find_day(tokens, at, last, quote, here)
    if said is not None:
        return said
    is_past = any(token.tag in _PAST for token in tokens[at : last + 1])
    is_lead = article.dateline_on is not None and is_past and _is_lead(article, index)
    names_other_day = any(time.starts_on is not None and time.end <= quote.cue[0] for time in here)
    return article.dateline_on if is_lead and not names_other_day else None


def _overlaps(time: TimeExpression, quote: Quote) -> bool:
    return time.start < quote.end and quote.start < time.end


def _is_lead(article: Article, index: int) -> bool:
    sentence = article.sentences[index]
    if sentence.kind is not BlockKind.BODY:
        return False
    paragraphs = [s.paragraph_no for s in article.sentences[: index + 1] if s.kind is BlockKind.BODY]
    return len(set(paragraphs)) <= LEAD_PARAGRAPHS


def _find_day(
    tokens: Sequence[Token], at: int, last: int, quote: Quote, times: Iterable[TimeExpression]
) -> date | None:
    """A day beside the cue that is not part of what is said."""
    behind = []
    for token in tokens[last + 1 : last + 1 + _NEAR_TOKENS]:
        if token.tag in _STOPS or quote.start <= token.start < quote.end:
            break
        behind.append(token)
    before = []
    for token in reversed(tokens[max(0, at - _NEAR_TOKENS) : at]):
        if token.tag in _STOPS - {"PUN"} or quote.start <= token.start < quote.end:
            break
        before.append(token)
    days = [(time.start, time.end, time.starts_on) for time in times if time.starts_on == time.ends_on]
    for token in (*tokens[at : last + 1], *behind, *before):
        for start, end, day in days:
            if day is not None and start <= token.start < end:
                return day
    return None
