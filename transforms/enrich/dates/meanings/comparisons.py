"""Periods a year before another, as reports of earnings name them."""

from __future__ import annotations

from transforms.enrich.dates.granules import Grain, Granule
from transforms.enrich.dates.meanings.found import Found, Meaning
from warehouse.contract.codes import TimexType


def read_year_ago(found: Found) -> Meaning | None:
    """The same quarter or period, or the year, a year before."""
    return back_a_year(found, find_quarter(found) if asks_for_quarter(found) else None)


def asks_for_quarter(found: Found) -> bool:
    """Whether "a year ago" means a quarter: the one spoken of, a year before."""
    part = found.text("part")
    reach = found.sentence if part == "period" else 1
    near = found.clock.latest_near(found.sentence, Grain.QUARTER, Grain.HALF, reach=reach)
    return part in {"quarter", "half"} or (near is not None and part in {None, "period"})


def find_quarter(found: Found) -> Granule | None:
    """The quarter or half spoken of; else the one that ended last."""
    near = found.clock.latest_near(found.sentence, Grain.QUARTER, Grain.HALF, reach=found.sentence)
    if near is not None:
        return near
    here = found.here(Grain.QUARTER)
    return None if here is None else here.shift(-1)


def back_a_year(found: Found, quarter: Granule | None) -> Meaning | None:
    """The quarter, the month or the year, a year back."""
    back: Granule | None
    if quarter is not None:
        back = quarter.shift(-4 if quarter.grain is Grain.QUARTER else -2)
    elif (near := found.clock.latest_near(found.sentence, Grain.MONTH)) is not None:
        back = near.shift(-12)
    else:
        here = found.here(Grain.YEAR)
        back = None if here is None else here.shift(-1)
    if back is None or not back.is_datable:
        return Meaning(TimexType.DATE, None)
    return Meaning(TimexType.DATE, back.value, back, is_comparison=True)
