"""Days of holidays, by rule and year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from holidays.calendars.buddhist import _BuddhistLunisolar
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hebrew import _HebrewLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar

from transforms.tables import iter_rows

_FIXED = re.compile(r"(\d\d)-(\d\d)$")
_NTH = re.compile(r"(\d\d)-(-?\d)-(\d)$")
_MOVABLE = re.compile(r"(easter|pascha|thanksgiving)([+-]\d+)$")
_ELECTION = "election"
_CALENDARS: dict[str, Any] = {
    # not what the package shows first, which is holidays by country; its version is pinned
    "islamic": _IslamicLunar(),
    "hebrew": _HebrewLunisolar(),
    "chinese": _ChineseLunisolar(),
    "hindu": _HinduLunisolar(),
    "buddhist": _BuddhistLunisolar(),
}
_TABULATED = re.compile(rf"({'|'.join(_CALENDARS)})\.(\w+)([+-]\d+)$")
_SAMPLE_YEAR = 2021


class _Holiday(NamedTuple):
    rule: str
    until: str | None
    first_year: int | None


class Holidays:
    """The named days of the reference data."""

    def __init__(self, holidays: pa.Table) -> None:
        self._holidays: dict[str, _Holiday] = {}
        columns = ("name", "other_names", "rule", "until", "first_year")
        for name, others, rule, until, first_year in iter_rows(holidays, *columns):
            for each in filter(None, (rule, until)):  # a rule that cannot be read fails here, not in an article
                if _find_day(each, _SAMPLE_YEAR) is None:
                    raise ValueError(f"holidays: {each!r} gives no day; the head of the file says what a rule is")
            for form in (name, *(others or ())):
                self._holidays[form.lower().replace("’", "'")] = _Holiday(rule, until, first_year)

    @property
    def names(self) -> list[str]:
        """All names, in lower case, with straight apostrophes."""
        return sorted(self._holidays)

    def find_days(self, name: str, year: int) -> tuple[date, date] | None:
        """First and last day of a holiday that begins in a year; none before it was kept, or beyond what is known."""
        holiday = self._holidays[name]
        if not 1583 <= year <= 4099 or (holiday.first_year is not None and year < holiday.first_year):
            return None  # the years for which the computation of Easter holds
        first = _find_day(holiday.rule, year)
        if first is None or holiday.until is None:
            return None if first is None else (first, first)
        last = next(
            (day for y in (year, year + 1) if (day := _find_day(holiday.until, y)) is not None and day > first), None
        )
        return None if last is None else (first, last)


@lru_cache(maxsize=4096)
def _find_day(rule: str, year: int) -> date | None:
    fixed = _FIXED.match(rule)
    if fixed:
        return date(year, int(fixed[1]), int(fixed[2]))
    nth = _NTH.match(rule)
    if nth:
        return _find_weekday(year, int(nth[1]), int(nth[2]), int(nth[3]))
    movable = _MOVABLE.match(rule)
    if movable:
        return _find_base(movable[1], year) + timedelta(days=int(movable[2]))
    tabulated = _TABULATED.match(rule)
    if tabulated:
        day = _look_up(tabulated[1], tabulated[2], year)
        return None if day is None else day + timedelta(days=int(tabulated[3]))
    if rule == _ELECTION:
        return _find_weekday(year, 11, 1, 0) + timedelta(days=1)
    raise ValueError(f"holidays: {rule!r} is no rule; the head of the file says what a rule is")


def _look_up(calendar: str, name: str, year: int) -> date | None:
    """The first day of that name in a year: lunar years are shorter, so that one may have two."""
    days = _CALENDARS[calendar]
    find = getattr(days, f"{name}_dates", None) or getattr(days, f"{name}_date", None)
    if find is None:
        raise ValueError(f"holidays: the package holidays has no {name!r} in its {calendar} calendar")
    return min((day for day in _flatten(find(year)) if day.year == year), default=None)


def _flatten(found: object) -> Iterable[date]:
    """The days in what the package gives: a day, none, a pair of a day and whether it is sure, or several of either."""
    if isinstance(found, date):
        yield found
    elif isinstance(found, Iterable):
        for each in found:
            yield from _flatten(each)


def _find_base(name: str, year: int) -> date:
    if name == "thanksgiving":
        return _find_weekday(year, 11, 4, 3)
    return easter(year, EASTER_WESTERN if name == "easter" else EASTER_ORTHODOX)


def _find_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The Nth of a weekday in a month; the last for -1."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
