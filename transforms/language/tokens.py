"""Cuts a sentence into words, numbers and marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int]

_TOKEN = re.compile(
    r"""
    https?://[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]          # addresses of pages
  | [\w.+-]+@\w[\w-]*(?:\.\w+)+                         # and of mail
  | (?:[^\W\d_][-‑])?(?:[^\W\d_]\.){2,}(?:[-‑]\w+)*     # U.S., U.S.-led, a.m., D-N.Y.
  | [A-Z0-9]+\.[A-Z]{1,2}\b                               # codes of shares: JPM.N
  | [$£€¥]?\d+(?:[.,:]\d+)*(?:[-‑]?\w+)*                # 1,000, $1.5, 10:30, 21-year-old
  | [@\#]?\w+(?:[-‑'’&]\w+|\.(?:com|org|net|edu|gov)\b)*  # pro-Russian, O'Brien, AT&T
  | \.{2,} | -{2,} | ''|``|,,                           # marks of several characters
  | [^\w\s]
    """,
    re.VERBOSE,
)
_CLITICS = frozenset({"s", "re", "ve", "ll", "d", "m"})
_APOSTROPHES = "'’"


class Token(NamedTuple):
    """A word, number or mark; `start` and `end` are code points into the article's text, `tag` is of CLAWS C5."""

    start: int
    end: int
    text: str
    lower: str
    tag: str


def token_at(tokens: Sequence[Token], position: int) -> int:
    """Index of the first token that ends behind a character; the number of tokens if none does."""
    return bisect_right(tokens, position, key=lambda token: token.end)


class TokenRules:
    """Cuts text into tokens, with the abbreviations whose point belongs to them."""

    def __init__(self, abbreviations: Iterable[str]) -> None:
        self._abbreviations = frozenset(abbreviations)

    def tokenise(self, text: str, start: int, end: int) -> list[Span]:
        """Spans of the tokens of `text[start:end]`, in order.

        A clitic is a token of its own ("Russia|'s", "did|n't"), and so is each mark; the point of an abbreviation
        or of an initial is part of it, unless the sentence ends there.
        """
        spans: list[Span] = []
        append = spans.append
        for match in _TOKEN.finditer(text, start, end):
            begin, stop = match.span()
            if stop - begin == 1:
                if (
                    text[begin] == "."
                    and spans
                    and spans[-1][1] == begin
                    and self._takes_point(text, spans[-1], stop, end)
                ):
                    spans[-1] = (spans[-1][0], stop)
                else:
                    append((begin, stop))
                continue
            word = text[begin:stop]
            if "'" in word or "’" in word:
                spans.extend(_split_clitics(word, begin, stop))
            else:
                append((begin, stop))
        return spans

    def _takes_point(self, text: str, span: Span, stop: int, end: int) -> bool:
        word = text[span[0] : span[1]]
        is_last = not text[stop:end].strip("\"'”’»)] ")
        if len(word) == 1:
            return word.isupper() and not is_last
        return word.rsplit("-", 1)[-1] in self._abbreviations and not (is_last and word.islower())


def _split_clitics(word: str, begin: int, stop: int) -> list[Span]:
    """Part "Russia's" and "didn't" before the clitic; "O'Brien" stays whole."""
    if len(word) > 3 and word[-1] in "tT" and word[-2] in _APOSTROPHES and word[-3] in "nN":
        return [(begin, stop - 3), (stop - 3, stop)]
    cut = max(word.rfind(mark) for mark in _APOSTROPHES)
    if cut > 0 and word[cut + 1 :].lower() in _CLITICS:
        return [(begin, begin + cut), (begin + cut, stop)]
    return [(begin, stop)]
