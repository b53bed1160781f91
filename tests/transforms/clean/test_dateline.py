from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from transforms.clean.dateline import PrintedDay, first_day_after, nearest_year

COPY = " Officials said on Monday that the old bridge would stay closed until the end of the winter."


@pytest.mark.parametrize(
    ("printed", "place", "country", "day", "agency"),
    [
        ("MOSCOW, Dec 2 (Reuters) –", "Moscow", "RUS", "2020-12-02", "Reuters"),
        ("MOSCOW/KYIV, Jan 26 (Reuters) -", "Moscow / Kyiv", "RUS", "2021-01-26", "Reuters"),
        ("LONDON (Reuters) -", "London", "GBR", None, "Reuters"),
        ("(Reuters) -", None, None, None, "Reuters"),
        ("March 5 (Reuters) -", None, None, "2021-03-05", "Reuters"),
        ("WASHINGTON (AP) —", "Washington", "USA", None, "AP"),
        ("PORTLAND, Ore. (AP) —", "Portland, Ore.", "USA", None, "AP"),
        ("BEIRUT, Lebanon (AP) --", "Beirut, Lebanon", "LBN", None, "AP"),
        ("CANBERRA, Australia (AP)_", "Canberra, Australia", "AUS", None, "AP"),
        ("Paris (AFP) –", "Paris", "FRA", None, "AFP"),
        ("BEIJING, Jan. 4 (Xinhua) --", "Beijing", "CHN", "2021-01-04", "Xinhua"),
        ("MOSCOW, January 17. /TASS/.", "Moscow", "RUS", "2021-01-17", "TASS"),
        ("Berlin (dpa) -", "Berlin", "DEU", None, "dpa"),
        ("Madrid, 7 ene (EFE).-", "Madrid", "ESP", "2021-01-07", "EFE"),
        ("Jan. 10 (UPI) --", None, None, "2021-01-10", "UPI"),
        ("WASHINGTON, Jan. 10 (UPI) --", "Washington", "USA", "2021-01-10", "UPI"),
        ("TOKYO, Jan. 12 (Kyodo) -", "Tokyo", "JPN", "2021-01-12", "Kyodo"),
        ("NEW DELHI, Jan 5 (PTI)", "New Delhi", "IND", "2021-01-05", "PTI"),
        ("(ANSA) - ROME, JAN 29 -", "Rome", "ITA", "2021-01-29", "ANSA"),
        ("WASHINGTON, Dec. 7, 2020 (AP) --", "Washington", "USA", "2020-12-07", "AP"),
        ("GENEVA, 10 January 2021 (AFP) -", "Geneva", "CHE", "2021-01-10", "AFP"),
        ("LAGOS —", "Lagos", "NGA", None, None),
        ("NEW DELHI:", "New Delhi", "IND", None, None),
        ("ATLANTA, Ga., March 3 -", "Atlanta, Ga.", "USA", "2021-03-03", None),
        ("RIO DE JANEIRO, March 3 -", "Rio de Janeiro", "BRA", "2021-03-03", None),
        ("WASHINGTON, D.C., March 3 -", "Washington, D.C.", "USA", "2021-03-03", None),
        ("ST. LOUIS, Mo., March 3 -", "St. Louis, Mo.", "USA", "2021-03-03", None),
        ("PORT-AU-PRINCE, March 3 -", "Port-au-Prince", "HTI", "2021-03-03", None),
        ("McALLEN, Texas, MArch 3 -", "McAllen, Texas", "USA", "2021-03-03", None),
        ("SANTO DOMINGO, Mar 3 -", "Santo Domingo", "DOM", "2021-03-03", None),
        ("PORT ARTHUR, Tex., Apri 3 -", "Port Arthur, Tex.", "USA", "2021-04-03", None),
        ("MANILA, April 1, Reuter -", "Manila", "PHL", "2021-04-01", "Reuters"),
        ("LENINGRAD, March 3 -", "Leningrad", "RUS", "2021-03-03", None),
        ("BONN, Feb 30 -", "Bonn", "DEU", None, None),
    ],
)
def test_styles(
    clean_text: Callable[..., Any],
    printed: str,
    place: str | None,
    country: str | None,
    day: str | None,
    agency: str | None,
) -> None:
    cleaned = clean_text(f"Bridge to stay closed\n\n{printed}{COPY}", published_at="2021-01-20")
    row = cleaned.tables["articles"].to_pylist()[0]
    found = (row["dateline_place"], row["dateline_country"], row["dateline_on"], row["agency"])
    assert found == (place, country, date.fromisoformat(day) if day else None, agency)
    blocks = [(b["kind"], b["text"], b["paragraph_no"]) for b in cleaned.tables["blocks"].to_pylist()]
    assert blocks[1:] == [("dateline", printed, 1), ("body", COPY.strip(), 1)]


@pytest.mark.parametrize(
    "copy",
    [
        "NATO - the alliance of thirty states - has said nothing of it.",
        "BREAKING - the old bridge is closed, officials said on Monday.",
        "The mayor - a former teacher - opened the bridge in March.",
        "But unless it rains in Jordan -- and it will not -- the well is dry.",
        "On March 3 - a Sunday - the bridge was closed.",
    ],
)
def test_copy_that_is_no_dateline(kinds: Callable[..., Any], copy: str) -> None:
    assert ("body", copy) in kinds(f"Bridge to stay closed\n\n{copy}{COPY}\n\n{copy}")


def test_headline_with_a_day_is_no_dateline(article: Callable[..., Any]) -> None:
    row = article(f"EXAMPLE OIL TO SIGN REFINERY DEAL MARCH 17\n\n    CARACAS, March 5 -{COPY}")
    assert row["dateline_place"] == "Caracas"
    assert row["headline"] == "EXAMPLE OIL TO SIGN REFINERY DEAL MARCH 17"


def test_nearest_year_crosses_new_year() -> None:
    assert nearest_year(PrintedDay(12, 31, None), date(2022, 1, 2)) == date(2021, 12, 31)
    assert nearest_year(PrintedDay(1, 2, None), date(2021, 12, 31)) == date(2022, 1, 2)
    assert nearest_year(PrintedDay(2, 29, None), date(2021, 3, 1)) == date(2020, 2, 29)
    assert nearest_year(PrintedDay(2, 30, None), date(2021, 3, 1)) is None


def test_first_day_after() -> None:
    assert first_day_after(PrintedDay(12, 2, None), date(2021, 11, 22), 60) == date(2021, 12, 2)
    assert first_day_after(PrintedDay(1, 2, None), date(2021, 12, 22), 60) == date(2022, 1, 2)
    assert first_day_after(PrintedDay(12, 2, None), date(2021, 3, 1), 60) is None
