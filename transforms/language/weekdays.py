"""The days of the week, by their English names."""

from __future__ import annotations

from collections.abc import Mapping

WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
"""Numbers as `datetime.date.weekday` counts them, by name in lower case."""
TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "noon", "lunchtime", "midnight"})
