from __future__ import annotations

from typing import Any

import pytest

from flows.extract.fields import _READERS, ALIASES, HTML_NAMES, TEXT_NAMES, Plan, Planner, normalise_name


def collect(values: dict[str, Any]) -> dict[str, Any]:
    import orjson

    fields: dict[str, Any] = orjson.loads(Plan(tuple(values)).collect(values, is_markup=False))
    return fields


def test_names_of_news_please_are_understood() -> None:
    values = {
        "authors": ["Ann Writer"],
        "date_download": "2022-01-11 09:00:00",
        "date_modify": None,
        "date_publish": "2022-01-10 18:30:00",
        "description": "Envoys meet.",
        "filename": "talks.json",
        "language": "en",
        "maintext": "Envoys met.",
        "source_domain": "daily.example",
        "title": "Talks resume",
        "title_page": "Talks resume | Daily",
        "url": "https://daily.example/talks",
    }
    assert collect(values) == {
        "authors": ["Ann Writer"],
        "fetched_at": "2022-01-11 09:00:00",
        "language": "en",
        "published_at": "2022-01-10 18:30:00",
        "publisher": "daily.example",
        "title": "Talks resume",
        "url": "https://daily.example/talks",
    }
    assert Plan(tuple(values)).content_keys == (("maintext", False),)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # trafilatura: `source` is the page
        (
            {"author": "A B", "hostname": "d.example", "date": "2022-01-10", "source": "https://d.example/1"},
            {
                "authors": ["A B"],
                "publisher": "d.example",
                "published_at": "2022-01-10",
                "url": "https://d.example/1",
            },
        ),
        # NewsAPI: `source` is the publisher
        (
            {
                "source": {"id": None, "name": "Daily"},
                "publishedAt": "2022-01-10T18:00:00Z",
                "url": "https://d.example",
            },
            {"publisher": "Daily", "published_at": "2022-01-10T18:00:00Z", "url": "https://d.example"},
        ),
        # schema.org
        (
            {
                "headline": "Talks",
                "author": [{"@type": "Person", "name": "A B"}, {"name": "C D"}, {"name": "A B"}],
                "publisher": {"name": "Daily"},
                "dateModified": "2022-01-11",
                "inLanguage": "en",
            },
            {
                "title": "Talks",
                "authors": ["A B", "C D"],
                "publisher": "Daily",
                "modified_at": "2022-01-11",
                "language": "en",
            },
        ),
        # MongoDB
        (
            {"_id": {"$oid": "61dc"}, "published": {"$date": 1641839400000}},
            {"id": "61dc", "published_at": "1641839400000"},
        ),
    ],
)
def test_names_of_other_sources_are_understood(values: dict[str, Any], expected: dict[str, Any]) -> None:
    assert collect(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"headline": "B", "title": "A"}, {"title": "A"}),
        ({"headline": "B", "title": "  "}, {"title": "B"}),
        ({"headline": "B", "title": "null"}, {"title": "B"}),
        ({"headline": "B", "title": ["A"]}, {"title": "B"}),
        ({"TITLE": "B", "title": "A"}, {"title": "A"}),
        ({"Publish-Date": "2022"}, {"published_at": "2022"}),
        ({"title": "  A\nB  "}, {"title": "A\nB"}),
        ({"id": 7}, {"id": "7"}),
        ({"id": 7.0}, {"id": "7"}),
        ({"id": True}, {}),
        ({"id": "None", "language": "NaN", "url": "N/A"}, {}),
        ({"published_at": 1641839400}, {"published_at": "1641839400"}),
        ({"published_at": 1641839400.5}, {"published_at": "1641839400.5"}),
        ({"published_at": float("nan")}, {}),
        ({"published_at": ""}, {}),
        ({"authors": []}, {}),
        ({"authors": ["", None, 3, " A B "]}, {"authors": ["A B"]}),
        ({"authors": "A B and C D"}, {"authors": ["A B and C D"]}),
        ({"uri": "8123"}, {}),
        ({"url": "daily.example/1"}, {"url": "daily.example/1"}),
        ({"publisher": "https://daily.example", "domain": "daily.example"}, {"publisher": "daily.example"}),
    ],
)
def test_the_first_usable_value_is_taken(values: dict[str, Any], expected: dict[str, Any]) -> None:
    assert collect(values) == expected


def test_the_tables_of_names_are_sound() -> None:
    assert set(ALIASES) == set(_READERS)
    for canonical, names in {**ALIASES, "text": TEXT_NAMES, "html": HTML_NAMES}.items():
        assert names[0] == canonical
        assert len(set(names)) == len(names)
        assert [normalise_name(name) for name in names] == list(names)


def test_plans_kept_are_bounded() -> None:
    planner = Planner()
    for number in range(2000):
        planner.find({"text": "", f"k{number}": ""})
        planner.find({"text": "", "k" * 3000 + str(number): ""})
    assert len(planner._plans) <= 256
    assert all(sum(map(len, keys)) <= 2000 for keys in planner._plans)
