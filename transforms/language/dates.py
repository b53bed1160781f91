"""Dates and instants as records and pages print them: months, zones, full dates, ISO, epoch numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pyarrow as pa

from transforms.tables import iter_rows
from warehouse.contract.codes import Precision

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|º|er)?"
_YEAR = r"(?P<year>(?:1[6-9]|20|21)\d\d)"
_YEAR_GATE = re.compile(r"[12][016789]\d\d(?!\d)")
_ISO_DAY = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"
    r"(?:[T ]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<zone>Z|[A-Za-z]{2,5}|[+-]\d\d(?::?\d\d)?(?:\s*\([^)]*\))?)?)?$"
)
_COARSE = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2}))?$")
_SLASHED = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})[/.-](?P<year>\d{4})(?!\d)")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?$|-?\d{12,13}$|-?\d{15,16}$")
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?![\d:/])(?:\s*\(?(?P<zone>[A-Z]{1,5}\b|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)
_WINDOW = 40
"""Characters before a year in which its day and month are looked for."""
_SPAN_OF_YEARS = (1600, 2199)


@dataclass(frozen=True)
class Instant:
    """A point in time in UTC, without zone, and how exact it is."""

    at: datetime
    precision: Precision


@dataclass(frozen=True)
class FoundDate:
    """A full date in a text, and its span."""

    start: int
    end: int
    day: date


class Calendar:
    """Reads dates by the names of months and zones in the reference data."""

    def __init__(self, months: pa.Table, time_zones: pa.Table) -> None:
        self.months: dict[str, int] = {}
        for number, names in iter_rows(months, "month", "names"):
            for name in names:
                self.months.setdefault(name.casefold(), number)
        self.zones: Mapping[str, int] = dict(iter_rows(time_zones, "zone", "minutes"))
        names = "|".join(re.escape(name) for name in sorted(self.months, key=len, reverse=True))
        self.month_pattern = rf"(?:{names})(?![^\W\d_])"
        month = rf"(?P<month>{self.month_pattern})\.?"
        self._month_first = re.compile(rf"(?<!\w){month}\s+{_DAY},?\s+(?:at\s+)?{_YEAR}(?!\d)", re.IGNORECASE)
        self._day_first = re.compile(
            rf"(?<!\d){_DAY}\.?[\s-]+(?:de\s+|of\s+)?{month},?[\s-]+(?:de\s+|del\s+)?{_YEAR}(?!\d)",
            re.IGNORECASE,
        )
        self._month_year = re.compile(rf"{month},?\s+(?:de\s+)?{_YEAR}$", re.IGNORECASE)

    def guess_month(self, word: str) -> int | None:
        """The month that a misprint stands for: cut short, or one letter wrong ("Apri", "Mrach")."""
        folded = word.casefold()
        if folded in self.months:
            return self.months[folded]
        found = {
            number
            for name, number in self.months.items()
            if len(name) > 3 and ((len(folded) > 2 and name.startswith(folded)) or _is_one_slip(folded, name))
        }
        return found.pop() if len(found) == 1 else None

    def find_full_dates(self, text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
        """Dates with day, month and year, in order; each costs a look at the few characters before its year."""
        end = len(text) if end is None else end
        for year in _YEAR_GATE.finditer(text, start, end):
            if year.start() > start and text[year.start() - 1].isdigit():
                continue
            found = self._find_date_at_year(text, max(start, year.start() - _WINDOW), year.start(), year.end(), end)
            if found:
                yield found

    def _find_date_at_year(self, text: str, begin: int, year: int, year_end: int, end: int) -> FoundDate | None:
        iso = _ISO_DAY.match(text, year, end)
        if iso:
            day = make_day(int(iso["year"]), int(iso["month"]), int(iso["day"]))
            return FoundDate(iso.start(), iso.end(), day) if day else None
        window = text[begin:year_end]
        for pattern in (self._month_first, self._day_first):
            for match in pattern.finditer(window):
                if match.end() == len(window):
                    day = make_day(int(match["year"]), self.months[match["month"].casefold()], int(match["day"]))
                    return FoundDate(begin + match.start(), begin + match.end(), day) if day else None
        for match in _SLASHED.finditer(window):
            day = _read_slashed(match)
            if day and match.end() == len(window):
                return FoundDate(begin + match.start(), begin + match.end(), day)
        return None

    def read_zone(self, zone: str | None) -> timedelta:
        """Offset from UTC of a printed zone; none where the zone is not known."""
        if not zone:
            return timedelta()
        numeric = re.match(r"([+-])(\d\d):?(\d\d)?", zone)
        if numeric:
            offset = timedelta(hours=int(numeric[2]), minutes=int(numeric[3] or 0))
            return -offset if numeric[1] == "-" else offset
        return timedelta(minutes=self.zones.get(zone.upper(), 0))

    def read_time(self, text: str) -> tuple[timedelta, timedelta] | None:
        """The first time of day in a short text: since midnight, and its zone's offset from UTC."""
        for match in _TIME.finditer(text):
            if not (match["minute"] or match["half"]):
                continue
            hour = int(match["hour"])
            half = (match["half"] or "").casefold()
            if half and not 1 <= hour <= 12:
                continue
            if half:
                hour = hour % 12 + (12 if half.startswith("p") else 0)
            zone = match["zone"]
            if not (zone and (zone[0] in "+-" or zone.upper() in self.zones)):
                leading = re.match(r"[\s,]*([A-Z]{2,5})\b", text[match.end() :])
                zone = leading[1] if leading and leading[1] in self.zones else None
            since = timedelta(hours=hour, minutes=int(match["minute"] or 0), seconds=int(match["second"] or 0))
            return since, self.read_zone(zone)
        return None

    def read_instant(self, value: str) -> Instant | None:
        """A record's date field in any common form; a date without a time has the precision `day`."""
        value = value.strip()
        if not value or len(value) > 100:
            return None
        return (
            self._read_epoch(value)
            or self._read_iso(value)
            or self._read_coarse(value)
            or self._read_mail_date(value)
            or self.read_printed(value)
        )

    def read_printed(self, text: str) -> Instant | None:
        """The first full date of a short text, with the time that stands beside it."""
        found = next(self.find_full_dates(text), None)
        if found is None:
            coarse = self._month_year.match(text)
            day = make_day(int(coarse["year"]), self.months[coarse["month"].casefold()], 1) if coarse else None
            return Instant(_at_midnight(day), Precision.MONTH) if day else None
        time = self.read_time(text[found.end :]) or self.read_time(text[: found.start])
        if time is None:
            return Instant(_at_midnight(found.day), Precision.DAY)
        return _shift(_at_midnight(found.day), time[0] - time[1])

    def _read_epoch(self, value: str) -> Instant | None:
        if not _EPOCH.match(value):
            return None
        number = float(value)
        digits = len(value.split(".")[0].lstrip("-"))
        seconds = number / (1 if digits <= 10 else 1_000 if digits <= 13 else 1_000_000)
        return _shift(datetime(1970, 1, 1), timedelta(seconds=seconds))

    def _read_iso(self, value: str) -> Instant | None:
        match = _ISO.match(value)
        day = make_day(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
        if match is None or day is None:
            return None
        if match["hour"] is None:
            return Instant(_at_midnight(day), Precision.DAY)
        if int(match["hour"]) > 24 or int(match["minute"]) > 59 or int(match["second"] or 0) > 60:
            return Instant(_at_midnight(day), Precision.DAY)
        fraction = int(((match["fraction"] or "") + "000000")[:6])
        since = timedelta(
            hours=int(match["hour"]),
            minutes=int(match["minute"]),
            seconds=int(match["second"] or 0),
            microseconds=fraction,
        )
        return _shift(_at_midnight(day), since - self.read_zone(match["zone"]))

    def _read_coarse(self, value: str) -> Instant | None:
        match = _COARSE.match(value)
        day = make_day(int(match["year"]), int(match["month"] or 1), 1) if match else None
        if match is None or day is None:
            return None
        return Instant(_at_midnight(day), Precision.MONTH if match["month"] else Precision.YEAR)

    def _read_mail_date(self, value: str) -> Instant | None:
        """RFC 2822, as feeds carry it."""
        if ":" not in value or "," not in value[:12]:
            return None
        try:
            parsed = parsedate_to_datetime(value)
        except (ValueError, IndexError, TypeError, OverflowError):
            return None
        if not _SPAN_OF_YEARS[0] <= parsed.year <= _SPAN_OF_YEARS[1]:
            return None
        if parsed.tzinfo is not None:
            parsed = parsed.astimezone(UTC).replace(tzinfo=None)
        return Instant(parsed, Precision.SECOND)


def make_day(year: int, month: int, day: int) -> date | None:
    """A day that exists, in the centuries that news comes from; else none."""
    if not _SPAN_OF_YEARS[0] <= year <= _SPAN_OF_YEARS[1]:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_slashed(match: re.Match[str]) -> date | None:
    """Day and month with points are day first; with slashes only what cannot be read in two ways counts."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["mark"] == "." or first > 12 or first == second:
        return make_day(year, second, first)
    return make_day(year, first, second) if second > 12 else None


def _is_one_slip(word: str, name: str) -> bool:
    """One letter too many, too few or wrong, or two that changed places."""
    if abs(len(word) - len(name)) > 1:
        return False
    head = 0
    while head < min(len(word), len(name)) and word[head] == name[head]:
        head += 1
    rest, wanted = word[head:], name[head:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return wanted in (rest[1:], swapped) or wanted[1:] in (rest, rest[1:])


def _at_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _shift(at: datetime, by: timedelta) -> Instant | None:
    try:
        moved = at + by
    except OverflowError:
        return None
    return Instant(moved, Precision.SECOND) if _SPAN_OF_YEARS[0] <= moved.year <= _SPAN_OF_YEARS[1] else None
