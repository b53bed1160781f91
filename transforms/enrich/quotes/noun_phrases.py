"""The grammar of noun phrases: how far one reaches, and whether it begins a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transforms.enrich.quotes.units import Unit
from transforms.language.chunks import Chunk

SKIPPED = frozenset("alXI")
_PAST_DAYS = frozenset({"yesterday", "today", "tonight"})
_WHO = frozenset({"who", "which", "that", "whose", "whom"})
_OPENS_APPOSITION = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "one", "another", "who", "which", "whose"}
)


class NounPhraseReader:
    """Reads the noun phrases of one unit; positions are those of chunks."""

    def __init__(self, unit: Unit, words: Mapping[str, frozenset[str]]) -> None:
        self.unit = unit
        self.chunks: Sequence[Chunk] = unit.chunks
        self.count = len(unit.chunks)
        self._kinds = [chunk.kind for chunk in unit.chunks]
        self.times = words["time"]
        self.medium = words["medium"]

    def kind(self, position: int) -> str:
        """Kind of the chunk there, empty outside the unit."""
        return self._kinds[position] if 0 <= position < self.count else ""

    def word(self, position: int) -> str:
        """First word of the chunk there, in lower case."""
        return self.unit.lower(self.chunks[position]) if 0 <= position < self.count else ""

    def last_word(self, position: int) -> str:
        """Last word of the chunk there, in lower case."""
        return self.unit.tokens[self.chunks[position].end - 1].lower if 0 <= position < self.count else ""

    def is_time(self, position: int) -> bool:
        """Whether a noun phrase tells when."""
        if self.kind(position) != "NP":
            return False
        word = self.last_word(position)
        if word in self.times:
            return True
        if not word.isdigit():
            return False
        is_day = len(word) < 3 and self.word(position) in self.times  # "Feb. 2"
        return is_day or (len(word) == 4 and word[:2] in ("19", "20"))

    def is_relative(self, position: int) -> bool:
        """Whether a relative pronoun stands there."""
        return (
            self.word(position) in _WHO
            and self.kind(position) in ("w", "t", "NP", "d")
            and (self.chunks[position].end - self.chunks[position].start == 1)
        )

    def starts_clause(self, position: int) -> bool:
        """Whether a subject and its finite verb begin there."""
        if self.kind(position) == "a" and self.word(position) in _PAST_DAYS:
            return False  # "said yesterday he was …": the day is that of the saying
        if self.is_time(position) and (
            self.kind(position + 1) in ("t", "p", "o", "NP") or self.word(position + 1) == "that"
        ):
            return False
        if self.kind(position) in ("s", "q"):
            position += 1
        if self.word(position) == "there" and self.kind(position + 1) == "VF":
            return True
        while self.kind(position) in ("a", "c", '"', "I"):
            position += 1
        if self.kind(position) != "NP" and self.kind(position) not in ("VG", "w"):
            if self.kind(position) == "p":
                if (
                    self.word(position) == "about"
                    and self.unit.letters[self.chunks[position].end : self.chunks[position].end + 1] == "m"
                ):
                    return self.starts_clause(position + 1)
                return self._has_clause_behind_comma(position)
            return False
        end = self.noun_phrase_end(position, is_greedy=True)
        while self.kind(end) in SKIPPED or self.kind(end) in ('"', "l") or self.is_time(end):
            end += 1
        return self.kind(end) == "VF"

    def _has_clause_behind_comma(self, position: int) -> bool:
        for n in range(position + 1, min(position + 10, self.count)):
            if self.kind(n) == ",":
                return self.kind(n + 1) == "NP"
            if self.kind(n) in ("VF", ".", "Q"):
                return False
        return False

    def noun_phrase_end(self, position: int, is_greedy: bool = False) -> int:
        """One past the last chunk of the noun phrase that begins there.

        With what `of` and other prepositions add; a greedy one takes appositions and relative clauses too.
        """
        end = position + 1
        while end < self.count:
            kind = self.kind(end)
            if kind in ("o", "p") and self.kind(end + 1) in ("NP", "VG", '"'):
                if kind == "p" and not is_greedy and self.is_adjunct(end):
                    break
                end += 2
            elif kind == "c" and self.kind(end + 1) == "NP" and (is_greedy or self.kind(end + 2) != "VF"):
                end += 2
            elif kind == "(":
                end = self._behind_paren(end)
            elif is_greedy and kind == "VT":
                end += 2 if self.kind(end + 1) == "NP" else 1
            elif is_greedy and kind == "NP":
                if self.kind(end + 1) != "VF" or self.kind(end + 2) in (".", ""):
                    break
                if self.kind(end + 2) != "VF":
                    break
                end += 2
            elif is_greedy and self.is_relative(end) and self.kind(end + 1) in ("VF", "NP", "a"):
                behind = self._behind_relative(end)
                if behind == end:
                    break
                end = behind
            elif (is_greedy and kind in ("VK", "VG")) or (
                is_greedy and kind == "j" and self.kind(end + 1) in ("o", "p")
            ):
                end += 1
            elif is_greedy and kind == "," and self._is_apposition(end + 1):
                closing = self.next_comma(end + 1)
                if closing is None:
                    break
                end = closing + 1
            else:
                break
        return min(end, self.count)

    def _behind_paren(self, position: int) -> int:
        for n in range(position + 1, min(position + 12, self.count)):
            if self.kind(n) == ")":
                return n + 1
        return position + 1

    def _behind_relative(self, position: int) -> int:
        """One past a relative clause without commas: its verb and what belongs to that."""
        n = position + 1
        while n < self.count and self.kind(n) != "VF":
            if self.kind(n) in (",", ".", "Q"):
                return position
            n += 1
        n += 1
        while n < self.count and self.kind(n) in ("NP", "o", "p", "VT", "VK", "a", "j", '"', "l"):
            n += 1
        return n

    def _is_apposition(self, position: int) -> bool:
        return self.word(position) in _OPENS_APPOSITION or self.kind(position) in ("VK", "VG")

    def next_comma(self, position: int) -> int | None:
        """The next comma of the sentence, if it is near."""
        for n in range(position, min(position + 25, self.count)):
            if self.kind(n) == ",":
                return n
            if self.kind(n) in (".", "Q", ";", ":"):
                return None
        return None

    def is_adjunct(self, position: int) -> bool:
        """Whether a preposition and its noun phrase tell when, or where it was said."""
        return self.is_time(position + 1) or self.last_word(position + 1) in self.medium

    def skip_adjuncts(self, position: int) -> int:
        """Past adverbs, times and media behind a verb: "on Thursday", "in a statement"."""
        while position < self.count:
            kind = self.kind(position)
            if kind in ("a", "l") or self.is_time(position):
                position += 1
            elif kind == "p" and self.kind(position + 1) == "NP" and self.is_adjunct(position):
                position += 2
                while self.kind(position) in ("o", "p") and self.kind(position + 1) == "NP":
                    position += 2
            else:
                break
        return position
