"""What stands where in an article: mentions by sentence, direct speech, and each sentence's subject."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from transforms.enrich.article import Mention, Quote
from transforms.language.tokens import Token, token_at
from warehouse.contract.codes import QuoteKind

FINITE = frozenset({"VVD", "VVZ", "VVB", "VBD", "VBZ", "VBB", "VHD", "VHZ", "VHB", "VDD", "VDZ", "VDB", "VM0"})
"""Tags of finite verbs."""
PREPOSITIONS = frozenset({"PRP", "PRF", "TO0"})
_NOMINAL = frozenset(
    {"AT0", "AJ0", "AJC", "AJS", "NN0", "NN1", "NN2", "NP0", "DPS", "DT0", "CRD", "ORD", "POS", "CJC", "VVG", "VVN"}
)


class Scene:
    """The direct speech of an article, for questions of place."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        spoken = sorted((q.start, q.end) for q in quotes if q.kind is QuoteKind.DIRECT)
        self._spoken_starts = [start for start, _ in spoken]
        self._spoken = spoken

    def is_spoken(self, position: int) -> bool:
        """Whether a character is inside direct speech."""
        index = bisect_right(self._spoken_starts, position) - 1
        return index >= 0 and position < self._spoken[index][1]


def is_oblique(tokens: Sequence[Token], mention_start: int) -> bool:
    """Whether a mention hangs on a preposition ("to the OSCE"), or owns what follows it."""
    at = token_at(tokens, mention_start) - 1
    steps = 0
    while at >= 0 and steps < 6:
        tag = tokens[at].tag
        if tag in PREPOSITIONS:
            return True
        if tag not in _NOMINAL:
            return False
        at, steps = at - 1, steps + 1
    return False


def is_possessor(tokens: Sequence[Token], mention_end: int) -> bool:
    """Whether 's follows a mention."""
    at = token_at(tokens, mention_end)
    return at < len(tokens) and tokens[at].tag == "POS"


def find_antecedent(tokens: Sequence[Token], at: int, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that ends right before a relative pronoun, or the comma before it: "Iraq, which imposed a ban"."""
    before = at - 2 if at and tokens[at - 1].text == "," else at - 1
    return next((m for m in mentions if before >= 0 and m.end == tokens[before].end), None)


def find_subject(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Mention | None:
    """The subject of a sentence's first clause: the first free mention, if a finite verb comes after it.

    Of parties that are joined by "and" none is the subject.
    """
    for mention in mentions:
        if is_oblique(tokens, mention.start) or is_possessor(tokens, mention.end):
            continue
        after = token_at(tokens, mention.end)
        if not any(token.tag in FINITE for token in tokens[after:]):
            return None
        return None if _is_joined(tokens, after, mention, mentions) else mention
    return None


def _is_joined(tokens: Sequence[Token], after: int, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether "and" and another party of the kind follow, before any verb."""
    if after >= len(tokens) or tokens[after].lower not in ("and", ",", "&"):
        return False
    verb = next((i for i in range(after, len(tokens)) if tokens[i].tag in FINITE), len(tokens))
    others = [m for m in mentions if m.start > mention.end and m.entity_type is mention.entity_type]
    for other in others:
        at = token_at(tokens, other.start)
        between = tokens[after:at]
        if at < verb and between and any(t.lower in ("and", "&") for t in between):
            return all(t.tag[:2] in ("NN", "NP", "AT", "AJ", "CJ", "PU", "PR") for t in between)
    return False
