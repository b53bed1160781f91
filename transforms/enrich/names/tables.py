"""Results, standings and fixtures: lines of sport where names stand between numbers."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import Line, Page
from transforms.enrich.names.pieces import FIRM, Piece, Sense

_MAX_NAME = 5
_MIN_NUMBERS = 3

Stretch = tuple[int, int]


class TableRules:
    """Finds the names of a line of results by what stands around them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._versus = lexicon.cues["versus"]
        self._cricket = lexicon.cues["cricket_mark"]

    def find(self, page: Page, line: Line, line_no: int) -> list[Piece]:
        """Pieces of a line of results; none if the line is another thing."""
        if not page.is_sport or line.end < 3 or line.end > 60:
            return []
        return (
            self._find_versus(line, line_no)
            or self._find_batting(line, line_no)
            or self._find_score(line, line_no)
            or self._find_standing(line, line_no)
            or self._find_listed(line, line_no)
        )

    def _find_versus(self, line: Line, line_no: int) -> list[Piece]:
        """ "Aberdeen v Hearts"; "CLEVELAND AT DETROIT"."""
        at = next((i for i in range(1, line.end - 1) if line.words[i] in self._versus), 0)
        if not at and line.style == "capitals":
            at = next((i for i in range(1, line.end - 1) if line.words[i] == "at"), 0)
            if at and (line.end > 8 or any(line.words[i] in {"-", ":"} for i in range(line.end))):
                at = 0
        if not at:
            return []
        left, right = self._read_left(line, at), self._read_name(line, at + 1)
        if left is not None and right is not None and line.words[at] == "at":
            return [self._make(line, line_no, left), self._make_host(line, line_no, right)]
        if (
            left is None
            or right is None
            or (
                right[1] < line.end
                and line.words[right[1]] not in {",", ".", "(", ";", ":", "-", "at"}
                and not line.words[right[1]][0].isdigit()
            )
        ):
            return []
        return [self._make(line, line_no, left), self._make(line, line_no, right)]

    def _find_batting(self, line: Line, line_no: int) -> list[Piece]:
        """ "M. Atherton c Moin Khan b Waqar Younis 64": a batsman, who caught, who bowled."""
        if line.end < 5 or not line.words[line.end - 1].isdigit():
            return []
        marks = [i for i in range(1, line.end - 1) if line.words[i] in self._cricket and line.tokens[i].text.islower()]
        if not marks or not any(line.words[i] in {"b", "lbw", "run", "not"} for i in marks):
            return []
        pieces = []
        at = 0
        while at < line.end:
            name = self._read_name(line, at)
            if name is None:
                if (
                    line.words[at] not in self._cricket
                    and not line.words[at].isdigit()
                    and line.words[at] not in {"&", "(", ")"}
                ):
                    return []
                at += 1
                continue
            pieces.append(Piece(line, line_no, *name, {Sense.PERSON: FIRM}, "names.table-score"))
            at = name[1]
        return pieces

    def _find_score(self, line: Line, line_no: int) -> list[Piece]:
        """ "Kilmarnock 1 Celtic 3 (halftime 0-1)": two sides, each with a number, scorers in brackets."""
        sides: list[Stretch] = []
        scorers: list[Piece] = []
        at = 0
        while at < line.end and len(sides) < 2:
            name = self._read_name(line, at)
            if name is None or name[1] >= line.end or not line.words[name[1]][0].isdigit():
                break
            sides.append(name)
            at = self._read_scorers(line, line_no, name[1] + 1, scorers)
        if len(sides) != 2:
            return []
        pieces = [self._make(line, line_no, side) for side in sides]
        if any(piece.rule != "names.country" for piece in pieces):
            pieces = [self._make(line, line_no, side, may_be_country=False) for side in sides]
        return sorted(pieces + scorers, key=lambda piece: piece.first)

    def _read_scorers(self, line: Line, line_no: int, at: int, scorers: list[Piece]) -> int:
        """The scorers of a bracket that opens here ("(Driller 15th, Springer 64th)"); where it ends."""
        if at >= line.end or line.words[at] != "(":
            return at
        at += 1
        while at < line.end and line.words[at] != ")":
            name = self._read_name(line, at)
            if name is not None and name[1] < line.end and line.words[name[1]][0].isdigit():
                scorers.append(Piece(line, line_no, *name, {Sense.PERSON: FIRM}, "names.table-score"))
                at = name[1]
            at += 1
        return at + 1

    def _find_standing(self, line: Line, line_no: int) -> list[Piece]:
        """ "Lens 4 4 0 0 9 3 12"; "NEW YORK 74 53 .583 -"."""
        name = self._read_name(line, self._skip_rank(line))
        if name is None:
            return []
        numbers = 0
        for word in line.words[name[1] : line.end]:
            if word[0].isdigit():
                numbers += 1
            elif word not in {".", "-", "/", "+", "1/2", "--", ":"}:
                return []
        return [self._make(line, line_no, name)] if numbers >= _MIN_NUMBERS else []

    def _find_listed(self, line: Line, line_no: int) -> list[Piece]:
        """Athletes with their country: "1. Roger Black (Britain) 45.05"."""
        pieces: list[Piece] = []
        for at in range(1, line.end - 2):
            if line.words[at] != "(" or not self._is_country(line, at + 1):
                continue
            first = at
            while first > 0 and at - first < _MAX_NAME and self._is_athlete_word(line, first - 1):
                first -= 1
            words = tuple(line.words[first:at])
            if len(words) < 2 or any(entry.sort == "organisation" for entry in self._lexicon.look_up(words)):
                continue
            if (
                words[0] in self._lexicon.first_names
                or len(words[0].strip(".")) == 1
                or first == 0
                or not line.tokens[first - 1].text[0].isalpha()
            ):
                pieces.append(Piece(line, line_no, first, at, {Sense.PERSON: FIRM - 2}, "names.table-score"))
        return pieces

    def _is_country(self, line: Line, at: int) -> bool:
        for match in self._lexicon.match(line.words, at):
            stop = at + match.length
            if stop < line.end and line.words[stop] == ")":
                return any(entry.sort == "country" for entry in match.entries)
        return False

    def _is_athlete_word(self, line: Line, at: int) -> bool:
        text = line.tokens[at].text
        return (text[0].isupper() and text[0].isalpha()) or line.words[at] in self._lexicon.cues["particle"]

    @staticmethod
    def _skip_rank(line: Line) -> int:
        if line.words[0].isdigit() and line.end > 1:
            return 2 if line.words[1] in {".", ")", "-"} else 1
        return 0

    def _read_left(self, line: Line, stop: int) -> Stretch | None:
        first = stop
        while first > 0 and stop - first < _MAX_NAME and self._is_name_word(line, first - 1):
            first -= 1
        if first == stop or (first > 0 and line.words[first - 1] not in {":", "-", ",", ";", ")"}):
            return None
        return first, stop

    def _read_name(self, line: Line, at: int) -> Stretch | None:
        """A stretch of words with capitals (and what may stand between them) from here."""
        stop = at
        while stop < line.end and stop - at < _MAX_NAME and self._is_name_word(line, stop):
            stop += 1
        while stop > at and not line.tokens[stop - 1].text[0].isalpha():
            stop -= 1
        while stop > at and line.words[stop - 1] in {"of", "and", "the", "de"}:
            stop -= 1
        return (at, stop) if stop > at and line.tokens[at].text[0].isupper() else None

    def _is_name_word(self, line: Line, at: int) -> bool:
        text = line.tokens[at].text
        word = line.words[at]
        if word in self._versus or word == "at":
            return False
        if text[0].isupper():
            return word not in self._lexicon.cues["time_word"]
        return text in {"'s", "’s", "&", "'", "’", "1860"} or (
            word in {"of", "the", "and", "de", "la", "den", "van", "der", "do", "da"} and at > 0
        )

    def _make(self, line: Line, line_no: int, name: Stretch, *, may_be_country: bool = True) -> Piece:
        """A side: a country where it is one, else a club."""
        words = tuple(line.words[name[0] : name[1]])
        entries = self._lexicon.look_up(words)
        countries = tuple(entry for entry in entries if entry.sort == "country")
        clubs = [entry for entry in entries if entry.sort == "organisation"]
        if countries and (may_be_country or not clubs):
            return Piece(line, line_no, *name, {Sense.COUNTRY: FIRM}, "names.country", countries)
        return Piece(line, line_no, *name, {Sense.ORGANISATION: FIRM - 1}, "names.table-side", tuple(clubs))

    def _make_host(self, line: Line, line_no: int, name: Stretch) -> Piece:
        """Where a fixture is held: "CLEVELAND AT DETROIT"."""
        entries = self._lexicon.look_up(tuple(line.words[name[0] : name[1]]))
        places = tuple(entry for entry in entries if entry.sort in {"city", "capital", "region", "place"})
        if not places:
            return self._make(line, line_no, name)
        return Piece(line, line_no, *name, {Sense.PLACE: FIRM}, "names.table-side", places)


def cover(pieces: Sequence[Piece], size: int) -> list[bool]:
    """Which tokens of a line pieces hold."""
    held = [False] * size
    for piece in pieces:
        for at in range(piece.first, piece.last):
            held[at] = True
    return held
