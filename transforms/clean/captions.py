"""Tells captions by their grammar: present tense, "is seen", place and full date, who stands where."""

from __future__ import annotations

import re
from collections.abc import Mapping

from transforms.clean.lines import Line
from transforms.clean.phrases import Verdict
from transforms.language.dates import Calendar
from warehouse.contract.codes import BlockKind

LONGEST = 90
"""Words of the longest caption."""
_SEEN = re.compile(
    r"\b(?:is|are|being) (?:seen|pictured|shown|photographed|silhouetted|reflected|displayed)\b"
    r"(?! (?:as|by|to|rising|falling|growing|having|being|little|no|at \d|up|down|below|above|\d))"
    r"(?!,? (?:in|at) (?:\d|the (?:table|chart|market)))",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\((?:left|right|cent(?:er|re)|l|r|c|from left|second (?:left|right)|2nd [lr]|top|bottom|front|back|rear"
    r"|background|foreground|pictured|not pictured|in (?:white|red|blue|black)|file)\)"
    r"|,\s+(?:left|right|cent(?:er|re)|second from (?:left|right)),"
    r"|\b(?:from left(?: to right)?|left to right|clockwise from)\b|^(?:left|right|above|below|top|pictured):",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:the|an?) (?:\w+ ){0,3}(?:view|photo|photograph|picture|image|logo|screen|sign|graphic|illustration|still"
    r"|screengrab|combination|silhouette|banner|portrait|flag|statue)\b",
    re.IGNORECASE,
)
_DATE_REACH = 70
"""Characters at the end of a caption in which its date stands."""
_AFTER_DATE = re.compile(r"[.,)]*\s+[(\[A-Z]")
_WHERE = re.compile(
    r"(?: \w+ly)?,? (?:at|outside|near|during|inside|through|after|before|behind|above|next|here|over|under"
    r"|along|amid|leaving|arriving|walking|speaking|this|with|around)\b(?! \d)"
)
_DATED = Verdict(BlockKind.CAPTION, "caption.dated-scene")
_SEEN_RULE = Verdict(BlockKind.CAPTION, "caption.is-seen")
_POSITION_RULE = Verdict(BlockKind.CAPTION, "caption.position")


class CaptionRules:
    """Captions that carry neither label nor credit."""

    def __init__(self, calendar: Calendar, cues: Mapping[str, frozenset[str]]) -> None:
        self._calendar = calendar
        self._verbs = cues["caption_verb"]
        self._past = cues["caption_past"]
        self._seen = cues["caption_seen"]
        self._stand = cues["caption_stand"]

    def classify(self, line: Line) -> Verdict | None:
        """Whether a line is a caption, and what shows it."""
        count = len(line.words)
        if not 4 <= count <= LONGEST or line.opens_with_quote:
            return None
        plain = line.plain
        has_date = self._ends_with_full_date(plain)
        seen = _SEEN.search(plain) if not line.word_set.isdisjoint(self._seen) else None
        if seen and (
            has_date
            or (_OPENING.match(plain) and count <= 40)
            or (not line.is_sentence_end and not line.share_digits and count <= 30)
        ):
            return _SEEN_RULE
        in_present = self._has_scene_verb(line)
        if has_date and in_present and line.word_set.isdisjoint(self._past):
            return _DATED
        may_stand = "(" in plain or not line.word_set.isdisjoint(self._stand)
        if (
            may_stand
            and _POSITION.search(plain)
            and (in_present or seen or has_date)
            and line.word_set.isdisjoint(self._past)
        ):
            return _POSITION_RULE
        if (
            seen
            and count <= 30
            and line.word_set.isdisjoint(self._past)
            and not line.has_inner_stop
            and _reads_as_scene(plain, seen.end())
        ):
            return _SEEN_RULE
        return None

    def _ends_with_full_date(self, plain: str) -> bool:
        """A day with its year ends the scene: "… in Lagos, Nigeria, March 3, 2021."; a credit may follow."""
        for found in self._calendar.find_full_dates(plain, max(0, len(plain) - _DATE_REACH)):
            rest = plain[found.end :]
            if not rest.strip(" .,)") or _AFTER_DATE.match(rest):
                return True
        return False

    def _has_scene_verb(self, line: Line) -> bool:
        return any(word in self._verbs for word in line.words[1:16])


def _reads_as_scene(plain: str, end: int) -> bool:
    """What is seen is seen somewhere: a preposition follows, then a name or an article."""
    return bool(_WHERE.match(plain[end:]))
