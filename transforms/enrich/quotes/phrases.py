"""Cues that are no verbs: according to, nouns with an owner, dashes, the clause before a colon."""

from __future__ import annotations

from transforms.enrich.quotes.behind import BehindReader
from transforms.enrich.quotes.context import PartReader, Reading
from transforms.enrich.quotes.found import Found, Span


class PhraseReader(PartReader):
    """Reads phrases."""

    def __init__(self, reading: Reading, behind: BehindReader) -> None:
        super().__init__(reading)
        self._behind = behind

    def read_according(self, position: int) -> Found | None:
        """According to the minister, …"""
        clauses = self.clauses
        if clauses.word(position) != "according" or clauses.word(position + 1) != "to":
            return None
        start = position + 2
        if clauses.kind(start) not in ("NP", '"', "w"):
            return None
        end = clauses.inverted_subject_end(start)
        chunks = clauses.chunks
        cue = (chunks[position].start, chunks[position + 1].end)
        before = position - 1
        while clauses.kind(before) == "a":
            before -= 1
        if before < 0 or (before == 0 and clauses.kind(0) in ("c", "a")):
            if clauses.kind(end) != ",":
                return None
            self.frames.ends.limit = ""
            stop = self.frames.ends.end_of("clause", end + 1)
            if stop <= end + 1:
                return None
            self.reading.claimed = stop
            pieces = [(chunks[end + 1].start, chunks[stop - 1].end)]
        else:
            last = before if clauses.kind(before) in (",", "-", "(") else before + 1
            first = max(self._behind.start_of_left(last - 1), self.reading.claimed)
            is_whole = first == self._behind.start_of_left(last - 1)
            if last <= first or not (is_whole or any(clauses.kind(n) == "VF" for n in range(first, last))):
                return None
            pieces = [(chunks[first].start, chunks[last - 1].end)]
            self.reading.claimed = end
        return Found("according", "quote", "according to", cue, pieces, self.reading.tokens_of((start, end)))

    def read_dash(self, position: int) -> Found | None:
        """“…” — Name, as letters and lists of opinions have it."""
        clauses = self.clauses
        if clauses.kind(position - 1) != "Q" or clauses.kind(position + 1) != "NP":
            return None
        chunk = clauses.chunks[position + 1]
        letters = self.unit.letters[chunk.start : chunk.end]
        if "N" not in letters or clauses.kind(position + 2) not in ("", ".", "Q", ","):
            return None
        dash = clauses.chunks[position]
        speech = clauses.chunks[position - 1]
        return Found(
            "dash", "quote", "—", (dash.start, dash.end), [(speech.start, speech.end)], (chunk.start, chunk.end)
        )

    def read_noun(self, position: int) -> Found | None:
        """The minister’s claim that …; the claim that …"""
        clauses = self.clauses
        chunk = clauses.chunks[position]
        noun = self.lexicon.noun(self.unit.tokens[chunk.end - 1])
        if noun is None:
            return None
        owner = self._owner(chunk.start, chunk.end)
        if owner is None and clauses.kind(position + 1) != "t":
            return None
        self.frames.ends.limit = "" if self.reading.has_main_verb(position) else "verb"
        complement = self.frames.complement(noun, position + 1)
        if complement is None or complement.frame in ("quote", "clause"):
            return None
        self.reading.claimed = complement.end
        chunks = clauses.chunks
        cue_end = chunks[complement.cue_end - 1].end
        return Found(
            "noun",
            complement.frame,
            noun.lemma,
            (owner[1] if owner else chunk.start, cue_end),
            [(chunks[complement.start].start, chunks[complement.end - 1].end)],
            owner,
        )

    def _owner(self, start: int, end: int) -> Span | None:
        """The possessor at the head of a noun phrase: "the minister's" of "the minister's claim"."""
        letters = self.unit.letters[start:end]
        mark = letters.rfind("g")
        if mark >= 0:
            return start, start + mark + 1
        if self.unit.tokens[start].tag == "DPS":
            return start, start + 1
        return None

    def introduction(self, colon: int) -> Found | None:
        """The clause before a colon as a cue without content."""
        clauses = self.clauses
        verb = next((n for n in range(colon - 1, -1, -1) if clauses.kind(n) == "VF"), None)
        if verb is None or self.unit.quoted[clauses.chunks[verb].start]:
            return None
        subject = self.reading.subject_for(verb, "VF")
        if subject is None:
            return None
        token = self.unit.tokens[clauses.chunks[verb].end - 1]
        cue = self.lexicon.verb(token)
        lemma = cue.lemma if cue else self.lexicon.lemma(token)
        end = colon if cue is None else verb + 1
        return Found(
            "introduced", "quote", lemma, self.reading.cue_span(verb, end), [], self.reading.tokens_of(subject)
        )
