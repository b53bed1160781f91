"""When: time expressions and the days that they mean."""

from transforms.enrich.dates.rules import DateRules, TimeExpression

__all__ = ["DateRules", "TimeExpression"]
