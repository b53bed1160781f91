from __future__ import annotations

import pytest

from transforms.clean.places import PlaceIndex
from transforms.resources import Resources
from transforms.tables import group_words


@pytest.fixture(scope="module")
def places(resources: Resources) -> PlaceIndex:
    return PlaceIndex(resources, group_words(resources.reference["cue_words"], "cue")["place_small_word"])


@pytest.mark.parametrize(
    ("printed", "ordinary"),
    [
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("PORT-AU-PRINCE", "Port-au-Prince"),
        ("COEUR D'ALENE", "Coeur d'Alene"),
        ("O'FALLON", "O'Fallon"),
        ("McALLEN", "McAllen"),
        ("ST. PAUL", "St. Paul"),
        ("N'DJAMENA", "N'Djamena"),
        ("SAO PAULO", "Sao Paulo"),
        ("Sharm el-Sheikh", "Sharm el-Sheikh"),
        ("NOWHERE ON THE WATER", "Nowhere on the Water"),
    ],
)
def test_ordinary_case(places: PlaceIndex, printed: str, ordinary: str) -> None:
    assert places.put_in_ordinary_case(printed) == ordinary


@pytest.mark.parametrize(
    ("place", "areas", "country"),
    [
        ("PARIS", [], "FRA"),
        ("PARIS", ["Texas"], "USA"),
        ("ATLANTA", ["Georgia"], "USA"),
        ("TBILISI", ["Georgia"], "GEO"),
        ("KIEV", [], "UKR"),
        ("DONETSK", [], "UKR"),
        ("PRISTINA", [], "XKX"),
        ("NOWHERE", ["B.C."], "CAN"),
        ("NOWHERE", [], None),
    ],
)
def test_country(places: PlaceIndex, place: str, areas: list[str], country: str | None) -> None:
    assert places.find_country(place, areas) == country
