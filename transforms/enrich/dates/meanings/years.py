"""Years, decades, centuries."""

from __future__ import annotations

from transforms.enrich.dates.granules import SEASONS, Grain, Granule
from transforms.enrich.dates.meanings.found import Found, Meaning, mean_date
from transforms.enrich.dates.tense import Tense
from warehouse.contract.codes import TimexType


def read_fiscal_year(found: Found) -> Meaning | None:
    """A fiscal year, by the year that names it."""
    year = found.integer("year", "year")
    return None if year is None else mean_date(Granule(Grain.YEAR, year))


def read_year(found: Found) -> Meaning | None:
    """A year; none where the number counts something else."""
    year = found.integer("year", "year")
    if year is None:
        return None
    era = found.value("era", "era")
    if era == "BC":
        return Meaning(TimexType.DATE, f"BC{year:04d}")
    if era is None and not _is_year(found, year):
        return None
    return mean_date(Granule(Grain.YEAR, year))


def _is_year(found: Found, year: int) -> bool:
    """Whether a bare number of four digits is a year: by its size, its neighbours and what it counts."""
    if not 1500 <= year <= 2100 and not found.clock.narrative:
        return False
    before, after = found.before, found.after
    if before in found.hints["no_year_after"] and found.match.end() - found.match.start() == 1:
        return False
    token = found.piece("year")
    following = found.following
    if after in found.hints["no_year_before"]:
        return False
    is_counting = following is not None and following.tag == "NN2" and following.text.islower()
    return token is not None and not (is_counting and before not in {"the", "in", "its", "their", "of"})


def read_year_range(found: Found) -> list[Meaning]:
    """ "1914-18", "264 to 241 BC"."""
    first = found.integer("year", "year") or found.integer("number", "number")
    last = found.integer("second", "year", "short_year", "number")
    if first is None or last is None:
        return []
    begin, end = found.match.span()
    start = found.match.start("second")
    if found.piece("era") is not None:
        if found.value("era", "era") != "BC" or first < last or last < 1:
            return []
        stop = begin + (2 if found.piece("first_era") else 1)
        return [
            Meaning(TimexType.DATE, f"BC{first:04d}", span=(begin, stop)),
            Meaning(TimexType.DATE, f"BC{last:04d}", span=(start, end)),
        ]
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 150 or not _is_year(found, first):
        return []
    return [
        Meaning(TimexType.DATE, f"{year:04d}", Granule(Grain.YEAR, year), span=span)
        for year, span in ((first, (begin, begin + 1)), (last, (start, end)))
    ]


def read_year_span(found: Found) -> Meaning | None:
    """ "1986/87": a season or fiscal year that begins in one year and ends in the next; its value is the first."""
    first, last = found.integer("year", "year"), found.integer("second", "year", "short_year")
    if first is None or last is None or (first + 1) % 100 != last % 100:
        return None
    return Meaning(TimexType.DATE, f"{first:04d}", Granule(Grain.YEAR, first), Granule(Grain.YEAR, first + 1))


def read_era(found: Found) -> Meaning | None:
    """A year, month or season before or after Christ."""
    year = found.integer("number", "number", "year")
    if year is None or not 1 <= year <= 9999:
        return None
    month = found.integer("month", "month")
    season = found.value("season", "season")
    if found.value("era", "era") == "BC":
        part = f"-{month:02d}" if month is not None else f"-{season}" if season else ""
        return Meaning(TimexType.DATE, f"BC{year:04d}{part}")
    if month is not None:
        return mean_date(Granule.in_year(Grain.MONTH, year, month))
    if season:
        return mean_date(Granule.in_year(Grain.SEASON, year, SEASONS.index(str(season)) + 1))
    return mean_date(Granule(Grain.YEAR, year))


def read_year_end(found: Found) -> Meaning | None:
    """ "Year-end": the last month of the year."""
    here = found.here(Grain.YEAR)
    if here is None or found.line.pieces[found.match.end() - 1].lower != "end":
        return None
    if found.tense is Tense.PAST and found.basis is not None and found.basis.month < 10:
        here = here.shift(-1)
    return mean_date(Granule.in_year(Grain.MONTH, here.year, 12))


def read_decade(found: Found) -> Meaning | None:
    """A decade: "the 1990s"."""
    first = found.integer("decade", "decade")
    is_age = found.before in {"his", "her", "their", "my", "your", "our"} or found.words[0] in {"his", "her", "their"}
    if is_age and len(found.words[-1]) < 5:  # "in his early 40s"
        return None
    return None if first is None else mean_date(Granule(Grain.DECADE, first // 10))


def read_century(found: Found) -> Meaning | None:
    """A century; its value counts from the hundreds, so the 20th is 19."""
    number = found.integer("ordinal", "ordinal")
    if number is None or not 1 <= number <= 30:
        return None
    if found.value("era", "era") == "BC":
        return Meaning(TimexType.DATE, f"BC{number - 1:02d}")
    return mean_date(Granule(Grain.CENTURY, number - 1))
