"""What the readers of a unit share: its clauses, what was claimed so far, and who the subject is."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.enrich.quotes.clauses import Run
from transforms.enrich.quotes.cues import Cue, CueLexicon
from transforms.enrich.quotes.found import Found, Span
from transforms.enrich.quotes.frames import Complement, FrameReader
from transforms.enrich.quotes.subjects import SubjectReader
from transforms.enrich.quotes.units import Unit


class Reading(SubjectReader):
    """The state of reading one unit; positions are those of chunks.

    `claimed` is one past the last chunk that was said; `reported` is one past the last cue; what stands behind what is
    said does not reach back over `left_floor`.
    """

    def __init__(self, unit: Unit, lexicon: CueLexicon, words: Mapping[str, frozenset[str]]) -> None:
        super().__init__(unit, words)
        self.lexicon = lexicon
        self.frames = FrameReader(unit, self.clauses, lexicon)
        self.claimed = 0
        self.reported = 0
        self.left_floor = 0

    def cue_at(self, position: int) -> Cue | None:
        """The cue that the verb group there is."""
        return self.lexicon.verb(self.unit.tokens[self.clauses.chunks[position].end - 1])

    def first_place(self) -> int:
        """Where a unit begins, but for an adverb."""
        return 1 if self.clauses.kind(0) == "a" else 0

    def limit_of(self, position: int, kind: str, subject: Run | None) -> str:
        """What ends a complement before the sentence does: `comma` in a clause that stands before the main one,
        `verb` in one that is part of the main clause's subject."""
        clauses = self.clauses
        start = subject[0] if subject is not None and subject[1] <= position and kind in ("VF", "VK") else position
        while clauses.kind(start - 1) == "a" and start > 0:
            start -= 1
        before = clauses.kind(start - 1)
        if self._is_fronted(position):
            return "comma"
        if kind in ("VG", "VT") and before in ("", ",", "p", "c") and not self.has_main_verb(start):
            return "comma"
        if before in ("s", "q") and not self.has_main_verb(start - 1):
            return "comma"
        if subject is not None and clauses.is_relative(subject[0]) and not self.has_main_verb(subject[0]):
            return "verb"
        is_modifier = kind == "VK" or (kind == "VG" and before == "NP")
        if is_modifier and not self.has_main_verb(position):
            return "verb"
        return ""

    def _is_fronted(self, position: int) -> bool:
        """Whether a place is within a clause or phrase that stands before the main clause: "Though it denied …, it"."""
        clauses = self.clauses
        first = 0
        while clauses.kind(first) in ("c", "a") and first < position:
            first += 1
        if clauses.kind(first) not in ("s", "q", "VG", "VT", "VK", "p"):
            return False
        return not any(
            clauses.kind(n) == "," and n < position and clauses.starts_clause(n + 1) for n in range(first, position)
        )

    def make(
        self,
        rule: str,
        cue: Cue,
        position: int,
        subject: Run | None,
        complement: Complement,
        claimed: int | None = None,
    ) -> Found:
        """An attribution with one piece; what it covers counts as read."""
        chunks = self.clauses.chunks
        self.claimed = complement.end if claimed is None else claimed
        pieces = [(chunks[complement.start].start, chunks[complement.end - 1].end)]
        return Found(
            rule=rule,
            frame=complement.frame,
            lemma=cue.lemma,
            cue=self.cue_span(position, complement.cue_end),
            pieces=pieces,
            source=self.tokens_of(subject),
            addressee=self.tokens_of(complement.addressee),
        )

    def cue_span(self, position: int, end: int) -> Span:
        """The verb group with its adverbs, and with the verb that leads to it ("went on to say")."""
        clauses = self.clauses
        start = position
        while clauses.kind(start - 1) in ("a", "X") and start > 0:
            start -= 1
        if clauses.kind(position) == "VG" and clauses.kind(start - 1) == "NP":
            return clauses.chunks[self._start_of_text(start)].start, clauses.chunks[end - 1].end
        if clauses.kind(position) in ("VT", "VG"):
            before = start - 1
            while clauses.kind(before) in ("a", "l", "j", "p") and clauses.kind(before) != "":
                before -= 1
            if clauses.kind(before) == "VF" and before >= self.reported:
                start = before
                while clauses.kind(start - 1) in ("a", "X") and start > 0:
                    start -= 1
        return self.clauses.chunks[start].start, self.clauses.chunks[end - 1].end

    def _start_of_text(self, position: int) -> int:
        """Where a cue begins that a verb and a text lead to: "issued a statement calling"."""
        clauses = self.clauses
        before = position - 1
        has_text = False
        while before >= 0 and clauses.kind(before) in ("NP", "p", "o"):
            has_text = has_text or clauses.last_word(before) in clauses.medium
            before -= 1
        if not has_text or clauses.kind(before) != "VF" or before < self.reported:
            return position
        while clauses.kind(before - 1) in ("a", "X") and before > 0:
            before -= 1
        return before

    def run_of(self, span: Span | None) -> Run | None:
        """The chunks that tokens are in."""
        if span is None:
            return None
        inside = [n for n, c in enumerate(self.clauses.chunks) if c.start < span[1] and span[0] < c.end]
        return (inside[0], inside[-1] + 1) if inside else None

    def tokens_of(self, run: Run | None) -> Span | None:
        """The tokens of a noun phrase, without marks at its edges and a time before it."""
        if run is None or run[0] >= run[1]:
            return None
        chunks = self.clauses.chunks
        start, end = chunks[run[0]].start, chunks[run[1] - 1].end
        while end > start and self.unit.letters[end - 1] in ",-":
            end -= 1
        start = self.clauses.behind_time(start, end)
        return (start, end) if end > start else None


class PartReader:
    """What reads one kind of attribution, with the parts of the reading at hand."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.unit = reading.unit
        self.lexicon = reading.lexicon
        self.clauses = reading.clauses
        self.frames = reading.frames
