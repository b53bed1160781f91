"""Meets lines with the phrases of the reference data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from transforms.clean.lines import Line, find_words, fold_core, fold_phrase
from warehouse.contract.codes import BlockKind
from warehouse.contract.reference_files import PhraseMatch, PhraseZone

_FIRST_WORD = re.compile(r"\W*\w*")
DEFAULT_MAX_WORDS = 40
_CASED = "(?-i:"
"""In a pattern that minds case somewhere."""
_ATTRIBUTED = re.compile(
    r""",["']* (?:[\w.'-]+ ){1,5}(?:said|says?|warn(?:s|ed)?|urge[sd]?|advise[sd]?|add(?:s|ed)|wrote"""
    r"""|recall(?:s|ed)|begg?ed|argue[sd]?|predict(?:s|ed)?|told (?:[\w.'-]+ ?){1,4}|like[sd]? to say)\.$"""
)
"""A sentence that ends by saying who said it."""
_PARTICIPLE = re.compile(
    r"(?:first |originally |last |also )?(?:published|posted|updated|written|edited|compiled|produced|reported"
    r"|translated|sponsored|recommended|filmed|photographed|presented|powered)\b[^.;:]{3,90},"
    r" (?:the|it|he|she|they|his|her|its|an?|this|that) [a-z]"
)
"""A sentence whose main clause comes later: "Edited by his daughter, the diary became a success."."""
_MARKS_RIGHTS = frozenset({"©", "copyright", "c", "material", "content", "this", "all"})
"""First words of notices of several sentences."""
_STOP = re.compile(r"""[.!?]["')]*\s""")
_TOKEN = re.compile(r"[^\W_]+")
LONGEST_SEARCHED = 120
"""Words of the longest line in which phrases are searched for."""
LONGEST_TAIL = 60
"""Characters that may follow a phrase that ends a line: a name, a date."""
_LENGTHS = (0, 9, 13, 17, 21, 25, 31, 41, 61)
"""Words of the shortest line of each group for which patterns are joined."""
_COPY_WORDS = 8
"""From this many words on a line with a verb of saying is copy, whatever phrase is in it."""
_TOLD_WORDS = 5
"""From this many words on a sentence in the past or future that does not speak to the reader sells nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line is, and the rule that says so."""

    kind: BlockKind
    rule: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of phrases.csv."""

    verdict: Verdict
    zone: PhraseZone
    max_words: int
    text: str
    pattern: re.Pattern[str] | None = None
    is_cased: bool = False


class _Joined:
    """Patterns as one expression, each a group of its own, so that one match says which of them it was."""

    def __init__(self, phrases: list[Phrase], places: list[int], flags: re.RegexFlag) -> None:
        self._phrases = phrases
        self._places = places
        self._any = re.compile("|".join(f"({phrases[at].text})" for at in places) or r"(?!)", flags)

    def find(self, text: str, count: int) -> int:
        """Place of the first pattern that matches a line of so many words; past the last where none does."""
        found = self._any.match(text)
        if found is None or found.lastindex is None:
            return len(self._phrases)
        first = found.lastindex - 1
        for at in self._places[first:]:
            phrase = self._phrases[at]
            if phrase.max_words >= count and phrase.pattern is not None and phrase.pattern.match(text):
                return at
        return len(self._phrases)


class PhraseBook:
    """All phrases, compiled once, looked up by what is cheapest first."""

    def __init__(self, phrases: pa.Table, cues: Mapping[str, frozenset[str]]) -> None:
        self._copy_verbs = cues["copy_verb"]
        self._finite_verbs = cues["copy_finite"]
        self._told_verbs = self._copy_verbs & self._finite_verbs
        self._reader_words = cues["reader"]
        self._credit_words = cues["credit_house"] | cues["name_particle"]
        self._lines: dict[str, Phrase] = {}
        self._starts: dict[str, list[Phrase]] = defaultdict(list)
        self._contains: dict[str, list[Phrase]] = defaultdict(list)
        self._ends: dict[str, list[Phrase]] = defaultdict(list)
        self._patterns: list[Phrase] = []
        self._inline: list[Phrase] = []
        for row in phrases.to_pylist():
            self._add(row)
        for starts in self._starts.values():
            starts.sort(key=lambda phrase: -len(phrase.text))
        self._contains_words, self._ends_words = frozenset(self._contains), frozenset(self._ends)
        self._longest = max((p.max_words for p in self._patterns), default=0)
        self._patterns_any: dict[tuple[PhraseZone, int], tuple[_Joined, _Joined]] = {}
        self._inline_any = re.compile("|".join(f"({p.text})" for p in self._inline))

    def _add(self, row: dict[str, object]) -> None:
        match, printed = PhraseMatch(str(row["match"])), str(row["phrase"])
        limit = row["max_words"]
        verdict = Verdict(BlockKind(str(row["kind"])), str(row["rule"]))
        zone, words = PhraseZone(str(row["zone"])), limit if isinstance(limit, int) else DEFAULT_MAX_WORDS
        if match in (PhraseMatch.PATTERN, PhraseMatch.INLINE):
            is_cased = match is PhraseMatch.INLINE or _CASED in printed
            flags = re.IGNORECASE if match is PhraseMatch.PATTERN and is_cased else re.NOFLAG
            phrase = Phrase(verdict, zone, words, printed, re.compile(printed, flags), is_cased)
            (self._patterns if match is PhraseMatch.PATTERN else self._inline).append(phrase)
            return
        text = fold_core(printed) if match is PhraseMatch.LINE else fold_phrase(printed)
        phrase = Phrase(verdict, zone, words, text)
        if match is PhraseMatch.LINE:
            self._lines[text] = phrase
        elif match is PhraseMatch.START:
            self._starts[_first_word(text)].append(phrase)
        else:
            is_end = match is PhraseMatch.END
            anchors = _TOKEN.findall(text) if is_end else find_words(text)
            (self._ends if is_end else self._contains)[max(anchors, key=len)].append(phrase)

    @property
    def first_words(self) -> frozenset[str]:
        """First words of phrases of two words or more: what a piece of a paragraph may begin with."""
        whole = {text.split(" ", 1)[0] for text in self._lines if " " in text}
        return frozenset(whole | {key.strip("([") for key in self._starts if key.isalpha()})

    def classify(self, line: Line, zone: PhraseZone = PhraseZone.ANY) -> Verdict | None:
        """What a line or sentence is by its phrases; `zone` is where it stands, `any` for not known yet."""
        whole = self._lines.get(line.core)
        if whole is not None and _counts(whole, line, zone):
            return whole.verdict
        found = self._find_start(line, zone) or self._find_end(line, zone)
        if line.opens_with_quote and (len(line.words) > 5 or _ATTRIBUTED.search(line.folded)):
            return found.verdict if found and found.verdict.kind is BlockKind.CAPTION else None
        found = found or self._find_contained(line, zone)
        if found is not None and self._is_behind_copy(line, found):
            return None
        found = found or self._find_pattern(line, zone)
        if found is None or (found.verdict.kind is not BlockKind.CAPTION and self._reads_as_copy(line, found)):
            return None
        return found.verdict

    def match_inline(self, text: str, start: int, end: int) -> tuple[Verdict, int] | None:
        """The phrase that begins at `start`, the start of a sentence, and where it ends."""
        found = self._inline_any.match(text, start, end)
        if found is None or found.lastindex is None or found.end() <= start:
            return None
        return self._inline[found.lastindex - 1].verdict, found.end()

    def _find_start(self, line: Line, zone: PhraseZone) -> Phrase | None:
        for text in (line.folded, line.core) if line.core and not line.folded.startswith(line.core) else (line.folded,):
            for phrase in self._starts.get(_first_word(text), ()):
                if text.startswith(phrase.text) and _ends_word(text, phrase.text) and _counts(phrase, line, zone):
                    return phrase
        return None

    def _find_end(self, line: Line, zone: PhraseZone) -> Phrase | None:
        """A phrase near the end of the line, behind which only a name or a date stands."""
        tail = line.folded[-(LONGEST_TAIL + 40) :].replace(" / ", "/")
        words = self._ends_words.intersection(_TOKEN.findall(tail) if "/" in tail else line.word_set)
        for word in sorted(words) if words else ():
            for phrase in self._ends[word]:
                at = _find_bounded(tail, phrase.text)
                if at < 0 or not _counts(phrase, line, zone):
                    continue
                rest = tail[at + len(phrase.text) :]
                opens_line = at == 0 and len(tail) == len(line.folded)
                if len(rest) <= LONGEST_TAIL and not opens_line and self._reads_as_credit(line, rest):
                    return phrase
        return None

    def _reads_as_credit(self, line: Line, rest: str) -> bool:
        """What stands behind the phrase is names, places, dates: no word of grammar, no end of a sentence."""
        words = find_words(rest)
        printed = find_words(line.plain[-len(rest) :]) if words and len(line.plain) == len(line.folded) else []
        small = sum(word[0].islower() and word not in self._credit_words for word in printed)
        return small == 0 and not (rest.endswith(".") and len(words) < 2 and "/" not in rest)

    def _find_contained(self, line: Line, zone: PhraseZone) -> Phrase | None:
        if len(line.words) > LONGEST_SEARCHED:
            return None
        words = self._contains_words & line.word_set
        for word in sorted(words) if words else ():
            for phrase in self._contains[word]:
                if _find_bounded(line.folded, phrase.text) >= 0 and _counts(phrase, line, zone):
                    return phrase
        return None

    def _find_pattern(self, line: Line, zone: PhraseZone) -> Phrase | None:
        count = len(line.words)
        if count > self._longest:
            return None
        shortest = max(shortest for shortest in _LENGTHS if shortest <= count)
        joined = self._patterns_any.get((zone, shortest))
        if joined is None:  # joined when first met: all of them together take most of a second to compile
            joined = self._join_patterns(zone, shortest, False), self._join_patterns(zone, shortest, True)
            self._patterns_any[zone, shortest] = joined
        at = min(joined[0].find(line.folded, count), joined[1].find(line.plain, count))
        return self._patterns[at] if at < len(self._patterns) else None

    def _join_patterns(self, zone: PhraseZone, shortest: int, is_cased: bool) -> _Joined:
        """One expression of all patterns that may claim a line of so many words or more in this zone.

        Those that do not mind case are matched with the folded line, which is several times faster.
        """
        places = [
            at
            for at, phrase in enumerate(self._patterns)
            if phrase.max_words >= shortest and phrase.zone in (PhraseZone.ANY, zone) and phrase.is_cased is is_cased
        ]
        return _Joined(self._patterns, places, re.IGNORECASE if is_cased else re.NOFLAG)

    def _reads_as_copy(self, line: Line, phrase: Phrase) -> bool:
        """A full sentence in which somebody says something, and which does not speak to the reader."""
        if phrase.verdict.kind is BlockKind.CAPTION:
            return False
        if line.plain[-1] == "." and (_ATTRIBUTED.search(line.folded[-80:]) or _PARTICIPLE.match(line.folded)):
            return True
        if phrase.verdict.kind is BlockKind.CREDIT:
            return False
        if phrase.verdict.rule == "notice.correction":
            return False
        sells = phrase.verdict.kind in (BlockKind.PROMO, BlockKind.RELATED)
        if sells and len(line.words) >= _TOLD_WORDS and self._is_told(line):
            return True
        return (
            len(line.words) >= _COPY_WORDS
            and line.is_sentence_end
            and not line.word_set.isdisjoint(self._copy_verbs)
            and line.word_set.isdisjoint(self._reader_words)
        )

    def _is_behind_copy(self, line: Line, phrase: Phrase) -> bool:
        """A sentence of copy, and behind it the phrase: a piece of the paragraph, not the whole of it."""
        if len(line.words) < _COPY_WORDS or not line.has_inner_stop or phrase.pattern is not None:
            return False
        verbs = self._told_verbs if phrase.verdict.kind is BlockKind.CAPTION else self._finite_verbs
        if phrase.verdict.kind is BlockKind.CREDIT:
            return False
        at = _find_bounded(line.folded, phrase.text)
        stops = [match.end() for match in _STOP.finditer(line.folded, 0, max(at, 0))]
        if not stops:
            return False
        words = find_words(line.folded[: stops[-1]])
        if len(words) < _TOLD_WORDS or not self._reader_words.isdisjoint(words) or words[0] in _MARKS_RIGHTS:
            return False
        tells = phrase.verdict.kind is not BlockKind.CAPTION and any(w.endswith("ed") and len(w) > 4 for w in words)
        return tells or not verbs.isdisjoint(words)

    def _is_told(self, line: Line) -> bool:
        """ "Privacy groups sued the ministry and have won." tells a story; "Subscribe and save." does not."""
        return (
            line.is_sentence_end
            and line.plain[-1] not in "?!"
            and not line.word_set.isdisjoint(self._finite_verbs)
            and line.word_set.isdisjoint(self._reader_words)
            and not line.has_inner_stop
        )


def _first_word(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match.group() if match else ""


def _find_bounded(text: str, phrase: str) -> int:
    """Where the phrase stands in the text, its ends not within words; -1 where it does not."""
    at = text.rfind(phrase)
    while at >= 0:
        end = at + len(phrase)
        before = at == 0 or not (phrase[0].isalnum() and text[at - 1].isalnum())
        if before and (end == len(text) or not (phrase[-1].isalnum() and text[end].isalnum())):
            return at
        at = text.rfind(phrase, 0, end - 1) if at else -1
    return -1


def _counts(phrase: Phrase, line: Line, zone: PhraseZone) -> bool:
    return phrase.zone in (PhraseZone.ANY, zone) and len(line.words) <= phrase.max_words


def _ends_word(text: str, phrase: str) -> bool:
    return len(text) == len(phrase) or not (phrase[-1].isalnum() and text[len(phrase)].isalnum())
