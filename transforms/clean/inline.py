"""Cuts a paragraph of copy where something else stands between or behind its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.clean.lines import Line
from transforms.clean.phrases import PhraseBook, Verdict
from transforms.language.sentences import SentenceRules, Span
from warehouse.contract.codes import BlockKind

LONGEST_PIECE = 300
"""Characters of the longest sentence within a paragraph that may be a promotion."""
LONGEST_TAIL = 200
"""Characters at the end of a paragraph in which such a mark is looked for."""
_TAIL_MARKS = ("©", "--", "—", "– ", "((", "(c)", "(C)")
_TAIL = re.compile(r"""[.!?]["'”’)]*\s+(?=[©—–(-])""")
COPY = Verdict(BlockKind.BODY, "body.default")
_INLINE_KINDS = frozenset({BlockKind.PROMO, BlockKind.RELATED, BlockKind.CREDIT, BlockKind.NOTICE})


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph that is one thing, and its sentences."""

    verdict: Verdict
    start: int
    end: int
    sentences: list[Span]


class InlineRules:
    """Finds pieces of paragraphs by the phrases that may open a sentence."""

    def __init__(self, book: PhraseBook, sentences: SentenceRules, gate: frozenset[str]) -> None:
        self._book = book
        self._sentences = sentences
        self._gate = gate

    def split(self, text: str, start: int, end: int) -> list[Piece]:
        """The pieces of a paragraph in order; one piece of copy where there is nothing else in it."""
        spans = self._sentences.split(text, start, end)
        parts: list[tuple[Verdict, int, int]] = []
        for begin, stop in spans:
            self._add_sentence(parts, text, begin, stop, is_alone=len(spans) == 1)
        if parts and parts[-1][0] is COPY:
            self._cut_tail(parts, text)
        if all(verdict is COPY for verdict, _, _ in parts):
            return [Piece(COPY, spans[0][0], spans[-1][1], spans)] if spans else []
        return _join_parts(parts)

    def _add_sentence(
        self, parts: list[tuple[Verdict, int, int]], text: str, begin: int, stop: int, *, is_alone: bool
    ) -> None:
        while begin < stop:
            found = self._book.match_inline(text, begin, stop)
            if found is None:
                verdict = None if is_alone else self._classify(text, begin, stop)
                parts.append((verdict or COPY, begin, stop))
                return
            opened, end = found
            parts.append((opened, begin, begin + len(text[begin:end].rstrip())))
            while end < stop and text[end].isspace():
                end += 1
            begin, is_alone = end, False

    def _cut_tail(self, parts: list[tuple[Verdict, int, int]], text: str) -> None:
        """A mark behind the last full stop that opens no sentence of its own: "-- AFP", "© 2021 Example"."""
        _, begin, stop = parts[-1]
        reach = max(begin, stop - LONGEST_TAIL)
        tail = text[reach:stop]
        if not any(mark in tail for mark in _TAIL_MARKS):
            return
        for match in _TAIL.finditer(tail):
            found = self._book.match_inline(text, reach + match.end(), stop)
            if found is not None and found[1] == stop:
                end = reach + match.start() + len(match.group().rstrip())
                parts[-1:] = [(COPY, begin, end), (found[0], reach + match.end(), stop)]
                return

    def _classify(self, text: str, begin: int, stop: int) -> Verdict | None:
        if stop - begin > LONGEST_PIECE:
            return None
        space = text.find(" ", begin, min(stop, begin + 20))
        word = text[begin : space if space > 0 else stop].strip(".,:;!?()[]'’").casefold()
        if word not in self._gate:
            return None
        line = Line(text[begin:stop])
        if len(line.words) < 2 or line.opens_with_quote:
            return None
        verdict = self._book.classify(line)
        return verdict if verdict and verdict.kind in _INLINE_KINDS else None


def _join_parts(parts: list[tuple[Verdict, int, int]]) -> list[Piece]:
    pieces: list[Piece] = []
    for verdict, start, end in parts:
        if pieces and pieces[-1].verdict == verdict:
            pieces[-1].end = end
            pieces[-1].sentences.append((start, end))
        else:
            pieces.append(Piece(verdict, start, end, [(start, end)]))
    return pieces
