"""What a cue takes: finds the complement of a verb, noun or adjective, and where it ends."""

from __future__ import annotations

from typing import NamedTuple

from transforms.enrich.quotes.clauses import VERBS, ClauseReader
from transforms.enrich.quotes.cues import Cue, CueLexicon
from transforms.enrich.quotes.ends import EndReader
from transforms.enrich.quotes.units import Unit

Span = tuple[int, int]
_ASIDES = frozenset({"after", "before", "when", "while", "because", "since", "until"})
"""They tell when or why it was said ("told reporters after he arrived")."""
_WH = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when", "which"})


class Complement(NamedTuple):
    """What stands behind a cue: chunks `start` to `end`; `cue_end` is one past the cue's last chunk."""

    frame: str
    start: int
    end: int
    cue_end: int
    addressee: Span | None = None


class FrameReader:
    """Matches frames of the lexicon behind a word of one unit."""

    def __init__(self, unit: Unit, clauses: ClauseReader, lexicon: CueLexicon) -> None:
        self.unit = unit
        self.clauses = clauses
        self.lexicon = lexicon
        self.ends = EndReader(unit, clauses, lexicon)

    def complement(self, cue: Cue, position: int) -> Complement | None:
        """What the cue takes, if it stands right behind the chunk before `position`."""
        if "clear" in cue.frames and (clear := self._clear_frame(position)):
            return clear
        return self._object_frame(cue, position) or self._other_frame(cue, position)

    def _clear_frame(self, position: int) -> Complement | None:
        """ "Made clear that", "made it clear that"."""
        clauses = self.clauses
        place = position + 1 if clauses.word(position) == "it" else position
        if clauses.word(place) != "clear":
            return None
        start = clauses.skip_adjuncts(place + 1)
        if clauses.kind(start) not in ("t", "w", "q") and not clauses.starts_clause(start):
            return None
        return Complement("clear", start, self.ends.end_of("that", start), place + 1)

    def _object_frame(self, cue: Cue, position: int) -> Complement | None:
        clauses = self.clauses
        start = position
        while clauses.kind(start) == "a":
            start += 1
        if "clause" in cue.frames and clauses.starts_clause(start):
            return None
        if clauses.kind(start) not in ("NP", '"', "w", "Q", "d"):
            return None
        if not cue.objects and not ({"obj", "noun"} & cue.frames):
            return None
        if clauses.is_time(start) and "obj" not in cue.frames:
            return None
        if cue.objects:
            found = self._object_and_more(cue, position, start)
            if found:
                return found
        if "noun" in cue.frames and (carried := self._carried_noun(position, start)):
            return carried
        leads_on = "that" not in cue.frames and self._leads_to_text(start)
        if "obj" in cue.frames and not clauses.is_time(start) and not leads_on:
            return Complement("obj", start, self.ends.end_of("obj", start), position)
        return None

    def _object_and_more(self, cue: Cue, position: int, start: int) -> Complement | None:
        clauses = self.clauses
        end = clauses.noun_phrase_end(start)
        behind = clauses.skip_adjuncts(end)
        objects = cue.objects
        whom = (start, end) if cue.addressee == "object" else None
        if clauses.kind(end) == '"':
            end += 1
        for place in (end, behind):
            kind, word = clauses.kind(place), clauses.word(place)
            is_that = kind == "t" or (word == "that" and clauses.starts_clause(place + 1))
            if is_that and "that" in objects:
                return Complement("obj-that", place, self.ends.end_of("that", place), position, whom)
            if "wh" in objects and (word in _WH or kind == "q"):
                return Complement("obj-wh", place, self.ends.end_of("wh", place), position, whom)
            if "quote" in objects:
                speech = place + 1 if kind in (",", ":") else place
                if clauses.kind(speech) == "Q":
                    return Complement("obj-quote", speech, self.ends.end_of("quote", speech), position, whom)
            if "to" in objects and kind == "VT":
                return Complement("obj-to", start, self.ends.end_of("to", start), position, whom)
            if "clause" in objects and clauses.starts_clause(place):
                return Complement("obj-clause", place, self.ends.end_of("clause", place), position, whom)
        for place in (*range(start + 1, end + 1), behind):
            word_frame = self._preposition_in(objects, place)
            if word_frame is None or not (clauses.kind(place) in ("p", "o", "s", "c") or place == end):
                continue
            addressee = (start, min(place, end)) if cue.addressee == "object" else None
            return Complement(f"obj-{word_frame}", start, self.ends.end_of("obj", place), position, addressee)
        if clauses.kind(end) == "," and (closing := clauses.next_comma(end + 1)) is not None:
            word_frame = self._preposition_in(objects, closing + 1)
            if word_frame is not None or ("to" in objects and clauses.kind(closing + 1) == "VT"):
                return Complement(f"obj-{word_frame or 'to'}", start, self.ends.end_of("obj", closing + 1), position)
        if "comp" in objects and clauses.kind(end) in ("NP", "j", '"', "Q", "k", "VK", "a"):
            return Complement("obj-comp", start, self.ends.end_of("obj", start), position)
        if "comp" in objects and self._joins_name(start, end):
            return Complement("obj-comp", start, self.ends.end_of("obj", start), position)
        return None

    def _joins_name(self, start: int, end: int) -> bool:
        """Whether object and complement were taken for one noun phrase: "called the plan a “trick”"."""
        tokens = self.unit.letters[self.clauses.chunks[start].start + 1 : self.clauses.chunks[end - 1].end]
        return '"' in tokens

    def _preposition_in(self, frames: frozenset[str], position: int) -> str | None:
        kind, word = self.clauses.kind(position), self.clauses.word(position)
        if word == "on" and self.clauses.is_time(position + 1) and not self._has_determiner(position + 1):
            return None  # "reported on Feb. 2" tells when, "dwelt on the past" what
        return word if word in frames and kind in ("p", "o", "s", "a", "l", "c") else None

    def _has_determiner(self, position: int) -> bool:
        return self.unit.letters[self.clauses.chunks[position].start] == "d"

    def _leads_to_text(self, start: int) -> bool:
        """Whether a text is the object, and a verb in -ing tells what it says: "issued a statement calling"."""
        clauses = self.clauses
        end = clauses.noun_phrase_end(start)
        return clauses.last_word(start) in clauses.medium and clauses.kind(end) == "VG" and self.ends.is_cue(end)

    def _carried_noun(self, position: int, start: int) -> Complement | None:
        """ "Expressed concern that": the noun is part of the cue."""
        clauses = self.clauses
        if clauses.kind(start) != "NP":
            return None
        noun = self.lexicon.noun(self.unit.tokens[clauses.chunks[start].end - 1])
        if noun is None:
            return None
        found = self._other_frame(noun, start + 1)
        if found is None or found.frame in ("quote", "clause"):
            return None
        return found._replace(frame=f"noun-{found.frame}")

    def _other_frame(self, cue: Cue, position: int) -> Complement | None:
        clauses = self.clauses
        frames = cue.frames
        skipped = self._skip_to_complement(cue, position)
        addressee = skipped[1]
        places = tuple(dict.fromkeys((position, self._past_adverbs(position), skipped[0])))
        for place in places:
            kind, word = clauses.kind(place), clauses.word(place)
            if "that" in frames and (kind == "t" or (word == "that" and clauses.starts_clause(place + 1))):
                return Complement("that", place, self.ends.end_of("that", place), position, addressee)
            if "quote" in frames or "that" in frames:
                speech = place + 1 if kind in (",", ":", "-") else place
                if clauses.kind(speech) == "Q":
                    return Complement("quote", speech, self.ends.end_of("quote", speech), position, addressee)
                if kind == ":" and "quote" in frames and clauses.kind(place + 1):
                    return Complement("quote", place + 1, clauses.count, position, addressee)
            if "wh" in frames and (word in _WH or kind == "q") and clauses.kind(place) != ",":
                return Complement("wh", place, self.ends.end_of("wh", place), position, addressee)
            if "to" in frames and kind == "VT":
                return Complement("to", place, self.ends.end_of("to", place), position, addressee)
            if "ing" in frames and kind == "VG" and place == position:
                return Complement("ing", place, self.ends.end_of("to", place), position)
        if self._preposition_in(frames, position) is None:
            for place in places:
                is_aside = clauses.kind(place) == "s" and clauses.word(place) in _ASIDES
                if "clause" in frames and clauses.starts_clause(place) and not is_aside:
                    return Complement("clause", place, self.ends.end_of("clause", place), position, addressee)
        return self._preposition_frame(cue, position)

    def _past_adverbs(self, position: int) -> int:
        while self.clauses.kind(position) == "a":
            position += 1
        return position

    def _preposition_frame(self, cue: Cue, position: int) -> Complement | None:
        """A preposition belongs to the cue where it stands right behind ("called for"), else to what is said."""
        clauses = self.clauses
        frames = cue.frames
        place = clauses.skip_adjuncts(position)
        for start in dict.fromkeys((position, place)):
            word = self._preposition_in(frames, start)
            if word is None:
                continue
            behind = start + 1
            if f"{word}-that" in frames and clauses.kind(behind) == "t":
                return Complement(f"{word}-that", behind, self.ends.end_of("that", behind), start + 1)
            is_infinitive = word == "to" and cue.attitude == "intend" and cue.part == "verb"
            if start != position or is_infinitive:
                return Complement(word, start, self.ends.end_of("obj", behind), position)
            if clauses.kind(behind) in ("NP", "VG", "w", "q", '"', "Q", "j", "d", "o", "p", "a"):
                return Complement(word, behind, self.ends.end_of("obj", behind), start + 1)
            if clauses.kind(behind) == "t" and word in ("out", "on"):
                return Complement(word, behind, self.ends.end_of("that", behind), start + 1)
        return None

    def _skip_to_complement(self, cue: Cue, position: int) -> tuple[int, Span | None]:
        """Past times, places and who is spoken to ("said to reporters on Monday that")."""
        clauses = self.clauses
        place = position
        addressee: Span | None = None
        for _ in range(6):
            before = place
            place = clauses.skip_adjuncts(place)
            kind = clauses.kind(place)
            if kind in ("p", "o") and clauses.kind(place + 1) == "NP":
                end = clauses.noun_phrase_end(place + 1)
                if clauses.word(place) == cue.addressee:
                    addressee = (place + 1, end)
                elif "quote" not in cue.frames and "that" not in cue.frames:
                    break
                place = end
            elif kind == "," and (closing := self._closing_aside(place)) is not None:
                place = closing + 1
            elif kind == "(":
                break
            if place == before:
                break
        return place, addressee

    def _closing_aside(self, comma: int) -> int | None:
        """The comma that closes a short aside without a verb: "said, in his view, that"."""
        clauses = self.clauses
        for n in range(comma + 1, min(comma + 8, clauses.count)):
            kind = clauses.kind(n)
            if kind == ",":
                return n if clauses.kind(n + 1) in ("t", "Q", "VT", "NP") else None
            if (kind in VERBS and clauses.word(comma + 1) != "as") or kind in (".", "Q", ";", "t"):
                return None
        return None
