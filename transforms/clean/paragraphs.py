"""Finds the paragraphs of a text: blank lines, single lines, or hard-wrapped lines with indents."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
WIDEST_WRAP = 100
"""Hard-wrapped copy has lines up to about this long."""
PARAGRAPH_INDENT = 2
"""A line that stands this much further in than the others begins a paragraph."""
_SHARE_OF_WIDTH = 0.55
"""A line shorter than this share of the width was not wrapped."""
_SHARE_OPEN = 0.5
"""In wrapped copy at least this share of line breaks cuts a sentence."""
_SHARE_LOWER = 0.1
"""In wrapped copy more than this share of lines goes on with a small letter."""
_LONG_LINES = 0.02
"""Share of lines that may be longer than the wrap: tables, links."""
_SENTENCE_ENDS = ".!?:\"”'’)"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: its span without outer white space, its indent, line breaks before it."""

    start: int
    end: int
    indent: int
    breaks: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The span of a paragraph, and its number of lines."""

    start: int
    end: int
    lines: int = 1


def find_paragraphs(text: str, start: int, sign_offs: Collection[str] = ()) -> list[Paragraph]:
    """Paragraphs of `text[start:]` in order; together they cover all but white space.

    `sign_offs`: lines that stand alone even where lines are joined ("Reuter" below the last paragraph).
    """
    lines = list_lines(text, start)
    if not is_hard_wrapped(text, lines):
        return [Paragraph(line.start, line.end) for line in lines]
    return _join_lines(text, lines, sign_offs)


def list_lines(text: str, start: int) -> list[Line]:
    """Lines of `text[start:]` that hold more than white space."""
    lines: list[Line] = []
    previous = start
    for match in _LINE.finditer(text, start):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        indent = len(raw) - len(raw.lstrip())
        begin = match.start() + indent
        gap = text[previous:begin]
        lines.append(Line(begin, begin + len(stripped), indent, gap.count("\n") or gap.count("\r") or bool(gap)))
        previous = begin + len(stripped)
    return lines


def is_hard_wrapped(text: str, lines: list[Line]) -> bool:
    """Whether line breaks were put in where a line was full, not where a paragraph ends."""
    if len(lines) < 2:
        return False
    lengths = sorted(line.end - line.start + line.indent for line in lines)
    width = lengths[max(0, int(len(lengths) * (1 - _LONG_LINES)) - 1)]
    if width > WIDEST_WRAP:
        return False
    pairs = opened = lower = hanging = 0
    for line, following in pairwise(lines):
        if following.breaks != 1 or following.indent >= line.indent + PARAGRAPH_INDENT:
            continue
        if line.end - line.start < width * _SHARE_OF_WIDTH:
            continue
        pairs += 1
        opened += text[line.end - 1] not in _SENTENCE_ENDS
        lower += text[following.start].islower()
        hanging += line.indent >= following.indent + PARAGRAPH_INDENT
    goes_on = hanging > 0 or lower > pairs * _SHARE_LOWER
    return pairs > 0 and goes_on and opened >= pairs * _SHARE_OPEN


def _join_lines(text: str, lines: list[Line], sign_offs: Collection[str]) -> list[Paragraph]:
    margin = min(line.indent for line in lines[1:])
    width = max(line.end - line.start for line in lines if line.end - line.start <= WIDEST_WRAP)
    paragraphs: list[Paragraph] = []
    start, end, count = lines[0].start, lines[0].end, 1
    for line, following in pairwise(lines):
        begins = (
            following.breaks > 1
            or following.indent >= margin + PARAGRAPH_INDENT
            or not _is_full(text, line, following, width)
            or text[following.start : following.end].casefold() in sign_offs
        )
        if begins:
            paragraphs.append(Paragraph(start, end, count))
            start, count = following.start, 0
        end, count = following.end, count + 1
    paragraphs.append(Paragraph(start, end, count))
    return paragraphs


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted: then the break is the wrapper's."""
    if not _LETTER_OR_DIGIT.search(text, following.start, min(following.end, following.start + 20)):
        return False
    if text[line.end - 1] not in _SENTENCE_ENDS and text[following.start].islower():
        return True
    word_end = text.find(" ", following.start, following.end)
    word = (word_end if word_end > 0 else following.end) - following.start
    return line.end - line.start + line.indent + 1 + word > width * 0.8
