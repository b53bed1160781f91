"""Tells author lines and time stamps beneath the headline, and reads the authors out of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from transforms.clean.lines import Line
from transforms.clean.phrases import Verdict
from transforms.language.dates import Calendar
from warehouse.contract.codes import BlockKind

LONGEST_NAME = 6
"""Words of the longest line that may be nothing but a name."""
_TIME_LINE = Verdict(BlockKind.BYLINE, "byline.time-stamp")
_NAME_LINE = Verdict(BlockKind.BYLINE, "byline.name")
_CLOCK = re.compile(
    r"\d{1,2}:\d\d|\d{1,2}(?:\.\d\d)? ?[ap]\.?m\b|\d{1,2}\.\d\d ?(?:gmt|utc|uhr|[a-z]{1,2}st)\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|h|Z)?$|\d+(?:[:.]\d+)+(?:am|pm)?$|\d+(?:[-/]\d+)+(?:t\d.{0,14})?$", re.IGNORECASE
)
_BY = re.compile(
    r"\s*(?:(?:written|words|story|text|report|analysis|review|column|opinion) )?"
    r"(?:by|von|par|por|di|door|av|af)\b:?\s+",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"(?<!additional )(?<!further )\b(?:reporting(?: and writing)?|reported|writing(?: and reporting)?"
    r"|written|story) by\s+([^;()\[\]\n]+)",
    re.IGNORECASE,
)
_NAME_BREAK = re.compile(r"\s*(?:,|;|\||/|&|·|•|\band\b|\bund\b|\bet\b|\by\b)\s*")
_PLACE = re.compile(
    r"\s+(?:in|at|from|for|with|on|of|reports?|reporting|covers|-|–|—)\s.*$|[.:]\s*(?:editing|writing|additional)\b.*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,5}$")


class BylineRules:
    """Lines with names, offices and times."""

    def __init__(
        self,
        calendar: Calendar,
        time_words: frozenset[str],
        roles: frozenset[str],
        function_words: frozenset[str],
        particles: frozenset[str],
        agency_names: Collection[str],
    ) -> None:
        self._calendar = calendar
        self._time_words = time_words | frozenset(calendar.months) | frozenset(z.casefold() for z in calendar.zones)
        self._roles = roles
        self._function_words = function_words
        self._particles = particles
        self._agency_names = frozenset(name.casefold() for name in agency_names)

    def classify_time(self, line: Line) -> Verdict | None:
        """A line that is a date or time and hardly anything else."""
        plain = line.plain
        if not 1 <= len(line.words) <= 24 or not any(map(str.isdigit, plain[:80])):
            return None
        others = sum(1 for word in line.words if word not in self._time_words and not _NUMBER.match(word))
        allowed = 0 if len(line.words) <= 3 else 1 if len(line.words) <= 5 else 2
        if others > allowed:
            return None
        if _CLOCK.search(plain) or next(self._calendar.find_full_dates(plain), None) is not None:
            return _TIME_LINE
        has_month = any(word in self._calendar.months for word in line.words)
        return _TIME_LINE if has_month and len(line.words) <= 5 and not line.is_sentence_end else None

    def classify_name(self, line: Line) -> Verdict | None:
        """Two to four words with capitals, none of them a word of grammar: a name on its own line."""
        words = line.cased_words
        if (
            not 2 <= len(words) <= (LONGEST_NAME if "and" in line.word_set else 4)
            or line.share_digits
            or line.is_sentence_end
            or line.is_capitals
        ):
            return None
        if any(word.casefold() in self._function_words - self._particles for word in words):
            return None
        capitals = sum(word[0].isupper() for word in words)
        if any(not word[0].isupper() and word not in self._particles for word in words) or capitals < 2:
            return None
        return _NAME_LINE

    def read_authors(self, byline: str) -> list[str]:
        """Names in an author line."""
        opening = _BY.match(byline)
        return self._read_names(byline[opening.end() :] if opening else byline)

    def read_reporters(self, credit: str) -> list[str]:
        """Names in "Reporting by …", without editors."""
        names: list[str] = []
        for match in _REPORTING.finditer(credit):
            names += [name for name in self._read_names(match[1]) if name not in names]
        return names

    def _read_names(self, text: str) -> list[str]:
        names = []
        for part in _NAME_BREAK.split(" ".join(text.split())):
            name = self._cut_agency(_PLACE.sub("", part).strip(" .,:;|–—-"))
            if self._is_name(name) and name not in names:
                names.append(name)
        return names

    def _cut_agency(self, name: str) -> str:
        """ "Jane Example Associated Press" names one author."""
        words = name.split()
        for at in range(2, len(words)):
            if " ".join(words[at:]).casefold() in self._agency_names:
                return " ".join(words[:at])
        return name

    def _is_name(self, name: str) -> bool:
        words = name.split()
        if not _NAME.match(name) or name.casefold() in self._agency_names:
            return False
        if any(word.casefold().strip(".") in self._roles for word in words):
            return False
        return all(word[0].isupper() or word.casefold() in self._particles for word in words)
