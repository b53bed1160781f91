"""What a name of a place may mean: cities, divisions, countries, and areas of the reference data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from transforms.language.toponyms import fold_place, fold_places
from transforms.resources import Resources
from transforms.tables import iter_rows

_MAX_SENSES = 40
"""Namesakes that are weighed: the most populous, and those of other kinds."""
_AREA = 7.0
_CITY_PART = 4.5
_METROPOLIS = 1_000_000
_COLUMNS = (
    *("geonames_id", "name", "country", "region", "district", "latitude", "longitude", "population", "feature"),
)
_WATERS = frozenset(
    {"river", "lake", "creek", "bay", "sea", "strait", "canal", "mountain", "mountains", "hills", "falls"}
)
"""Nouns that end names of waters and heights: a town or county that is called so besides is not meant."""
_VARIANTS = (("saint ", "st "), ("mount ", "mt "), ("fort ", "ft "), ("sainte ", "ste "))
"""Words that are printed in full or shortened."""


class Place(NamedTuple):
    """One thing that a name may mean; `is_own_name` tells its name from its other names.

    `weight` is that of what the reference data lists because the press means it, in orders of magnitude of
    inhabitants: its population says nothing.

    `region` and `district` are GeoNames ids of the divisions of the first and second order that hold it.
    """

    geonames_id: int | None
    name: str
    country: str | None
    region: int | None
    district: int | None
    latitude: float | None
    longitude: float | None
    population: int
    feature: str | None
    is_own_name: bool = True
    weight: float = 0.0

    @property
    def is_area(self) -> bool:
        """Whether the reference data lists it."""
        return self.weight > 0


class Gazetteer:
    """Looks up names of places; folded names are sorted, so that the index is two columns and not a dictionary."""

    def __init__(self, resources: Resources) -> None:
        table = resources.gazetteer
        self._columns = [table[name].combine_chunks() for name in _COLUMNS]
        own = pa.array(range(table.num_rows), pa.int32())
        others = table["other_names"].combine_chunks()
        other_names = pc.list_flatten(others)
        keys = pa.concat_arrays([fold_places(table["name"].combine_chunks()), fold_places(other_names)])
        rows = pa.concat_arrays([own, pc.list_parent_indices(others).cast(pa.int32())])
        is_own = pa.concat_arrays([pa.array([True] * table.num_rows), pa.array([False] * len(other_names))])
        order = pc.sort_indices(keys)
        self._keys, self._rows, self._is_own = keys.take(order), rows.take(order), is_own.take(order)
        self._divisions = {code: row for row, code in enumerate(table["code"].to_pylist()) if code is not None}
        reference = resources.reference
        self._alpha_2 = dict(iter_rows(reference["countries"], "country", "alpha_2"))
        self.countries = {place.country: place for place in _list_countries(resources) if place.country}
        self._country_of = {
            fold_place(form): country
            for country, name, others_of in iter_rows(reference["countries"], "country", "name", "other_names")
            for form in (name, *(others_of or ()))
        }
        continents = {fold_place(place.name): place for place in _list_continents(resources)}
        self._areas = {fold_place(place.name): place for place in _list_areas(resources)} | continents
        self._regions: dict[str, list[int]] = {}
        for country, code, name, abbreviations in iter_rows(
            reference["regions"], "country", "code", "name", "abbreviations"
        ):
            row = self._divisions.get(f"{self._alpha_2.get(country)}-{code}")
            if row is not None:
                for form in (name, *(abbreviations or ())):
                    self._regions.setdefault(fold_place(form), []).append(row)
        self.find = lru_cache(maxsize=20_000)(self._find)

    @staticmethod
    def build(resources: Resources) -> Gazetteer:
        """The gazetteer of these resources; the same object for the same resources."""
        return _build(resources)

    def is_town(self, name: str) -> bool:
        """Whether a populated place has this name as its own."""
        return any(place.feature == "P.PPL" and place.is_own_name for place in self.find(name))

    def _find(self, name: str) -> tuple[Place, ...]:
        """Everything that a name may mean, the most populous first within each kind; it need not be folded."""
        key = fold_place(name)
        found: dict[tuple[int | None, str], Place] = {}
        for place in self._list_senses(key):
            found.setdefault((place.geonames_id, place.name), place)
        return tuple(found.values())

    def _list_senses(self, key: str) -> Iterator[Place]:
        country = self._country_of.get(key)
        if country is not None:
            yield self.countries[country]
        rows = dict(self._list_rows(key))
        for form in _spell(key):
            rows.update((row, False) for row, _ in self._list_rows(form) if row not in rows)
        held = [self._read(row, is_own=is_own) for row, is_own in rows.items()]
        held = [place._replace(is_own_name=True) if _is_metropolis(place, key) else place for place in held]
        if key.rsplit(" ", 1)[-1] in _WATERS:
            held = [place for place in held if place.is_own_name]
        held.sort(key=lambda place: (-place.population, not place.is_own_name, place.geonames_id or 0))
        area = self._areas.get(key)
        if area is not None:
            same = next((place for place in held if _is_same(area, place)), None)
            yield (
                area
                if same is None
                else area._replace(
                    geonames_id=same.geonames_id, region=same.region, district=same.district, population=same.population
                )
            )
            held = [place for place in held if place is not same]
        for row in self._regions.get(key, ()):
            yield self._read(row, is_own=True)
        yield from held[:_MAX_SENSES]

    def find_country(self, name: str, country: str) -> tuple[Place, ...]:
        """What a name of a country may mean: the country, a part of it that is named so (England), a namesake."""
        whole = self.countries.get(country)
        if whole is None:
            return ()
        senses = self.find(name)
        parts = [place for place in senses if place.country == country and place.is_own_name]
        if fold_place(name) == fold_place(whole.name):
            return (whole, *(place for place in senses if place.is_own_name and place.feature != "A.PCLI"))
        inside = [place for place in parts if (place.feature or "").startswith("A.ADM1")]
        return (*inside[:1], whole)[:1]

    def find_division(self, code: str) -> tuple[Place, ...]:
        """The division of an ISO 3166-2 code."""
        row = self._divisions.get(code)
        return () if row is None else (self._read(row, is_own=True),)

    def find_region(self, name: str) -> tuple[Place, ...]:
        """States and provinces that datelines print behind a city, by name or abbreviation."""
        return tuple(self._read(row, is_own=True) for row in self._regions.get(fold_place(name), ()))

    def _list_rows(self, key: str) -> Iterator[tuple[int, bool]]:
        at = bisect_left(range(len(self._keys)), key, key=lambda n: self._keys[n].as_py())
        own: dict[int, bool] = {}
        while at < len(self._keys) and self._keys[at].as_py() == key:
            row = self._rows[at].as_py()
            own[row] = own.get(row, False) or self._is_own[at].as_py()
            at += 1
        yield from own.items()

    def _read(self, row: int, *, is_own: bool) -> Place:
        values = {name: column[row].as_py() for name, column in zip(_COLUMNS, self._columns, strict=True)}
        return Place(**values, is_own_name=is_own)


def _is_metropolis(place: Place, key: str) -> bool:
    """ "New York City" is New York by its own name; Oklahoma City is not Oklahoma."""
    return place.population >= _METROPOLIS and fold_place(place.name) == f"{key} city"


def _is_same(area: Place, place: Place) -> bool:
    """Whether an area of the reference data is a place of the gazetteer: of the same class, in the same country."""
    feature = area.feature or ""
    return place.country == area.country and (place.feature or "")[:1] == feature[:1]


def _spell(key: str) -> Sequence[str]:
    """The other spellings under which a folded name may be listed."""
    forms = []
    for long, short in _VARIANTS:
        if key.startswith(long):
            forms.append(short + key[len(long) :])
        elif key.startswith(short):
            forms.append(long + key[len(short) :])
    return forms


def _list_countries(resources: Resources) -> Iterator[Place]:
    ids = dict(iter_rows(resources.country_ids, "country", "geonames_id"))
    columns = ("country", "name", "latitude", "longitude")
    for country, name, latitude, longitude in iter_rows(resources.reference["countries"], *columns):
        yield Place(ids.get(country), name, country, None, None, latitude, longitude, 0, "A.PCLI")


def _list_continents(resources: Resources) -> Iterator[Place]:
    columns = ("geonames_id", "name", "latitude", "longitude")
    for geonames_id, name, latitude, longitude in iter_rows(resources.continents, *columns):
        yield Place(geonames_id, name, None, None, None, latitude, longitude, 0, "L.CONT", weight=_AREA)


def _list_areas(resources: Resources) -> Iterator[Place]:
    columns = ("name", "country", "latitude", "longitude", "feature", "kind")
    for name, country, latitude, longitude, feature, kind in iter_rows(resources.reference["name_places"], *columns):
        if latitude is not None:
            weight = _CITY_PART if kind == "city_part" else _AREA
            yield Place(None, name, country, None, None, latitude, longitude, 0, feature, weight=weight)


@lru_cache(maxsize=4)
def _build(resources: Resources) -> Gazetteer:
    return Gazetteer(resources)
