"""Cues that stand behind or within what is said: “…,” he said; as he put it."""

from __future__ import annotations

from transforms.enrich.quotes.clauses import Run
from transforms.enrich.quotes.context import PartReader
from transforms.enrich.quotes.cues import Cue
from transforms.enrich.quotes.found import Found
from transforms.enrich.quotes.frames import Complement

_OBJECT_PRONOUNS = frozenset({"it", "me", "him", "them", "us"})


class BehindReader(PartReader):
    """Reads finite verbs whose content stands before them."""

    def read_as(self, cue: Cue, position: int, subject: Run | None) -> Found | None:
        """As the mayor put it, “…”; “…”, as the mayor noted."""
        clauses = self.clauses
        if subject is None or clauses.word(subject[0] - 1) != "as":
            return None
        opening = subject[0] - 1
        end = position + 1
        while clauses.kind(end) in ("l", "a") or clauses.word(end) in ("it", "out"):
            end += 1
        rest = clauses.skip_adjuncts(end)
        cue_end = end if clauses.word(end - 1) in ("it", "out") else position + 1
        if opening <= self.reading.first_place() or clauses.kind(opening - 1) == "c":
            if clauses.kind(rest) not in (",", ":") or rest + 1 >= clauses.count:
                return None
            self.frames.ends.limit = ""
            stop = self.frames.ends.end_of("quote" if clauses.kind(rest + 1) == "Q" else "clause", rest + 1)
            if stop <= rest + 1:
                return None
            return self.reading.make("as", cue, position, subject, Complement("quote", rest + 1, stop, cue_end))
        if clauses.kind(opening - 1) in (",", "Q") and clauses.kind(rest) in ("", ".", ","):
            last = opening if clauses.kind(opening - 1) == "Q" else opening - 1
            first = max(self.start_of_left(last - 1), self.reading.claimed)
            if last <= first:
                return None
            return self.reading.make("as", cue, position, subject, Complement("quote", first, last, cue_end), end)
        return None

    def read(self, cue: Cue, position: int, kind: str, subject: Run | None) -> Found | None:
        """The attribution of a finite verb that has what is said before it, or around it."""
        clauses = self.clauses
        if kind != "VF":
            return None
        before = position - 1
        while clauses.kind(before) == "a":
            before -= 1
        if self._may_be_inverted(cue, position, kind, before, subject):
            end = self._without_report(position + 1, clauses.inverted_subject_end(position + 1))
            is_behind_speech = clauses.kind(before) == "Q" or clauses.kind(before - 1) == "Q"
            if clauses.kind(end) != "VF" and (is_behind_speech or self._is_empty_behind(end)):
                opening = before - 1 if clauses.kind(before) == "," and clauses.kind(before - 1) == "Q" else before
                return self._place_behind(cue, position, (position + 1, end), opening, end, "inverted")
        if subject is None or subject[0] == 0 or subject[1] > position:
            return None
        opening = subject[0] - 1
        while clauses.kind(opening) == "a":
            opening -= 1
        if clauses.kind(opening) == '"' and clauses.kind(opening - 1) == ",":
            opening -= 1
        if clauses.kind(opening) not in ("Q", ",", "-"):
            return None
        if clauses.kind(opening) == "," and clauses.kind(opening - 1) == "Q":
            opening -= 1
        end = position + 1
        addressee = None
        if "quote" in cue.objects and clauses.kind(end) == "NP" and not clauses.is_time(end):
            person_end = clauses.noun_phrase_end(end)
            addressee = (end, person_end)
            end = person_end
        if clauses.kind(opening) != "Q":
            takes_clause = bool({"that", "clause", "obj-that"} & cue.frames)
            if not takes_clause or clauses.is_relative(subject[0]) or not self._is_empty_behind(end):
                return None
        if clauses.kind(opening) == "Q" and clauses.kind(end) in ("t",):
            return None
        return self._place_behind(cue, position, subject, opening, end, "postposed", addressee)

    def _may_be_inverted(self, cue: Cue, position: int, kind: str, before: int, subject: Run | None) -> bool:
        """Whether the subject may follow: "“…,” said the mayor"."""
        clauses = self.clauses
        if kind == "VG" or "quote" not in cue.frames or clauses.kind(position + 1) != "NP":
            return False
        if clauses.word(position + 1) in _OBJECT_PRONOUNS:
            return False
        if clauses.is_time(position + 1) or self.unit.tokens[clauses.chunks[position].start].tag in (
            "VHB",
            "VHD",
            "VHZ",
        ):
            return False
        if clauses.kind(before) == "Q":
            return True
        if clauses.kind(before) not in (",", "-"):
            return False
        return clauses.kind(before - 1) == "Q" or subject is None or subject[1] != before

    def _without_report(self, start: int, end: int) -> int:
        """A subject ends before a relative clause that reports by itself: "said Lund, who stressed that"."""
        clauses = self.clauses
        for n in range(start + 1, end - 1):
            if clauses.kind(n) == "," and clauses.is_relative(n + 1):
                verb = n + 3 if clauses.kind(n + 2) == "a" else n + 2
                if clauses.kind(verb) == "VF":
                    cue = self.lexicon.verb(self.unit.tokens[clauses.chunks[verb].end - 1])
                    if cue is not None and cue.takes_quotation:
                        return n
        return end

    def _is_empty_behind(self, position: int) -> bool:
        """Whether nothing that a cue could take stands behind it."""
        clauses = self.clauses
        end = clauses.skip_adjuncts(position)
        while clauses.kind(end) == "p" and clauses.kind(end + 1) == "NP":
            end = clauses.skip_adjuncts(clauses.noun_phrase_end(end + 1))
        return clauses.kind(end) in ("", ".", ",", ";", "-", ")")

    def _place_behind(
        self,
        cue: Cue,
        position: int,
        subject: Run,
        opening: int,
        end: int,
        rule: str,
        addressee: Run | None = None,
    ) -> Found | None:
        clauses = self.clauses
        chunks = clauses.chunks
        if clauses.kind(opening) == "Q":
            last = opening + 1
            first = self.start_of_left(opening)
        else:
            last = opening
            first = self.start_of_left(opening - 1)
        if clauses.kind(opening) != "Q":
            first = max(first, self.reading.claimed)
        if last <= first:
            return None
        pieces = [(chunks[first].start, chunks[last - 1].end)]
        rest = clauses.skip_adjuncts(end)
        claimed = end
        self.frames.ends.limit = ""
        if clauses.kind(rest) in (",", "-", ":"):
            if clauses.kind(rest + 1) == "Q":
                if clauses.kind(opening) != "Q" and not self._is_condition(first):
                    return None
                claimed = self.frames.ends.end_of("quote", rest + 1)
                pieces.append((chunks[rest + 1].start, chunks[claimed - 1].end))
            elif clauses.kind(opening) != "Q" and (
                (
                    clauses.kind(rest + 1) not in ("VG", "c", "w", "", "s", "p", "q")
                    and (clauses.starts_clause(rest + 1) or not self._has_statement(first, last))
                )
                or (clauses.kind(rest + 1) == "VG" and clauses.starts_clause(rest + 1))
            ):
                stop = self.frames.ends.end_of("clause", rest + 1)
                if stop > rest + 1:
                    pieces.append((chunks[rest + 1].start, chunks[stop - 1].end))
                    claimed = stop
        if len(pieces) == 1 and clauses.kind(opening) != "Q" and not self._has_statement(first, last):
            return None
        self.reading.claimed = claimed
        return Found(
            rule=rule,
            frame="quote",
            lemma=cue.lemma,
            cue=self.reading.cue_span(position, position + 1),
            pieces=pieces,
            source=self.reading.tokens_of(subject),
            addressee=self.reading.tokens_of(addressee),
        )

    def start_of_left(self, last: int) -> int:
        """First chunk of what is said before a cue, whose last chunk is `last`."""
        clauses = self.clauses
        n = last
        if clauses.kind(last) == "Q":
            while n > 0 and clauses.kind(n - 1) == "Q":
                n -= 1
            if n == 0 or clauses.kind(n - 1) in (",", ":", "-"):
                return n
        while n > 0 and clauses.kind(n - 1) != ";" and n - 1 >= self.reading.left_floor:
            if clauses.kind(n - 1) == "c" and clauses.kind(n - 2) == "," and self._reports_before(n - 2):
                return n
            n -= 1
        if clauses.kind(n) == "c" and n < last:
            n += 1
        return n

    def _reports_before(self, position: int) -> bool:
        """Whether a clause before a comma has a report of its own ("She said …, and when pressed, he replied, “…”")."""
        clauses = self.clauses
        for n in range(position):
            if clauses.kind(n) == "VF" and n > 0 and not clauses.is_relative(n - 1):
                cue = self.reading.cue_at(n)
                if cue is not None and cue.attitude == "say" and cue.takes_quotation:
                    return clauses.kind(n + 1) == "t" or clauses.starts_clause(n + 1)
        return False

    def _is_condition(self, first: int) -> bool:
        """Whether what stands before a cue begins a sentence that speech goes on with."""
        clauses = self.clauses
        while clauses.kind(first) in ("c", "a"):
            first += 1
        return clauses.kind(first) in ("s", "q") or clauses.starts_clause(first)

    def _has_statement(self, first: int, last: int) -> bool:
        """Whether a main clause stands there, and not only a time, a place or a condition."""
        clauses = self.clauses
        place = first
        while place < last:
            while clauses.kind(place) in ("c", "a", ","):
                place += 1
            if place < last and clauses.kind(place) not in ("s", "q") and clauses.starts_clause(place):
                return True
            if clauses.kind(place) == "Q":
                return True
            is_clause = clauses.kind(place) in ("NP", "VG")
            while place < last and clauses.kind(place) != ",":
                if is_clause and clauses.kind(place) == "VF":
                    return True
                place += 1
        return False
