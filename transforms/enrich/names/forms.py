"""What the form of a name alone speaks for."""

from __future__ import annotations

from transforms.enrich.names.lexicon import Entry, Lexicon
from transforms.enrich.names.page import CAPITALS, Line, Page
from transforms.enrich.names.pieces import FIRM, Piece, Sense
from transforms.enrich.names.units import Role, Unit

_SORT_SENSES = {
    "country": Sense.COUNTRY,
    "adjective": Sense.COUNTRY,
    "seat": Sense.COUNTRY,
    "capital": Sense.PLACE,
    "city": Sense.PLACE,
    "region": Sense.PLACE,
    "place": Sense.PLACE,
    "thing": Sense.NONE,
}


def sense_of(entry: Entry) -> Sense:
    """The sense that an entry of the lexicon speaks for."""
    if entry.sort == "organisation":
        return Sense(entry.entity_type or Sense.ORGANISATION)
    return _SORT_SENSES[entry.sort]


def make_piece(
    line: Line, line_no: int, units: list[Unit], a: int, b: int, scores: dict[Sense, float], rule: str
) -> Piece:
    """A piece of the units from a to b; it keeps the meanings of a single one."""
    entries = units[a].entries if b == a + 1 else ()
    return Piece(line, line_no, units[a].first, units[b - 1].last, scores, rule, entries)


class FormRules:
    """Scores what known and unknown names may mean."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def make_known(self, line: Line, line_no: int, units: list[Unit], at: int) -> Piece:
        """A known name by itself, with all that it may mean."""
        unit = units[at]
        scores: dict[Sense, float] = {}
        if self._is_plain_adjective(line, unit):
            return make_piece(line, line_no, units, at, at + 1, {Sense.NONE: FIRM}, "names.group")
        before = line.words[unit.first - 1] if unit.first else ""
        if all(entry.detail == "abbreviation" for entry in unit.entries) and (
            before in {",", ":"} or not line.tokens[unit.first].text.isupper()
        ):
            return make_piece(
                line,
                line_no,
                units,
                at,
                at + 1,
                {Sense.PLACE if before in {",", ":"} else Sense.NONE: FIRM},
                "names.region",
            )
        for entry in unit.entries:
            sense = sense_of(entry)
            scores[sense] = max(scores.get(sense, 0.0), entry.weight)
        if unit.last - unit.first == 1:
            if unit.has(Role.FIRST):
                scores[Sense.PERSON] = 1.2
                if all(entry.detail == "agency" and not entry.is_acronym for entry in unit.entries):
                    scores = {Sense.PERSON: 2.0, Sense.ORGANISATION: 1.5}
            elif not any(entry.sort in {"country", "adjective", "capital", "seat"} for entry in unit.entries):
                scores[Sense.PERSON] = 0.6
            if unit.has(Role.ORDINARY):
                scores[Sense.NONE] = max(scores.get(Sense.NONE, 0.0), 1.0)
                if all(entry.sort == "city" for entry in unit.entries) and not self._lexicon.is_proper(
                    line.words[unit.first]
                ):
                    scores[Sense.PLACE], scores[Sense.NONE] = 0.8, 2.0
        return make_piece(line, line_no, units, at, at + 1, scores, f"names.{unit.entries[0].sort}")

    @staticmethod
    def _is_plain_adjective(line: Line, unit: Unit) -> bool:
        """Whether a people's name only describes a noun: "European shares", "a Muslim man"."""
        if unit.last - unit.first > 1 or not all(entry.detail == "people" for entry in unit.entries):
            return False
        if line.words[unit.first].endswith("s") or unit.last >= len(line.tokens):
            return False
        return line.tokens[unit.last].tag[:2] in {"NN", "AJ", "NP"} and line.tokens[unit.last].text[0].isalpha()

    def make_open(self, page: Page, line: Line, line_no: int, units: list[Unit], a: int, b: int) -> Piece:
        """A name of which nothing is known, with what its form speaks for."""
        parts = [unit for unit in units[a:b] if not unit.has(Role.JOINER | Role.PARTICLE)] or units[a:b]
        plain = sum(unit.has(Role.ORDINARY) for unit in parts)
        text = line.tokens[units[a].first].text
        if len(parts) == 1:
            scores = self._score_single(line, parts[0], text)
            word = line.words[parts[0].first]
            if line.opens[parts[0].first] and not page.capital[word] and line.style != CAPITALS:
                scores[Sense.NONE] = scores.get(Sense.NONE, 0.0) + 1.3
        elif plain == 0:
            scores = {Sense.PERSON: 2.6, Sense.ORGANISATION: 1.3, Sense.PLACE: 0.7, Sense.NONE: 0.0}
        elif plain == len(parts):
            scores = {Sense.NONE: 2.0, Sense.ORGANISATION: 1.4, Sense.PLACE: 0.3, Sense.PERSON: 0.3}
        else:
            scores = {Sense.ORGANISATION: 1.3, Sense.PERSON: 1.5, Sense.NONE: 0.8, Sense.PLACE: 0.3}
        texts = [line.tokens[unit.first].text for unit in parts]
        if len(parts) > 1 and any(t.isupper() and t.isalpha() and len(t) > 1 for t in texts):
            scores[Sense.ORGANISATION] = scores.get(Sense.ORGANISATION, 0.0) + 2.0
        if any("&" in line.words[unit.first] for unit in units[a:b]):
            scores[Sense.ORGANISATION] = FIRM
        return make_piece(line, line_no, units, a, b, scores, "names.unknown")

    def _score_single(self, line: Line, unit: Unit, text: str) -> dict[Sense, float]:
        if unit.has(Role.GROUP):
            return {Sense.NONE: FIRM}
        if any(c.isdigit() for c in text):
            return {Sense.NONE: 3.0, Sense.ORGANISATION: 1.0}
        if line.style != CAPITALS and text.replace(".", "").isupper() and len(text) > 1:
            if unit.has(Role.INITIAL) and len(text) <= 2:
                return {Sense.NONE: 3.0}
            return {Sense.ORGANISATION: 2.2, Sense.NONE: 0.6, Sense.PERSON: 0.2}
        if line.style == CAPITALS:
            return {
                Sense.NONE: 3.0 if unit.has(Role.ORDINARY) else 1.5,
                Sense.PERSON: 1.2,
                Sense.ORGANISATION: 1.0,
                Sense.PLACE: 0.5,
            }
        if unit.has(Role.ORDINARY):
            return {Sense.NONE: 2.2, Sense.ORGANISATION: 1.2, Sense.PERSON: 0.9 if unit.has(Role.SURNAME) else 0.4}
        scores = {Sense.PERSON: 1.3, Sense.ORGANISATION: 1.0, Sense.PLACE: 0.7, Sense.NONE: 0.2}
        if unit.has(Role.FIRST):
            scores[Sense.PERSON] += 0.8
        return scores

    @staticmethod
    def score_behind_office(unit: Unit) -> dict[Sense, float]:
        """One word behind an office in lower case: mostly a surname, but "broadcaster Sky", "carrier Lufthansa"."""
        scores = {Sense.PERSON: 3.0, Sense.ORGANISATION: 0.8, Sense.NONE: 0.5}
        for entry in unit.entries:
            scores[sense_of(entry)] = max(scores.get(sense_of(entry), 0.0), entry.weight)
        return scores
