"""Pieces: stretches of a line that may be a mention, with what speaks for each type."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from transforms.enrich.names.lexicon import Entry
from transforms.enrich.names.page import Line


class Sense(StrEnum):
    """What a piece may mean; `none` is a name of something that is no mention, or no name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    GROUP = "group"
    NONE = "none"


FIRM = 8.0
"""A score that no evidence of context overcomes."""


@dataclass(slots=True)
class Piece:
    """Tokens `first` to `last` (exclusive) of a line.

    `scores` are log odds of each sense as the form alone gives them; `office` are the tokens of the office printed
    before it; `owner` the piece that it belongs to ("Russian" before "Foreign Minister").
    """

    line: Line
    line_no: int
    first: int
    last: int
    scores: dict[Sense, float]
    rule: str
    entries: tuple[Entry, ...] = ()
    office: tuple[int, int] | None = None
    sense: Sense | None = None
    nation: str | None = None
    evidence: dict[Sense, float] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """Its folded tokens."""
        return tuple(self.line.words[self.first : self.last])

    @property
    def start(self) -> int:
        """Where it begins in the article's text."""
        return self.line.tokens[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the article's text; a point that ends the sentence too is not part of it."""
        token = self.line.tokens[self.last - 1]
        closes = self.last == len(self.line.tokens) and token.text[-1] == "." and token.text[-2:-1].islower()
        return token.end - 1 if closes else token.end

    def is_firm(self, sense: Sense) -> bool:
        """Whether the form alone settles this sense."""
        return self.scores.get(sense, 0.0) >= FIRM
