"""Reads datelines: place, region or country, day, agency, and where the copy begins behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from transforms.clean.agencies import AgencyIndex
from transforms.clean.places import PlaceIndex
from transforms.language.dates import Calendar, make_day

REACH = 180
"""Characters from the start of a paragraph in which a dateline ends."""
CLOSERS_TRIED = 6
"""Dashes and brackets that are tried as its end."""
LONGEST_HEAD = 16
"""Spaces in the longest dateline."""
MOST_SMALL_WORDS = 6
"""Words in small letters in the longest dateline ("3 de diciembre de 2021", a place in small letters)."""
LONGEST_PLACE = 6
"""Words of the longest place."""
_CLOSER = re.compile(
    r"[)/]\.?(?:\s*[-–—_:]+(?:\s*-+)?|(?=\s|$))|\s*(?:--+|[—―])|(?<=\s)[-–](?=\s|[^\W\d_]|[<“‘]|$)|[-–](?=\s|$)|(?<=\d)[-–_:]|_(?=\s)|:(?=\s)|(?<=\s)\|(?=\s)"
    r"|\.\s*[-–—]+"
)
_GATE = re.compile(
    r"[^\W\d_]{0,3}[A-ZÀ-Þ]{2}|[^\n(/]{0,60}(?:\([^()\n]{2,30}\)|/[A-Z]{2})|[^\n—-]{2,60}?(?:\s[-–—_]|--|[—_])"
)
"""What any dateline has: capitals at once, or soon an agency or a dash."""
_DECORATION = re.compile(r"[*•#>\s]*")
_AGENCY_IN_BRACKETS = re.compile(r"[\s,]*\(([^()]{2,40})\)[\s.]*$")
_AGENCY_IN_SLASHES = re.compile(r"[\s,]*/([^/()]{2,30})/[\s.]*$")
_AGENCY_BEHIND_DASH = re.compile(r"\s*[-–—,]+\s*([A-Z][\w .]{1,20}?)\s*$")
_ODD_MONTH = re.compile(r"[\s,]+([A-Za-z]{3,10})[\s.]*(\d{1,2})[\s,.]*$")
_DAY_REACH = 45
"""Characters at the end of a dateline in which its day is looked for."""
_ISO_DAY = re.compile(r"[\s,]*(\d{4})-(\d\d)-(\d\d)[\s,]*$")
_SLASH_DAY = re.compile(r"[\s,]+(\d{1,2})/(\d{1,2})[\s,]*$")
_WORDS = re.compile(r"[^\s,]+")
_OUTER_MARKS = " \t\r\n,;:-–—"
_AREA_SPLIT = re.compile(r"\s*,\s*")
_CITY_SPLIT = re.compile(r"\s*/\s*|\s+(?:and|&|AND)\s+")
_UPPER_WORD = re.compile(r"[^\W\d_]")

STYLES = {"Reuters": "dateline.reuters", "AP": "dateline.ap", "AFP": "dateline.afp"}


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day of the month as printed; `year` where it is."""

    month: int
    day: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; its span ends behind its dash."""

    start: int
    end: int
    place: str | None
    country: str | None
    day: PrintedDay | None
    agency: str | None
    rule: str


class DatelineRules:
    """Finds a dateline at the start of a paragraph."""

    def __init__(
        self,
        calendar: Calendar,
        places: PlaceIndex,
        agencies: AgencyIndex,
        no_places: frozenset[str],
        weekdays: frozenset[str],
        function_words: frozenset[str],
    ) -> None:
        self._calendar = calendar
        self._places = places
        self._agencies = agencies
        self._no_places = no_places
        self._function_words = function_words
        month, weekday = (
            calendar.month_pattern,
            "|".join(sorted(map(re.escape, weekdays), key=len, reverse=True)),
        )
        lead = rf"(?:(?:^|,\s*)(?:{weekday})\.?,?\s+|(?<!\w)[\s,.;]*(?<!\w))"
        year = r"(?:[\s,]+(?:de\s+|del\s+)?(\d{4}))?"
        self._month_first = re.compile(
            rf"{lead}({month})[\s.,]*(\d{{1,2}})(?:st|nd|rd|th)?{year}[\s,.]*$", re.IGNORECASE
        )
        self._day_first = re.compile(
            rf"{lead}(\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?\s*(?:de\s+)?({month})\.?{year}[\s,.]*$",
            re.IGNORECASE,
        )
        self._month_alone = re.compile(rf",\s*{month}\.?(?:\s*[\dlIO]{{1,4}})?[\s,.]*$", re.IGNORECASE)
        self._weekday_only = re.compile(rf"[\s,]+(?:{weekday})\.?[\s,]*$", re.IGNORECASE)

    def find(self, text: str, start: int, end: int) -> Dateline | None:
        """The dateline with which `text[start:end]` begins."""
        opening = _DECORATION.match(text, start, end)
        begin = opening.end() if opening else start
        found = self._find_at(text, begin, end)
        if found and found.place is None and found.end < end:
            found = self._add_place_behind(text, found, end)
        return replace(found, start=start) if found else None

    def _add_place_behind(self, text: str, agency: Dateline, end: int) -> Dateline:
        """ "(ANSA) - ROME, JAN 29 -": the agency comes first."""
        rest = self._find_at(text, agency.end + len(text[agency.end : end]) - len(text[agency.end : end].lstrip()), end)
        if rest is None or rest.place is None:
            return agency
        return replace(rest, agency=rest.agency or agency.agency, day=rest.day or agency.day, rule=agency.rule)

    def _find_at(self, text: str, start: int, end: int) -> Dateline | None:
        window = text[start : min(end, start + REACH)]
        if not _GATE.match(window):
            return None
        if not window or not (window[0].isalnum() or window[0] in "(["):
            return None
        for closed, (head_end, dash_end) in enumerate(self._closers(window)):
            if closed >= CLOSERS_TRIED or window.count(" ", 0, head_end) > LONGEST_HEAD:
                break
            if sum(map(str.islower, window[:head_end].split())) > MOST_SMALL_WORDS:
                break
            found = self._read(window[:head_end], closer=window[head_end:dash_end])
            if found and self._may_end(window, head_end, dash_end, found):
                return replace(found, start=start, end=start + dash_end)
        if len(window) == end - start:
            found = self._read(window, closer="")
            if found and found.day and (found.agency or self._places.find_city(found.place or "")):
                return replace(found, start=start, end=start + len(window.rstrip()))
        return None

    def _closers(self, window: str) -> Iterator[tuple[int, int]]:
        for match in _CLOSER.finditer(window):
            is_bracket = window[match.start()] in ")/"
            yield (match.start() + 1 if is_bracket else match.start()), match.end()

    def _may_end(self, window: str, head_end: int, dash_end: int, found: Dateline) -> bool:
        """Something follows; without a dash only an agency in brackets ends a dateline."""
        if dash_end >= len(window.rstrip()) and dash_end < REACH:
            return bool(found.agency or found.day)
        if window[head_end:dash_end].strip(" .)/"):
            return True
        return bool(found.agency)

    def _read(self, head: str, *, closer: str) -> Dateline | None:
        rest, agency, is_bracketed = self._take_agency(head)
        printed, (rest, day) = rest, self._take_day(rest)
        is_dated = day is not None or len(rest) < len(printed)
        if day is None and not agency:
            rest = self._weekday_only.sub("", rest)
        if agency is None and not is_bracketed and day is not None:
            rest, agency, is_bracketed = self._take_agency(rest)
        place_text = rest.strip(_OUTER_MARKS)
        if place_text.endswith(".") and "," not in place_text and "." not in place_text[:-1]:
            place_text = place_text[:-1]
        if not place_text:
            if agency is None or (is_bracketed and not agency):
                return None
            return Dateline(0, 0, None, None, day, agency, self._name_rule(agency))
        if is_bracketed and agency is None and day is None and not place_text.isupper():
            return None
        return self._read_place(place_text, day, agency, is_dated=is_dated, is_bracketed=is_bracketed, closer=closer)

    def _take_agency(self, head: str) -> tuple[str, str | None, bool]:
        for pattern in (_AGENCY_IN_BRACKETS, _AGENCY_IN_SLASHES):
            match = pattern.search(head)
            if match:
                return head[: match.start()], self._agencies.find_in_brackets(match[1]), True
        match = _AGENCY_BEHIND_DASH.search(head)
        agency = self._agencies.find_in_brackets(match[1]) if match else None
        return (head[: match.start()], agency, True) if match and agency else (head, None, False)

    def _take_day(self, head: str) -> tuple[str, PrintedDay | None]:
        """The day at the end of the head, and the head without it."""
        tail = head[-_DAY_REACH:]
        offset = len(head) - len(tail)
        match = self._month_first.search(tail)
        if match:
            return head[: offset + match.start()], self._make_day(match[1], match[2], match[3])
        match = self._day_first.search(tail)
        if match:
            return head[: offset + match.start()], self._make_day(match[2], match[1], match[3])
        match = _ISO_DAY.search(tail)
        if match and make_day(int(match[1]), int(match[2]), int(match[3])):
            return head[: offset + match.start()], PrintedDay(int(match[2]), int(match[3]), int(match[1]))
        match = _SLASH_DAY.search(tail)
        if match and make_day(2000, int(match[1]), int(match[2])):
            return head[: offset + match.start()], PrintedDay(int(match[1]), int(match[2]), None)
        match = self._month_alone.search(tail)
        if match:
            return head[: offset + match.start()], None
        match = _ODD_MONTH.search(tail)
        month = self._calendar.guess_month(match[1]) if match else None
        if match and month:
            return head[: offset + match.start()], PrintedDay(month, int(match[2]), None)
        return head, None

    def _make_day(self, month: str, day: str, year: str | None) -> PrintedDay:
        return PrintedDay(self._calendar.months[month.casefold()], int(day), int(year) if year else None)

    def _read_place(
        self,
        text: str,
        day: PrintedDay | None,
        agency: str | None,
        *,
        is_dated: bool,
        is_bracketed: bool,
        closer: str,
    ) -> Dateline | None:
        cities = _CITY_SPLIT.split(" ".join(text.split())) if "/" in text or " " in text else [text]
        names, countries = [], []
        for city in cities:
            parts = [part for part in _AREA_SPLIT.split(city) if part]
            if not parts or not self._may_be_place(parts, agency, is_dated=is_dated, closer=closer):
                return None
            areas = [self._put_area(area) for area in parts[1:]]
            names.append(", ".join([self._places.put_in_ordinary_case(parts[0]), *areas]))
            countries.append(self._places.find_country(parts[0], parts[1:]))
        country = next((c for c in countries if c), None)
        rule = self._name_rule(agency) if agency or is_dated or is_bracketed else "dateline.place-alone"
        return Dateline(0, 0, " / ".join(names), country, day, agency, rule)

    def _may_be_place(self, parts: list[str], agency: str | None, *, is_dated: bool, closer: str) -> bool:
        place, areas = parts[0], parts[1:]
        words = _WORDS.findall(place)
        if not words or len(words) > LONGEST_PLACE or len(areas) > 2 or not _UPPER_WORD.search(place):
            return False
        if any(map(str.isdigit, place)) or place.casefold() in self._no_places:
            return False
        if any(len(area.split()) > 4 or any(map(str.isdigit, area)) for area in areas):
            return False
        is_known = self._places.find_city(place) is not None or self._places.find_area(place) is not None
        if words[0].casefold() in self._no_places and not (is_known or areas):
            return False
        known_area = bool(areas) and self._places.find_area(areas[-1]) is not None
        if _is_capitals(place):
            if is_dated or agency:
                return True
            if (areas and not known_area) or (len(place) <= 3 and not areas):
                return False
            return (is_known or known_area) and (closer.strip() != ":" or len(words) <= 3)
        if not is_known:
            looks_named = (
                all(w[0].isupper() or len(w) <= 3 for w in words) and words[0].casefold() not in self._function_words
            )
            return (
                looks_named and len(words) <= 4 and bool((is_dated and agency) or (known_area and (is_dated or agency)))
            )
        return bool(is_dated or agency) or (known_area and len(areas) == 1 and closer.strip() in {"—", "--", "–"})

    def _put_area(self, area: str) -> str:
        is_capitals = area.isupper() and len(area) > 3 and "." not in area[:-1]
        return self._places.put_in_ordinary_case(area) if is_capitals else area

    def _name_rule(self, agency: str | None) -> str:
        return STYLES.get(agency or "", "dateline.agency" if agency else "dateline.place-and-day")


def _is_capitals(place: str) -> bool:
    """Capitals throughout, but for the small letters of "McALLEN", "SHARM el-SHEIKH", "St. LOUIS"."""
    letters = [c for c in place if c.isalpha()]
    return sum(c.isupper() for c in letters) >= 0.7 * len(letters) and len(letters) > 1


def nearest_year(day: PrintedDay, to: date) -> date | None:
    """The day in the year that brings it nearest to another."""
    if day.year is not None:
        return make_day(day.year, day.month, day.day)
    candidates = [make_day(to.year + offset, day.month, day.day) for offset in (-1, 0, 1)]
    found = [candidate for candidate in candidates if candidate]
    return min(found, key=lambda candidate: abs((candidate - to).days)) if found else None


def first_day_after(day: PrintedDay, after: date, within_days: int) -> date | None:
    """The first such day on or after another, if it is near enough."""
    for year in (after.year, after.year + 1):
        candidate = make_day(year, day.month, day.day)
        if candidate and 0 <= (candidate - after).days <= within_days:
            return candidate
    return None
