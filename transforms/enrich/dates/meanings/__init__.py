"""What each pattern of the grammar means: its type, its TIMEX3 value and the days that it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from transforms.enrich.dates.meanings.clocks import read_clock
from transforms.enrich.dates.meanings.comparisons import read_year_ago
from transforms.enrich.dates.meanings.days import (
    read_day_range,
    read_day_word,
    read_holiday,
    read_in_the_day,
    read_iso,
    read_month_day,
    read_part_of_day,
    read_spelled_day,
    read_tonight,
    read_weekday,
    read_weekday_time,
)
from transforms.enrich.dates.meanings.durations import (
    read_bare_units,
    read_duration,
    read_each,
    read_frequency,
    read_sum,
    read_the_unit,
    read_times,
    read_unit_long,
)
from transforms.enrich.dates.meanings.found import Found, Meaning
from transforms.enrich.dates.meanings.months import (
    read_latest,
    read_month,
    read_part_of_month,
    read_period_of,
    read_quarter,
    read_quarters_of,
    read_season,
)
from transforms.enrich.dates.meanings.relative import (
    read_ago,
    read_edge_of,
    read_reference,
    read_relative,
    read_that_time,
    read_vague_period,
    read_week_from,
    read_weekend,
)
from transforms.enrich.dates.meanings.years import (
    read_century,
    read_decade,
    read_era,
    read_fiscal_year,
    read_year,
    read_year_end,
    read_year_range,
    read_year_span,
)


def read_meanings(name: str, found: Found) -> list[Meaning]:
    """The meanings of what a pattern matched: none where it turns out to tell no time, two of a range."""
    if name in _RANGE_READERS:
        return _RANGE_READERS[name](found)
    meaning = _READERS[name](found)
    return [] if meaning is None else [meaning]


def check_meanings(names: Iterable[str]) -> None:
    """Raise where a pattern asks for a meaning that nothing reads."""
    unknown = sorted(set(names) - _READERS.keys() - _RANGE_READERS.keys())
    if unknown:
        raise ValueError(f"seeds/reference/time_patterns.csv: nothing reads the meaning {', '.join(unknown)}")


_RANGE_READERS: Mapping[str, Callable[[Found], list[Meaning]]] = {
    "sum": read_sum,
    "day_range": read_day_range,
    "year_range": read_year_range,
}


_READERS: Mapping[str, Callable[[Found], Meaning | None]] = {
    "iso": read_iso,
    "month_day": read_month_day,
    "spelled_day": read_spelled_day,
    "weekday": read_weekday,
    "weekday_time": read_weekday_time,
    "day_word": read_day_word,
    "in_the_day": read_in_the_day,
    "tonight": read_tonight,
    "part_of_day": read_part_of_day,
    "holiday": read_holiday,
    "clock": read_clock,
    "month": read_month,
    "part_of_month": read_part_of_month,
    "season": read_season,
    "quarter": read_quarter,
    "quarters_of": read_quarters_of,
    "year_ago": read_year_ago,
    "latest": read_latest,
    "period_of": read_period_of,
    "fiscal_year": read_fiscal_year,
    "year": read_year,
    "year_span": read_year_span,
    "era": read_era,
    "year_end": read_year_end,
    "decade": read_decade,
    "century": read_century,
    "relative": read_relative,
    "edge_of": read_edge_of,
    "ago": read_ago,
    "week_from": read_week_from,
    "vague_period": read_vague_period,
    "reference": read_reference,
    "that_time": read_that_time,
    "duration": read_duration,
    "times": read_times,
    "bare_units": read_bare_units,
    "unit_long": read_unit_long,
    "the_unit": read_the_unit,
    "weekend": read_weekend,
    "each": read_each,
    "frequency": read_frequency,
}
