"""Names in lines printed all in capitals: by what the rest of the article names, else by the lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from transforms.enrich.names.forms import sense_of
from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import Line, Page
from transforms.enrich.names.pieces import FIRM, Piece, Sense
from transforms.enrich.names.units import Role, Unit

Words = tuple[str, ...]
_MAX_COMPANY = 4
_NAME_TAGS = frozenset({"NP", "NN", "AJ", "UN", "ZZ"})
_MIN_CITY_WEIGHT = 2.0
_JOIN = frozenset({"of", "and", "&", "'s", "’s"})


class NamesSeen:
    """Names that the article has in ordinary case, with their sense."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.senses: dict[Words, Sense] = {}
        counts: dict[Words, dict[Sense, int]] = defaultdict(lambda: defaultdict(int))
        for piece in pieces:
            if piece.sense is None or piece.sense is Sense.NONE:
                continue
            words = piece.words
            counts[words][piece.sense] += 3
            if piece.sense is Sense.PERSON:
                for at in range(1, len(words)):
                    counts[words[at:]][piece.sense] += 1
            elif piece.sense is Sense.ORGANISATION and len(words) > 1 and piece.rule != "names.organisation":
                counts[words[:1]][piece.sense] += 1
        for words, found in counts.items():
            self.senses[words] = max(sorted(found), key=lambda sense: found[sense])
        self._longest: dict[str, int] = {}
        for words in self.senses:
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def match(self, words: list[str], at: int, end: int) -> tuple[int, Sense] | None:
        """The longest name seen that starts here."""
        for length in range(min(self._longest.get(words[at], 0), end - at), 0, -1):
            sense = self.senses.get(tuple(words[at : at + length]))
            if sense is not None:
                return length, sense
        return None


class CapitalRules:
    """Finds the names of a line in capitals."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, page: Page, line: Line, line_no: int, units: list[Unit], seen: NamesSeen) -> list[Piece]:
        """The pieces of the line, each with its sense."""
        pieces: list[Piece] = []
        by_first = {unit.first: unit for unit in units}
        at = self._skip_slug(page, line)
        companies = self._find_companies(line, units, at)
        while at < line.end:
            piece = self._find_at(page, line, line_no, at, by_first, seen)
            last = companies.get(at)
            if last is not None and (piece is None or piece.last < last):
                scores = {Sense.ORGANISATION: FIRM}
                piece = Piece(line, line_no, at, last, scores, "names.organisation-head", sense=Sense.ORGANISATION)
            if piece is None:
                at += 1
                continue
            pieces.append(piece)
            at = piece.last
        return pieces

    def _find_companies(self, line: Line, units: list[Unit], start: int) -> dict[int, int]:
        """First and last tokens of names that a form of company ends: "BRENCO INC <BREN> DECLARES"."""
        companies: dict[int, int] = {}
        partners = self._lexicon.cues["partner_word"]
        for unit in units:
            if not unit.has(Role.SUFFIX) or not line.may_name[unit.first]:
                continue
            first = unit.first
            while first > start and unit.first - first < _MAX_COMPANY:
                word, tag = line.words[first - 1], line.tokens[first - 1].tag
                joins = word in {"&", "and"} and (word == "&" or line.words[first] in partners)
                if not joins and (not word[0].isalpha() or tag[:2] not in _NAME_TAGS):
                    break
                first -= 1
            if first < unit.first:
                companies[first] = unit.last
        return companies

    def _skip_slug(self, page: Page, line: Line) -> int:
        """Behind "SOCCER -", "RESEARCH ALERT -"."""
        for at in range(1, min(5, line.end)):
            if line.words[at] in {"-", ":", "--", "–"}:
                first = line.words[0]
                is_slug = first in self._lexicon.cues["caps_word"] or first in self._lexicon.cues["sport_word"]
                return at + 1 if is_slug else 0
        return 0

    def _find_at(
        self, page: Page, line: Line, line_no: int, at: int, by_first: dict[int, Unit], seen: NamesSeen
    ) -> Piece | None:
        if not line.may_name[at]:
            return None
        unit = by_first.get(at)
        found = seen.match(line.words, at, line.end)
        if unit is not None and unit.has(Role.KNOWN | Role.THING) and (found is None or unit.last - at > found[0]):
            return self._make_known(page, line, line_no, unit)
        if found is not None:
            length, sense = found
            word = line.words[at]
            if length > 1 or sense is not Sense.PERSON or not self._lexicon.is_ordinary(word) or word not in page.plain:
                entries = unit.entries if unit is not None and unit.last == at + length else ()
                return Piece(line, line_no, at, at + length, {sense: FIRM}, "names.capitals", entries, sense=sense)
        return self._find_full_name(line, line_no, at)

    def _make_known(self, page: Page, line: Line, line_no: int, unit: Unit) -> Piece:
        entry = max(unit.entries, key=lambda e: e.weight)
        sense = sense_of(entry)
        after = line.words[unit.last] if unit.last < line.end else ""
        if page.is_sport and (after in self._lexicon.cues["event_tail"] or after == "grand"):
            sense = Sense.NONE
        is_weak = (
            unit.last - unit.first == 1
            and entry.sort == "city"
            and (entry.weight < _MIN_CITY_WEIGHT or self._lexicon.is_ordinary(line.words[unit.first]))
        )
        return Piece(
            line,
            line_no,
            unit.first,
            unit.last,
            {sense: FIRM},
            f"names.{entry.sort}",
            unit.entries,
            sense=Sense.NONE if is_weak else sense,
        )

    def _find_full_name(self, line: Line, line_no: int, at: int) -> Piece | None:
        """A first name and a word that is no word of English."""
        words = line.words
        if (
            at + 1 < line.end
            and words[at] in self._lexicon.first_names
            and line.may_name[at + 1]
            and (
                words[at + 1].isalpha()
                and not self._lexicon.is_ordinary(words[at + 1])
                and not self._lexicon.is_ordinary(words[at])
            )
        ):
            return Piece(line, line_no, at, at + 2, {Sense.PERSON: FIRM}, "names.capitals", sense=Sense.PERSON)
        return None
