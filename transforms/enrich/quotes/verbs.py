"""Verbs and predicative adjectives as cues, with what is said behind them."""

from __future__ import annotations

from transforms.enrich.quotes.behind import BehindReader
from transforms.enrich.quotes.clauses import Run
from transforms.enrich.quotes.context import PartReader, Reading
from transforms.enrich.quotes.cues import Cue
from transforms.enrich.quotes.found import Found
from transforms.enrich.quotes.frames import Complement
from transforms.enrich.quotes.phrases import PhraseReader
from transforms.enrich.quotes.subjects import BE


class VerbReader(PartReader):
    """Reads verb groups."""

    def __init__(self, reading: Reading, behind: BehindReader, phrases: PhraseReader) -> None:
        super().__init__(reading)
        self._behind = behind
        self._phrases = phrases

    def read(self, position: int, kind: str) -> Found | None:
        """The attribution that a verb group makes, by the first rule that fits."""
        if self.clauses.word(position) == "according":
            return self._phrases.read_according(position)
        chunk = self.clauses.chunks[position]
        cue = self.lexicon.verb(self.unit.tokens[chunk.end - 1])
        subject = self.reading.subject_for(position, kind)
        if kind == "VF" and subject is not None:
            self.reading.note_subject(position, subject)
        if cue is None:
            return self._read_adjective(position, subject) if kind == "VF" else None
        if "as" in cue.objects and cue.attitude == "say" and kind == "VF":
            found = self._read_as_saying(position, subject)
            if found is not None:
                return found
        if cue.part == "raising":
            return self._read_raising(cue, position, subject)
        if self.reading.is_passive(position):
            return self._read_adjective(position, subject) or self._read_passive(cue, position, subject)
        if position == self.reading.first_place() and kind == "VF":
            return self._read_opening(cue, position)
        if cue.takes_quotation:
            found = self._behind.read_as(cue, position, subject)
            if found is not None:
                return found
            found = self._behind.read(cue, position, kind, subject)
            if found is not None:
                return found
        self.frames.ends.limit = self.reading.limit_of(position, kind, subject)
        complement = self.frames.complement(cue, position + 1)
        if complement is None:
            return self._read_relative(cue, position, subject)
        return self.reading.make("verb", cue, position, subject, complement)

    def _read_as_saying(self, position: int, subject: Run | None) -> Found | None:
        """Was quoted (by the agency) as saying; the agency quoted him as saying."""
        clauses = self.clauses
        start = position + 1
        place = start
        is_passive = self.reading.is_passive(position)
        if is_passive and clauses.word(place) == "by":
            place = clauses.noun_phrase_end(place + 1)
        elif not is_passive and clauses.kind(place) == "NP":
            place = clauses.noun_phrase_end(place)
        elif not is_passive:
            return None
        if clauses.word(place) != "as" or clauses.kind(place + 1) != "VG":
            return None
        cue = self.reading.cue_at(place + 1)
        if cue is None or not cue.takes_quotation:
            return None
        self.frames.ends.limit = ""
        complement = self.frames.complement(cue, place + 2)
        if complement is None:
            return None
        source = subject if is_passive else (start, place)
        found = self.reading.make("as-saying", cue, place + 1, source, complement)
        first = position if is_passive else place + 1
        found.cue = (clauses.chunks[first].start, clauses.chunks[complement.cue_end - 1].end)
        return found

    def _read_relative(self, cue: Cue, position: int, subject: Run | None) -> Found | None:
        """Which the envoy said was false."""
        clauses = self.clauses
        if subject is None or "clause" not in cue.frames or clauses.kind(subject[0] - 1) != "w":
            return None
        if clauses.kind(position + 1) != "VF":
            return None
        found = self.reading.make(
            "relative",
            cue,
            position,
            subject,
            Complement("clause", position + 1, self.frames.ends.end_of("clause", position + 1), position + 1),
        )
        pronoun = clauses.chunks[subject[0] - 1]
        found.pieces.insert(0, (pronoun.start, pronoun.end))
        return found

    def _read_opening(self, cue: Cue, position: int) -> Found | None:
        """Said the mayor: “…”."""
        clauses = self.clauses
        if "quote" not in cue.frames or clauses.kind(position + 1) != "NP":
            return None
        end = clauses.inverted_subject_end(position + 1)
        if clauses.kind(end) not in (",", ":") or not (clauses.kind(end + 1) == "Q" or clauses.kind(end) == ":"):
            return None
        stop = self.frames.ends.end_of("quote", end + 1)
        if stop <= end + 1:
            return None
        return self.reading.make(
            "opening", cue, position, (position + 1, end), Complement("quote", end + 1, stop, position + 1)
        )

    def _read_passive(self, cue: Cue, position: int, subject: Run | None) -> Found | None:
        """Is expected to, was accused of, were told that; by whom is the source."""
        clauses = self.clauses
        self.frames.ends.limit = self.reading.limit_of(position, "VF", subject)
        place = position + 1
        while clauses.kind(place) == "a":
            place += 1
        kind, word = clauses.kind(place), clauses.word(place)
        end_of = self.frames.ends.end_of
        complement: Complement | None = None
        if word == "by" and clauses.kind(place + 1) == "NP" and ({"obj", "that"} & cue.frames or cue.objects):
            return self._read_agent(cue, position, subject, place)
        if kind == "t" and ({"that", "obj-that"} & cue.frames):
            complement = Complement("that", place, end_of("that", place), position + 1)
        elif kind == "VT" and ({"obj-to", "that", "clause"} & cue.frames):
            complement = Complement("obj-to", place, end_of("to", place), position + 1)
        elif word in cue.objects and kind in ("p", "o", "s", "c"):
            complement = Complement(f"obj-{word}", place + 1, end_of("obj", place + 1), place + 1)
            if complement.end <= complement.start:
                return None
        elif "comp" in cue.objects and kind in ("NP", "j", '"', "Q"):
            complement = Complement("obj-comp", place, end_of("obj", place), position + 1)
        if complement is None:
            return None
        found = self.reading.make("passive", cue, position, None, complement)
        if complement.frame not in ("that", "obj-that") and subject is not None:
            whole = self.reading.tokens_of(subject)
            if whole:
                found.pieces.insert(0, whole)
        return found

    def _read_agent(self, cue: Cue, position: int, subject: Run | None, place: int) -> Found | None:
        """Was accused by the council of hiding leaks; was echoed by the mayor."""
        clauses = self.clauses
        if subject is None or clauses.is_relative(subject[0]):
            return None
        end = clauses.noun_phrase_end(place + 1)
        further = next((n for n in range(place + 2, end + 1) if clauses.word(n) in cue.objects), None)
        end = end if further is None else further
        complement = Complement("obj", *subject, position + 1)
        found = self.reading.make("passive", cue, position, (place + 1, end), complement, end)
        if further is not None:
            stop = self.frames.ends.end_of("obj", further)
            self.reading.claimed = stop
            found.pieces.append((clauses.chunks[further].start, clauses.chunks[stop - 1].end))
        return found

    def _read_raising(self, cue: Cue, position: int, subject: Run | None) -> Found | None:
        """He seems to agree: somebody thinks so, and does not say who."""
        place = position + 1
        if self.clauses.kind(place) != "VT" or "to" not in cue.frames:
            return None
        verb = self.lexicon.verb(self.unit.tokens[self.clauses.chunks[place].end - 1])
        if verb is not None:
            return None
        self.frames.ends.limit = self.reading.limit_of(position, "VF", subject)
        found = self.reading.make(
            "passive", cue, position, None, Complement("to", place, self.frames.ends.end_of("to", place), position + 1)
        )
        if whole := self.reading.tokens_of(subject):
            found.pieces.insert(0, whole)
        return found

    def _read_adjective(self, position: int, subject: Run | None) -> Found | None:
        """Is sure that, was concerned about."""
        clauses = self.clauses
        chunk = clauses.chunks[position]
        if subject is None or (
            self.unit.tokens[chunk.start].tag not in BE and self.unit.tokens[chunk.end - 1].tag not in BE
        ):
            return None
        place = position
        adjective = chunk.end - 1
        if self.unit.letters[adjective] not in "kV":
            place = position + 1
            while clauses.kind(place) == "a":
                place += 1
            if clauses.kind(place) not in ("j", "VK"):
                return None
            adjective = clauses.chunks[place].end - 1
        cue = self.lexicon.adjective(self.unit.tokens[adjective])
        if cue is None:
            return None
        self.frames.ends.limit = self.reading.limit_of(position, "VF", subject)
        complement = self.frames.complement(cue, place + 1)
        if complement is None:
            return None
        if clauses.word(subject[0]) == "it" and complement.frame in ("that", "wh", "clause"):
            return self._make_impersonal(cue, position, subject, complement, place)
        return self.reading.make(
            "adjective", cue, position, subject, complement._replace(cue_end=max(complement.cue_end, place + 1))
        )

    def _make_impersonal(self, cue: Cue, position: int, subject: Run, complement: Complement, place: int) -> Found:
        """It was clear that: to nobody in particular, so that "it" is part of the cue."""
        found = self.reading.make("adjective", cue, position, None, complement)
        chunks = self.clauses.chunks
        found.cue = (chunks[subject[0]].start, chunks[max(complement.cue_end - 1, place)].end)
        return found
