"""Places of datelines: which country they are in, and how they look in ordinary case."""

from __future__ import annotations

import re

import pyarrow as pa

from transforms.language.toponyms import fold_place
from transforms.resources import Resources
from transforms.tables import iter_rows

_PIECE = re.compile(r"([\s/\-–]+)")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?\.?$")
_MC = re.compile(r"M[Cc][A-Z]")


class PlaceIndex:
    """Looks up what a dateline names: cities, regions, countries."""

    def __init__(self, resources: Resources, small_words: frozenset[str]) -> None:
        self._small_words = small_words
        reference = resources.reference
        self._cities = _index_cities(resources.cities)
        self._special = {
            fold_place(r["place"]): (r["country"], r["place"]) for r in reference["dateline_places"].to_pylist()
        }
        self._countries = _index_countries(reference["countries"])
        self._regions = _index_regions(reference["regions"])

    def find_city(self, name: str) -> tuple[str, str] | None:
        """Country and printed form of the place that a dateline of this name means."""
        key = fold_place(name)
        return self._special.get(key) or self._cities.get(key)

    def find_area(self, name: str) -> str | None:
        """Country of the region or country that stands behind a place."""
        key = fold_place(name)
        return self._regions.get(key) or self._countries.get(key)

    def is_country(self, name: str) -> bool:
        """Whether it names a country."""
        return fold_place(name) in self._countries

    def find_country(self, place: str, areas: list[str]) -> str | None:
        """Country of a place by what is printed behind it, else by the place itself."""
        city = self.find_city(place)
        for area in reversed(areas):
            key = fold_place(area)
            found = [c for c in (self._regions.get(key), self._countries.get(key)) if c]
            if city and city[0] in found:
                return city[0]
            if found:
                return found[0]
        return city[0] if city else self.find_area(place)

    def put_in_ordinary_case(self, printed: str) -> str:
        """ "RIO DE JANEIRO" as "Rio de Janeiro"; what is not in capitals stays as it is."""
        letters = [c for c in printed if c.isalpha()]
        if sum(c.isupper() for c in letters) * 2 <= len(letters) and not printed.isupper():
            return printed
        known = self.find_city(printed)
        if known and len(known[1]) == len(printed) and fold_place(known[1]) == fold_place(printed):
            return "".join(p.upper() if k.isupper() else p.lower() for p, k in zip(printed, known[1], strict=True))
        pieces = _PIECE.split(printed)
        return "".join(piece if at % 2 else self._put_piece(piece, is_first=at == 0) for at, piece in enumerate(pieces))

    def _put_piece(self, piece: str, *, is_first: bool) -> str:
        if _DOTTED.match(piece):
            return piece
        if not is_first and piece.casefold() in self._small_words:
            return piece.casefold()
        if _MC.match(piece) and len(piece) > 3:
            return "Mc" + piece[2:].capitalize()
        before, mark, after = piece.partition("'" if "'" in piece else "’")
        if mark and len(after) > 2:
            before = before.capitalize() if is_first or before != "D" else "d"
            return before + mark + after.capitalize()
        return piece.capitalize()


def _index_cities(cities: pa.Table) -> dict[str, tuple[str, str]]:
    """The most populous place of each name; its own name counts before another's nickname."""
    columns = iter_rows(cities, "name", "other_names", "country", "population")
    rows = sorted(columns, key=lambda row: (-row[3], row[2], row[0]))
    index: dict[str, tuple[str, str]] = {}
    for name, _, country, _ in rows:
        index.setdefault(fold_place(name), (country, name))
    for _, others, country, _ in rows:
        for other in others:
            index.setdefault(fold_place(other), (country, other))
    return index


def _index_countries(countries: pa.Table) -> dict[str, str]:
    index: dict[str, str] = {}
    for row in countries.to_pylist():
        for name in (row["name"], *(row["other_names"] or [])):
            index.setdefault(fold_place(name), row["country"])
    return index


def _index_regions(regions: pa.Table) -> dict[str, str]:
    index: dict[str, str] = {}
    for row in regions.to_pylist():
        for name in (row["name"], *(row["abbreviations"] or [])):
            index.setdefault(fold_place(name), row["country"])
    return index
