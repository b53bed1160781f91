"""What time expressions look like: the patterns of `seeds/reference/time_patterns.csv`, ready to match.

In a pattern `{kind}` stands for a word that can be of that kind and `@name` for a part; the rest is a regular
expression whose groups name what the meaning is read from. Of the patterns that fit, the longest counts, then the
one that stands first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa

from transforms.enrich.dates.words import Line, TimeWords
from transforms.tables import iter_rows

_JOINED_YEAR = "(?:{hyphen}|{join}|{or})(?:{the}?(?:{day}|{nth}){of}?)?{month}(?:{day})?{comma}?(?P<year>{year})"
_KIND = re.compile(r"\{([a-z]\w*)\}")
_PART = re.compile(r"@([a-z_]+)")


class Pattern(NamedTuple):
    """One form of time expressions: the rule that its rows name, and the meaning that reads it."""

    rule: str
    meaning: str
    codes: re.Pattern[str]


class Grammar:
    """The patterns, over the words as characters."""

    def __init__(self, words: TimeWords, patterns: pa.Table) -> None:
        rows = list(iter_rows(patterns, "rule", "meaning", "pattern"))
        parts = {name: pattern for rule, name, pattern in rows if rule == "part"}
        self._joined_year = re.compile(_expand(_JOINED_YEAR, parts, words))
        self._patterns = tuple(
            Pattern(rule, meaning, re.compile(_expand(pattern, parts, words)))
            for rule, meaning, pattern in rows
            if rule != "part"
        )
        triggers = words.triggers
        self._always = tuple(
            n for n, pattern in enumerate(self._patterns) if triggers.isdisjoint(pattern.codes.pattern)
        )
        self._asked_for = {
            code: tuple(n for n, pattern in enumerate(self._patterns) if code in pattern.codes.pattern)
            for code in triggers
        }

    @property
    def meanings(self) -> frozenset[str]:
        """Names of the meanings that the patterns ask for."""
        return frozenset(pattern.meaning for pattern in self._patterns)

    def find_joined_year(self, line: Line, at: int) -> int | None:
        """The year that an expression shares with the one behind it: "April and June 1955", "5 May - 3 June 1989"."""
        match = self._joined_year.match(line.codes, at)
        year = line.pieces[match.start("year")].values.get("year") if match else None
        return year if isinstance(year, int) else None

    def match(self, line: Line) -> list[tuple[Pattern, re.Match[str]]]:
        """The expressions of a sentence, in text order, without overlap."""
        orders = {order for code in set(line.codes) for order in self._asked_for.get(code, ())}.union(self._always)
        found = [
            (self._patterns[order], match, order)
            for order in sorted(orders)
            for match in self._patterns[order].codes.finditer(line.codes)
        ]
        found.sort(key=lambda item: (item[1].start() - item[1].end(), item[2], item[1].start()))
        taken = [False] * len(line.codes)
        kept: list[tuple[Pattern, re.Match[str]]] = []
        for pattern, match, _ in found:
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                kept.append((pattern, match))
        kept.sort(key=lambda item: item[1].start())
        return kept


def _expand(pattern: str, parts: Mapping[str, str], words: TimeWords) -> str:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda match: parts[match[1]], pattern)
    return _KIND.sub(lambda match: words.class_of(match[1]), pattern)
