"""Which of the periods of one name is meant: by tense, by the year beside it, by the date named last."""

from __future__ import annotations

from collections.abc import Callable

from transforms.enrich.dates.granules import Grain, Granule
from transforms.enrich.dates.meanings.found import Found, find_recent
from transforms.enrich.dates.tense import Tense

_FAR = 300
_FAR_SEASON = 200
_NEAR = 65
"""What the tense puts so many days off on one side, and the calendar so few on the other, lies on the other."""


def find_year(found: Found) -> int | None:
    """The year that is named with a month, a season or a quarter."""
    year = found.integer("year", "year")
    if year is not None:
        return year
    if found.piece("this_year"):
        here = found.here(Grain.YEAR)
        return None if here is None else here.year
    which = found.text("which_year") or (found.text("which") if found.piece("year_unit") else None)
    if which is None:
        return None
    named = found.clock.last
    if which in {"same", "that", "those"}:
        return named.year if named is not None else None
    here = found.here(Grain.YEAR)
    if here is None:
        return None
    by = {"last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1, "this": 0, "current": 0}.get(which, 1)
    return here.year + by


def choose_which(found: Found, make: Callable[[int], Granule | None]) -> Granule | None:
    """A month, season or quarter by "last", "this" or "next", else by tense."""
    which = found.text("which") or ""
    words = set(found.words)
    basis = found.basis
    if basis is None or not which:
        return choose_year(found, make)
    options = [granule for year in range(basis.year - 2, basis.year + 3) if (granule := make(year)) is not None]
    if "last" in words or "past" in words or which in {"previous", "preceding", "prior"}:
        ended = [granule for granule in options if granule.is_datable and granule.ends_on < basis]
        return ended[-1] if ended else None
    if which in {"next", "coming", "following", "upcoming"}:
        ahead = [granule for granule in options if granule.is_datable and granule.starts_on > basis]
        return ahead[0] if ahead else None
    if which in {"that", "those", "same"} and found.clock.last is not None:
        return make(found.clock.last.year)
    return make(basis.year)


def choose_year(found: Found, make: Callable[[int], Granule | None]) -> Granule | None:
    """Of the periods that a name may mean, one in each year, the one that the clause means."""
    basis = found.basis
    if found.joined_year is not None:
        return make(found.joined_year)
    if basis is None:
        return None
    named = find_recent(found)
    if found.clock.narrative:
        return _choose_in_narrative(found, make)
    if named is not None and _goes_on_from(found, named, basis.year):
        return make(named.year)
    span = range(basis.year - 8, basis.year + 9)
    options = [granule for year in span if (granule := make(year)) is not None and granule.is_datable]
    back = [granule for granule in options if granule.starts_on <= basis]
    ahead = [granule for granule in options if granule.ends_on >= basis]
    if not back or not ahead:
        return back[-1] if back else ahead[0] if ahead else None
    last, following = back[-1], ahead[0]
    if last == following:
        return last
    days_back, days_ahead = (basis - last.ends_on).days, (following.starts_on - basis).days
    far = _FAR_SEASON if last.grain in (Grain.QUARTER, Grain.HALF, Grain.SEASON) else _FAR
    if found.tense is Tense.PAST:
        return following if days_back > far and days_ahead < _NEAR else last
    if found.tense is Tense.FUTURE:
        return last if days_ahead > far and days_back < _NEAR else following
    return last if days_back <= days_ahead else following


def _goes_on_from(found: Found, named: Granule, year: int) -> bool:
    """Whether the sentence is about a day long past: "on April 6, 1994, … and on April 8"."""
    is_beside = found.clock.named[-1][1] == found.sentence and named.grain in (Grain.DAY, Grain.MONTH)
    return is_beside and abs(named.year - year) > 1 and found.tense is not Tense.FUTURE


def _choose_in_narrative(found: Found, make: Callable[[int], Granule | None]) -> Granule | None:
    """The one nearest to the date named last; within a year that was named alone, that year's."""
    named = found.clock.last
    if named is None:
        return None
    options = [g for year in (named.year - 1, named.year, named.year + 1) if (g := make(year)) is not None]
    options = [g for g in options if g.is_datable]
    if not options:
        return None
    if named.grain is Grain.YEAR:
        return next((g for g in options if g.year == named.year), None)
    start = named.starts_on

    def weigh(granule: Granule) -> int:
        distance = (granule.starts_on - start).days
        return distance if distance >= 0 else -2 * distance

    return min(options, key=weigh)


def choose_weekday(found: Found, weekday: int) -> Granule | None:
    """The day of that name that the clause means."""
    basis = found.basis
    if basis is None:
        return None
    here = Granule.holding(Grain.DAY, basis)
    back = here.shift(-((basis.weekday() - weekday) % 7))
    ahead = here.shift((weekday - basis.weekday()) % 7)
    which = found.text("which") or ""
    if found.piece("week") is not None:  # "Monday of last week"
        monday = here.shift(-basis.weekday() + {"last": -7, "past": -7, "next": 7}.get(which, 0))
        return monday.shift(weekday)
    if which in {"last", "past", "previous"}:
        return back if back != here else here.shift(-7)
    if which in {"next", "following", "coming"}:
        return ahead if ahead != here else here.shift(7)
    if which == "this":
        return here.shift(weekday - basis.weekday())
    return ahead if found.tense is Tense.FUTURE else back
