"""Places of datelines: "MOSCOW, Dec 2 (Reuters) -", "AKRON, Ohio 1996-08-22"."""

from __future__ import annotations

from transforms.enrich.names.forms import sense_of
from transforms.enrich.names.lexicon import Entry, Lexicon
from transforms.enrich.names.page import Line
from transforms.enrich.names.pieces import FIRM, Piece, Sense
from warehouse.contract.codes import BlockKind

_MAX_WORDS = 5
_AREA_SORTS = frozenset({"country", "region", "place"})
_PLACE_SORTS = frozenset({"capital", "city", "place", "region", "country"})
_DASHES = frozenset({"-", "--", "–", "—"})


class DatelineNames:
    """Reads the places that a dateline opens with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._times = lexicon.cues["time_word"]

    def find(self, line: Line, line_no: int) -> tuple[list[Piece], int]:
        """Pieces of the places, and the token behind them; nothing where the line opens with no dateline."""
        is_dateline = line.sentence.kind == BlockKind.DATELINE
        if not is_dateline and line.sentence.kind not in {BlockKind.BODY, BlockKind.SUBHEAD}:
            return [], 0
        stretches = self._read_stretches(line, is_marked=is_dateline)
        if not stretches or not (is_dateline or self._is_closed(line, stretches)):
            return [], 0
        pieces = [self._make(line, line_no, *stretch, is_first=at == 0) for at, stretch in enumerate(stretches)]
        return pieces, stretches[-1][1]

    def _read_stretches(self, line: Line, *, is_marked: bool) -> list[tuple[int, int]]:
        """Places between commas and slashes, up to the date or the agency."""
        stretches: list[tuple[int, int]] = []
        at = 0
        while at < line.end and len(stretches) < 4:
            first = at
            while (
                at < line.end and at - first < _MAX_WORDS and self._is_place_word(line, at, first, stretches, is_marked)
            ):
                at += 1
            if at == first:
                break
            stretches.append((first, at))
            if at >= line.end or line.words[at] not in {",", "/"}:
                break
            at += 1
        return stretches

    def _is_place_word(
        self, line: Line, at: int, first: int, stretches: list[tuple[int, int]], is_marked: bool
    ) -> bool:
        text = line.tokens[at].text
        if not text[0].isalpha() or line.words[at] in self._times:
            return False
        if stretches:
            return text[0].isupper() and self._is_area(line, first, at)
        if text.isupper() or (is_marked and text[0].isupper()):
            return True
        return at > first and line.words[at] in self._lexicon.cues["particle"]

    def _is_area(self, line: Line, first: int, at: int) -> bool:
        """Whether the word goes on within a country, a region or another city in capitals."""
        if line.tokens[at].text.isupper():
            return True
        for match in self._lexicon.match(line.words, first):
            if any(entry.sort in _AREA_SORTS for entry in match.entries):
                return at < first + match.length
        return False

    def _is_closed(self, line: Line, stretches: list[tuple[int, int]]) -> bool:
        """Whether what stands behind the places shows that they were a dateline."""
        first, stop = stretches[0]
        if not any(c.isalpha() for c in line.tokens[first].text) or len(line.tokens[first].text) < 2:
            return False
        if len(stretches) > 1:
            stop = stretches[-1][1]
            if not line.tokens[stretches[1][0]].text.isupper():
                return True
        if stop < line.end and line.words[stop] == ",":
            stop += 1
        if stop >= line.end:
            return False
        word = line.words[stop]
        if word in self._times or (word[0].isdigit() and len(word) == 10 and word[4] == "-"):
            return True
        is_known = bool(self._lexicon.look_up(tuple(line.words[first : stretches[0][1]])))
        return (is_known and word in _DASHES) or (
            is_known and word == "(" and any(w in _DASHES for w in line.words[stop : stop + 6])
        )

    def _make(self, line: Line, line_no: int, first: int, last: int, *, is_first: bool) -> Piece:
        entries = self._lexicon.look_up(tuple(line.words[first:last]))
        places = tuple(entry for entry in entries if entry.sort in _PLACE_SORTS)
        kept = self._choose(places, is_first=is_first)
        sense = sense_of(kept[0]) if kept else Sense.PLACE
        return Piece(line, line_no, first, last, {sense: FIRM * 3}, "names.dateline", kept)

    @staticmethod
    def _choose(places: tuple[Entry, ...], *, is_first: bool) -> tuple[Entry, ...]:
        """A city first where a dateline opens, else a region or country."""
        order = (
            ("capital", "city", "place", "region", "country") if is_first else ("country", "region", "place", "city")
        )
        ranked = sorted((e for e in places if e.sort in order), key=lambda e: (order.index(e.sort), -e.weight))
        return tuple(ranked[:1])
