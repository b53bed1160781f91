"""Heads: the words that open or close a name and make it an organisation, a place or a thing."""

from __future__ import annotations

from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import Line, Page
from transforms.enrich.names.pieces import Sense
from transforms.enrich.names.units import ENDS, Role, Unit

_PLACES = Role.PLACE | Role.COUNTRY


class HeadRules:
    """Finds the stretch of a run that a head makes a name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._state_tails = lexicon.cues["org_tail_state"]
        self._lead_words = lexicon.cues["lead_word"]

    def find_tail(self, page: Page, line: Line, units: list[Unit], a: int, b: int) -> tuple[int, int, Sense] | None:
        """The last stretch of the run that its last word makes an organisation, a place or a thing."""
        for at in range(a, b - 2):
            if units[at].has(Role.EVENT_OPEN) and line.words[units[at + 1].first] == "of":
                return at, min(b, at + (4 if line.words[units[at + 2].first] == "the" else 3)), Sense.NONE
        opener = self._find_opener(line, units, a, b)
        for at in range(b - 1, a - 1, -1):
            unit = units[at]
            if unit.has(Role.JOINER) or not unit.has(Role.NAME):
                continue
            if unit.has(Role.KNOWN) and unit.last - unit.first > 1 and not self._is_longer(line, units, a, at):
                continue
            sense = self._tail_sense(page, line, units, a, at, b)
            if sense is None:
                continue
            first = self._find_tail_start(line, units, a, at, sense)
            if first is None:
                continue
            if opener is not None and opener[0] <= at < opener[1]:
                return min(first, opener[0]), opener[1], Sense.ORGANISATION
            return first, at + 1, sense
        if opener is not None:
            return opener[0], opener[1], Sense.ORGANISATION
        return None

    @staticmethod
    def _is_longer(line: Line, units: list[Unit], a: int, at: int) -> bool:
        """Whether a known name is the end of another one: "Christian Democratic Party", "Delhi High Court"."""
        unit = units[at]
        if at == a:
            return False
        if unit.has(Role.SUFFIX):
            return True
        before = units[at - 1]
        if not unit.has(Role.ORGANISATION) or not before.has(Role.NAME) or before.last - before.first > 1:
            return False
        word = line.words[unit.last - 1]
        if word == "court":
            return before.has(Role.PLACE)
        if before.has(Role.GROUP):
            return word == "party" and not before.has(Role.KNOWN)
        return before.has(Role.ORDINARY) and not before.has(Role.KNOWN | Role.OFFICE | Role.FIRST)

    def _find_opener(self, line: Line, units: list[Unit], a: int, b: int) -> tuple[int, int] | None:
        """A stretch that opens with its head: "Bank of Japan", "Ministry of Trade and Industry"."""
        for at in range(a, b - 2):
            if (
                units[at].has(Role.OPEN)
                and units[at + 1].has(Role.JOINER)
                and line.words[units[at + 1].first] in {"of", "for", "on"}
            ):
                first = self._find_tail_start(line, units, a, at, Sense.ORGANISATION)
                return at if first is None else first, b
            if at + 3 < b and units[at].has(Role.OPEN) and line.words[units[at + 2].first] in {"of", "for"}:
                return at, b
        return None

    def _tail_sense(self, page: Page, line: Line, units: list[Unit], a: int, at: int, b: int) -> Sense | None:
        unit = units[at]
        if unit.has(Role.SUFFIX):
            return Sense.ORGANISATION if at > a else None
        if at == a:
            return None
        if not unit.has(ENDS | Role.SITE | Role.EVENT):
            return None
        if self._is_person_like(units, a, at):
            return None
        word = line.words[unit.last - 1]
        if page.is_sport and word == "league":
            return Sense.NONE
        is_office = at + 1 < b and units[at + 1].has(Role.OFFICE) and not unit.has(Role.SITE)
        if is_office and units[at - 1].has(_PLACES | Role.ADJECTIVE):
            return None
        if unit.has(Role.EVENT) and not (unit.has(Role.TAIL) and not unit.has(Role.COMPANY)):
            if unit.has(Role.SURNAME) and not units[at - 1].has(Role.KNOWN | Role.ORDINARY):
                return None
            return Sense.NONE
        if unit.has(Role.SITE) and not unit.has(Role.COMPANY):
            return Sense.PLACE
        return Sense.ORGANISATION

    def _is_person_like(self, units: list[Unit], a: int, at: int) -> bool:
        """Whether "Tiger Woods", "J. Hall" is a person though its last word ends other names too."""
        if not units[at].has(Role.SURNAME | Role.OFFICE) or at == a:
            return False
        before = units[at - 1]
        return before.has(Role.FIRST | Role.INITIAL) and not before.has(Role.PLACE | Role.COUNTRY | Role.ORGANISATION)

    def _find_tail_start(self, line: Line, units: list[Unit], a: int, at: int, sense: Sense) -> int | None:
        """Where the name that ends at a tail begins."""
        first = at
        is_state = line.words[units[at].last - 1] in self._state_tails
        while first > a:
            before = units[first - 1]
            if before.has(Role.HONORIFIC) and not before.has(Role.ORDINARY):
                break
            if (
                before.has(Role.OFFICE)
                and not before.has(Role.TAIL | Role.KNOWN | Role.FIRST)
                and not self._is_office_modifier(units, first, at)
            ):
                break
            if before.has(Role.ADJECTIVE) and (
                is_state or (sense is not Sense.ORGANISATION and units[at].has(Role.SITE))
            ):
                break
            if before.has(Role.COUNTRY) and (is_state or (sense is Sense.PLACE and before.entries[0].is_acronym)):
                break
            if before.has(Role.SUFFIX) and not units[at].has(Role.SUFFIX):
                break
            if first - 1 == a and line.words[before.first] in self._lead_words and before.last - before.first == 1:
                break
            first -= 1
        while first < at and units[first].has(Role.JOINER):
            first += 1
        if first == at and not units[at].has(Role.ORGANISATION):
            return None
        return first

    @staticmethod
    def _is_office_modifier(units: list[Unit], first: int, at: int) -> bool:
        """An office word inside a name: "Prime Minister's Office", "Attorney General Office"."""
        return first == at and units[at].has(Role.TAIL)
