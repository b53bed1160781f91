"""Units of time: their size, and durations in TIMEX3."""

from __future__ import annotations

import re

from transforms.enrich.dates.granules import Grain
from transforms.enrich.dates.meanings.found import Meaning
from warehouse.contract.codes import TimexType

GRAINS = {
    "D": Grain.DAY,
    "W": Grain.WEEK,
    "M": Grain.MONTH,
    "Q": Grain.QUARTER,
    "Y": Grain.YEAR,
    "10Y": Grain.DECADE,
    "100Y": Grain.CENTURY,
}


_UNIT = re.compile(r"(T?)(\d*)([A-Z])$")
_SIZES = "YQMWD"
_SIZES_BELOW_A_DAY = "HMS"


def is_smaller(unit: str, than: str) -> bool:
    """Whether a unit is a part of another: months of years, minutes of hours."""
    one, other = _UNIT.match(unit), _UNIT.match(than)
    if one is None or other is None or one[2] or other[2]:
        return False
    if bool(one[1]) != bool(other[1]):
        return bool(one[1])
    sizes = _SIZES_BELOW_A_DAY if one[1] else _SIZES
    return sizes.index(one[3]) > sizes.index(other[3])


def split_unit(unit: str) -> tuple[int, Grain | None, bool]:
    """Factor, size, and whether it is below a day."""
    match = _UNIT.match(unit)
    if match is None:
        return 1, None, False
    return int(match[2] or 1), GRAINS.get(match[3]), bool(match[1])


def spell_duration(number: float, unit: str) -> str:
    """A TIMEX3 duration: P3D, PT4H, P2Y6M."""
    match = _UNIT.match(unit)
    if match is None:
        return "PX"
    total = number * int(match[2] or 1)
    letter = match[3]
    prefix = "PT" if match[1] else "P"
    smaller = {"Y": ("M", 12), "H": ("M", 60), "D": ("TH", 24)}.get(letter)
    if total != int(total) and smaller is not None:
        rest = round((total - int(total)) * smaller[1])
        whole = f"{int(total)}{letter}" if int(total) else ""
        if smaller[0].startswith("T"):
            return f"{prefix}{whole}T{rest}H"
        return f"{prefix}{whole}{rest}{smaller[0]}"
    shown = str(int(total)) if total == int(total) else f"{total:g}"
    return f"{prefix}{shown}{letter}"


def mean_duration(number: float, unit: str) -> Meaning:
    """The meaning of a length of time."""
    return Meaning(TimexType.DURATION, spell_duration(number, unit))


def vague_duration(unit: str) -> str:
    """A TIMEX3 duration of an unknown number of units."""
    match = _UNIT.match(unit)
    if match is None:
        return "PX"
    letter = {"10": "DE", "100": "CE"}.get(match[2], match[3])
    return f"{'PT' if match[1] else 'P'}X{letter}"
