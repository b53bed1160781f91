"""Times of day."""

from __future__ import annotations

from transforms.enrich.dates.granules import Grain, Granule
from transforms.enrich.dates.meanings.found import Found, Meaning, mean_date
from warehouse.contract.codes import TimexType


def read_clock(found: Found) -> Meaning | None:
    """A time of day by the clock, on the day named last, else on that of the dateline."""
    clock = find_clock(found)
    if clock is None or not _is_time_of_day(found):
        return None
    day = found.clock.last_near(found.sentence, Grain.DAY)
    if day is None and found.basis is not None:
        day = Granule.holding(Grain.DAY, found.basis)
    return Meaning(TimexType.TIME, None) if day is None else Meaning(TimexType.TIME, f"{day.value}T{clock}", day)


def _is_time_of_day(found: Found) -> bool:
    """Whether a bare 10:30 is a time and not a score or a ratio."""
    piece = found.piece("clock")
    if piece is None or "clock" not in piece.values or found.match.end() - found.match.start() > 1:
        return True
    return found.before in {"at", "by", "until", "before", "after", "from", "around", "about", "to", "since", "between"}


def find_part(found: Found) -> str | None:
    """The part of a day: its code, behind "early" or "mid-" too."""
    if "part" not in found.match.re.groupindex or found.match.start("part") < 0:
        return None
    pieces = found.line.pieces[found.match.start("part") : found.match.end("part")]
    return next((str(p.values["day_part"]) for p in reversed(pieces) if "day_part" in p.values), None)


def find_clock(found: Found) -> str | None:
    """Hours and minutes as HH:MM."""
    half = found.value("half_day", "half_day")
    if half is not None:
        piece = found.piece("hour")
        if piece is None:
            return None
        clock = piece.values.get("clock") or piece.values.get("dotted_clock")
        hour, minute = (int(x) for x in str(clock).split(":")) if clock else (int(piece.values["hour"]), 0)
        if not 1 <= hour <= 12:
            return None
        return f"{hour % 12 + (12 if half == 'pm' else 0):02d}:{minute:02d}"
    clock = found.value("clock", "clock", "clock_half", "clock_word")
    if clock is not None:
        return str(clock)
    full = found.integer("oclock", "hour", "number")
    return f"{full:02d}:00" if full is not None and full <= 24 else None


def at_clock(found: Found, granule: Granule) -> Meaning | None:
    """A day, with the time of day that stands beside it."""
    has_clock = any(found.piece(group) for group in ("hour", "clock", "oclock"))
    if not has_clock:
        return mean_date(granule)
    clock = find_clock(found)
    if clock is None or not granule.is_datable:
        return mean_date(granule)
    return Meaning(TimexType.TIME, f"{granule.value}T{clock}", granule)
