"""Months, seasons, quarters and halves of a year."""

from __future__ import annotations

from datetime import date

from transforms.enrich.dates.granules import SEASONS, Grain, Granule
from transforms.enrich.dates.meanings.choosing import choose_which, choose_year, find_year
from transforms.enrich.dates.meanings.comparisons import find_quarter
from transforms.enrich.dates.meanings.found import Found, Meaning, mean_date
from transforms.enrich.dates.meanings.units import GRAINS
from warehouse.contract.codes import TimexType

_CONTRACT_REACH = 5
"""Pieces behind a month among which a contract is looked for."""
_CONTRACT_WORDS = 2
"""How many of them may be words other than a month joined to it: "May/early June shipment"."""
_JOINED = frozenset({"month", "hyphen", "slash", "stage", "join"})


def read_month(found: Found) -> Meaning | None:
    """A month, with a year, by "last" or "next", or by the tense of the clause."""
    month = found.integer("month", "month")
    if month is None or (found.match.end() - found.match.start() == 1 and _is_march(found)):
        return None
    year = find_year(found)
    if year is None and found.basis is not None and _is_of_contract(found):
        return mean_date(_find_next(found.basis, month))
    return _mean_in_year(found, year, Grain.MONTH, month, f"{month:02d}")


def _mean_in_year(found: Found, year: int | None, grain: Grain, position: int, shown: str) -> Meaning | None:
    """A part of a year, in the year beside it, else in the one that the clause means, else in no year."""
    if year is not None:
        return mean_date(Granule.in_year(grain, year, position))
    granule = choose_which(found, lambda candidate: Granule.in_year(grain, candidate, position))
    return Meaning(TimexType.DATE, f"XXXX-{shown}") if granule is None else mean_date(granule)


def read_part_of_month(found: Found) -> Meaning | None:
    """ "The first week of May", "the last day of August"."""
    month = found.integer("month", "month")
    grain = GRAINS.get(str(found.value("unit", "unit")))
    if month is None or grain not in (Grain.DAY, Grain.WEEK):
        return None
    year = found.integer("year", "year")
    whole = (
        Granule.in_year(Grain.MONTH, year, month)
        if year is not None
        else choose_year(found, lambda candidate: Granule.in_year(Grain.MONTH, candidate, month))
    )
    if whole is None or not whole.is_datable:
        return None
    number = found.integer("ordinal", "ordinal")
    word = found.text("ordinal")
    days = 1 if grain is Grain.DAY else 7
    middle = 0 if grain is Grain.DAY else 3
    if number is None and word != "opening":
        day = Granule.holding(Grain.DAY, whole.ends_on).shift(-middle)
    else:
        day = Granule.holding(Grain.DAY, whole.starts_on).shift(((number or 1) - 1) * days + middle)
    if not whole.holds(day):
        return None
    return mean_date(Granule.holding(grain, day.starts_on))


def _is_march(found: Found) -> bool:
    """Whether it is a march of people: "the March to Versailles", "the Long March"."""
    return found.words == ["march"] and found.before in {"the", "a", "this", "long", "death", "peace", "protest"}


def _is_of_contract(found: Found) -> bool:
    """Whether it is the month of a delivery: "the July platinum contract", "for May shipment"."""
    if found.before == "in" or found.piece("which") is not None:
        return False
    at = found.match.end()
    following = found.line.pieces[at : at + _CONTRACT_REACH]
    nouns = [piece.lower for piece in following if _JOINED.isdisjoint(piece.values)]
    return not found.hints["contract"].isdisjoint(nouns[:_CONTRACT_WORDS])


def _find_next(basis: date, month: int) -> Granule:
    here = Granule.in_year(Grain.MONTH, basis.year, month)
    return here if not here.is_datable or here.ends_on >= basis else here.shift(12)


def read_season(found: Found) -> Meaning | None:
    """A season, with a year, by "last" or "next", or by the tense of the clause."""
    season = str(found.value("season", "season"))
    year = find_year(found)
    if year is None and found.after == "of":
        return None  # "the fall of Saigon"
    return _mean_in_year(found, year, Grain.SEASON, SEASONS.index(season) + 1, season)


def read_quarter(found: Found) -> Meaning | None:
    """A quarter or half of a year."""
    grain = Grain.HALF if found.text("part") == "half" else Grain.QUARTER
    position = found.integer("ordinal", "ordinal") or 0
    if not 1 <= position <= (2 if grain is Grain.HALF else 4):
        return None
    shown = f"{'H' if grain is Grain.HALF else 'Q'}{position}"
    return _mean_in_year(found, find_year(found), grain, position, shown)


def read_quarters_of(found: Found) -> Meaning | None:
    """The first so many months or quarters of a year."""
    year = find_year(found)
    number = found.integer("number", "number")
    grain = GRAINS.get(str(found.value("unit", "units")))
    per_year = {Grain.MONTH: 12, Grain.QUARTER: 4}.get(grain) if grain else None
    if number is None or grain is None or per_year is None or not 1 <= number <= per_year:
        return None
    if year is None or found.integer("ordinal", "ordinal") != 1:
        return None
    first = Granule.in_year(grain, year, 1)
    if number * 2 == per_year:
        return mean_date(Granule.in_year(Grain.HALF, year, 1))
    return Meaning(TimexType.DURATION, f"P{number}{'M' if grain is Grain.MONTH else 'Q'}", first)


def read_latest(found: Found) -> Meaning | None:
    """ "The latest quarter": the one that ended last."""
    part = found.text("part")
    grain = Grain.QUARTER if part in {"quarter", "period", "periods"} else GRAINS.get(str(found.value("part", "unit")))
    here = found.here(grain) if grain else None
    return None if here is None else mean_date(here.shift(-1))


def read_period_of(found: Found) -> Meaning | None:
    """ "The 1988 quarter": the quarter spoken of, in that year."""
    year = found.integer("year", "year")
    quarter = find_quarter(found)
    if year is None or quarter is None:
        return None
    return mean_date(Granule.in_year(quarter.grain, year, quarter.position))
