"""What the transforms are handed: reference data, gazetteers, a language detector."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

CITIES_SCHEMA: pa.Schema = pa.schema(
    {  # type: ignore[arg-type]  # the stubs want one type for all columns
        "geonames_id": pa.int64(),
        "name": pa.string(),
        "other_names": pa.list_(pa.string()),
        "country": pa.string(),  # ISO 3166-1 alpha-3
        "region": pa.string(),  # first-order division, as GeoNames codes it
        "population": pa.int64(),
    }
)
"""The gazetteer of datelines: GeoNames places from 15,000 inhabitants up."""

GAZETTEER_SCHEMA: pa.Schema = pa.schema(
    {  # type: ignore[arg-type]  # as above
        "geonames_id": pa.int64(),
        "name": pa.string(),
        "other_names": pa.list_(pa.string()),
        "country": pa.string(),  # ISO 3166-1 alpha-3
        "region": pa.int64(),  # GeoNames id of the first-order division that holds it, or that it is
        "district": pa.int64(),  # the same of the second order
        "latitude": pa.float64(),  # degrees (WGS 84)
        "longitude": pa.float64(),
        "population": pa.int64(),  # of a division that of its towns
        "feature": pa.string(),  # class and code of GeoNames: P.PPL, A.ADM1, A.ADM2
        "code": pa.string(),  # ISO 3166-2 code of a division
    }
)
"""The gazetteer of places: populated places from 500 inhabitants up, and divisions of the first and second order."""

COUNTRY_IDS_SCHEMA: pa.Schema = pa.schema({"country": pa.string(), "geonames_id": pa.int64()})  # type: ignore[arg-type]
"""GeoNames ids of countries."""

CONTINENTS_SCHEMA: pa.Schema = pa.schema(
    {"geonames_id": pa.int64(), "name": pa.string(), "latitude": pa.float64(), "longitude": pa.float64()}  # type: ignore[arg-type]
)
"""Continents by GeoNames."""

FIRST_NAMES_SCHEMA: pa.Schema = pa.schema({"name": pa.string(), "gender": pa.string()})
"""First names of many languages in Latin letters; `gender` is `m`, `f`, or null where either."""

TagScores = tuple[tuple[str, float], ...]
"""Tags that a word may have, the likeliest first, with the natural logarithm of the likelihood."""

TagSequences = Mapping[tuple[str, str], Mapping[str, float]]
"""For two tags, the natural logarithm of how likely each tag is to follow; `("", "^")` stands before a sentence."""


@dataclass(frozen=True, eq=False)
class Resources:
    """Reference and package data, loaded once a process and handed to every transform.

    `reference` has a table for each file of `seeds/reference`, by its stem. `cities` is of `CITIES_SCHEMA`, `gazetteer`
    of `GAZETTEER_SCHEMA`, `country_ids` of `COUNTRY_IDS_SCHEMA`, `continents` of `CONTINENTS_SCHEMA`, `first_names` of
    `FIRST_NAMES_SCHEMA`. `detect_language` gives an ISO 639-1 code and how sure it is (0 to 1).
    `tag_word` gives the parts of speech (tags of CLAWS C5) that an English word may have, by itself; `tag_priors`
    says how likely each tag is (a natural logarithm, which the scores of `tag_word` hold), `tag_sequences` which
    tags follow which; `lemmatise` gives the dictionary form of a word with a given tag.
    `word_frequency` gives for a word and an ISO 639-1 code how often it occurs in a billion words of the language, as
    a logarithm to base ten (the Zipf scale); 0 for one that is not known.
    """

    reference: Mapping[str, pa.Table]
    cities: pa.Table
    gazetteer: pa.Table
    country_ids: pa.Table
    continents: pa.Table
    detect_language: Callable[[str], tuple[str, float]]
    first_names: pa.Table
    tag_word: Callable[[str], TagScores]
    tag_priors: Mapping[str, float]
    tag_sequences: TagSequences
    lemmatise: Callable[[str, str], str]
    word_frequency: Callable[[str, str], float]
