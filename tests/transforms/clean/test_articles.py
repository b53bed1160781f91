from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

COPY = "Officials in Exampleville said on Monday that the old bridge would be closed until the end of the winter."


@pytest.mark.parametrize(
    ("above", "fields", "at", "precision", "basis"),
    [
        ("", {"published_at": "2021-12-02T10:00:00+02:00"}, "2021-12-02 08:00:00", "second", "metadata"),
        ("", {"published_at": "Thu, 02 Dec 2021 10:00:00 -0500"}, "2021-12-02 15:00:00", "second", "metadata"),
        ("", {"published_at": "1638439200"}, "2021-12-02 10:00:00", "second", "metadata"),
        ("", {"published_at": "1638439200000"}, "2021-12-02 10:00:00", "second", "metadata"),
        ("", {"published_at": "December 2, 2021"}, "2021-12-02 00:00:00", "day", "metadata"),
        ("", {"published_at": "2 de diciembre de 2021"}, "2021-12-02 00:00:00", "day", "metadata"),
        ("", {"published_at": "20211202"}, "2021-12-02 00:00:00", "day", "metadata"),
        ("", {"published_at": "2021-12"}, "2021-12-01 00:00:00", "month", "metadata"),
        ("", {"published_at": "2021"}, "2021-01-01 00:00:00", "year", "metadata"),
        ("Dec. 2, 2021, 10:23 a.m. EST\n\n", {}, "2021-12-02 15:23:00", "second", "timestamp"),
        (
            "Published 10:23 BST, 2 June 2021 | Updated 11:00 BST, 3 June 2021\n\n",
            {},
            "2021-06-02 09:23:00",
            "second",
            "timestamp",
        ),
        ("2 December 2021\n\n", {}, "2021-12-02 00:00:00", "day", "timestamp"),
        ("", {"url": "https://www.example.org/2021/12/02/bridge"}, "2021-12-02 00:00:00", "day", "url"),
        ("", {"url": "https://www.example.org/bridge-20211202"}, "2021-12-02 00:00:00", "day", "url"),
        ("", {"url": "https://www.example.org/idUSKBN2IH0XX"}, "None", None, None),
        ("", {"published_at": "soon"}, "None", None, None),
        ("", {}, "None", None, None),
    ],
)
def test_published_at(
    article: Callable[..., Any], above: str, fields: dict[str, str], at: str, precision: str | None, basis: str | None
) -> None:
    row = article(f"Bridge to close\n\n{above}{COPY}", **fields)
    assert (str(row["published_at"]), row["published_precision"], row["published_basis"]) == (at, precision, basis)


CAPTION = "A ferry is seen in Exampleville, Ireland, November 22, 2021. REUTERS/Jo Sample\n\n"
OLD_CAPTION = "FILE PHOTO: A ferry is seen in Exampleville, Ireland, November 22, 2019. REUTERS/Jo Sample\n\n"


@pytest.mark.parametrize(
    ("dateline", "above", "tail", "fields", "day", "basis"),
    [
        ("DUBLIN, Dec. 2, 2021 (AP) -", "", "", {}, "2021-12-02", "dateline"),
        ("DUBLIN, Dec 2 (Reuters) -", CAPTION, " It was built on May 1, 2009.", {}, "2021-12-02", "caption"),
        ("DUBLIN, Dec 2 (Reuters) -", OLD_CAPTION + CAPTION, "", {}, "2021-12-02", "caption"),
        ("DUBLIN, Dec 2 (Reuters) -", OLD_CAPTION, "", {}, None, None),
        ("DUBLIN, March 2 (Reuters) -", CAPTION, "", {}, None, None),
        ("DUBLIN, Dec 2 (Reuters) -", "", " It will open on January 5, 2022.", {}, "2021-12-02", "text"),
        ("DUBLIN, Dec 2 (Reuters) -", CAPTION, "", {"url": "https://x.example/2020/12/03/a"}, "2020-12-02", "url"),
        ("DUBLIN, Dec 31 (Reuters) -", CAPTION, "", {"published_at": "2021-01-01"}, "2020-12-31", "metadata"),
    ],
)
def test_year_of_the_dateline(
    article: Callable[..., Any],
    dateline: str,
    above: str,
    tail: str,
    fields: dict[str, str],
    day: str | None,
    basis: str | None,
) -> None:
    row = article(f"Bridge to close\n\n{above}{dateline} {COPY}{tail}", **fields)
    assert (row["dateline_on"], row["published_basis"]) == (date.fromisoformat(day) if day else None, basis)


def test_modified_at(article: Callable[..., Any]) -> None:
    row = article(f"Bridge to close\n\nUpdated January 12, 2022 10:23am EST\n\n{COPY}")
    assert row["modified_at"] == datetime(2022, 1, 12, 15, 23)
    assert article(COPY, modified_at="2022-01-13")["modified_at"] == datetime(2022, 1, 13)


@pytest.mark.parametrize(
    ("text", "fields", "authors"),
    [
        (f"Bridge\n\nBy Jane Example and Jo van Sample\n\n{COPY}", {}, ["Jane Example", "Jo van Sample"]),
        (f"Bridge\n\nBy Jane Example Associated Press\n\n{COPY}", {}, ["Jane Example"]),
        (
            f"{COPY}\n\n(Reporting by Jane Example in Lagos and Jo Sample; Editing by Al Other)",
            {},
            ["Jane Example", "Jo Sample"],
        ),
        (f"Bridge\n\nBy Reuters Staff\n\n{COPY}", {}, []),
        (COPY, {"authors": ["A. One", "B. Two", "A. One"]}, ["A. One", "B. Two"]),
        (COPY, {"authors": "By Jane Example and Jo Sample"}, ["Jane Example", "Jo Sample"]),
    ],
)
def test_authors(article: Callable[..., Any], text: str, fields: dict[str, Any], authors: list[str]) -> None:
    assert article(text, **fields)["authors"] == authors


@pytest.mark.parametrize(
    ("text", "fields", "agency", "publisher"),
    [
        (f"Bridge\n\n{COPY}\n\n© 2021 The Associated Press. All rights reserved.", {}, "AP", None),
        (f"Bridge\n\n{COPY}\n\n© 2021 Thomson Reuters.", {"publisher": "Example Post"}, "Reuters", "Example Post"),
        (f"Bridge\n\n{COPY}\n\nEnditem", {}, "Xinhua", None),
        (f"Bridge\n\n{COPY}", {"url": "https://www.example.org/a"}, None, "example.org"),
        (f"Bridge\n\n{COPY}", {"url": "http://[bad"}, None, None),
    ],
)
def test_agency_and_publisher(
    article: Callable[..., Any], text: str, fields: dict[str, str], agency: str | None, publisher: str | None
) -> None:
    row = article(text, **fields)
    assert (row["agency"], row["publisher"]) == (agency, publisher)


@pytest.mark.parametrize(
    ("text", "title", "is_correction"),
    [
        (f"(Corrects name of mayor in first paragraph)\n\n{COPY}", "Bridge to close", True),
        (COPY, "CORRECTED-Bridge to close", True),
        (f"{COPY}\n\nThis story has been corrected to show that the bridge is old.", "Bridge to close", True),
        (f"{COPY}\n\nThe mayor corrected his speech.", "Bridge to close", False),
        (COPY, "Correctional officers strike", False),
    ],
)
def test_is_correction(article: Callable[..., Any], text: str, title: str, is_correction: bool) -> None:
    assert article(text, title=title)["is_correction"] is is_correction


def test_language(article: Callable[..., Any]) -> None:
    german = "Die alte Brücke wird im Winter gesperrt, wie das Hafenamt am Montag in der Stadt mitteilte."
    assert (article(german)["language"], article(german)["is_enriched"]) == ("de", False)
    assert (article(COPY)["language"], article(COPY)["is_enriched"]) == ("en", True)
    assert article(german, language="English")["language"] == "en"
    assert article("12 34 56")["language"] is None
