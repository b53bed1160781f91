"""Periods beside another date: last week, three days ago, the following month; references to now."""

from __future__ import annotations

from transforms.enrich.dates.granules import Grain, Granule
from transforms.enrich.dates.meanings.choosing import choose_weekday
from transforms.enrich.dates.meanings.comparisons import asks_for_quarter, back_a_year, find_quarter
from transforms.enrich.dates.meanings.durations import count, duration_of
from transforms.enrich.dates.meanings.found import Found, Meaning, find_recent, mean_date
from transforms.enrich.dates.meanings.units import GRAINS, mean_duration, split_unit, vague_duration
from transforms.enrich.dates.tense import Tense
from warehouse.contract.codes import TimexType

_PER_YEAR = {Grain.MONTH: 12, Grain.QUARTER: 4, Grain.YEAR: 1}


def read_relative(found: Found) -> Meaning | None:
    """ "Last week", "this year", "the following day", "the same month"."""
    unit = str(found.value("unit", "unit"))
    grain = GRAINS.get(unit)
    which = found.text("which") or ""
    words = set(found.words)
    if grain is None:
        if unit.startswith("T") and which in {"last", "past", "next"}:
            return mean_duration(1, unit)
        return None
    if which == "past" and grain in (Grain.DECADE, Grain.CENTURY):
        return mean_duration(1, unit)
    named = found.clock.last
    if words & {"same", "that", "those"}:
        if named is not None:
            return mean_date(Granule.holding(grain, named.starts_on))
        here = found.here(grain)
        return None if here is None else mean_date(here)
    if which in {"following", "preceding", "previous", "subsequent", "ensuing"} or (
        which == "next" and "the" in words and grain is Grain.DAY
    ):
        near = found.clock.last if found.clock.narrative else find_recent(found)
        if near is not None and near.is_datable:
            start = Granule.holding(grain, near.starts_on)
            return mean_date(start.shift(-1 if which in {"preceding", "previous"} else 1))
    if found.clock.narrative and grain is not Grain.DAY and which in {"this", "last"} and "the" not in words:
        return _from_today(found, grain, -1 if which == "last" else 0)
    here = found.here(grain)
    if here is None:
        return Meaning(TimexType.DATE, None)
    if "this" in words or which in {"this", "current"}:
        return mean_date(here.shift(-1) if words & {"last", "past"} else here)
    if which in {"last", "past", "previous", "preceding", "prior"}:
        return mean_date(here.shift(-1))
    return mean_date(here.shift(1))


def _from_today(found: Found, grain: Grain, by: int) -> Meaning | None:
    """ "This year" in an account of the past: the writer's, and no date that the account goes on from."""
    if found.today is None:
        return Meaning(TimexType.DATE, None)
    granule = Granule.holding(grain, found.today.starts_on).shift(by)
    return Meaning(TimexType.DATE, granule.value, granule, is_comparison=True)


def read_edge_of(found: Found) -> Meaning | None:
    """ "The end of the month"; of a century "the turn" is the year of that number nearest by."""
    unit = str(found.value("unit", "unit"))
    grain = GRAINS.get(unit)
    if grain is None or grain is Grain.DAY:
        return None
    near = found.clock.last if found.clock.narrative else None
    day = near.starts_on if near is not None and near.is_datable else found.basis
    if day is None:
        return None
    if grain is Grain.CENTURY and "turn" in found.words:
        return mean_date(Granule(Grain.YEAR, round(day.year, -2)))
    return mean_date(Granule.holding(grain, day))


def read_ago(found: Found) -> Meaning | None:
    """ "Three weeks ago", "two years later"."""
    unit = str(found.value("unit", "unit", "units"))
    side = found.text("side") or ""
    if side in {"before", "after", "prior"} and not _closes(found):
        duration = duration_of(found)
        begin, end = found.match.span()
        if duration is None or end - begin < 3:
            return None
        return Meaning(duration.timex_type, duration.value, span=(begin, end - 1))
    number = count(found)
    if number is None:
        if side == "ago":
            return Meaning(TimexType.DATE, "PAST_REF")
        return duration_of(found)
    factor, grain, is_time = split_unit(unit)
    base = _find_base(found, side)
    if base is None:
        return Meaning(TimexType.DATE, None)
    if is_time:
        return Meaning(TimexType.TIME, None, base)
    if grain is None:
        return None
    if side in {"earlier", "ago", "before", "previously", "prior"}:
        if number == 1 and grain is Grain.YEAR and asks_for_quarter(found):
            return back_a_year(found, find_quarter(found))
        number = -number
    moved = _move(base, grain, factor, number, keeps_size=side != "ago")
    return mean_date(moved)


def _find_base(found: Found, side: str) -> Granule | None:
    """What is counted from: today for "ago", else the date named last."""
    if side == "ago":
        return found.today
    named = found.clock.last if found.clock.narrative else find_recent(found)
    return named if named is not None else found.here(Grain.DAY)


def _move(base: Granule, grain: Grain, factor: int, number: float, *, keeps_size: bool) -> Granule:
    """The period so many units from a base; fractions in the next smaller unit.

    `keeps_size`: two years after a quarter is a quarter, and two weeks after a day a day.
    """
    if number != int(number) and grain in (Grain.WEEK, Grain.YEAR):
        smaller, size = {Grain.WEEK: (Grain.DAY, 7), Grain.YEAR: (Grain.MONTH, 12)}[grain]
        return Granule.holding(smaller, base.starts_on).shift(round(number * factor * size))
    by = round(number * factor)
    if keeps_size and base.grain in _PER_YEAR and grain in (Grain.YEAR, base.grain):
        return base.shift(by * _PER_YEAR[base.grain] if grain is Grain.YEAR else by)
    if keeps_size and grain is Grain.WEEK and base.grain is Grain.DAY:
        return base.shift(by * 7)
    if grain is Grain.YEAR and factor == 10:
        return Granule.holding(Grain.DECADE, base.starts_on).shift(round(number))
    return Granule.holding(grain, base.starts_on).shift(by)


def _closes(found: Found) -> bool:
    """Whether "before" or "after" ends the expression and governs nothing: "three years before,"."""
    return found.after in {"", ",", ".", ";", ")", "and", "but"}


def read_week_from(found: Found) -> Meaning | None:
    """ "A week ago Monday"."""
    weekday = found.integer("weekday", "weekday")
    granule = None if weekday is None else choose_weekday(found, weekday)
    return None if granule is None else mean_date(granule)


def read_vague_period(found: Found) -> Meaning | None:
    """ "Recent weeks", "coming years", "these days"."""
    if found.text("days"):
        if found.words[0] != "these" or found.words[-1] != "days":
            return None
        return Meaning(TimexType.DATE, "PRESENT_REF")
    which = found.text("which") or ""
    unit = str(found.value("unit", "units"))
    if which in {"past", "last", "previous", "preceding", "prior"} and len(found.words) == 2:
        return Meaning(TimexType.DATE, "PAST_REF")
    return Meaning(TimexType.DURATION, vague_duration(unit))


def read_reference(found: Found) -> Meaning | None:
    """Now, recently, soon, the past, the future."""
    if found.piece("now"):
        value = str(found.value("now", "now"))
        is_past = value == "FUTURE_REF" and len(found.words) == 1 and found.tense is Tense.PAST
        if is_past or found.after in {"after", "as", "before", "thereafter"}:
            return None
        return Meaning(TimexType.DATE, value)
    if found.text("some_time") == "moment" and found.before not in {"for", "at"}:
        return None
    if found.after == "of":
        return None
    if found.text("some_time") == "present" and found.words[0] != "at":
        return None
    return Meaning(TimexType.DATE, str(found.value("some_time", "some_time")))


def read_that_time(found: Found) -> Meaning | None:
    """ "That time": the date named last."""
    named = found.clock.last
    if found.words[0] in {"these", "those"} or named is None or found.before == "at":
        return None
    return mean_date(named)


def read_weekend(found: Found) -> Meaning | None:
    """A weekend: the last one where the clause looks back."""
    which = found.text("which") or ""
    here = found.here(Grain.WEEKEND)
    if here is None:
        return Meaning(TimexType.DATE, None)
    if which in {"last", "past", "previous"}:
        return mean_date(here.shift(-1))
    if which in {"next", "following", "coming"}:
        return mean_date(here if which == "coming" else here.shift(1))
    if which == "this":
        return mean_date(here.shift(-1) if "past" in found.words else here)
    if found.words[0] != "the" and not which:
        return mean_date(here.shift(-1)) if found.tense is Tense.PAST else mean_date(here)
    basis = found.basis
    is_over = basis is not None and basis.weekday() < 5 and found.tense is not Tense.FUTURE
    return mean_date(here.shift(-1) if is_over else here)
