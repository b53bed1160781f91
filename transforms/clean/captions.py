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
_PICTURE_OF = re.compile(
    r"(?:the|an?)? ?(?:\w+ ){0,2}(?:view|photo|photograph|picture|image|logo|sign|still|screengrab|portrait|statue)"
    r" (?:of|shows?|showing|taken|from)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"(?: \w+ly)?,? (?:at|outside|near|during|inside|through|after|before|behind|above|next|here|over|under"
    r"|along|amid|leaving|arriving|walking|speaking|this|with|around)\b(?! \d)"
)
_TOLD = frozenset({"said", "told", "added", "announced"})
LONGEST_TOLD = 12
"""From so many words on, a line in which somebody said something is copy that a credit follows."""
_CREDIT_REACH = 100
"""Characters at the end of a caption in which its credit stands."""
_NAMES = r"(?:[A-Z][\w.'’&-]*(?:, | (?=[\w/])|(?= ?[/\])]|$))|(?:for|of|the|de|van|von|via|and) ){1,7}"
_CREDIT = re.compile(
    rf"[.!?)\"'] +(?:{_NAMES}/ ?{_NAMES}(?:/ ?{_NAMES}){{0,2}}|\[[A-Z][\w .'-]{{1,40}}, [A-Z][\w .'-]{{1,30}}\])$"
)
"""Behind the sentence, names on both sides of a slash, or in square brackets."""
_HOUSE = (
    r"(?:Images?|Photos?|Press|News|Times|Post|Herald|Tribune|Journal|Gazette|Star|Globe|Chronicle|Staff|Handout"
    r"|Pool|File|Media)"
)
_CREDIT_ALONE = re.compile(
    r"(?!By |From |BY )[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){1,3} ?/ ?(?:[A-Z][\w.'-]+ ){0,4}" + _HOUSE + "$"
)
_OPEN_SCENE = re.compile(r"\b(?:at|in|on|during|outside|inside|near|through|after|before|as|past|along|from|to|with)\b")
LONGEST_OPEN_SCENE = 30
"""Words of the longest caption that ends without a full stop and has neither date nor credit."""
_NO_SCENE = frozenset(
    [
        "work",
        "works",
        "read",
        "reads",
        "rise",
        "rises",
        "sell",
        "sells",
        "raise",
        "raises",
        "meet",
        "meets",
        "leave",
        "leaves",
        "visit",
        "visits",
        "show",
        "shows",
        "play",
        "plays",
        "competes",
        "appear",
        "appears",
        "watch",
        "wave",
        "waves",
        "prepare",
        "prepares",
        "hang",
        "hangs",
        "look",
        "looks",
        "burn",
        "burns",
        "lay",
        "lies",
        "stand",
    ]
)
"""Of the verbs of captions those that headlines and subheads use as well."""
_ADDRESSED = frozenset({"you", "your", "our", "we", "us", "i", "my"})
_CREDIT_RULE = Verdict(BlockKind.CAPTION, "caption.photo-credit")
_SCENE_RULE = Verdict(BlockKind.CAPTION, "caption.scene")
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
        plain, words = line.plain, line.word_set
        if not 2 <= count <= LONGEST or line.opens_with_quote:
            return None
        if (
            plain[-1] not in ".!?:,;"
            and (plain[-1] == "]" or "/" in plain[-_CREDIT_REACH:])
            and self._ends_with_credit(line)
        ):
            return _CREDIT_RULE
        if count < 4:
            return None
        seen = None if words.isdisjoint(self._seen) else _SEEN.search(plain)
        has_date = self._ends_with_full_date(plain)
        if seen and (has_date or self._needs_no_date(line, count)):
            return _SEEN_RULE
        may_stand = "(" in plain or not words.isdisjoint(self._stand)
        if not line.is_sentence_end and count <= 20 and _PICTURE_OF.match(plain):
            return _SEEN_RULE
        if not (seen or has_date or may_stand) or not words.isdisjoint(self._past):
            return None
        in_present = self._has_scene_verb(line)
        if has_date and in_present:
            return _DATED
        has_sign = in_present or seen or has_date or (not line.is_sentence_end and count <= 25)
        if may_stand and has_sign and _POSITION.search(plain):
            return _POSITION_RULE
        if seen and count <= 30 and not line.has_inner_stop and _WHERE.match(plain, seen.end()):
            return _SEEN_RULE
        return None

    def classify_open_scene(self, line: Line) -> Verdict | None:
        """Between paragraphs of copy, a line without a full stop: "Nurses march through the old town"."""
        count = len(line.words)
        if not 5 <= count <= LONGEST_OPEN_SCENE or line.is_sentence_end or line.opens_with_quote:
            return None
        if not line.plain[0].isupper() or line.plain[-1] in ":,;-" or line.has_inner_stop or line.is_capitals:
            return None
        if (
            line.share_digits
            or not line.word_set.isdisjoint(_ADDRESSED)
            or not line.word_set.isdisjoint(self._past)
            or line.share_capitalised >= 0.8
        ):
            return None
        verbs = [at for at, word in enumerate(line.words[1:8], 1) if word in self._verbs and word not in _NO_SCENE]
        if not verbs or not _OPEN_SCENE.search(" ".join(line.words[verbs[0] :])):
            return None
        return _SCENE_RULE

    @staticmethod
    def _ends_with_credit(line: Line) -> bool:
        plain = line.plain
        if line.is_capitals:  # in capitals every word looks like a name
            return False
        if len(line.words) >= LONGEST_TOLD and not line.word_set.isdisjoint(_TOLD):
            return False
        if len(line.words) <= 9 and _CREDIT_ALONE.match(plain):
            return True
        return len(line.words) >= 5 and _CREDIT.search(plain[-_CREDIT_REACH:]) is not None

    def _needs_no_date(self, line: Line, count: int) -> bool:
        """ "The logo of Example is seen …", or no sentence at all."""
        if _OPENING.match(line.plain) and count <= 40:
            return True
        return not line.is_sentence_end and not line.share_digits and count <= 30

    def _ends_with_full_date(self, plain: str) -> bool:
        """A day with its year ends the scene: "… in Lagos, Nigeria, March 3, 2021."; a credit may follow."""
        for found in self._calendar.find_full_dates(plain, max(0, len(plain) - _DATE_REACH)):
            rest = plain[found.end :]
            if not rest.strip(" .,)") or _AFTER_DATE.match(rest):
                return True
        return False

    def _has_scene_verb(self, line: Line) -> bool:
        return any(word in self._verbs for word in line.words[1:16])
