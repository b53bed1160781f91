"""Finds the attributions of one unit: who (source), how (cue), what (pieces)."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.enrich.quotes.behind import BehindReader
from transforms.enrich.quotes.clauses import VERBS, Run
from transforms.enrich.quotes.context import Reading
from transforms.enrich.quotes.cues import CueLexicon
from transforms.enrich.quotes.found import Found, UnitReading
from transforms.enrich.quotes.labels import LabelReader
from transforms.enrich.quotes.phrases import PhraseReader
from transforms.enrich.quotes.units import Unit
from transforms.enrich.quotes.verbs import VerbReader


class UnitReader:
    """Reads one unit from left to right; what is said in it is not looked into."""

    def __init__(self, unit: Unit, lexicon: CueLexicon, words: Mapping[str, frozenset[str]]) -> None:
        self.unit = unit
        self._reading = Reading(unit, lexicon, words)
        self.clauses = self._reading.clauses
        self._labels = LabelReader(unit, self.clauses, words["voice"])
        self._behind = BehindReader(self._reading)
        self._phrases = PhraseReader(self._reading, self._behind)
        self._verbs = VerbReader(self._reading, self._behind, self._phrases)
        self._found: list[Found] = []
        self._subjects: dict[int, Run | None] = {}
        """Who said what stands before these verbs."""
        self._taken = [False] * self.clauses.count

    def read(self) -> UnitReading:
        """All attributions, in the order of their cues."""
        clauses = self.clauses
        label = self._labels.read()
        if label is not None:
            return UnitReading([label])
        self._read_all_behind()
        position = 0
        while position < clauses.count:
            kind = clauses.kind(position)
            if position in self._subjects:
                self._reading.subject = self._reading.main_subject = self._subjects[position]
            if position >= self._reading.claimed and not self._taken[position]:
                found = self._read_at(position, kind)
                if found is not None:
                    self._found.append(found)
                    self._reading.reported = position + 1
            position += 1
        self._read_introduced()
        taken = [piece for found in self._found for piece in found.pieces]
        leftover = [
            (mark.start, mark.end)
            for mark in self.unit.speech
            if not any(start < mark.end and mark.start < end for start, end in taken)
        ]
        return UnitReading(self._found, leftover)

    def _read_introduced(self) -> None:
        """Speech behind a colon that no cue introduces ("the premier has a new message: “…”") is the subject's."""
        clauses = self.clauses
        for position in range(2, clauses.count):
            if clauses.kind(position) != "Q" or clauses.kind(position - 1) != ":":
                continue
            chunk = clauses.chunks[position]
            if any(start < chunk.end and chunk.start < end for found in self._found for start, end in found.pieces):
                continue
            cue = self._phrases.introduction(position - 1)
            if cue is not None:
                cue.pieces.append((chunk.start, chunk.end))
                self._found.append(cue)

    def _read_all_behind(self) -> None:
        """First what stands behind or within what is said, since all before it is then said."""
        clauses = self.clauses
        for position in range(1, clauses.count):
            if clauses.kind(position) != "VF" or position < self._reading.claimed:
                continue
            if self.unit.quoted[clauses.chunks[position].start]:
                continue
            cue = self._reading.cue_at(position)
            if cue is None or not cue.takes_quotation or self._reading.is_passive(position):
                continue
            subject = self._reading.subject_for(position, "VF")
            found = self._behind.read_as(cue, position, subject) or self._behind.read(cue, position, "VF", subject)
            if found is None:
                continue
            self._found.append(found)
            self._subjects[position] = self._reading.run_of(found.source)
            for start, end in (*found.pieces, found.cue, *((found.source,) if found.source else ())):
                for n in range(clauses.count):
                    if clauses.chunks[n].start < end and start < clauses.chunks[n].end:
                        self._taken[n] = True
            self._reading.left_floor = position
        self._reading.claimed = 0
        self._reading.left_floor = 0

    def _read_at(self, position: int, kind: str) -> Found | None:
        chunk = self.clauses.chunks[position]
        if self.unit.quoted[chunk.start]:
            return None
        if kind in VERBS:
            return self._verbs.read(position, kind)
        if self.clauses.word(position) == "according":
            return self._phrases.read_according(position)
        if kind == "-":
            return self._phrases.read_dash(position)
        if kind == "NP":
            return self._phrases.read_noun(position)
        return None

    def introduction(self) -> Found | None:
        """The clause before the colon that ends the unit, as a cue without content."""
        return self._phrases.introduction(self.clauses.count - 1)
