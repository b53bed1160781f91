"""Days of holidays, by rule and year."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyarrow as pa
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from transforms.tables import iter_rows

_FIXED = re.compile(r"(\d\d)-(\d\d)$")
_NTH = re.compile(r"(\d\d)-(-?\d)-(\d)$")
_MOVABLE = re.compile(r"(easter|pascha|thanksgiving)([+-]\d+)$")
_ELECTION = "election"


class Holidays:
    """The named days of the reference data."""

    def __init__(self, holidays: pa.Table) -> None:
        self._rules: dict[str, tuple[str, int | None]] = {}
        for name, others, rule, first_year in iter_rows(holidays, "name", "other_names", "rule", "first_year"):
            _find_day(rule, 2000)  # a rule that cannot be read fails here, not in an article
            for form in (name, *(others or ())):
                self._rules[form.lower().replace("’", "'")] = (rule, first_year)

    @property
    def names(self) -> list[str]:
        """All names, in lower case, with straight apostrophes."""
        return sorted(self._rules)

    def find_day(self, name: str, year: int) -> date | None:
        """The day of a holiday in a year; none before it was kept."""
        rule, first_year = self._rules[name]
        if not 1583 <= year <= 4099 or (first_year is not None and year < first_year):
            return None  # the years for which the computation of Easter holds
        return _find_day(rule, year)


def _find_day(rule: str, year: int) -> date:
    fixed = _FIXED.match(rule)
    if fixed:
        return date(year, int(fixed[1]), int(fixed[2]))
    nth = _NTH.match(rule)
    if nth:
        return _find_weekday(year, int(nth[1]), int(nth[2]), int(nth[3]))
    movable = _MOVABLE.match(rule)
    if movable:
        return _find_base(movable[1], year) + timedelta(days=int(movable[2]))
    if rule == _ELECTION:
        return _find_weekday(year, 11, 1, 0) + timedelta(days=1)
    raise ValueError(f"holidays: {rule!r} is no rule; the head of the file says what a rule is")


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
