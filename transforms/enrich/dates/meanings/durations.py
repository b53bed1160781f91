"""Durations, and times that recur."""

from __future__ import annotations

from dataclasses import replace

from transforms.enrich.dates.meanings.found import Found, Meaning, mean_date
from transforms.enrich.dates.meanings.units import GRAINS, is_smaller, mean_duration, spell_duration, vague_duration
from warehouse.contract.codes import TimexType


def duration_of(found: Found) -> Meaning | None:
    """The length that a number and a unit give; vague without a number."""
    unit = str(found.value("unit", "units", "unit"))
    number = count(found)
    return Meaning(TimexType.DURATION, vague_duration(unit)) if number is None else mean_duration(number, unit)


def _is_rate(found: Found) -> bool:
    """Whether "a day" tells how often: "100,000 barrels a day", "twice a year"."""
    if found.words[0] not in {"a", "an"} or found.match.end() - found.match.start() != 2:
        return False
    first = found.first.token
    if first == 0:
        return False
    before = found.tokens[first - 1]
    return before.tag in {"NN2", "CRD"} or before.lower in {"share", "once", "twice", "%", "percent", "times", "pct"}


def read_duration(found: Found) -> Meaning | None:
    """A length of time; none where it is an age ("52 years old") or a rate ("10 dollars a day")."""
    unit_piece = found.piece("unit")
    if unit_piece is None:
        return None
    if found.after in {"old", "older", "younger"} or found.words[-1] == "old":
        return None
    is_fraction = unit_piece.lower == "quarter" and "-" not in found.words  # "a quarter of", but "a three-quarter"
    is_fraction = is_fraction or (found.words == ["three", "quarters"] and found.after == "of")
    return None if is_fraction or _is_rate(found) else duration_of(found)


def read_sum(found: Found) -> list[Meaning]:
    """ "Two hours and one minute"; two lengths where the second is no part of the first: "0.2 hours to 35 hours"."""
    first_unit, unit = str(found.value("unit", "unit", "units")), str(found.value("rest", "unit", "units"))
    number, second = count(found) or 1, found.value("second", "number")
    rest = second if isinstance(second, int | float) else 1
    if is_smaller(unit, first_unit) and number == int(number) and rest == int(rest):
        first, added = spell_duration(number, first_unit), spell_duration(rest, unit)
        joined = first + added.removeprefix("PT" if first.startswith("PT") else "P")
        return [Meaning(TimexType.DURATION, joined)]
    start, end = found.match.span()
    spans = (start, found.match.end("unit")), (found.match.start("second"), end)
    return [
        replace(mean_duration(size, each), span=span)
        for size, each, span in zip((number, rest), (first_unit, unit), spans, strict=True)
    ]


def read_times(found: Found) -> Meaning | None:
    """ "Twice a week", "three times each day"."""
    return Meaning(TimexType.SET, spell_duration(1, str(found.value("unit", "unit"))))


def read_bare_units(found: Found) -> Meaning | None:
    """ "For years", "in the early days": an uncounted stretch."""
    unit = str(found.value("unit", "units"))
    if found.before in found.hints["stretch_after"] or found.after in {"of", "ago", "before", "after", "later"}:
        if found.before == "of" and found.words[0] != "the":
            return None
        return Meaning(TimexType.DURATION, vague_duration(unit))
    return None


def read_unit_long(found: Found) -> Meaning | None:
    """ "Day-long"."""
    return mean_duration(1, str(found.value("unit", "unit")))


def read_the_unit(found: Found) -> Meaning | None:
    """ "The quarter", "the year": the week or month that is, else a length."""
    unit = str(found.value("unit", "unit", "quarter"))
    is_held = found.after in {"of", "that", "when", "'s", "’s", "in"} or found.before in {"of", "end"}
    if is_held and (unit != "Y" or found.after == "of"):
        return None
    if unit in {"W", "M"} and found.after not in {"ended", "ending"}:
        named = found.here(GRAINS[unit])
        return None if named is None else mean_date(named)
    return Meaning(TimexType.DURATION, f"P1{unit}")


def read_each(found: Found) -> Meaning | None:
    """A time that recurs: "every two weeks", "each Thursday", "Friday nights"."""
    weekday = found.integer("weekday", "weekday", "weekdays")
    part = found.value("part", "day_part", "day_parts")
    if weekday is not None:
        suffix = f"T{part}" if part else ""
        return Meaning(TimexType.SET, f"XXXX-WXX-{weekday + 1}{suffix}")
    if part:
        return Meaning(TimexType.SET, f"XXXX-XX-XXT{part}")
    number = found.value("number", "number", "ordinal")
    unit = str(found.value("unit", "unit", "units"))
    if found.words[0] == "per" and unit not in {"D", "W", "M", "Y", "TH", "Q"}:
        return None
    return Meaning(TimexType.SET, spell_duration(number if isinstance(number, int | float) else 1, unit))


def read_frequency(found: Found) -> Meaning | None:
    """Daily, weekly, quarterly."""
    return Meaning(TimexType.SET, str(found.value("frequency", "frequency")))


def count(found: Found) -> float | None:
    """How many; none for a vague number."""
    piece = found.piece("number")
    if piece is None:
        return None
    pieces = found.line.pieces[found.match.start("number") : found.match.end("number")]
    for part in pieces:
        if "couple" in part.values:
            return 2
        if "number" in part.values:
            value = part.values["number"]
            return float(value) if isinstance(value, int | float) else None
        if "vague" in part.values:
            return None
        if "half" in part.values:
            return 0.5
    return 1 if "a" in piece.values else None
