"""The grammar of clauses: who a verb is said of, before it or behind it."""

from __future__ import annotations

from itertools import pairwise

from transforms.enrich.quotes.noun_phrases import SKIPPED, NounPhraseReader

VERBS = frozenset({"VF", "VT", "VG", "VK", "VI"})
_HARD = frozenset("Q;:-t")
_OPENS_CLAUSE = frozenset({"after", "before", "since", "until", "once"})
"""Prepositions that are conjunctions before a subject and its verb."""
_ASIDES = frozenset({"like", "unlike", "in", "for"})
Run = tuple[int, int]
"""A run of chunks, half-open."""


class ClauseReader(NounPhraseReader):
    """Reads the subjects of one unit."""

    def subject_of(self, position: int) -> Run | None:
        """The noun phrase that a verb group there is said of, as a run of chunks before it."""
        end = self._skip_back(position)
        kind = self.kind(end - 1)
        if kind == "," or kind == "-":
            return self._subject_behind_apposition(end - 1)
        if self.is_relative(end - 1) and (kind == "w" or self.kind(end - 2) in ("NP", ",", ")")):
            return end - 1, end
        if kind == ")":
            opening = self._opening_paren(end - 1)
            if opening is None or self.kind(opening - 1) != "NP":
                return None
            return self._extend_left(opening - 1), end
        if kind != "NP":
            return None
        start = self._extend_left(end - 1)
        if self.kind(end) == "," and (behind := self._behind_aside(start, end)) is not None:
            return behind
        return start, end

    def _behind_aside(self, start: int, end: int) -> Run | None:
        """A subject before a relative clause and an aside: "Lund, who rowed for Norway, however, said"."""
        before = start
        while before > 0 and self.kind(before - 1) not in (",", "Q", ";", ":", "t"):
            before -= 1
        if before == 0 or not self.is_relative(before):
            return None
        return self._subject_behind_apposition(end)

    def _skip_back(self, position: int) -> int:
        """Back over what may stand between subject and verb."""
        end = position
        while end > 0:
            kind = self.kind(end - 1)
            if kind in SKIPPED:
                end -= 1
            elif self.is_time(end - 1) and self.kind(end - 2) == "p" and self.kind(end - 3) in ("NP", ")"):
                end -= 2
            elif self.is_time(end - 1) and self._has_noun_before(end - 1):
                end -= 1
            elif (
                kind == "NP"
                and self.kind(end - 2) == "p"
                and self.kind(end - 3) == "NP"
                and self.last_word(end - 1) in self.medium
                and self.word(end - 2) in ("in", "during", "on", "at")
            ):
                end -= 2
            elif kind == "," and self.kind(end - 2) == "a" and self.kind(end - 3) == ",":
                end -= 3
            elif kind == "," and self._is_aside(end - 4):
                end -= 4
            else:
                break
        return end

    def _is_aside(self, comma: int) -> bool:
        """Whether an aside such as ", like Lund," or ", in particular," begins there."""
        return self.kind(comma) == "," and self.word(comma + 1) in _ASIDES and self.kind(comma + 1) in ("p", "s", "a")

    def _has_noun_before(self, position: int) -> bool:
        while self.kind(position - 1) in SKIPPED:
            position -= 1
        return self.kind(position - 1) in ("NP", ")")

    def behind_time(self, start: int, end: int) -> int:
        """Tokens: a name that a time runs into begins behind it ("last week Lund")."""
        tokens, letters = self.unit.tokens, self.unit.letters
        for n in range(start, min(start + 4, end - 1)):
            if (
                (tokens[n].lower in self.times or tokens[n].lower in self.medium)
                and letters[n + 1] == "N"
                and tokens[n + 1].lower not in self.times
            ):
                return n + 1
        return start

    def _extend_left(self, position: int) -> int:
        """First chunk of the noun phrase whose last noun stands at `position`."""
        start = position
        has_list = False
        while start > 0:
            before = start - 1
            kind = self.kind(before)
            if kind == "p" and self.word(before) in _OPENS_CLAUSE:
                break
            if kind in ("o", "p"):
                if self.kind(before - 1) == "NP" and not (kind == "p" and self.is_time(before - 1)):
                    start = before - 1
                elif self.kind(before - 1) in ("j", "VK", "VG") and self.kind(before - 2) == "NP":
                    start = before - 2
                else:
                    break
            elif kind == "VK" and self.kind(before - 1) in ("Q", "", ",", "c"):
                start = before
                break
            elif kind == "c" and self.kind(before - 1) in ("NP", ")") and self.word(before) in ("and", "or"):
                first = before - 1 if self.kind(before - 1) == "NP" else (self._opening_paren(before - 1) or 0) - 1
                if first < 0 or self.kind(first) != "NP":
                    break
                further = self._extend_left(first)
                if self.kind(further - 1) in ("VF", "VG", "VT", "VI", "p", "VK"):
                    break
                start, has_list = further, True
            elif kind == "," and has_list and self.kind(before - 1) in ("NP", ")"):
                first = before - 1 if self.kind(before - 1) == "NP" else (self._opening_paren(before - 1) or 0) - 1
                if first < 0 or self.kind(first) != "NP" or self.kind(first - 1) in ("p", "o", "VF"):
                    break
                start = first
            elif kind == ")":
                opening = self._opening_paren(before)
                if opening is None or self.kind(opening - 1) != "NP":
                    break
                start = opening - 1
            elif kind in ("VK", "VT") and self.kind(before - 1) == "NP":
                start = before - 1
            elif kind == "VF":
                head = self._relative_head(before)
                if head is None:
                    break
                start = head
            elif kind == '"' and self.kind(before - 1) in ("o", "p", "NP") and start - 1 > 0:
                start = before
            else:
                break
        while start < position and self.kind(start) == '"':
            start += 1
        if self.kind(start - 1) == "X" and self.kind(start - 2) in ("", ",", "c", "s", "t"):
            start -= 1
        return start

    def _relative_head(self, verb: int) -> int | None:
        """The noun before a relative clause whose verb stands there."""
        n = verb - 1
        while n > 0 and self.kind(n) in SKIPPED:
            n -= 1
        if n > 0 and self.is_relative(n) and self.kind(n - 1) == "NP":
            return n - 1
        is_pronoun = n > 0 and self.kind(n) == "NP" and self.unit.letters[self.chunks[n].start] == "r"
        return n - 1 if is_pronoun and self.kind(n - 1) == "NP" and not self.is_time(n - 1) else None

    def _opening_paren(self, position: int) -> int | None:
        for n in range(position - 1, max(-1, position - 12), -1):
            if self.kind(n) == "(":
                return n
        return None

    def _subject_behind_apposition(self, comma: int) -> Run | None:
        """A subject whose apposition or relative clause a comma closes before the verb."""
        if self.kind(comma) == "-":
            for n in range(comma - 1, max(-1, comma - 40), -1):
                if self.kind(n) == "-":
                    return (self._extend_left(n - 1), comma) if self.kind(n - 1) == "NP" else None
            return None
        starts = [comma]
        n = comma - 1
        while n >= 0 and not (self.kind(n) in _HARD or self.kind(n) == "."):
            if self.kind(n) == ",":
                starts.append(n)
            n -= 1
        first = n + 1
        starts.append(first - 1)
        starts.reverse()
        segments = list(pairwise(starts))
        for opening, closing in segments:
            begin = opening + 1
            if closing - begin < 1 or (closing == comma and len(segments) == 1):
                continue
            while self.kind(begin) in ("c", "a", "s") and begin < closing - 1:
                if self.kind(begin) == "s" and any(self.kind(m) == "VF" for m in range(begin, closing)):
                    break
                begin += 1
            if self.kind(begin) != "NP" or self.is_time(begin):
                continue
            verb = next((m for m in range(begin, closing) if self.kind(m) == "VF"), None)
            if verb is not None and self._relative_head(verb) is None:
                tail = self._tail_subject(verb, closing)
                if tail is None:
                    continue
                begin = tail
            if closing < comma:
                return begin, closing if self.word(closing + 1) == "which" else comma
        return None

    def _tail_subject(self, verb: int, closing: int) -> int | None:
        """The noun phrase at the end of a segment, where another clause stands before it ("…, and X, a Y, said")."""
        if self.kind(closing - 1) != "NP":
            return None
        start = self._extend_left(closing - 1)
        return start if start > verb + 1 and self.kind(start - 1) in ("c", "s", "t", "VF") else None

    def inverted_subject_end(self, position: int) -> int:
        """One past the subject that follows its verb: the noun phrase with its appositions and relative clauses."""
        end = self.noun_phrase_end(position)
        while end < self.count:
            kind = self.kind(end)
            if kind == "," and self.word(end + 1) in ("which", "whose"):
                break
            if (kind == "," and self._goes_on_as_apposition(end + 1)) or self.is_relative(end):
                end = self._end_of_segment(end + 1)
            elif kind in ("p", "o") and self.kind(end + 1) == "NP" and not self.is_adjunct(end):
                end += 2
            else:
                break
        return end

    def _goes_on_as_apposition(self, position: int) -> bool:
        kind = self.kind(position)
        if kind == "NP":
            following = self.noun_phrase_end(position)
            return self.kind(following) not in ("VF",) and not self.is_time(position)
        return self.is_relative(position)

    def _end_of_segment(self, position: int) -> int:
        n = position
        while n < self.count and self.kind(n) not in (",", ".", "Q", ";", ":", "-", ")"):
            n += 1
        return n
