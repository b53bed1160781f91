"""The day on which something was said: a weekday or "today" beside the cue, else the dateline's in the lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from transforms.enrich.article import Article, Quote
from transforms.language.tokens import Token, token_at
from transforms.language.weekdays import WEEKDAYS
from warehouse.contract.codes import BlockKind

_NEAR_TOKENS = 5
"""How far behind its cue, or before it, a day belongs to the saying."""
_PAST = frozenset({"VVD", "VBD", "VHD", "VDD"})
_STOPS = frozenset({"PUN", "PUQ", "CJT", "CJS"})
LEAD_PARAGRAPHS = 1
"""Paragraphs of body in which a saying without a day is of the dateline's."""


def find_said_on(article: Article, quote: Quote) -> date | None:
    """The day of a statement by its first piece; none where neither its sentence nor the dateline tells."""
    basis = article.dateline_on or article.published_on
    if basis is None or quote.cue is None:
        return None
    index = article.index_at(quote.cue[0])
    tokens = article.tokens[index]
    at = token_at(tokens, quote.cue[0])
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].start < quote.cue[1]:
        last += 1
    said = _find_day(tokens, at, last, quote, basis)
    if said is not None:
        return said
    is_past = any(token.tag in _PAST for token in tokens[at : last + 1])
    is_lead = article.dateline_on is not None and is_past and _is_lead(article, index)
    names_other_day = any(token.lower in WEEKDAYS or token.tag == "CRD" for token in tokens[:at])
    return article.dateline_on if is_lead and not names_other_day else None


def _is_lead(article: Article, index: int) -> bool:
    sentence = article.sentences[index]
    if sentence.kind is not BlockKind.BODY:
        return False
    paragraphs = [s.paragraph_no for s in article.sentences[: index + 1] if s.kind is BlockKind.BODY]
    return len(set(paragraphs)) <= LEAD_PARAGRAPHS


def _find_day(tokens: Sequence[Token], at: int, last: int, quote: Quote, basis: date) -> date | None:
    """A day word beside the cue that is not part of what is said."""
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
    within = tokens[at : last + 1]
    for token in (*within, *behind, *before):
        if token.lower in WEEKDAYS:
            return basis - timedelta(days=(basis.weekday() - WEEKDAYS[token.lower]) % 7)
        if token.lower == "today":
            return basis
        if token.lower == "yesterday":
            return basis - timedelta(days=1)
    return None
