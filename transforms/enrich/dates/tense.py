"""Whether the clause around a time expression looks back or ahead."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from transforms.language.tokens import Token

_PAST = frozenset({"VVD", "VBD", "VHD", "VDD"})
_PERFECT = frozenset({"VHZ", "VHB"})
_PRESENT = frozenset({"VVZ", "VVB", "VBZ", "VBB", "VDZ", "VDB"})
_AHEAD = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "could", "might", "may", "can", "should", "must"})
_INFINITIVES = frozenset({"VVI", "VBI", "VHI", "VDI", "VVB", "VVD", "NN1"})
"""Tags of what follows a "to" that is no preposition, those that taggers confuse with it included."""
_AFTERWARDS = frozenset({"after", "since", "by", "for", "despite"})
"""Before a gerund, that what it tells is over."""
_JOINED = frozenset({"NP0", "CJC", "CRD"})
"""Tags of what joins times to one another, and of the times."""
_STOPS = frozenset({";", ":", "(", ")"})
_REACH = 18
"""Tokens on either side among which the verb is looked for."""


class Tense(StrEnum):
    """Where the clause looks."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


def read_tense(
    tokens: Sequence[Token], first: int, last: int, planned: frozenset[str], intent: frozenset[str]
) -> Tense:
    """The tense of the clause that holds the tokens from `first` to `last`.

    `planned` are words for what lies ahead ("scheduled", "due"), `intent` words whose infinitive does ("agreed to
    meet on Friday", against "held a rally to mark its entry on Friday"). The nearest verb group decides, the one
    before first; a preposition may overrule it ("until Friday").
    """
    before = tokens[first - 1].lower if first else ""
    if before in {"until", "till"} or (before == "of" and first > 1 and tokens[first - 2].lower == "ahead"):
        return Tense.FUTURE
    if before == "since":
        return Tense.PAST
    is_owned = last + 1 < len(tokens) and tokens[last + 1].lower in ("'s", "’s")
    found = _look_left(tokens, first, planned, intent, is_owned=is_owned)
    if found is Tense.FUTURE and _is_in_subject(tokens, first, last):
        return Tense.PAST
    if found is Tense.UNKNOWN:
        found = _look_right(tokens, last)
    if before in {"by", "before"} and found is Tense.UNKNOWN:
        return Tense.FUTURE
    return found


def _look_left(
    tokens: Sequence[Token], first: int, planned: frozenset[str], intent: frozenset[str], *, is_owned: bool
) -> Tense:
    """`is_owned`: a noun belongs to the day ("follows Tuesday's vote"), which then lies back as often as ahead."""
    participle = False
    gerund = False
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        token = tokens[at]
        tag = token.tag
        if token.lower in _STOPS:
            break
        if token.lower in planned:
            return Tense.FUTURE
        if tag == "VM0":
            if token.lower in _AHEAD and not _is_perfect(tokens, at, first):
                return Tense.FUTURE
            return Tense.PAST
        if tag == "TO0" and at + 1 < first and tokens[at + 1].tag in _INFINITIVES:
            governor = tokens[at - 1] if at else None
            if governor is None or governor.lower in intent or governor.tag[:2] in ("VB", "AJ", "VH"):
                return Tense.FUTURE
            continue
        if tag in _PAST:
            return Tense.PAST
        if tag in _PERFECT:
            return Tense.PAST
        if tag == "VVN":
            participle = True
        elif tag == "VVG":
            if at and tokens[at - 1].lower in _AFTERWARDS:
                return Tense.PAST
            gerund = True
        elif tag in _PRESENT:
            if participle:  # "is held", "holds shares bought in August"
                return Tense.UNKNOWN if tag in ("VBZ", "VBB") else Tense.PAST
            is_ahead = gerund or tag in ("VBZ", "VBB") or (tag == "VVZ" and not is_owned)
            return Tense.FUTURE if is_ahead else Tense.UNKNOWN
        elif tag == "CJS" and participle:
            break
    return Tense.PAST if participle else Tense.UNKNOWN


def _is_perfect(tokens: Sequence[Token], at: int, stop: int) -> bool:
    return any(token.tag == "VHI" for token in tokens[at + 1 : min(at + 4, stop)])


def _is_in_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the verb before it is a noun, for a past one follows: "Thai exports in December and January fell"."""
    at = first - 1
    while at > 2 and tokens[at].tag in _JOINED:
        at -= 1
    if at < 2 or tokens[at].tag != "PRP" or tokens[at - 1].tag != "VVZ":
        return False
    following = next((token for token in tokens[last + 1 :] if token.tag not in _JOINED), None)
    return following is not None and following.tag in _PAST


def _look_right(tokens: Sequence[Token], last: int) -> Tense:
    for at in range(last + 1, min(len(tokens), last + 1 + _REACH)):
        token = tokens[at]
        if token.lower in _STOPS:
            break
        if token.tag == "VM0":
            ahead = token.lower in _AHEAD and not _is_perfect(tokens, at, len(tokens))
            return Tense.FUTURE if ahead else Tense.PAST
        if token.tag in _PAST or token.tag in _PERFECT or token.tag == "VVN":
            return Tense.PAST
        if token.tag in _PRESENT:
            return Tense.UNKNOWN
    return Tense.UNKNOWN
