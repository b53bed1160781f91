"""What the readers of a unit hand on: an attribution, counted in tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(slots=True)
class Found:
    """An attribution; spans are counted in tokens of the unit."""

    rule: str
    frame: str
    lemma: str
    cue: Span
    pieces: list[Span]
    source: Span | None = None
    addressee: Span | None = None


@dataclass(slots=True)
class UnitReading:
    """What was found in a unit, and its speech that nothing was found for."""

    found: list[Found] = field(default_factory=list)
    leftover: list[Span] = field(default_factory=list)
