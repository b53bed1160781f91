"""Parts a run of capitalised units into pieces, by the grammar of names."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.enrich.names.forms import FormRules, make_piece
from transforms.enrich.names.fullnames import FullNameRules
from transforms.enrich.names.heads import HeadRules
from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import Line, Page
from transforms.enrich.names.pieces import FIRM, Piece, Sense
from transforms.enrich.names.runs import RunRules
from transforms.enrich.names.units import Role, Unit

_PLACES = Role.PLACE | Role.COUNTRY
_TAIL_RULES = {
    Sense.ORGANISATION: "organisation-head",
    Sense.PLACE: "place-head",
    Sense.NONE: "thing-head",
}


class NameGrammar:
    """Finds runs in the units of a line and parts them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._runs = RunRules(lexicon)
        self._heads = HeadRules(lexicon)
        self._names = FullNameRules(lexicon)
        self._forms = FormRules(lexicon)
        self._event_heads = lexicon.cues["event_head"]
        self._site_after = lexicon.cues["site_noun_after"]
        self._directions = lexicon.cues["direction_word"]

    def parse(self, page: Page, line: Line, line_no: int, units: list[Unit]) -> Iterator[Piece]:
        """The pieces of a line, in order."""
        at = 0
        while at < len(units):
            if not units[at].has(Role.NAME | Role.KNOWN | Role.THING):
                if units[at].has(Role.PARTICLE) and self._runs.opens_with_particle(line, units, at):
                    stop = self._runs.find_end(line, units, at + 1)
                    yield from self._part(page, line, line_no, units, at, stop)
                    at = stop
                    continue
                at += 1
                continue
            stop = self._runs.find_end(line, units, at)
            first = at - 1 if at and units[at - 1].has(Role.OFFICE) and not units[at - 1].has(Role.NAME) else at
            yield from self._part(page, line, line_no, units, first, stop)
            at = stop

    def _part(self, page: Page, line: Line, line_no: int, units: list[Unit], a: int, b: int) -> Iterator[Piece]:
        """The pieces of the units from a to b, which stand together."""
        while a < b and units[b - 1].has(Role.JOINER):
            b -= 1
        while a < b and units[a].has(Role.JOINER):
            a += 1
        if a >= b:
            return
        thing = next((at for at in range(a, b - 1) if line.words[units[at].first] in self._event_heads), None)
        if thing is not None and units[thing].has(Role.NAME):
            yield from self._part(page, line, line_no, units, a, thing)
            yield make_piece(line, line_no, units, thing, thing + 2, {Sense.NONE: FIRM + 1}, "names.thing-head")
            yield from self._part(page, line, line_no, units, thing + 2, b)
            return
        tail = self._heads.find_tail(page, line, units, a, b)
        if tail is not None:
            first, last, sense = tail
            yield from self._part(page, line, line_no, units, a, first)
            yield make_piece(line, line_no, units, first, last, {sense: FIRM + 1}, f"names.{_TAIL_RULES[sense]}")
            yield from self._part(page, line, line_no, units, last, b)
            return
        office = self._names.find_office(line, units, a, b)
        if office is not None:
            yield from self._part(page, line, line_no, units, a, self._names.trim_office(units, a, office))
            stop = self._names.find_person_end(line, units, office + 1, b)
            if stop > office + 1:
                office_first = office
                while (
                    office_first > a
                    and units[office_first - 1].has(Role.OFFICE)
                    and not units[office_first - 1].has(Role.KNOWN)
                ):
                    office_first -= 1
                is_soft = stop == office + 2 and line.tokens[units[office].first].text.islower()
                scores = self._forms.score_behind_office(units[office + 1]) if is_soft else {Sense.PERSON: FIRM + 1}
                piece = make_piece(line, line_no, units, office + 1, stop, scores, "names.person-office")
                piece.office = None if is_soft else (units[office_first].first, units[office].last)
                yield piece
                yield from self._part(page, line, line_no, units, stop, b)
            else:
                yield from self._part(page, line, line_no, units, office + 1, b)
            return
        yield from self._part_plain(page, line, line_no, units, a, b)

    def _part_plain(self, page: Page, line: Line, line_no: int, units: list[Unit], a: int, b: int) -> Iterator[Piece]:
        at = a
        while at < b:
            unit = units[at]
            if unit.has(Role.JOINER):
                at += 1
                continue
            if line.words[unit.first] in self._directions and at + 1 < b and units[at + 1].has(_PLACES):
                yield make_piece(line, line_no, units, at, at + 2, {Sense.PLACE: FIRM}, "names.place-direction")
                at += 2
                continue
            if unit.has(Role.GROUP) and not unit.has(Role.KNOWN | Role.FIRST):
                at += 1
                continue
            if unit.has(Role.SITE_OPEN) and at + 1 < b and self._opens_site(units, at):
                yield make_piece(
                    line, line_no, units, at, at + 2, {Sense.PLACE: 3.5, Sense.PERSON: 0.5}, "names.place-head"
                )
                at += 2
                continue
            stop = self._names.find_person(line, units, at, b)
            if stop > at:
                after = line.words[units[stop - 1].last] if units[stop - 1].last < len(line.words) else ""
                is_site = after in self._site_after
                scores = {Sense.PLACE: FIRM} if is_site else {Sense.PERSON: FIRM}
                rule = "names.place-noun" if is_site else "names.person-first"
                yield make_piece(line, line_no, units, at, stop, scores, rule)
                at = stop
                continue
            if self._is_branch(units, at, b):
                scores = {Sense.ORGANISATION: FIRM}
                yield make_piece(line, line_no, units, at, at + 2, scores, "names.organisation-head")
                at += 2
                continue
            if unit.has(Role.KNOWN | Role.THING):
                yield self._forms.make_known(line, line_no, units, at)
                at += 1
                continue
            stop = at + 1
            while stop < b and self._goes_on(line, units, stop, b):
                if self._is_title_like(units, at, stop) and self._names.find_person(line, units, stop, b) > stop:
                    break
                stop += 1
            while stop > at + 1 and units[stop - 1].has(Role.JOINER):
                stop -= 1
            yield self._forms.make_open(page, line, line_no, units, at, stop)
            at = stop

    @staticmethod
    def _is_branch(units: list[Unit], at: int, b: int) -> bool:
        """Whether a company and a place behind it are its branch there: "AOL Europe"."""
        if at + 2 != b or not units[at].has(Role.ORGANISATION) or units[at].has(Role.PLACE | Role.COUNTRY):
            return False
        is_company = all(entry.detail in {None, "company", "bank"} for entry in units[at].entries)
        is_area = any(entry.sort in {"country", "place"} for entry in units[at + 1].entries)
        return is_company and is_area and units[at + 1].has(Role.NAME)

    @staticmethod
    def _opens_site(units: list[Unit], at: int) -> bool:
        """Whether "Mount", "St." and the next word are a place."""
        unit, after = units[at], units[at + 1]
        if unit.last - unit.first > 1 or unit.has(Role.FIRST | Role.KNOWN) or not after.has(Role.NAME):
            return False
        return not after.has(Role.OFFICE | Role.HONORIFIC | Role.ADJECTIVE | Role.COUNTRY)

    def _goes_on(self, line: Line, units: list[Unit], at: int, b: int) -> bool:
        """Whether an unknown name goes on with this unit."""
        unit = units[at]
        if unit.has(Role.JOINER):
            return at + 1 < b and line.words[unit.first] == "&"
        if unit.has(Role.GROUP):
            return False
        return not unit.has(Role.KNOWN | Role.THING) or self._is_small_place(unit)

    @staticmethod
    def _is_title_like(units: list[Unit], a: int, b: int) -> bool:
        """Whether what stands before a full name is plain words: "Prosecutor-General", "Affairs"."""
        return all(unit.has(Role.ORDINARY) and not unit.has(Role.FIRST) for unit in units[a:b])

    @staticmethod
    def _is_small_place(unit: Unit) -> bool:
        """A little-known town: behind an unknown word rather a surname."""
        others = Role.COUNTRY | Role.ADJECTIVE | Role.ORGANISATION | Role.THING
        if unit.last - unit.first > 1 or unit.has(others) or not unit.has(Role.PLACE):
            return False
        return max(entry.weight for entry in unit.entries) < 2.5
