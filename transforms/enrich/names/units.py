"""Cuts a line into units: known names, offices, single words, each with what it may be in a name."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.enrich.names.lexicon import SPORT_ONLY, Entry, Lexicon, Match
from transforms.enrich.names.page import CAPITALS, TITLE, Line, Page, is_ticker
from warehouse.contract.codes import EntityType


class Role:
    """What a unit may be in a name: bits of a plain number, which is several times faster than a flag of `enum`."""

    NONE = 0
    KNOWN = 1 << 0  # of the lexicon, as a mention
    THING = 1 << 1  # of the lexicon, as no mention
    COUNTRY = 1 << 2
    ADJECTIVE = 1 << 3
    PLACE = 1 << 4
    ORGANISATION = 1 << 5
    OFFICE = 1 << 6
    HONORIFIC = 1 << 7
    FIRST = 1 << 8
    INITIAL = 1 << 9
    SUFFIX = 1 << 10  # Inc, Corp
    COMPANY = 1 << 11  # Airlines, Holdings
    TAIL = 1 << 12  # Committee, Ministry
    OPEN = 1 << 13  # Ministry of
    SITE = 1 << 14  # Airport
    EVENT = 1 << 15  # Cup
    SURNAME = 1 << 16  # a common word that is also a surname: Woods, Bush
    PARTICLE = 1 << 17
    ORDINARY = 1 << 18
    NAME = 1 << 19  # a token that may be of a name
    JOINER = 1 << 20  # of, for, and, &, the
    EVENT_OPEN = 1 << 28  # Tour of
    SEAT = 1 << 29
    SITE_OPEN = 1 << 30  # Mount
    GROUP = 1 << 21


ENDS = Role.SUFFIX | Role.COMPANY | Role.TAIL
_JOINERS = frozenset({"of", "for", "and", "&", "the", "'s", "’s", "on", "in", "to", "'", "’"})
_STATES = Role.COUNTRY | Role.ADJECTIVE | Role.SEAT
"""Known names before an office that are no part of it: "Kremlin spokesman"."""
_SHORT_SUFFIXES = frozenset({"as", "se", "ab", "sa", "spa", "lp", "oy", "ag", "nv", "bv", "kg", "kk", "cv"})
_CUE_ROLES = (
    ("honorific", Role.HONORIFIC),
    ("company_suffix", Role.SUFFIX),
    ("company_tail", Role.COMPANY),
    ("org_tail", Role.TAIL),
    ("org_open", Role.OPEN),
    ("place_tail", Role.SITE),
    ("event_tail", Role.EVENT),
    ("surname_word", Role.SURNAME),
    ("place_open", Role.SITE_OPEN),
    ("event_open", Role.EVENT_OPEN),
    ("name_title", Role.FIRST),
    ("group_word", Role.GROUP),
)
_SORT_ROLES = {
    "country": Role.COUNTRY,
    "adjective": Role.ADJECTIVE,
    "capital": Role.PLACE,
    "seat": Role.SEAT,
    "city": Role.PLACE,
    "region": Role.PLACE,
    "place": Role.PLACE,
    "organisation": Role.ORGANISATION,
    "thing": Role.THING,
}


@dataclass(slots=True)
class Unit:
    """Tokens `first` to `last` (exclusive) of a line, taken together."""

    first: int
    last: int
    role: int
    entries: tuple[Entry, ...] = ()

    def has(self, role: int) -> bool:
        """Whether it may be one of these."""
        return bool(self.role & role)


class UnitRules:
    """Cuts lines into units."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._roles: dict[str, int] = {}
        for cue, role in _CUE_ROLES:
            for word in lexicon.cues.get(cue, ()):
                self._roles[word] = self._roles.get(word, Role.NONE) | role
        for word in lexicon.cues["particle"]:
            self._roles[word] = self._roles.get(word, Role.NONE) | Role.PARTICLE
        for word in lexicon.first_names:
            self._roles[word] = self._roles.get(word, Role.NONE) | Role.FIRST

    def cut(self, page: Page, line: Line) -> list[Unit]:
        """The units of a line, in order; every token before its end is in one."""
        units: list[Unit] = []
        at = 0
        lowers = [token.lower for token in line.tokens]
        while at < line.end:
            unit = self._find_known(page, line, at)
            office = self._find_office(line, lowers, at)
            if unit is None:
                unit = office or self._make_word(page, line, at)
            elif office is not None and office.last > unit.last and self._is_of_office(line, unit):
                unit = office
            units.append(unit)
            at = unit.last
        return units

    def _find_known(self, page: Page, line: Line, at: int) -> Unit | None:
        word = line.words[at]
        if not word[0].isalpha() or (line.style == CAPITALS and not line.may_name[at]):
            return None
        for match in self._lexicon.match(line.words, at):
            if at + match.length > line.end or self._runs_into_office(line, at, match.length):
                continue
            entries = tuple(entry for entry in match.entries if self._fits(page, line, at, match, entry))
            if entries:
                role = Role.KNOWN
                for entry in entries:
                    role |= _SORT_ROLES[entry.sort]
                if role & Role.THING:
                    role &= ~Role.KNOWN
                if match.length == 1:
                    role |= self._roles.get(word, Role.NONE)
                    if line.may_name[at]:
                        role |= Role.NAME
                    if self._lexicon.match_office([word], 0):
                        role |= Role.OFFICE
                else:
                    role |= Role.NAME
                    last = line.words[at + match.length - 1]
                    role |= self._roles.get(last, Role.NONE) & (Role.SITE | Role.EVENT | ENDS)
                return Unit(at, at + match.length, role, entries)
        return None

    def _is_of_office(self, line: Line, unit: Unit) -> bool:
        """Whether a known name before an office is part of it: "Treasury Secretary", not "Kremlin spokesman"."""
        is_single = unit.last - unit.first == 1 and not unit.entries[0].is_acronym
        return is_single and not unit.has(_STATES) and self._lexicon.is_ordinary(line.words[unit.first])

    def _runs_into_office(self, line: Line, at: int, length: int) -> bool:
        """Whether an office begins in it and ends behind it: "U.S. Treasury" of "U.S. Treasury Secretary"."""
        return any(self._lexicon.match_office(line.words, at + k) > length - k for k in range(1, length))

    def _fits(self, page: Page, line: Line, at: int, match: Match, entry: Entry) -> bool:
        """Whether the print of the tokens allows this meaning."""
        if entry.detail == SPORT_ONLY and not page.is_sport:
            return False
        tokens = line.tokens[at : at + match.length]
        if line.style == CAPITALS:
            if entry.is_acronym and match.length == 1 and self._lexicon.is_ordinary(line.words[at]):
                return "." in tokens[0].text or (entry.sort == "country" and len(tokens[0].text) > 3)
            return not (match.length == 1 and entry.weight < 2.0)
        if entry.is_acronym and is_ticker(line, at):
            return False
        if entry.is_acronym:
            text = tokens[0].text if match.length == 1 else "".join(token.text for token in tokens)
            return text.replace(".", "") == (entry.shape or "").replace(".", "").replace(" ", "") or (
                text[0].isupper()
                and not self._lexicon.is_ordinary(line.words[at])
                and line.may_name[at]
                and len(text) > 3
            )
        if match.length == 1:
            return self._fits_alone(page, line, at, entry)
        if tokens[0].lower == "the" and self._goes_on(line, at + match.length):
            return False
        if not tokens[0].text[0].isupper():
            return False
        lettered = [token.text for token in tokens if token.text[0].isalpha()]
        if lettered[-1][0].isupper() or entry.sort == "thing":
            return True
        name_words = entry.name.split()
        return entry.sort == "organisation" and tokens[0].text[0].isupper() and name_words[-1][0].islower()

    @staticmethod
    def _goes_on(line: Line, at: int) -> bool:
        """Whether another capitalised word follows."""
        return at < line.end and line.may_name[at]

    def _fits_alone(self, page: Page, line: Line, at: int, entry: Entry) -> bool:
        token = line.tokens[at]
        word = line.words[at]
        if token.text[0].isupper() or "-" in token.text:
            if line.may_name[at]:
                return True
            if entry.sort == "adjective":
                return word not in self._lexicon.cues["never"]
            if (entry.detail == "party" or entry.entity_type is EntityType.GROUP) and self._roles.get(
                word, 0
            ) & Role.GROUP:
                return True
            return entry.sort in {"country", "capital", "organisation"} and not self._lexicon.is_ordinary(word)
        if entry.sort not in {"country", "capital"} or entry.name[0].islower():
            return False
        return len(word) > 3 and not self._lexicon.is_ordinary(word) and word not in self._lexicon.first_names

    def _find_office(self, line: Line, lowers: list[str], at: int) -> Unit | None:
        length = self._lexicon.match_office(lowers, at)
        if not length and "-" in lowers[at] and self._is_compound_office(lowers[at]):
            length = 1
        if not length or at + length > line.end or lowers[at] in {"st", "st."}:
            return None
        if lowers[at] in self._lexicon.cues["name_title"] and line.may_name[at]:
            return None
        if length == 1 and line.tokens[at].tag == "AJ0" and line.tokens[at].text[0].islower():
            return None
        is_mixed = line.tokens[at].text[0].isupper() and line.tokens[at + length - 1].text[0].islower()
        if is_mixed and length > 1 and (not line.opens[at] or self._roles.get(lowers[at], 0) & Role.TAIL):
            return None
        role = Role.OFFICE
        if length == 1:
            role |= self._roles.get(lowers[at], Role.NONE) & ~Role.FIRST
            if line.may_name[at]:
                role |= Role.NAME
            if lowers[at] in self._lexicon.first_names and line.tokens[at].text[0].isupper():
                role |= Role.FIRST
        return Unit(at, at + length, role)

    def _is_compound_office(self, word: str) -> bool:
        """Whether all parts are offices: "prosecutor-general"."""
        parts = word.split("-")
        return all(part.isalpha() and self._lexicon.match_office([part], 0) for part in parts)

    def _make_word(self, page: Page, line: Line, at: int) -> Unit:
        token = line.tokens[at]
        word = line.words[at]
        text = token.text
        if word in _JOINERS:
            return Unit(at, at + 1, Role.JOINER)
        if not text[0].isalpha():
            return Unit(at, at + 1, Role.NONE)
        role = self._roles.get(word, Role.NONE)
        if role & Role.SUFFIX and word in _SHORT_SUFFIXES and not text.isupper() and text != "SpA":
            role &= ~Role.SUFFIX
        if not line.may_name[at]:
            return Unit(at, at + 1, role & (Role.PARTICLE | Role.HONORIFIC | ENDS | Role.EVENT | Role.SITE | Role.OPEN))
        role |= Role.NAME
        if (len(text) <= 2 and (len(text) == 1 or text[1] == ".") and text[0].isupper()) or (
            "." in text and len(text) <= 6 and all(len(piece) <= 1 for piece in text.split("."))
        ):
            role |= Role.INITIAL
        if self._lexicon.is_ordinary(word) and not (line.style == TITLE and word in page.capital):
            role |= Role.ORDINARY
        return Unit(at, at + 1, role)
