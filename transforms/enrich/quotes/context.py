"""What the readers of a unit share: its clauses, what was claimed so far, and who the subject is."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.enrich.quotes.clauses import ClauseReader, Run
from transforms.enrich.quotes.cues import Cue, CueLexicon
from transforms.enrich.quotes.found import Found, Span
from transforms.enrich.quotes.frames import Complement, FrameReader
from transforms.enrich.quotes.units import Unit

BE = frozenset({"VBB", "VBD", "VBZ", "VBN", "VBI", "VBG"})
"""Tags of the verb "be"."""


class Reading:
    """The state of reading one unit; positions are those of chunks.

    `claimed` is one past the last chunk that was said; `subject` who the last finite verb is said of,
    `main_subject` the same outside of relative and other subordinate clauses; `reported` is
    one past the last cue; what stands behind what is said does not reach back over `left_floor`.
    """

    def __init__(self, unit: Unit, lexicon: CueLexicon, words: Mapping[str, frozenset[str]]) -> None:
        self.unit = unit
        self.lexicon = lexicon
        self.clauses = ClauseReader(unit, words)
        self.frames = FrameReader(unit, self.clauses, lexicon)
        self.claimed = 0
        self.subject: Run | None = None
        self.main_subject: Run | None = None
        self.reported = 0
        self.left_floor = 0

    def cue_at(self, position: int) -> Cue | None:
        """The cue that the verb group there is."""
        return self.lexicon.verb(self.unit.tokens[self.clauses.chunks[position].end - 1])

    def note_subject(self, position: int, subject: Run) -> None:
        """Remember who a finite verb is said of."""
        self.subject = subject
        if not self.clauses.is_relative(subject[0]) and not self._is_subordinate(position):
            self.main_subject = subject

    def letters_of(self, position: int) -> str:
        """The letters of the tokens of a chunk."""
        chunk = self.clauses.chunks[position]
        return self.unit.letters[chunk.start : chunk.end]

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

    def is_passive(self, position: int) -> bool:
        """Whether a verb group is a form of "be" with a participle."""
        chunk = self.clauses.chunks[position]
        letters = self.unit.letters[chunk.start : chunk.end]
        if letters[-1] not in "kV" or len(letters) < 2:
            return False
        before = letters[:-1].replace("a", "").replace("X", "")
        last = self.unit.tokens[chunk.start + len(letters[:-1].rstrip("aX")) - 1].tag if before else ""
        return last in ("VBB", "VBD", "VBZ", "VBN", "VBI", "VBG")

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
