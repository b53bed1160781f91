"""Full names of persons: by a first name or an initial, or by the office before them."""

from __future__ import annotations

from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import CAPITALS, Line
from transforms.enrich.names.units import Role, Unit


class FullNameRules:
    """Finds where a person's name begins and ends."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._office_firsts = lexicon.cues["office_first"]
        self._place_firsts = lexicon.cues["place_first"]

    def find_person(self, line: Line, units: list[Unit], a: int, b: int) -> int:
        """Where a person's full name that begins at a ends; a if there is none."""
        unit = units[a]
        if not unit.has(Role.FIRST | Role.INITIAL) or unit.last - unit.first > 1:
            return a
        if unit.has(Role.COUNTRY | Role.ADJECTIVE | Role.ORGANISATION | Role.THING) and not (
            a + 1 < b and self._is_surname(units[a + 1]) and not unit.has(Role.ADJECTIVE)
        ):
            return a
        if (
            unit.has(Role.PLACE)
            and unit.entries
            and unit.entries[0].weight >= 3.5
            and line.words[unit.first] not in self._place_firsts
        ):
            return a
        at = a + 1
        words = 1
        initials = int(unit.has(Role.INITIAL))
        while at < b and words < 5:
            unit = units[at]
            if unit.has(Role.PARTICLE) and not unit.has(Role.NAME):
                at += 1
                continue
            if unit.has(Role.INITIAL):
                initials += 1
            elif not self._is_surname(unit):
                break
            words += 1
            at += 1
        while at > a + 1 and units[at - 1].has(Role.PARTICLE) and not units[at - 1].has(Role.NAME):
            at -= 1
        if words < 2 or words == initials:
            return a
        if self._is_plain_phrase(line, units, a, at):
            return a
        return at

    def _is_plain_phrase(self, line: Line, units: list[Unit], a: int, b: int) -> bool:
        """Whether all words are plain words of English, and the first no more often a name: "Per Share"."""
        if not all(unit.has(Role.ORDINARY) for unit in units[a:b]):
            return False
        lean = self._lexicon.lean_to_name(line.words[units[a].first])
        return lean < (-3.5 if units[b - 1].has(Role.SURNAME) else -2.5)

    def _is_surname(self, unit: Unit) -> bool:
        if not unit.has(Role.NAME) or (unit.has(Role.SUFFIX) and not unit.has(Role.FIRST)):
            return False
        if unit.last - unit.first > 1:
            return unit.has(Role.PLACE) and unit.entries[0].weight < 3.0
        if unit.has(Role.COUNTRY | Role.ADJECTIVE):
            return unit.has(Role.FIRST | Role.SURNAME)
        if unit.has(Role.THING):
            return unit.has(Role.SURNAME)
        if unit.has(Role.ORGANISATION):
            return unit.has(Role.SURNAME) or not (unit.entries[0].is_acronym or unit.entries[0].name.isupper())
        if unit.has(Role.HONORIFIC):
            return unit.has(Role.FIRST)
        return True

    def find_person_end(self, line: Line, units: list[Unit], a: int, b: int) -> int:
        """Where the person behind an office ends: at most four words and particles."""
        at = a
        words = 0
        while at < b and words < 5:
            unit = units[at]
            if unit.has(Role.JOINER) or (at == a and (self._is_acronym(line, unit) or self._is_state(unit))):
                break
            is_office = unit.has(Role.OFFICE | Role.HONORIFIC) and not unit.has(Role.FIRST | Role.SURNAME)
            is_within = a < at < b - 1 and unit.has(Role.NAME) and units[at - 1].has(Role.FIRST)
            if is_office and not is_within:
                break
            if unit.last - unit.first > 1 and unit.has(Role.KNOWN | Role.THING):
                if at == a and not unit.has(Role.PLACE):
                    break
                if at > a:
                    break
            if at > a and unit.has(Role.COUNTRY | Role.ADJECTIVE) and not unit.has(Role.FIRST | Role.SURNAME):
                break
            if not unit.has(Role.PARTICLE):
                words += 1
            at += 1
        return at

    @staticmethod
    def _is_state(unit: Unit) -> bool:
        """Whether it is a country or a capital, and no first name or surname: "ministers Moscow has met"."""
        is_state = any(entry.sort in {"capital", "country"} for entry in unit.entries)
        return is_state and not unit.has(Role.FIRST | Role.SURNAME)

    @staticmethod
    def _is_given_name(unit: Unit) -> bool:
        """Whether it is a first name or an initial, and no "German"."""
        return unit.has(Role.FIRST | Role.INITIAL) and not unit.has(Role.ADJECTIVE | Role.COUNTRY | Role.OFFICE)

    @staticmethod
    def _is_acronym(line: Line, unit: Unit) -> bool:
        """Whether it is "M&G", "RT": no person, though "manager" or "broadcaster" stands before it."""
        text = line.tokens[unit.first].text
        return line.style != CAPITALS and text.isupper() and len(text) > 1 and "." not in text

    def find_office(self, line: Line, units: list[Unit], a: int, b: int) -> int | None:
        """The last unit of an office before a name."""
        found = None
        for at in range(a, b):
            unit = units[at]
            if not unit.has(Role.OFFICE | Role.HONORIFIC) or unit.has(Role.GROUP):
                continue
            if unit.has(Role.KNOWN) and unit.last - unit.first > 1:
                continue
            if at > a and not unit.has(Role.HONORIFIC) and self._is_given_name(units[at - 1]):
                continue
            if line.words[unit.first] in self._office_firsts and unit.has(Role.FIRST) and at + 1 < b:
                continue
            found = at
            if at + 1 < b and not units[at + 1].has(Role.OFFICE | Role.HONORIFIC | Role.JOINER):
                break
        return found

    @staticmethod
    def trim_office(units: list[Unit], a: int, office: int) -> int:
        """Where the plain words begin that make an office more exact: "National Economy Minister"."""
        while (
            office > a and units[office - 1].has(Role.ORDINARY) and not units[office - 1].has(Role.KNOWN | Role.FIRST)
        ):
            office -= 1
        return office
