"""Days: dates, weekdays, words for days, holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transforms.enrich.dates.granules import Grain, Granule
from transforms.enrich.dates.meanings.choosing import choose_weekday, choose_year, find_year
from transforms.enrich.dates.meanings.clocks import at_clock, find_part
from transforms.enrich.dates.meanings.found import Found, Meaning, make_day, mean_date, mean_time
from transforms.enrich.dates.meanings.months import read_month
from warehouse.contract.codes import TimexType

_COUNTED = frozenset({"NN", "NP", "AJ", "CR", "DT", "OR", "VV"})
"""Parts of speech before which a number counts something."""


def read_iso(found: Found) -> Meaning | None:
    """A day in figures: 2021-12-02."""
    try:
        return mean_date(Granule.holding(Grain.DAY, date.fromisoformat(found.first.lower)))
    except ValueError:
        return None


def read_month_day(found: Found) -> Meaning | None:
    """A day and month, with a year or without one, and with a time of day or without one."""
    month = found.integer("month", "month")
    number = found.integer("day", "day", "nth", "ordinal")
    year = find_year(found)
    if month is None or number is None:
        return None
    granule = _find_day(found, year, month, number)
    if granule is None:
        is_open = year is None and make_day(2000, month, number) is not None
        return Meaning(TimexType.DATE, f"XXXX-{month:02d}-{number:02d}") if is_open else None
    part = find_part(found)
    return mean_time(granule, part) if part else at_clock(found, granule)


def read_spelled_day(found: Found) -> Meaning | None:
    """A day in letters, as wires used to write the first nine: "record June one", against "March three people died"."""
    begin = found.match.start()
    month, number = found.integer("month", "month"), found.integer("day", "number")
    year = find_year(found)
    following = found.following
    is_count = year is None and following is not None and following.tag[:2] in _COUNTED
    if month is None or number is None or is_count or not (found.text("day") or "").isalpha():
        whole = read_month(found) if found.value("month", "month_name") is not None else None
        return None if whole is None else replace(whole, span=(begin, begin + 1))
    granule = _find_day(found, year, month, number)
    return None if granule is None else mean_date(granule)


def _find_day(found: Found, year: int | None, month: int, number: int) -> Granule | None:
    """The day of a month in a year, or in the year that the clause means; none where there is no such day."""
    if year is not None:
        return make_day(year, month, number)
    return choose_year(found, lambda candidate: make_day(candidate, month, number))


def read_day_range(found: Found) -> list[Meaning]:
    """ "5-7 December 1941", "March 5 and 6": two days of one month."""
    month = found.integer("month", "month")
    days = [found.integer(group, "day", "nth") for group in ("day", "second")]
    year = found.integer("year", "year")
    first, last = days
    if month is None or first is None or last is None:
        return []
    if year is None:
        chosen = choose_year(found, lambda candidate: make_day(candidate, month, last))
        year = None if chosen is None else chosen.year
    begin, end = found.match.span()
    cuts = (found.match.end("day"), found.match.start("second"))
    spans = ((begin, cuts[0]), (cuts[1], end))
    if year is None:
        return [
            Meaning(TimexType.DATE, f"XXXX-{month:02d}-{n:02d}", span=s)
            for n, s in zip((first, last), spans, strict=True)
        ]
    granules = (make_day(year, month, first), make_day(year, month, last))
    return [
        Meaning(TimexType.DATE, granule.value, granule, span=span)
        for granule, span in zip(granules, spans, strict=True)
        if granule is not None
    ]


def read_weekday(found: Found) -> Meaning | None:
    """A weekday by itself or with a part of the day."""
    weekday = found.integer("weekday", "weekday")
    if weekday is None:
        return None
    granule = choose_weekday(found, weekday)
    part = found.value("part", "day_part")
    if granule is None:
        open_value = f"XXXX-WXX-{weekday + 1}"
        if part is None:
            return Meaning(TimexType.DATE, open_value)
        return Meaning(TimexType.TIME, f"{open_value}T{part}")
    return mean_date(granule) if part is None else mean_time(granule, str(part))


def read_weekday_time(found: Found) -> Meaning | None:
    """A weekday with a time of day."""
    weekday = found.integer("weekday", "weekday")
    granule = None if weekday is None else choose_weekday(found, weekday)
    if granule is None:
        return Meaning(TimexType.TIME, None)
    part = find_part(found)
    return mean_time(granule, part) if part else at_clock(found, granule)


def read_day_word(found: Found) -> Meaning | None:
    """Today, yesterday, tomorrow."""
    by = found.integer("word", "day_word")
    here = found.today
    if by is None:
        return None
    if here is None:
        return Meaning(TimexType.DATE, None)
    granule = here.shift(by)
    part = find_part(found)
    return mean_time(granule, part) if part else at_clock(found, granule)


def read_in_the_day(found: Found) -> Meaning | None:
    """ "Later in the day": the day spoken of."""
    before = [piece.lower for piece in found.line.pieces[: found.match.start()]][-2:]
    if len(before) < 2 or before[1] != "in" or before[0] not in {"later", "earlier", "late", "early"}:
        return None
    if found.words[-1] != "day":
        return None
    day = found.clock.last_near(found.sentence, Grain.DAY) or found.here(Grain.DAY)
    return None if day is None else mean_date(day)


def read_tonight(found: Found) -> Meaning | None:
    """Tonight."""
    here = found.today
    return Meaning(TimexType.TIME, None) if here is None else mean_time(here, "NI")


def read_part_of_day(found: Found) -> Meaning | None:
    """ "This morning", "last night", "that same evening"."""
    part = found.value("part", "day_part")
    here = found.here(Grain.DAY)
    if here is None:
        return Meaning(TimexType.TIME, None)
    which = found.text("which")
    if which in {"that", "those"} and found.clock.last is not None and found.clock.last.grain is Grain.DAY:
        here = found.clock.last
    elif which in {"last", "previous", "preceding", "past"}:
        here = here.shift(-1)
    elif which in {"next", "following"}:
        here = here.shift(1)
    return mean_time(here, str(part))


def read_holiday(found: Found) -> Meaning | None:
    """A holiday, in its year or by the tense of the clause; for one that lasts TIMEX3 has no value, only its days."""
    following = found.following
    if following is not None and following.text[0].isupper() and following.lower in found.hints["event_noun"]:
        return None  # "the Good Friday Agreement", "the Yom Kippur War"
    name = str(found.value("holiday", "holiday"))
    year = found.integer("year", "year")

    def find(candidate: int) -> Granule | None:
        days = found.holidays.find_days(name, candidate)
        return None if days is None else Granule.holding(Grain.DAY, days[0])

    granule = find(year) if year is not None else choose_year(found, find)
    days = None if granule is None else found.holidays.find_days(name, granule.year)
    if granule is None or days is None or days[0] == days[1]:
        return None if granule is None else mean_date(granule)
    return Meaning(TimexType.DATE, None, granule, Granule.holding(Grain.DAY, days[1]))
