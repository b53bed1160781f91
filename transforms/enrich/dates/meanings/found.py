"""An expression that a pattern of the grammar matched, what is known around it, and what it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from transforms.enrich.dates.granules import Grain, Granule
from transforms.enrich.dates.holidays import Holidays
from transforms.enrich.dates.tense import Tense, read_tense
from transforms.enrich.dates.words import Line, Piece
from transforms.language.tokens import Token
from warehouse.contract.codes import TimexType


@dataclass(frozen=True)
class Meaning:
    """Type and value of an expression, and its period; a granule where it names one."""

    timex_type: TimexType
    value: str | None
    granule: Granule | None = None
    until: Granule | None = None
    """The last granule of a period that spans several."""
    span: tuple[int, int] | None = None
    """First word, and the one behind the last, where the expression is a part of what the pattern matched."""
    is_comparison: bool = False
    """Whether it only stands beside another date, and is none that later expressions are read from."""


def _first_day(granule: Granule) -> date:
    return granule.starts_on


def _last_day(granule: Granule) -> date:
    return granule.ends_on


@dataclass
class Clock:
    """What an article's expressions are resolved against.

    `basis` is the day of the dateline, else of publication. In a `narrative`, an account of years long past, what is
    left open is read from the date named last; `named` holds the dates named so far with their sentences.
    """

    basis: date | None
    narrative: bool = False
    is_before_christ: bool = False
    named: list[tuple[Granule, int]] = field(default_factory=list)

    @property
    def last(self) -> Granule | None:
        """The date named last."""
        return self.named[-1][0] if self.named else None

    def note(self, granule: Granule, sentence: int) -> None:
        """Remember a date that was named; decades and centuries only set the scene."""
        if granule.is_datable and granule.grain not in (Grain.DECADE, Grain.CENTURY):
            self.named.append((granule, sentence))

    def last_near(self, sentence: int, *grains: Grain) -> Granule | None:
        """The date of one of these sizes named last in this sentence or the one before."""
        return next(self._list_near(sentence, grains, 1), None)

    def latest_near(self, sentence: int, *grains: Grain, reach: int = 1) -> Granule | None:
        """Of the dates of these sizes named in this sentence or so many before, the latest that is over.

        "Sales rose in January from December, and from a year earlier": from January's. Of those that only began, the
        latest where none is over.
        """
        near = list(self._list_near(sentence, grains, reach))
        for end in (_last_day, _first_day):
            past = [granule for granule in near if self.basis is None or end(granule) <= self.basis]
            if past:
                return max(past, key=_first_day)
        return None

    def _list_near(self, sentence: int, grains: Sequence[Grain], reach: int) -> Iterator[Granule]:
        for granule, where in reversed(self.named):
            if where < sentence - reach:
                return
            if granule.grain in grains:
                yield granule


_REACH = 3
"""Sentences back in which "the following month" finds the date that it follows."""


@dataclass
class Found:
    """An expression that a pattern matched, where it stands, and what is known of its surroundings.

    `sentence` counts the article's sentences; `hints` are the words of clause_words.csv by their use; `joined_year` is
    the year of an expression that it is joined to.
    """

    line: Line
    match: re.Match[str]
    tokens: Sequence[Token]
    sentence: int
    clock: Clock
    holidays: Holidays
    hints: Mapping[str, frozenset[str]]
    joined_year: int | None = None

    def piece(self, group: str) -> Piece | None:
        """The first word of a group; none where it did not take part."""
        if group not in self.match.re.groupindex or self.match.start(group) < 0:
            return None
        return self.line.pieces[self.match.start(group)]

    def value(self, group: str, *kinds: str) -> int | float | str | None:
        """What the first word of a group stands for, as the first of the kinds that it can be."""
        piece = self.piece(group)
        if piece is None:
            return None
        return next((piece.values[kind] for kind in kinds if kind in piece.values), None)

    def integer(self, group: str, *kinds: str) -> int | None:
        """As `value`, if it is a whole number."""
        found = self.value(group, *kinds)
        return found if isinstance(found, int) else None

    def text(self, group: str) -> str | None:
        """As `value`, the word itself in lower case."""
        piece = self.piece(group)
        return None if piece is None else piece.lower

    @property
    def first(self) -> Piece:
        """First word of the expression."""
        return self.line.pieces[self.match.start()]

    @property
    def words(self) -> list[str]:
        """Its words, in lower case."""
        return [piece.lower for piece in self.line.pieces[self.match.start() : self.match.end()]]

    @property
    def before(self) -> str:
        """The word before it."""
        return self.line.pieces[self.match.start() - 1].lower if self.match.start() else ""

    @property
    def after(self) -> str:
        """The word behind it."""
        return self.line.pieces[self.match.end()].lower if self.match.end() < len(self.line.pieces) else ""

    @property
    def following(self) -> Token | None:
        """The token behind it; behind the whole word where it ends at a hyphen within one."""
        last = self.line.pieces[self.match.end() - 1]
        return next((token for token in self.tokens[last.token + 1 :] if token.start >= last.end), None)

    @cached_property
    def tense(self) -> Tense:
        """Where its clause looks."""
        last = self.line.pieces[self.match.end() - 1]
        return read_tense(self.tokens, self.first.token, last.token, self.hints["planned"], self.hints["intent"])

    @property
    def basis(self) -> date | None:
        """The day against which it is read: in a narrative the date named last."""
        if self.clock.is_before_christ:
            return None
        if self.clock.narrative and self.clock.last is not None:
            return self.clock.last.starts_on
        return self.clock.basis

    @property
    def today(self) -> Granule | None:
        """The day of the dateline or of publication."""
        return None if self.clock.basis is None else Granule.holding(Grain.DAY, self.clock.basis)

    def here(self, grain: Grain) -> Granule | None:
        """The period of this size that holds the basis."""
        basis = self.basis
        return None if basis is None else Granule.holding(grain, basis)


def find_recent(found: Found) -> Granule | None:
    """The date named last, if that was in this sentence or one of the two before."""
    if not found.clock.named or found.clock.named[-1][1] < found.sentence - _REACH:
        return None
    return found.clock.named[-1][0]


def mean_date(granule: Granule) -> Meaning | None:
    """The meaning of a period of whole days; none beyond the calendar."""
    return Meaning(TimexType.DATE, granule.value, granule) if granule.is_datable else None


def mean_time(granule: Granule, part: str) -> Meaning | None:
    """The meaning of a part of a day."""
    if not granule.is_datable:
        return None
    suffix = f"T{part}"
    return Meaning(TimexType.TIME, f"{granule.value}{suffix}", granule)


def make_day(year: int, month: int, number: int) -> Granule | None:
    """A day that exists; else none."""
    try:
        return Granule.holding(Grain.DAY, date(year, month, number))
    except ValueError:
        return None
