"""Where what is said ends: before the sentence does, if another report, an aside or a main clause follows."""

from __future__ import annotations

from transforms.enrich.quotes.clauses import ClauseReader
from transforms.enrich.quotes.cues import CueLexicon
from transforms.enrich.quotes.units import Unit

_NO_BREAK = frozenset({"if", "whether", "that", "than", "as"})
_ADJUNCT_PREPOSITIONS = frozenset({"in", "on", "during", "at"})
_CLAUSE_BREAKS = frozenset({"but", "according", "though", "although", "while", "whereas", "even"})
"""Behind a comma they open what is no part of a clause that was said."""
_PHRASE_BREAKS = _CLAUSE_BREAKS | {"which", "who", "with", "when", "the", "after", "before", "as", "since", "until"}
"""And of what a noun phrase or an infinitive said."""
_CLAUSAL = frozenset({"that", "clause", "wh", "quote"})


class EndReader:
    """Finds ends in one unit; positions are those of chunks."""

    def __init__(self, unit: Unit, clauses: ClauseReader, lexicon: CueLexicon) -> None:
        self.unit = unit
        self.clauses = clauses
        self.lexicon = lexicon
        self.limit = ""
        """What ends a complement early: `comma`, `verb`, or nothing."""

    def end_of(self, frame: str, start: int) -> int:
        """One past the last chunk of a complement that begins at `start`."""
        clauses = self.clauses
        is_clause = frame in _CLAUSAL
        n = start
        if frame == "quote":
            n = start + 1
            if clauses.kind(n) != "Q" and self._ends_itself(start):
                return n
        verbs = 0
        while n < clauses.count:
            kind = clauses.kind(n)
            if kind == ".":
                return n
            if kind == "," and n > start and self.limit and clauses.starts_clause(n + 1):
                return n
            if kind == "VF" and self.limit == "verb":
                verbs += 1
                if verbs > is_clause and not clauses.is_relative(n - 1) and clauses.kind(n - 1) != "c":
                    return n
            if kind == ";":
                return n
            if kind == "-" and n > start and self._breaks_at_dash(n):
                return n
            if kind == "," and n > start and self._breaks_at_comma(n, is_clause):
                return n
            if kind == "c" and n > start and (self._breaks_at_conjunction(n, is_clause) or self._breaks_at_but(n)):
                return n
            if kind == "p" and clauses.word(n) == "according":
                return n
            if not is_clause and frame != "to" and n > start and self._breaks_at_adjunct(n, kind):
                return n
            if kind == "(" and n > start:
                closing = next((m for m in range(n, clauses.count) if clauses.kind(m) == ")"), None)
                n = closing or n
            n += 1
        return n

    def _ends_itself(self, position: int) -> bool:
        """Whether speech ends with a full stop of its own."""
        chunk = self.clauses.chunks[position]
        inner = self.unit.tokens[chunk.end - 2 : chunk.end - 1]
        return bool(inner) and inner[0].text in (".", "!", "?", ",")

    def _breaks_at_adjunct(self, position: int, kind: str) -> bool:
        """Whether a time, a medium or a subordinate clause begins there, which tells of the report itself."""
        clauses = self.clauses
        if kind == "s":
            return clauses.word(position) not in _NO_BREAK
        if kind == "p" and clauses.word(position) == "by" and clauses.kind(position + 1) == "VG":
            return self._is_reporting(position + 1)
        if kind == "p" and clauses.word(position) in _ADJUNCT_PREPOSITIONS:
            return clauses.kind(position + 1) == "NP" and clauses.is_adjunct(position)
        return kind == "NP" and clauses.is_time(position) and clauses.kind(position - 1) == "NP"

    def _breaks_at_dash(self, dash: int) -> bool:
        clauses = self.clauses
        return clauses.kind(dash + 1) == "c" or self._leads_to_speech(dash + 1)

    def _breaks_at_comma(self, comma: int, is_clause: bool) -> bool:
        clauses = self.clauses
        kind, word = clauses.kind(comma + 1), clauses.word(comma + 1)
        if word == "according" or self._is_tail(comma + 1):
            return True
        if kind == "VG":
            return not is_clause or self._is_reporting(comma + 1)
        if self._leads_to_speech(comma + 1):
            return True
        if word in (_CLAUSE_BREAKS if is_clause else _PHRASE_BREAKS):
            return True
        if word in ("and", "or") and not is_clause:
            return clauses.kind(comma + 2) in ("VF", "VG", "a", "VK") or clauses.starts_clause(comma + 2)
        if word == "and":
            return self._is_cue_clause(comma + 2)
        return False

    def _is_tail(self, position: int) -> bool:
        """Whether who reports it all stands there, to the end: ", officials said on Monday."."""
        clauses = self.clauses
        if clauses.kind(position) != "NP":
            return False
        verb = clauses.noun_phrase_end(position, is_greedy=True)
        if clauses.kind(verb) == ",":  # "the firm, backed by a bank, said"
            closing = clauses.next_comma(verb + 1)
            verb = closing + 1 if closing is not None else verb
        if clauses.kind(verb) != "VF":
            return False
        cue = self.lexicon.verb(self.unit.tokens[clauses.chunks[verb].end - 1])
        if cue is None or cue.attitude != "say" or not cue.takes_quotation:
            return False
        return clauses.kind(clauses.skip_adjuncts(verb + 1)) in (".", "", ",")

    def _is_reporting(self, position: int) -> bool:
        """Whether a verb in -ing there reports by itself: "saying", "citing"."""
        cue = self.lexicon.verb(self.unit.tokens[self.clauses.chunks[position].end - 1])
        return cue is not None and (cue.attitude == "say" or (cue.takes_quotation and "that" in cue.frames))

    def is_cue(self, position: int) -> bool:
        """Whether a verb group there is of the lexicon."""
        return self.lexicon.verb(self.unit.tokens[self.clauses.chunks[position].end - 1]) is not None

    def _leads_to_speech(self, position: int) -> bool:
        """Whether a clause that begins there has a quotation of its own: "and when pressed, he replied, “…”"."""
        clauses = self.clauses
        for n in range(position, min(position + 14, clauses.count)):
            if clauses.kind(n) in (".", ";", "Q", "t"):
                return False
            if clauses.kind(n) == "VF" and clauses.kind(n + 1) in (",", ":", "Q"):
                speech = n + 1 if clauses.kind(n + 1) == "Q" else n + 2
                if clauses.kind(speech) == "Q":
                    cue = self.lexicon.verb(self.unit.tokens[clauses.chunks[n].end - 1])
                    return cue is not None and cue.takes_quotation
        return False

    def _is_cue_clause(self, position: int) -> bool:
        """Whether a clause with a cue of its own begins there: "and he said"."""
        clauses = self.clauses
        if clauses.kind(position) == "a":
            position += 1
        if clauses.kind(position) == "NP":
            position = clauses.noun_phrase_end(position)
        if clauses.kind(position) == "a":
            position += 1
        return self._is_reported(position)

    def _is_reported(self, position: int) -> bool:
        """Whether a finite verb there, without a modal, takes a statement."""
        chunk = self.clauses.chunks[position] if self.clauses.kind(position) == "VF" else None
        if chunk is None or self.unit.letters[chunk.start] == "M":
            return False
        cue = self.lexicon.verb(self.unit.tokens[chunk.end - 1])
        return cue is not None and cue.takes_quotation

    def _breaks_at_conjunction(self, position: int, is_clause: bool) -> bool:
        clauses = self.clauses
        following = position + 1
        while clauses.kind(following) == "a":
            following += 1
        if clauses.kind(following) == "VG":
            return self._is_reporting(following)
        if clauses.kind(following) != "VF":
            return False
        return not is_clause or self._is_reported(following)

    def _breaks_at_but(self, position: int) -> bool:
        return self.clauses.word(position) == "but" and self._is_cue_clause(position + 1)
