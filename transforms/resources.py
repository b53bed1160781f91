"""What the transforms are handed: reference data, a gazetteer, a language detector."""

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


@dataclass(frozen=True, eq=False)
class Resources:
    """Reference and package data, loaded once a process and handed to every transform.

    `reference` has a table for each file of `seeds/reference`, by its stem; `cities` is of `CITIES_SCHEMA`;
    `detect_language` gives an ISO 639-1 code and how sure it is (0 to 1).
    """

    reference: Mapping[str, pa.Table]
    cities: pa.Table
    detect_language: Callable[[str], tuple[str, float]]
