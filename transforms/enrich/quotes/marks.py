"""Pairs the quotation marks of a paragraph, whatever their style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transforms.language.tokens import Token

_DOUBLE = frozenset({'"', "“", "”", "„", "«", "»", "''", "``", ",,", "‟"})
_SINGLE = frozenset({"'", "‘", "’", "‚", "‹", "›"})
_OPENING = frozenset({"“", "„", "«", "``", ",,", "‘", "‚", "‹"})
_CLOSING = frozenset({"”", "»", "’", "›"})
_PARTNER = {"“": "”", "«": "»", "„": "“"}
_BEFORE_OPENING = frozenset("([{—–―-/…")
_AFTER_CLOSING = frozenset(".,;:!?)]}—–―-/…")


class Marked(NamedTuple):
    """A stretch between quotation marks, counted in tokens: `start` is the opening mark, `end` is one past the
    closing one, or past the last word where none closes it."""

    start: int
    end: int
    is_closed: bool


def is_mark(token: Token) -> bool:
    """Whether a token is a quotation mark (an apostrophe may be one)."""
    return token.text in _DOUBLE or (token.text in _SINGLE and token.tag != "POS")


def opens_with_mark(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a paragraph begins with an opening double quotation mark."""
    return bool(tokens) and tokens[0].text in _DOUBLE and _may_open(text, tokens[0])


def pair_marks(text: str, tokens: Sequence[Token], is_continued: bool) -> tuple[list[Marked], bool]:
    """The outermost marked stretches of a paragraph, and whether the last one goes on in the next paragraph.

    `is_continued` says that the next paragraph begins with a mark: only then may a stretch be left open to the end.
    """
    found: list[Marked] = []
    opened: int | None = None
    is_double = True
    depth = 0
    for n, token in enumerate(tokens):
        if not is_mark(token):
            continue
        double = token.text in _DOUBLE
        if opened is None:
            if _opens(text, token) or (n == 0 and double):
                opened, is_double = n, double
            continue
        if double != is_double:
            if double and _opens(text, token) and not _has_closing(text, tokens, n, is_double):
                opened, is_double = n, True
            continue
        if _closes(text, token, double):
            if depth:
                depth -= 1
                continue
            found.append(Marked(opened, n + 1, True))
            opened = None
        elif double and _is_nested(tokens, n):
            depth += 1
        elif double and _opens(text, token):
            found.append(Marked(opened, _end_of_sentence(tokens, opened, n), False))
            opened = n
    if opened is not None and is_double:
        goes_on = is_continued
        end = len(tokens) if goes_on or opened == 0 else _end_of_sentence(tokens, opened, len(tokens))
        found.append(Marked(opened, end, False))
        return found, goes_on
    return found, False


def _is_nested(tokens: Sequence[Token], at: int) -> bool:
    """Whether an opening mark within a stretch has a closing one of its own, one more being left for the stretch."""
    mark = tokens[at].text
    closing = _PARTNER.get(mark)
    if closing is None:
        return False
    rest = [token.text for token in tokens[at:]]
    return rest.count(closing) > rest.count(mark)


def _has_closing(text: str, tokens: Sequence[Token], after: int, is_double: bool) -> bool:
    """Whether a stretch in single marks that is open is closed further on."""
    if is_double:
        return True
    return any(t.text in _SINGLE and t.tag != "POS" and _closes(text, t, False) for t in tokens[after + 1 :])


def _may_open(text: str, token: Token) -> bool:
    return token.end < len(text) and not text[token.end].isspace()


def _opens(text: str, token: Token) -> bool:
    before = text[token.start - 1] if token.start else " "
    if not _may_open(text, token):
        return token.text in _OPENING and token.text in _DOUBLE
    is_after_gap = before.isspace() or before in _BEFORE_OPENING
    if token.text in _OPENING:
        return True
    if token.text in _SINGLE:
        return is_after_gap and text[token.end].isalnum() and text[token.end : token.end + 2] not in ("s ", "t ")
    return is_after_gap or (before in "'‘’" and token.text not in _CLOSING)


def _closes(text: str, token: Token, is_double: bool) -> bool:
    before = text[token.start - 1] if token.start else " "
    after = text[token.end] if token.end < len(text) else " "
    if token.text in _OPENING:
        return False
    if before.isspace() and not after.isspace() and after not in _AFTER_CLOSING:
        return False
    if not is_double:
        return not before.isspace() and not after.isalnum()
    return True


def _end_of_sentence(tokens: Sequence[Token], start: int, limit: int) -> int:
    """One past the first full stop behind `start`, or `limit`."""
    for n in range(start + 1, limit):
        if tokens[n].text in (".", "!", "?"):
            return n + 1
    return limit
