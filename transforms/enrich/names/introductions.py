"""Reads how persons are introduced: their office, the country or body that they belong to, their gender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.enrich.names.forms import sense_of
from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import Line
from transforms.enrich.names.pieces import Piece, Sense

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_MODIFIER_TAGS = frozenset({"NN1", "AJ0", "NN0", "NN2", "NP0", "AJ0-NN1", "NN1-AJ0"})
_NO_ROLE = frozenset({"honorific", "kin"})
STATE_KINDS = frozenset({"government", "legislature", "court", "military", "police", "party", "armed"})
"""Bodies whose people count as of their country."""
_MAX_OFFICE = 7
_MAX_APPOSITION = 12


@dataclass(slots=True)
class Introduction:
    """What is said of a person where a mention stands."""

    role: tuple[int, int] | None = None
    role_text: str | None = None
    kind: str | None = None
    nation: str | None = None
    gender: str | None = None
    has_title: bool = False
    is_counterpart: bool = False


class IntroductionRules:
    """Reads the words around a person's name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._passed = lexicon.cues["office_passed"]
        self._not_of_office = lexicon.cues["not_of_office"]
        self._male = lexicon.cues["male_title"]
        self._female = lexicon.cues["female_title"]

    def read(self, piece: Piece, by_end: Mapping[int, Piece], by_start: Mapping[int, Piece]) -> Introduction:
        """How this mention introduces its person; pieces of the same line are given by their first and last token."""
        line = piece.line
        found = Introduction()
        self._read_before(line, piece.first, by_end, found)
        if found.role is None:
            self._read_apposition_before(line, piece, by_end, found)
        if found.role is None:
            self._read_apposition_after(line, piece, by_start, found)
        if found.nation is None:
            found.nation = self._read_bracket(line, piece, by_start)
        if found.role is not None:
            first, last = found.role
            text = line.tokens[first].start, line.tokens[last - 1].end
            found.role_text = _slice(line, text)
        return found

    # -- before the name -------------------------------------------------------------------------------------------

    def _read_before(self, line: Line, stop: int, by_end: Mapping[int, Piece], found: Introduction) -> None:
        """ "Russian Foreign Minister", "Kremlin spokesman", "his Lebanese counterpart", "Mr." right before a name."""
        stop = self._pass_honorifics(line, stop, found)
        first = self._find_office_start(line, stop, by_end)
        if first is None:
            found.nation = self._read_owner(line, stop, by_end)
            return
        self._take_office(line, first, stop, by_end, found)

    def _take_office(self, line: Line, first: int, stop: int, by_end: Mapping[int, Piece], found: Introduction) -> None:
        kind = self._lexicon.offices[tuple(t.lower for t in line.tokens[first:stop])]
        found.has_title = True
        gender = self._lexicon.office_genders.get(" ".join(t.lower for t in line.tokens[first:stop]))
        found.gender = found.gender or gender
        if line.words[stop - 1] in {"counterpart", "counterparts"}:
            found.is_counterpart = True
            found.nation = self._read_owner(line, first, by_end)
            return
        if kind in _NO_ROLE:
            found.nation = self._read_owner(line, first, by_end)
            return
        first = self._extend_office(line, first, by_end)
        found.role, found.kind = (first, stop), kind
        found.nation = self._read_owner(line, first, by_end)

    def _pass_honorifics(self, line: Line, stop: int, found: Introduction) -> int:
        while stop > 0:
            word = line.words[stop - 1]
            if word in self._male:
                found.gender = "m"
            elif word in self._female:
                found.gender = "f"
            elif word not in self._lexicon.cues["honorific"]:
                break
            found.has_title = True
            stop -= 1
        return stop

    def _find_office_start(self, line: Line, stop: int, by_end: Mapping[int, Piece]) -> int | None:
        """Where the longest office that ends here begins."""
        if stop < 1 or (line.tokens[stop - 1].tag[:2] == "VV" and line.tokens[stop - 1].text.islower()):
            return None
        lowers = [token.lower for token in line.tokens[max(0, stop - _MAX_OFFICE) : stop]]
        found = None
        for at in range(len(lowers) - 1, -1, -1):
            if tuple(lowers[at:]) in self._lexicon.offices:
                found = stop - len(lowers) + at
            if stop - len(lowers) + at in by_end:
                break
        return found

    def _extend_office(self, line: Line, first: int, by_end: Mapping[int, Piece]) -> int:
        """Take the words that make the office more exact: "Deputy", "foreign ministry", "Chief Financial"."""
        for _ in range(4):
            at = first - 1
            if at < 0 or first in by_end:
                break
            token, word = line.tokens[at], line.words[at]
            if (
                word in self._not_of_office
                or word in self._passed
                or not token.text[0].isalpha()
                or word in self._lexicon.adjectives
            ):
                break
            if (word,) in self._lexicon.offices or (token.tag in _MODIFIER_TAGS and self._lexicon.is_ordinary(word)):
                first = at
                continue
            break
        return first

    def _read_owner(self, line: Line, stop: int, by_end: Mapping[int, Piece]) -> str | None:
        """Country of the name that stands before an office or a name."""
        at = stop
        for _ in range(3):
            owner = by_end.get(at)
            if owner is None and at > 0 and line.words[at - 1] in _POSSESSIVE:
                owner = by_end.get(at - 1)
            if owner is not None:
                nation = nation_of(owner)
                if nation or owner.sense is not Sense.ORGANISATION:
                    return nation
                return None
            if at > 0 and line.words[at - 1] in self._passed:
                at -= 1
                continue
            return None
        return None

    # -- beside the name ---------------------------------------------------------------------------------------------

    def _read_apposition_before(
        self, line: Line, piece: Piece, by_end: Mapping[int, Piece], found: Introduction
    ) -> None:
        """ "Russia's foreign minister, Sergei Lavrov, said"."""
        at = piece.first - 1
        if at < 1 or line.words[at] != "," or found.has_title:
            return
        follower = line.words[piece.last] if piece.last < len(line.words) else "."
        if follower not in {",", ".", "(", "—", "-", "--", ")", ";"}:
            return
        first = self._find_office_start(line, at, by_end)
        if first is None:
            self._read_office_of(line, at, by_end, found)
            return
        opener = line.words[first - 1] if first else ""
        if opener in {"and", ","}:
            return
        self._take_office(line, first, at, by_end, found)

    def _read_office_of(self, line: Line, stop: int, by_end: Mapping[int, Piece], found: Introduction) -> None:
        """ "the president of Finland, Alexander Stubb,"."""
        owner = by_end.get(stop)
        if owner is None or owner.first < 2:
            return
        at = owner.first - 1
        if line.words[at] == "the":
            at -= 1
        if line.words[at] not in {"of", "for", "at"}:
            return
        first = self._find_office_start(line, at, by_end)
        if first is None:
            return
        self._take_office(line, first, at, by_end, found)
        found.nation = nation_of(owner) or found.nation

    def _read_apposition_after(
        self, line: Line, piece: Piece, by_start: Mapping[int, Piece], found: Introduction
    ) -> None:
        """ "Antony Blinken, the US secretary of state,"; "Bob Smith, 54, a farmer"."""
        at = piece.last
        if at + 1 >= len(line.words) or line.words[at] not in {",", "(", "—", "--"}:
            return
        at += 1
        if line.words[at].isdigit() and at + 2 < len(line.words) and line.words[at + 1] == ",":
            at += 2
        stop = min(len(line.words), at + _MAX_APPOSITION)
        nation = None
        while at < stop:
            owner = by_start.get(at)
            if owner is not None:
                if owner.sense is Sense.PERSON:
                    return
                nation = nation or nation_of(owner)
                at = owner.last
                continue
            word = line.words[at]
            if word in {",", ".", ";", ")", "who", "whose", "said", "and", "told", "but", "with", "as"}:
                return
            length = self._lexicon.match_office(line.words, at)
            if length:
                end = self._end_office(line, at, length)
                kind = (
                    self._lexicon.offices[tuple(line.words[end[0] : end[1]])]
                    if tuple(line.words[end[0] : end[1]]) in self._lexicon.offices
                    else self._lexicon.offices[tuple(line.words[at : at + length])]
                )
                if kind in _NO_ROLE:
                    return
                found.role, found.kind = end, kind
                found.nation = nation or self._read_of(line, end[1], by_start) or found.nation
                return
            if line.tokens[at].tag[:2] in {"VV", "VB", "VM", "VH", "PN", "PR"} and line.tokens[at].tag not in {
                "VVG",
                "VVN",
            }:
                return
            at += 1

    def _end_office(self, line: Line, at: int, length: int) -> tuple[int, int]:
        """The office with the words of the same noun phrase before it ("deputy prime minister")."""
        last = at + length
        while last < len(line.words):
            more = self._lexicon.match_office(line.words, last)
            if not more or line.words[last] in {",", "and"}:
                break
            last += more
        return at, last

    def _read_of(self, line: Line, at: int, by_start: Mapping[int, Piece]) -> str | None:
        if at >= len(line.words) or line.words[at] not in {"of", "for", "in", "at", "to"}:
            return None
        at += 1
        if at < len(line.words) and line.words[at] == "the":
            at += 1
        owner = by_start.get(at)
        return nation_of(owner) if owner is not None else None

    def _read_bracket(self, line: Line, piece: Piece, by_start: Mapping[int, Piece]) -> str | None:
        """ "Jan Svorada (Czech Republic)", "Alex Corretja of Spain", "Elizabeth Warren (D-Mass.)"."""
        at = piece.last
        if at + 1 >= len(line.words):
            return None
        if line.words[at] in {"(", "of"}:
            owner = by_start.get(at + 1)
            if owner is not None and owner.sense is Sense.COUNTRY:
                closes = owner.last < len(line.words) and line.words[owner.last] in {")", ","}
                return nation_of(owner) if closes or line.words[at] == "of" else None
            head = line.tokens[at + 1].text
            if line.words[at] == "(" and (head in {"D", "R", "I"} or head[:2] in {"D-", "R-", "I-"}):
                return "USA"
        return None


def nation_of(piece: Piece) -> str | None:
    """Country that a piece stands for or belongs to."""
    if piece.nation is not None:
        return piece.nation
    for entry in piece.entries:
        if entry.country and (sense_of(entry) is piece.sense or piece.sense is Sense.PLACE):
            if entry.sort == "organisation" and entry.detail not in STATE_KINDS:
                continue
            return entry.country
    return None


def _slice(line: Line, span: tuple[int, int]) -> str:
    words = [token for token in line.tokens if span[0] <= token.start and token.end <= span[1]]
    text = ""
    end = span[0]
    for token in words:
        text += (" " if token.start > end else "") + token.text
        end = token.end
    return text


def index_line(pieces: Sequence[Piece]) -> tuple[dict[int, Piece], dict[int, Piece]]:
    """Pieces of one line by the token behind them, and by their first token."""
    return {piece.last: piece for piece in pieces}, {piece.first: piece for piece in pieces}
