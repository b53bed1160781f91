"""Finds runs: units with capitals that stand together, with what may stand between the parts of a name."""

from __future__ import annotations

from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import Line
from transforms.enrich.names.units import ENDS, Role, Unit

_PLACES = Role.PLACE | Role.COUNTRY
_MAX_LOOK = 5


class RunRules:
    """Finds where a run ends."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._partners = lexicon.cues["partner_word"]

    def opens_with_particle(self, line: Line, units: list[Unit], at: int) -> bool:
        """Whether a name begins with this particle in lower case: "de Klerk", "van der Merwe"."""
        word = line.words[units[at].first]
        if word in {"st", "la", "le", "do", "e", "y", "das", "des", "den", "el", "ag", "ap", "dos", "da"}:
            return False
        return at + 1 < len(units) and units[at + 1].has(Role.NAME) and not units[at + 1].has(Role.KNOWN)

    def find_end(self, line: Line, units: list[Unit], start: int) -> int:
        """Index behind the last unit of the run that begins at `start`."""
        at = start + 1
        while at < len(units):
            unit = units[at]
            if unit.has(Role.NAME | Role.KNOWN | Role.THING) and not unit.has(Role.JOINER):
                at += 1
                continue
            step = self._bridge(line, units, start, at)
            if not step:
                break
            at += step
        return at

    def _bridge(self, line: Line, units: list[Unit], start: int, at: int) -> int:
        """How many units to go on over what stands between two parts of one name; 0 where it ends."""
        unit, before = units[at], units[at - 1]
        if at + 1 >= len(units):
            return 0
        after = units[at + 1]
        if unit.has(Role.PARTICLE) and not unit.has(Role.JOINER):
            if after.has(Role.NAME) and not before.has(Role.ADJECTIVE | Role.THING):
                return 2
            if after.has(Role.PARTICLE) and at + 2 < len(units) and units[at + 2].has(Role.NAME):
                return 3
            return 0
        if not unit.has(Role.JOINER):
            return 0
        word = line.words[unit.first]
        if word == "&":
            return 2 if after.has(Role.NAME) else 0
        if word in {"of", "for", "on"}:
            return self._bridge_of(line, units, start, at)
        if word in {"and", "in"}:
            return self._bridge_and(line, units, start, at, word)
        if word in {"'s", "’s", "'", "’"}:
            is_plain = before.has(Role.ORDINARY) and not before.has(Role.KNOWN | Role.FIRST | Role.OPEN | Role.OFFICE)
            is_plain = is_plain or self._is_saint(line, units, at)
            return 2 if after.has(Role.NAME) and is_plain and self._reaches_tail(units, at + 1) else 0
        return 0

    @staticmethod
    def _is_saint(line: Line, units: list[Unit], at: int) -> bool:
        return at >= 2 and line.words[units[at - 2].first] in {"st", "st."}

    def _bridge_of(self, line: Line, units: list[Unit], start: int, at: int) -> int:
        word = line.words[units[at].first]
        opener = units[at - 1]
        if word == "of" and opener.has(Role.EVENT_OPEN | Role.NAME) and opener.has(Role.EVENT_OPEN):
            step = 2 if line.words[units[at + 1].first] == "the" and at + 2 < len(units) else 1
            return step + 1 if units[at + step].has(Role.NAME | Role.KNOWN) else 0
        joined = any(line.words[unit.first] == "of" for unit in units[start:at] if unit.has(Role.JOINER))
        if word == "for" and joined and opener.has(Role.ORDINARY) and units[at + 1].has(Role.ORDINARY):
            return 2
        if not opener.has(Role.OPEN) and not (
            at - 2 >= start and units[at - 2].has(Role.OPEN) and opener.has(Role.ORDINARY)
        ):
            return 0
        if (opener.has(Role.OFFICE) and not opener.has(Role.TAIL)) or (word == "on" and not opener.has(Role.TAIL)):
            return 0
        if opener.first == start and not opener.has(Role.NAME):
            return 0
        step = 1
        if line.words[units[at + 1].first] == "the" and at + 2 < len(units):
            step = 2
        after = units[at + step]
        return step + 1 if after.has(Role.NAME | Role.KNOWN) and line.tokens[after.first].text[0].isupper() else 0

    def _bridge_and(self, line: Line, units: list[Unit], start: int, at: int, word: str) -> int:
        before, after = units[at - 1], units[at + 1]
        if not after.has(Role.NAME):
            return 0
        if word == "and" and line.words[after.first] in self._partners:
            return 2
        joined = {line.words[u.first] for u in units[start:at] if u.has(Role.JOINER)}
        plain = before.has(Role.ORDINARY) and not before.has(Role.KNOWN | Role.FIRST | Role.OPEN)
        if joined & {"of", "for", "on"} and plain:
            return 2 if (word == "in" and after.has(_PLACES)) or (after.has(Role.ORDINARY) and word == "and") else 0
        if word == "and" and plain and not before.has(ENDS | Role.OFFICE) and after.has(Role.ORDINARY):
            return 2 if self._reaches_tail(units, at + 1) else 0
        return 0

    @staticmethod
    def _reaches_tail(units: list[Unit], at: int) -> bool:
        for unit in units[at : at + _MAX_LOOK]:
            if not unit.has(Role.NAME | Role.JOINER):
                return False
            if unit.has(Role.TAIL | Role.SUFFIX):
                return True
        return False
