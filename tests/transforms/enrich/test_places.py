"""Toponyms: which names are places, which of their namesakes is meant, and where it lies."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.enrich.helpers import make_article, make_lines
from transforms.enrich.names import NameRules
from transforms.enrich.places import PlaceRules, ResolvedPlace
from transforms.enrich.places.gazetteer import Gazetteer
from transforms.enrich.places.home import HomeRules
from transforms.language.toponyms import fold_place, fold_places
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind, ToponymSense

Found = dict[str, ResolvedPlace]


def find(resources: Resources, *sentences: str, url: str | None = None) -> Found:
    """The last place of each text."""
    article = replace(make_article(resources, sentences), url=url)
    mentions = NameRules.build(resources).find(article)
    places = PlaceRules.build(resources).find(article, mentions)
    return {article.text[p.start : p.end]: p for p in places}


def where(found: Found, text: str) -> tuple[str | None, str]:
    """Country and name of what a text was resolved to."""
    return found[text].place.country, found[text].place.name


@pytest.mark.parametrize(
    ("sentences", "text", "expected"),
    [
        (["Two people were hurt in Paris on Friday."], "Paris", ("FRA", "Paris")),
        (["Two people were hurt in Paris, Texas, on Friday."], "Paris", ("USA", "Paris")),
        (["The talks in Geneva went on.", "U.S. envoys flew back to Washington."], "Geneva", ("CHE", "Geneva")),
        (["The minister flew to Kyiv on Friday."], "Kyiv", ("UKR", "Kyiv")),
        (["The army said that Donetsk was shelled.", "Fires burned in Donetsk."], "Donetsk", ("UKR", "Donetsk")),
        (["A judge in New York ruled on Friday."], "New York", ("USA", "New York City")),
        (["Shops closed in London and Manchester."], "London", ("GBR", "London")),
        (["Floods hit London, Ontario, on Friday."], "London", ("CAN", "London")),
        (["Rain fell across Oklahoma on Friday."], "Oklahoma", ("USA", "Oklahoma")),
    ],
)
def test_a_name_means_what_the_article_tells(
    resources: Resources, sentences: list[str], text: str, expected: tuple[str, str]
) -> None:
    assert where(find(resources, *sentences), text) == expected


def test_a_dateline_lies_in_the_state_behind_it_or_nowhere(resources: Resources) -> None:
    for state, name in (("Calif.", "Oroville"), ("Colo.", None)):  # which some called Ophir; Colorado's is too small
        article = make_lines(
            resources, (BlockKind.DATELINE, f"OPHIR, {state}, March 16 -"), (BlockKind.BODY, "It fell.")
        )
        article = replace(article, dateline_country="USA")
        places = PlaceRules.build(resources).find(article, NameRules.build(resources).find(article))
        found = {article.text[p.start : p.end]: p.place.name for p in places}
        assert found.get("OPHIR") == name
        assert found[state] in {"California", "Colorado"}


def test_a_name_has_one_sense_in_an_article(resources: Resources) -> None:
    found = find(resources, "A storm hit Paris, Texas, on Friday.", "In Paris roofs were torn off.")
    assert where(found, "Paris") == ("USA", "Paris")


def test_neighbours_speak_for_one_another(resources: Resources) -> None:
    alone = find(resources, "The road to Lebanon was shut.")
    assert alone["Lebanon"].place.country == "LBN"
    found = find(
        resources,
        "The road from Nashville to Lebanon was shut.",
        "Crews from Murfreesboro, Tennessee, and Mount Juliet cleared it.",
    )
    assert found["Lebanon"].place.country == "USA"


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("Crimea", 45.3, 34.4),
        ("Donbas", 48.0, 38.0),
        ("West Bank", 32.0, 35.25),
        ("Sahel", 15.0, 5.0),
        ("South China Sea", 14.0, 114.0),
        ("Strait of Hormuz", 26.5, 56.4),
        ("Nagorno-Karabakh", 39.9, 46.7),
        ("Texas", 31.3, -98.5),
        ("Stockholm", 59.33, 18.07),
    ],
)
def test_places_lie_where_they_lie(resources: Resources, text: str, latitude: float, longitude: float) -> None:
    found = find(resources, f"Ships and troops were seen near the {text} on Monday.", f"Trade in {text} fell.")
    place = found[text].place
    assert place.latitude == pytest.approx(latitude, abs=3.0)
    assert place.longitude == pytest.approx(longitude, abs=6.0 if text == "Sahel" else 3.0)


def test_a_capital_that_acts_is_no_place(resources: Resources) -> None:
    found = find(resources, "Moscow denied the charge.", "Paris called for calm.")
    assert found == {}


@pytest.mark.parametrize(
    "sentences",
    [
        ["Michael Jordan scored 40 points.", "Jordan said that he was tired."],
        ["Denzel Washington won a prize.", "Washington thanked his wife."],
        ["It was a nice day.", "Reading the report took hours."],
        ["The University of Paris closed."],
        ["The London Stock Exchange fell."],
    ],
)
def test_names_of_people_and_bodies_and_words_are_no_places(resources: Resources, sentences: list[str]) -> None:
    assert find(resources, *sentences) == {}


@pytest.mark.parametrize("name", ["Reading", "Nice", "Bath", "Jordan", "Washington"])
def test_the_same_names_are_places_where_something_is(resources: Resources, name: str) -> None:
    assert find(resources, f"Three people were hurt in {name} on Monday.")[name].sense is ToponymSense.LITERAL


def test_a_page_of_hundreds_of_names_is_resolved(resources: Resources) -> None:
    names = [name for name in resources.cities["name"].to_pylist()[:600] if name is not None and name.isalpha()]
    found = find(resources, *(f"Rain fell in {name}." for name in names))
    assert len(found) > 250


def test_states_are_places_only_where_something_is(resources: Resources) -> None:
    found = find(resources, "Poland backed the plan.", "Thousands marched in Hungary.")
    assert found["Poland"].sense is ToponymSense.ASSOCIATIVE
    assert found["Hungary"].sense is ToponymSense.LITERAL


@pytest.mark.parametrize(
    ("sentence", "text", "sense"),
    [
        ("The blast was heard in Stockholm, Sweden.", "Sweden", ToponymSense.LITERAL),
        ("It was felt in Lebanon and Cyprus.", "Cyprus", ToponymSense.LITERAL),
        ("The Geneva talks ended.", "Geneva", ToponymSense.ASSOCIATIVE),
        ("Tonga's main airport is shut.", "Tonga", ToponymSense.LITERAL),
        ("Tonga's parliament met.", "Tonga", ToponymSense.ASSOCIATIVE),
    ],
)
def test_literal_and_associative(resources: Resources, sentence: str, text: str, sense: ToponymSense) -> None:
    assert find(resources, sentence)[text].sense is sense


def test_a_noun_asks_for_the_division(resources: Resources) -> None:
    city = find(resources, "Shells fell in Aleppo.")["Aleppo"].place
    province = find(resources, "Shells fell in Aleppo province.")["Aleppo"].place
    assert (city.feature, province.feature) == ("P.PPL", "A.ADM1")


def test_home_is_read_from_the_address_and_the_name(resources: Resources) -> None:
    homes = HomeRules(resources, Gazetteer.build(resources))
    assert homes.find("https://www.example.co.uk/news/1", None).country == "GBR"
    assert homes.find("https://example.ie/a", None).country == "IRL"
    assert homes.find("https://example.tv/a", None).country is None
    assert homes.find("http://[broken", None).country is None
    assert homes.find("https://springfieldherald.example/a", None).town == "springfield"
    assert homes.find(None, "The Springfield Herald").town == "springfield"
    assert homes.find(None, "The Herald").town is None


def test_publishers_lead_to_their_city(resources: Resources) -> None:
    homes = HomeRules(resources, Gazetteer.build(resources))
    unknown = [
        row["domain"]
        for row in resources.reference["publishers"].to_pylist()
        if homes.find(f"https://www.{row['domain']}/x", None).place is None
    ]
    assert len(unknown) <= 0.02 * resources.reference["publishers"].num_rows, unknown


@given(st.lists(st.text(alphabet="aÉıßñ .'’-–()ŁłZz/", max_size=12), min_size=1, max_size=5))
def test_names_are_folded_alike_one_by_one_and_in_columns(names: list[str]) -> None:
    assert fold_places(pa.array(names, pa.string())).to_pylist() == [fold_place(name) for name in names]


def test_every_place_of_the_reference_data_is_found(resources: Resources) -> None:
    gazetteer = Gazetteer.build(resources)
    rows = [row for row in resources.reference["name_places"].to_pylist() if row["latitude"] is not None]
    lost = [row["name"] for row in rows if not any(place.is_area for place in gazetteer.find(row["name"]))]
    assert lost == []
