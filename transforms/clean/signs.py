"""Signs of a kind of line where no phrase is known: appeals to the reader, separators, initials, repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from transforms.clean.lines import Line
from transforms.clean.phrases import Verdict
from warehouse.contract.codes import BlockKind

_QUESTION_THEN = re.compile(r"[^.?!\"]{3,80}\? [A-Z]")
SHORT_APPEAL = 14
TOLD = 5
"""Words from which on a sentence in the past or future appeals to nobody."""
LONGEST_APPEAL = 32
"""Words of the longest line that appeals to the reader."""
LONGEST_SUBHEAD = 14
"""Words of the longest line between paragraphs that may be a subhead."""
SHORTEST_REPEAT = 4
"""Words of the shortest line whose repetition says something: a subhead may come twice."""
LONGEST_PLAIN_SUBHEAD = 9
"""The same for a line whose words do not begin with capitals."""
LONGEST_REPEAT = 30
APPEAL = Verdict(BlockKind.PROMO, "promo.appeal")
SHARE_BAR = Verdict(BlockKind.PROMO, "promo.share")
REPEATED = Verdict(BlockKind.PROMO, "promo.repeated-line")
SEPARATOR = Verdict(BlockKind.NOTICE, "notice.separator")
END_MARK = Verdict(BlockKind.CREDIT, "credit.end-mark")
INITIALS = Verdict(BlockKind.CREDIT, "credit.initials")
SIGN_OFF = Verdict(BlockKind.CREDIT, "credit.sign-off")
SUBHEAD = Verdict(BlockKind.SUBHEAD, "subhead.short-line")
SUBHEAD_DASHED = Verdict(BlockKind.SUBHEAD, "subhead.between-dashes")
SUBHEAD_CAPITALS = Verdict(BlockKind.SUBHEAD, "subhead.capitals")
_INITIALS = re.compile(
    r"\(?(?:[A-Z]\w{1,20}[-/ ])?[a-z]{2,5}(?:[-/][a-z]{2,5}){1,5}(?:/[A-Z]{2,5})?\)?"
    r"(?: \([A-Za-z]{2,12}(?:, [A-Za-z]{2,12}){0,4}\))?$"
)
_DPA_INITIALS = re.compile(r"(?:dpa|epd|apa|afp|sda)(?: [a-z]{2,4}){1,6}$")
_DASHED = re.compile(r"[-*=]{1,3} ?[A-Z0-9'\"].{1,70}[^.] ?[-*=]{1,3}$")
_FIGURES = re.compile(
    r"\bvs\.? |[$€£]\d|\d\.\d| \d[\d,]* ?(?:percent|per cent|pct|%|mln|bln|cts|dlrs"
    r"|cents|dollars|euros|pounds|tonnes|barrels)"
    r"|\w \d{1,3}(?: ?- ?|, [a-z .]{3,30} )\d{1,3}\b"
    r"|^(?:[*•] |- )|^[a-z .]{3,30} \d{1,3}$"
)
"""Results, prices, scores: the line is of a table."""
_NAMED_OFFICE = re.compile(r"[A-Z][\w ]{2,24}: [A-Z][\w.'-]+ [A-Z][\w.'-]+$")
""" "Treasurer: Jane Example" is of a list."""
_TOLD = re.compile(
    r"(?!How|Why|What|When|Where|Who|If)[A-Z][\w.'-]*(?: [\w.'-]+){0,4} (?:was|were|had|said|told|says|will be)"
    r"(?: [\w.'-]+){2,8}$"
)
"""A sentence that only lacks its full stop."""
_ASKS = re.compile(r"(?:who|what|why|where|when|how|which|whose|is|are|can|could|will|does|do|did|should|has|have)\b")
LONGEST_QUESTION = 7
"""Words of the longest question that may be a subhead."""
_PERSONS = frozenset(
    ["you", "your", "i", "me", "my", "we", "our", "us", "he", "she", "his", "her", "they", "him", "them", "mr", "mrs"]
)
_END_MARK = re.compile(r"(?:-0-|-30-|#(?: ?#)+|\(?ends?\)?|/{2,}|enditem|xxx|more follows)[\s.]*$", re.IGNORECASE)


class SignRules:
    """Judges lines by counted words of the reference data."""

    def __init__(self, cues: Mapping[str, frozenset[str]]) -> None:
        self._verbs = cues["promo_verb"]
        self._nouns = cues["promo_noun"]
        self._strong = cues["promo_strong"]
        self._appeals = cues["appeal_verb"]
        self._share_words = cues["share_word"]
        self._reader = cues["reader"]
        self._copy_verbs = cues["copy_verb"]
        self._finite_verbs = cues["copy_finite"]
        self._function_words = cues["function_word"]

    def classify_appeal(self, line: Line) -> Verdict | None:
        """Tells the reader to do something with what a publisher sells: newsletter, subscription, app."""
        words = line.words
        if not 2 <= len(words) <= LONGEST_APPEAL or line.opens_with_quote:
            return None
        if len(words) >= 8 and line.is_sentence_end and not line.word_set.isdisjoint(self._copy_verbs):
            return None
        if line.is_sentence_end and line.plain[-1] == "." and self._is_told(line):
            return None
        speaks_to_reader = not line.word_set.isdisjoint(self._reader)
        nouns = len(line.word_set & self._nouns)
        is_strong = not line.word_set.isdisjoint(self._strong)
        if is_strong and len(words) <= 20 and not line.is_sentence_end and not line.word_set.isdisjoint(self._appeals):
            return APPEAL
        if words[0] in self._verbs:
            return APPEAL if is_strong or (speaks_to_reader and nouns) or (nouns >= 2 and len(words) <= 14) else None
        if _QUESTION_THEN.match(line.plain) and self._answers_with_appeal(line):
            return APPEAL
        is_short = len(words) <= SHORT_APPEAL
        return APPEAL if speaks_to_reader and is_strong and (nouns >= 2 or is_short) else None

    def _is_told(self, line: Line) -> bool:
        return (
            len(line.words) >= TOLD
            and not line.word_set.isdisjoint(self._finite_verbs)
            and line.word_set.isdisjoint(self._reader)
            and not line.has_inner_stop
        )

    def _answers_with_appeal(self, line: Line) -> bool:
        """ "Enjoying this? Share it." asks, then tells what to do."""
        after = line.folded.partition("? ")[2].split(" ", 1)[0].strip(".,!")
        return after in self._verbs

    def classify_mark(self, line: Line) -> Verdict | None:
        """Lines without a word, and marks that end a story."""
        if len(line.words) <= 2 and _END_MARK.match(line.plain):
            return END_MARK
        return SEPARATOR if not any(map(str.isalnum, line.plain[:400])) else None

    def classify_share_bar(self, line: Line) -> Verdict | None:
        """A row of buttons run together."""
        is_bar = 2 <= len(line.words) <= 16 and line.word_set <= self._share_words
        return SHARE_BAR if is_bar and not line.is_sentence_end else None

    def classify_initials(self, line: Line) -> Verdict | None:
        """Desk initials below a story: "bur/abc/de"."""
        plain = line.plain
        if len(plain) <= 40 and (_INITIALS.match(plain) or _DPA_INITIALS.match(plain)):
            return INITIALS
        return None

    def is_question_subhead(self, line: Line) -> bool:
        """ "Why does it matter?": a short question about the matter, not one that somebody is asked."""
        return (
            len(line.words) <= LONGEST_QUESTION
            and line.plain[-1] == "?"
            and line.plain[0].isupper()
            and not line.has_inner_stop
            and line.word_set.isdisjoint(_PERSONS)
            and bool(_ASKS.match(line.folded))
        )

    def classify_subhead(self, line: Line) -> Verdict | None:
        """A short line without a full stop that is no item of a table or list."""
        words = line.words
        if not 1 <= len(words) <= LONGEST_SUBHEAD or len(line.plain) > 100 or line.share_digits > 0.25:
            return None
        plain = line.plain
        if _DASHED.match(plain):
            return SUBHEAD_DASHED
        if (
            plain.rstrip("'\" )]")[-1:] in (".", ",", ";", ":", "")
            or (line.is_sentence_end and plain[-1] not in "?!'\"")
            or line.has_inner_stop
        ):
            return None
        if not (plain[0].isupper() or plain[0].isdigit() or plain[0] in "'\"¿¡(") or plain[0] in "-*•":
            return None
        if _NAMED_OFFICE.match(plain) or (not line.is_capitals and _TOLD.match(plain)):
            return None
        if (plain[0] == '"' and len(words) > 8) or plain.count('"') % 2 or _FIGURES.search(line.folded):
            return None
        if line.is_capitals:
            return SUBHEAD_CAPITALS
        return SUBHEAD if len(words) <= LONGEST_PLAIN_SUBHEAD or line.share_capitalised >= 0.6 else None


def find_repeats(lines: Sequence[Line | None]) -> set[str]:
    """Cores of short lines that stand on a page more than once."""
    counted = Counter(
        line.core
        for line in lines
        if line and len(line.raw) <= 240 and SHORTEST_REPEAT <= len(line.words) <= LONGEST_REPEAT
    )
    return {core for core, count in counted.items() if count > 1 and not any(map(str.isdigit, core))}
