"""When and where an act took place, by the clause that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from transforms.enrich.article import Article
from transforms.enrich.circumstances import is_lead
from transforms.enrich.dates import TimeExpression
from transforms.enrich.events.syntax import Predicate, Syntax
from transforms.enrich.places import ResolvedPlace
from transforms.language.tokens import token_at
from warehouse.contract.codes import BlockKind, DateBasis, EventStatus, ToponymSense

_LOCATING = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "on", "off", "into", "from", "to"})
_CLAUSE_WALLS = frozenset({";", ":", ".", "t", "s", "w", "q"})
_TOLD = frozenset({EventStatus.OCCURRED, EventStatus.ONGOING})
_SINCE = frozenset({"since", "until", "after", "before", "by", "from"})


class When(NamedTuple):
    """The days of an act, and what they rest on."""

    starts_on: date | None
    ends_on: date | None
    basis: DateBasis | None


NEVER = When(None, None, None)


class SettingReader:
    """Times and places of one sentence, laid over its chunks."""

    def __init__(
        self,
        article: Article,
        index: int,
        syntax: Syntax,
        times: Sequence[TimeExpression],
        places: Sequence[ResolvedPlace],
    ) -> None:
        self._article = article
        self._index = index
        self._syntax = syntax
        self._times = [
            (self._chunk_at(time.start), time)
            for time in times
            if time.starts_on is not None and time.ends_on is not None
        ]
        self._places = [(self._chunk_at(p.start), p) for p in places if p.sense is ToponymSense.LITERAL]

    def _chunk_at(self, character: int) -> int:
        tokens, chunks = self._syntax.tokens, self._syntax.chunks
        token = token_at(tokens, character)
        return next((n for n, chunk in enumerate(chunks) if chunk.start <= token < chunk.end), len(chunks) - 1)

    def clause_of(self, first: int, last: int) -> tuple[int, int]:
        """The chunks between the marks and words around what tells the act; half-open."""
        clauses = self._syntax.clauses
        begin, end = first, last
        while begin > 0 and clauses.kind(begin - 1) not in _CLAUSE_WALLS and clauses.kind(begin - 1) != "VF":
            if clauses.kind(begin - 1) == "," and clauses.kind(begin) not in ("NP", "VF", "p", "a"):
                break
            if clauses.kind(begin - 1) == "c" and self._syntax.predicate_at(begin):
                break
            begin -= 1
        while end < clauses.count and clauses.kind(end) not in _CLAUSE_WALLS and clauses.kind(end) != "VF":
            if clauses.kind(end) == "c" and self._syntax.predicate_at(end + 1):
                break
            end += 1
        return begin, end

    def when(self, first: int, last: int, predicate: Predicate | None, status: EventStatus) -> When:
        """The clause's own time, else that of what it hangs on or is joined to, else the dateline's in the lead."""
        own = self._nearest(*self.clause_of(first, last), first)
        if own is not None:
            return When(own.starts_on, own.ends_on, DateBasis.CLAUSE)
        if predicate is None:
            return self._from_dateline(status)
        seen = 0
        governor = predicate.governor if predicate.link != "that" else None
        while governor is not None and seen < 4:
            found = self._nearest(*self.clause_of(governor.position, governor.end), governor.position)
            if found is not None:
                return When(found.starts_on, found.ends_on, DateBasis.GOVERNING_CLAUSE)
            governor, seen = governor.governor, seen + 1
        for joined in self._syntax.predicates:
            if joined.governor is predicate and joined.link == "and":
                found = self._nearest(*self.clause_of(joined.position, joined.end), joined.position)
                if found is not None:
                    return When(found.starts_on, found.ends_on, DateBasis.GOVERNING_CLAUSE)
        return self._from_dateline(status)

    def of_telling(self) -> When:
        """The day of a promise or a refusal that the clause is itself: the dateline's, in the lead."""
        return self._from_dateline(EventStatus.OCCURRED)

    def _nearest(self, begin: int, end: int, at: int) -> TimeExpression | None:
        inside = [(abs(n - at), n, time) for n, time in self._times if begin <= n < end]
        inside = [(d, n, t) for d, n, t in inside if not self._is_limit(n)]
        return min(inside, key=lambda found: found[:2])[2] if inside else None

    def _is_limit(self, position: int) -> bool:
        """Whether a time only bounds the act: "since 2014", "until Friday"."""
        return self._syntax.clauses.word(position - 1) in _SINCE and self._syntax.clauses.kind(position - 1) in (
            "p",
            "s",
        )

    def _from_dateline(self, status: EventStatus) -> When:
        day = self._article.dateline_on
        kind = self._article.sentences[self._index].kind
        if day is None or status not in _TOLD:
            return NEVER
        if kind is BlockKind.HEADLINE or is_lead(self._article, self._index):
            return When(day, day, DateBasis.DATELINE)
        return NEVER

    def where(self, first: int, last: int) -> ResolvedPlace | None:
        """The nearest place of the clause that stands behind a preposition of place."""
        clauses = self._syntax.clauses
        begin, end = self.clause_of(first, last)
        inside = [
            (abs(n - first), n, place)
            for n, place in self._places
            if begin <= n < end and clauses.kind(n - 1) in ("p", "o") and clauses.word(n - 1) in _LOCATING
        ]
        return min(inside, key=lambda found: found[:2])[2] if inside else None
