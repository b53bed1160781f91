"""Says when an article was published, how exactly, and on what that rests; gives the dateline its year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from transforms.clean.dateline import PrintedDay, first_day_after, nearest_year
from transforms.language.dates import Calendar, Instant, make_day
from warehouse.contract.codes import Precision, PublishedBasis

CAPTION_DAYS = 60
"""A dateline's day within so many days of a caption's gets its year from it."""
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:([/-])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))(?!\d)")
_URL_MONTH_NAME = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?!\d)", re.IGNORECASE)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?=/|$)")
_UPDATED = re.compile(
    r"\b(?:(?:last )?(?:updated|modified|edited)|actualizado|aktualisiert|mis à jour|aggiornato)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:updated|modified|edited)\b[^|/]*\bago\b", re.IGNORECASE)
_ARCHIVE = re.compile(r"\bfiles?\b|\barchiv|undated", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page says about its date, apart from its dateline; texts are of blocks."""

    record_published: str | None
    record_modified: str | None
    url: str | None
    time_lines: Sequence[str]
    captions: Sequence[str]
    body: str


@dataclass(frozen=True, slots=True)
class Publication:
    """The columns on publication of one article."""

    published_at: datetime | None
    precision: Precision | None
    basis: PublishedBasis | None
    dateline_on: date | None
    modified_at: datetime | None


class PublicationRules:
    """Dates an article by the first evidence that holds."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def resolve(self, evidence: Evidence, day: PrintedDay | None) -> Publication:
        """Record, time stamp, dateline (its year from record, URL, caption, text), URL; else nothing."""
        stamp, modified = self._read_time_lines(evidence.time_lines)
        record = self._calendar.read_instant(evidence.record_published) if evidence.record_published else None
        record_modified = self._calendar.read_instant(evidence.record_modified) if evidence.record_modified else None
        modified = record_modified or modified
        modified_at = modified.at if modified else None
        known = record or stamp
        if known:
            basis = PublishedBasis.METADATA if record else PublishedBasis.TIMESTAMP
            dateline_on = self._date_dateline(day, known)
            return Publication(known.at, known.precision, basis, dateline_on, modified_at)
        dateline_on, basis_of_year = self._find_year(day, evidence)
        if dateline_on and basis_of_year:
            return Publication(_midnight(dateline_on), Precision.DAY, basis_of_year, dateline_on, modified_at)
        in_url = self._read_url(evidence.url)
        if in_url:
            return Publication(in_url.at, in_url.precision, PublishedBasis.URL, None, modified_at)
        return Publication(None, None, None, None, modified_at)

    def _date_dateline(self, day: PrintedDay | None, known: Instant) -> date | None:
        if day is None:
            return None
        if known.precision is Precision.YEAR:
            return make_day(day.year or known.at.year, day.month, day.day)
        return nearest_year(day, known.at.date())

    def _find_year(self, day: PrintedDay | None, evidence: Evidence) -> tuple[date | None, PublishedBasis | None]:
        if day is None:
            return None, None
        if day.year is not None:
            return make_day(day.year, day.month, day.day), PublishedBasis.DATELINE
        in_url = self._read_url(evidence.url)
        if in_url:
            return nearest_year(day, in_url.at.date()), PublishedBasis.URL
        for caption in evidence.captions:
            if _ARCHIVE.search(caption):
                continue
            for found in self._calendar.find_full_dates(caption):
                dated = first_day_after(day, found.day, CAPTION_DAYS)
                if dated:
                    return dated, PublishedBasis.CAPTION
        return self._find_year_in_text(day, evidence)

    def _find_year_in_text(self, day: PrintedDay, evidence: Evidence) -> tuple[date | None, PublishedBasis | None]:
        """A full date in the copy: the latest counts, since copy looks back more than ahead."""
        days = [found.day for found in self._calendar.find_full_dates(evidence.body)]
        if not days:
            return None, None
        dated = nearest_year(day, max(days))
        return dated, PublishedBasis.TEXT if dated else None

    def _read_time_lines(self, lines: Sequence[str]) -> tuple[Instant | None, Instant | None]:
        published: Instant | None = None
        modified: Instant | None = None
        for line in lines:
            updated = _UPDATED.search(line)
            relative = _RELATIVE.search(line)
            if relative:
                line, updated = line[: relative.start()], None
            before = self._calendar.read_printed(line[: updated.start()] if updated else line)
            if before and before.precision is not Precision.MONTH:
                published = published or before
            after = self._calendar.read_printed(line[updated.start() :]) if updated else None
            if after and after.precision is not Precision.MONTH:
                modified = modified or after
        return published or modified, modified

    def _read_url(self, url: str | None) -> Instant | None:
        if not url:
            return None
        for match in _URL_DAY.finditer(url):
            month, day = (match[3], match[4]) if match[2] else (match[5], match[6])
            found = make_day(int(match[1]), int(month), int(day))
            if found:
                return Instant(_midnight(found), Precision.DAY)
        named = _URL_MONTH_NAME.search(url)
        number = self._calendar.months.get(named[2].casefold()) if named else None
        found = make_day(int(named[1]), number, int(named[3])) if named and number else None
        if found:
            return Instant(_midnight(found), Precision.DAY)
        coarse = _URL_MONTH.search(url)
        found = make_day(int(coarse[1]), int(coarse[2]), 1) if coarse else None
        return Instant(_midnight(found), Precision.MONTH) if found else None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
