from __future__ import annotations

from datetime import date

import pytest

from flows.resources import load_reference
from transforms.language.dates import Calendar, make_day

CALENDAR = Calendar(load_reference()["months"], load_reference()["time_zones"])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Built on March 3, 2021, and closed on 4 April 2022.", [date(2021, 3, 3), date(2022, 4, 4)]),
        ("el 3 de diciembre de 2021", [date(2021, 12, 3)]),
        ("am 3. März 2021", [date(2021, 3, 3)]),
        ("le 1er août 2021", [date(2021, 8, 1)]),
        ("2021-03-03 and 2021/03/04", [date(2021, 3, 3), date(2021, 3, 4)]),
        ("Sept. 3rd, 2021", [date(2021, 9, 3)]),
        ("03.04.2021", [date(2021, 4, 3)]),
        ("13/04/2021 and 04/13/2021 but not 03/04/2021", [date(2021, 4, 13), date(2021, 4, 13)]),
        ("February 30, 2021", []),
        ("in 2021 it rained", []),
    ],
)
def test_full_dates(text: str, days: list[date]) -> None:
    assert [found.day for found in CALENDAR.find_full_dates(text)] == days


def test_spans_of_full_dates() -> None:
    text = "Closed on 4 April 2022."
    [found] = CALENDAR.find_full_dates(text)
    assert text[found.start : found.end] == "4 April 2022"


@pytest.mark.parametrize(("word", "month"), [("MArch", 3), ("Mrach", 3), ("Apri", 4), ("Decembr", 12), ("Foo", None)])
def test_misprinted_months(word: str, month: int | None) -> None:
    assert CALENDAR.guess_month(word) == month


def test_days_that_do_not_exist() -> None:
    assert make_day(2021, 2, 30) is None
    assert make_day(900, 1, 1) is None


@pytest.mark.parametrize("value", ["", "x" * 200, "99999999999999999999", "2021-13-45T00:00:00Z", "tomorrow"])
def test_values_that_are_no_date(value: str) -> None:
    assert CALENDAR.read_instant(value) is None
