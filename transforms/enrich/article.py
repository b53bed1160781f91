"""An article as the steps of enrichment see it, and what they hand to one another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from transforms.language.tokens import Token
from warehouse.contract.codes import Attitude, BlockKind, EntityType, MentionKind, QuoteKind

__all__ = ["Article", "Mention", "Quote", "Sentence", "Token"]


class Sentence(NamedTuple):
    """A row of `sentences`, with the kind and paragraph of its block."""

    no: int
    kind: BlockKind
    paragraph_no: int
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One article: its text, its sentences in order, and the tokens of each (`tokens[i]` are of `sentences[i]`)."""

    article_id: str
    text: str
    sentences: Sequence[Sentence]
    tokens: Sequence[Sequence[Token]]
    dateline_on: date | None = None
    published_on: date | None = None
    dateline_country: str | None = None
    url: str | None = None
    publisher: str | None = None

    def index_at(self, position: int) -> int:
        """Index of the sentence that holds a character of one of the tokens."""
        return max(bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1, 0)


@dataclass(slots=True)
class Mention:
    """A row of `mentions` in the making.

    `entity_id` is null where unresolved; `gender` is m, f, n (a thing, an organisation, a state) or null; `is_plural`
    tells what `they` may point to. `name` is the entity's fullest form in this article, in ordinary case.
    """

    sentence_no: int
    start: int
    end: int
    entity_type: EntityType
    kind: MentionKind
    rule: str
    entity_id: str | None = None
    role: str | None = None
    country: str | None = None
    name: str | None = None
    gender: str | None = None
    is_plural: bool = False


@dataclass(slots=True)
class Quote:
    """A row of `quotes` in the making: one contiguous piece.

    `continues` is the index, in the article's list of quotes, of the piece before it in the same statement.
    `addressee` is the span of who is spoken to; `frame` is that of the cue by which the quote was found (see
    `quote_cues`). Spans are (start, end) into the article's text.
    """

    sentence_no: int
    kind: QuoteKind
    start: int
    end: int
    rule: str
    cue: tuple[int, int] | None = None
    cue_lemma: str | None = None
    attitude: Attitude | None = None
    source: tuple[int, int] | None = None
    addressee: tuple[int, int] | None = None
    continues: int | None = None
    frame: str | None = None


def find_first_pieces(quotes: Sequence[Quote]) -> list[int]:
    """For each quote the index of the first piece of its statement: its own where it continues nothing."""
    first: list[int] = []
    for number, quote in enumerate(quotes):
        if quote.continues is not None and quote.continues >= number:
            raise ValueError(f"quote {number} continues quote {quote.continues}, which does not stand before it")
        first.append(number if quote.continues is None else first[quote.continues])
    return first
