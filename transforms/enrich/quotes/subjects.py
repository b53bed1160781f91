"""Who each verb of a unit is said of, read from left to right."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.enrich.quotes.clauses import ClauseReader, Run
from transforms.enrich.quotes.units import Unit

BE = frozenset({"VBB", "VBD", "VBZ", "VBN", "VBI", "VBG"})
"""Tags of the verb "be"."""


class SubjectReader:
    """The clauses of one unit and their subjects; positions are those of chunks.

    `subject` is who the last finite verb is said of, `main_subject` the same outside of relative and other
    subordinate clauses.
    """

    def __init__(self, unit: Unit, words: Mapping[str, frozenset[str]]) -> None:
        self.unit = unit
        self.clauses = ClauseReader(unit, words)
        self.subject: Run | None = None
        self.main_subject: Run | None = None

    def note_subject(self, position: int, subject: Run) -> None:
        """Remember who a finite verb is said of."""
        self.subject = subject
        if not self.clauses.is_relative(subject[0]) and not self._is_subordinate(position):
            self.main_subject = subject

    def letters_of(self, position: int) -> str:
        """The letters of the tokens of a chunk."""
        chunk = self.clauses.chunks[position]
        return self.unit.letters[chunk.start : chunk.end]

    def is_passive(self, position: int) -> bool:
        """Whether a verb group is a form of "be" with a participle."""
        chunk = self.clauses.chunks[position]
        letters = self.unit.letters[chunk.start : chunk.end]
        if letters[-1] not in "kV" or len(letters) < 2:
            return False
        before = letters[:-1].replace("a", "").replace("X", "")
        last = self.unit.tokens[chunk.start + len(letters[:-1].rstrip("aX")) - 1].tag if before else ""
        return last in BE

    def subject_for(self, position: int, kind: str) -> Run | None:
        """Who a verb group is said of: its own subject, or that of the clause that it hangs on."""
        before = position - 1
        while self.clauses.kind(before) == "a":
            before -= 1
        if kind == "VF":
            return self._subject_of_finite(position, before)
        if kind == "VG":
            return self._subject_of_participle(position, before)
        if kind == "VT":
            return self._subject_of_infinitive(position, before)
        if kind == "VK" and self.clauses.kind(before) != "c":
            return self.clauses.subject_of(position) if self.clauses.kind(before) == "NP" else None
        return self.subject

    def _subject_of_finite(self, position: int, before: int) -> Run | None:
        clauses = self.clauses
        if clauses.kind(before) == "c":
            own = clauses.subject_of(position) if clauses.kind(before - 1) != "NP" else None
            shared = self.main_subject if clauses.kind(before - 1) == "," else None
            return own or shared or self.subject
        return clauses.subject_of(position) or (self.subject if clauses.kind(before) == "," else None)

    def _subject_of_participle(self, position: int, before: int) -> Run | None:
        """ "…, saying" has the main subject; "protesters chanting" its own; "Citing …, the mayor" the one to come."""
        clauses = self.clauses
        if clauses.kind(before) == "NP" and clauses.word(before - 1) == "with":
            return (before, before + 1)  # "with figures showing …", "with one candidate saying …"
        if clauses.kind(before) == "NP" and not (clauses.kind(before - 1) == "p" and clauses.kind(before - 2) in ",Q"):
            own = clauses.subject_of(position)
            is_text = own is not None and clauses.last_word(own[0]) in clauses.medium and self.subject is not None
            return self.subject if is_text else own
        if clauses.kind(before) == "," and self.main_subject is not None:
            return self.main_subject
        return self.subject or self._coming_subject(position)

    def _subject_of_infinitive(self, position: int, before: int) -> Run | None:
        clauses = self.clauses
        if clauses.is_time(before):
            before -= 1
        if clauses.kind(before) == "NP" and self.subject is None and before == position - 1:
            return clauses.subject_of(position)
        if clauses.kind(before) == "NP" and clauses.kind(before - 1) == "VF":
            is_person = any(letter in "Nr" for letter in self.letters_of(before))
            return (before, before + 1) if is_person else self.subject
        return self.subject or self._coming_subject(position)

    def _coming_subject(self, position: int) -> Run | None:
        """The subject of the main clause that a phrase stands before."""
        clauses = self.clauses
        for comma in range(position + 1, clauses.count):
            if clauses.kind(comma) == "," and clauses.kind(comma + 1) == "NP" and clauses.starts_clause(comma + 1):
                verb = next((n for n in range(comma + 2, clauses.count) if clauses.kind(n) == "VF"), None)
                return clauses.subject_of(verb) if verb is not None else None
        return None

    def has_main_verb(self, position: int) -> bool:
        """Whether a main clause had its verb before this place."""
        clauses = self.clauses
        return any(clauses.kind(n) == "VF" and not self._is_subordinate(n) for n in range(position))

    def _is_subordinate(self, verb: int) -> bool:
        clauses = self.clauses
        n = verb - 1
        while (
            n >= 0 and clauses.kind(n) not in (",", "s", "q", "t", "Q", ";", ":", "VF") and not clauses.is_relative(n)
        ):
            n -= 1
        return n >= 0 and (clauses.kind(n) in ("s", "q", "t") or clauses.is_relative(n))
