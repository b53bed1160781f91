"""Periods of the calendar as time expressions name them: days, weeks, months, seasons, years, decades.

A granule is a kind and a running number, so that the one before it is one less. Its TIMEX3 value follows TimeML's
guidelines (Saurí et al., TimeML Annotation Guidelines 1.2.1, 2006): `2021-12-02`, `2021-W48`, `2021-W48-WE`,
`2021-12`, `2021-Q4`, `2021-H2`, `2021-WI`, `2021`, `202`, `20`.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from typing import NamedTuple

SEASONS = ("SP", "SU", "FA", "WI")
"""Seasons in the order of the year; winter runs into the next."""
_SEASON_MONTH = 3
_SATURDAY = 5


class Grain(StrEnum):
    """Sizes of a period, from the finest."""

    DAY = "day"
    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


_PER_YEAR = {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.SEASON: 4, Grain.HALF: 2}
_YEARS = {Grain.YEAR: 1, Grain.DECADE: 10, Grain.CENTURY: 100}


class Granule(NamedTuple):
    """One period: its size, and its running number among those of its size."""

    grain: Grain
    number: int

    @staticmethod
    def holding(grain: Grain, day: date) -> Granule:
        """The period of this size that holds a day."""
        if grain is Grain.DAY:
            return Granule(grain, day.toordinal())
        if grain in (Grain.WEEK, Grain.WEEKEND):
            return Granule(grain, (day.toordinal() - 1) // 7)
        if grain is Grain.SEASON:
            return Granule(grain, (day.year * 12 + day.month - _SEASON_MONTH) // 3)
        if grain in _PER_YEAR:
            per_year = _PER_YEAR[grain]
            return Granule(grain, day.year * per_year + (day.month - 1) * per_year // 12)
        return Granule(grain, day.year // _YEARS[grain])

    @staticmethod
    def in_year(grain: Grain, year: int, position: int) -> Granule:
        """The month, quarter, season or half of a year by its position, from 1."""
        return Granule(grain, year * _PER_YEAR[grain] + position - 1)

    def shift(self, by: int) -> Granule:
        """The period so many of its size later."""
        return Granule(self.grain, self.number + by)

    @property
    def position(self) -> int:
        """Position of a month, quarter, season or half in its year, from 1."""
        return self.number % _PER_YEAR[self.grain] + 1

    @property
    def year(self) -> int:
        """The year in which it begins."""
        if self.grain in _PER_YEAR:
            return self.number // _PER_YEAR[self.grain]
        if self.grain in _YEARS:
            return self.number * _YEARS[self.grain]
        return self.starts_on.year if self.is_datable else (MINYEAR if self.number < 1 else MAXYEAR)

    @property
    def is_datable(self) -> bool:
        """Whether all its days are of the calendar that `datetime.date` knows."""
        if self.grain is Grain.DAY:
            return 1 <= self.number <= date.max.toordinal()
        if self.grain in (Grain.WEEK, Grain.WEEKEND):
            return 0 <= self.number < date.max.toordinal() // 7
        span = _YEARS.get(self.grain, 2)
        return self.year >= MINYEAR and self.year + span - 1 <= MAXYEAR

    @property
    def starts_on(self) -> date:
        """Its first day."""
        if self.grain is Grain.DAY:
            return date.fromordinal(self.number)
        if self.grain is Grain.WEEK:
            return date.fromordinal(self.number * 7 + 1)
        if self.grain is Grain.WEEKEND:
            return date.fromordinal(self.number * 7 + 1 + _SATURDAY)
        if self.grain is Grain.SEASON:
            return date(self.year, (self.position - 1) * 3 + _SEASON_MONTH, 1)
        if self.grain in _PER_YEAR:
            return date(self.year, (self.position - 1) * 12 // _PER_YEAR[self.grain] + 1, 1)
        return date(self.year, 1, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        if self.grain is Grain.DAY:
            return self.starts_on
        if self.grain is Grain.WEEK:
            return self.starts_on + timedelta(days=6)
        if self.grain is Grain.WEEKEND:
            return self.starts_on + timedelta(days=1)
        if self.grain in _YEARS:
            return date(self.year + _YEARS[self.grain] - 1, 12, 31)
        return self.shift(1).starts_on - timedelta(days=1)

    @property
    def value(self) -> str:
        """Its TIMEX3 value."""
        if self.grain is Grain.DAY:
            return self.starts_on.isoformat()
        if self.grain in (Grain.WEEK, Grain.WEEKEND):
            year, week, _ = date.fromordinal(self.number * 7 + 1).isocalendar()
            return f"{year:04d}-W{week:02d}" + ("-WE" if self.grain is Grain.WEEKEND else "")
        if self.grain is Grain.MONTH:
            return f"{self.year:04d}-{self.position:02d}"
        if self.grain is Grain.QUARTER:
            return f"{self.year:04d}-Q{self.position}"
        if self.grain is Grain.HALF:
            return f"{self.year:04d}-H{self.position}"
        if self.grain is Grain.SEASON:
            return f"{self.year:04d}-{SEASONS[self.position - 1]}"
        return f"{self.number:0{5 - len(str(_YEARS[self.grain]))}d}"

    def holds(self, other: Granule) -> bool:
        """Whether the other lies within it."""
        return self.starts_on <= other.starts_on and other.ends_on <= self.ends_on
