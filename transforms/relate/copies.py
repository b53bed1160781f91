"""Copies: which articles are the same copy, cut, retitled and edited as it may be, measured on their bodies.

Candidates share sampled shingles, so that a brief finds the long story that it was cut from; what counts is then
measured on all of them: how much of the shorter text is in the longer, and how alike the two are as a whole. Two
stories on one template (a fixing, an auction) share their sentences and differ in their names and numbers, so these
are compared apart; and a serial's next day looks like a copy, so time counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from transforms.relate.groups import KEYS_SCHEMA, find_places, settle_groups
from transforms.relate.overlaps import Numbers, Sets, number_of
from transforms.relate.shingles import Shingler, Shingles
from transforms.resources import Resources
from transforms.tables import group_words, iter_rows

SAMPLED = 8
"""One shingle in so many is looked up."""
LEAST_KEYS = 8
"""So many are, at least: the least of the text, so that short ones meet as well."""
CONTAINED = 0.5
"""Share of the shorter text that is in the longer, from which they are one copy, ..."""
SURE_MARKS = 0.95
"""... or, where so many of its names and numbers are in the longer, ..."""
SURE_CONTAINED = 0.42
"""... this share."""
ALIKE = 0.2
"""Shared shingles among all of both, from which they are; a brief of a long story has fewer, ..."""
CUT = 0.65
"""... and is a copy if so much of it is in the longer, ..."""
BRIEF = 60
"""... which a text of fewer shingles has to have anyway, unless its names and numbers are there: most are templates."""
MARKS_SHARED = 0.65
"""Names and numbers of one that the other has, of the text that has fewer."""
MARKS_RATIO = 0.8
"""The same for each share of shingles: on a template, sentences are shared and names and numbers are not."""
LEAST_MARKS = 3
SHORT = 20
"""Shingles below which the headline is part of what is measured, and the text has to be nearly the same."""
SHORT_CONTAINED = 0.8
SOON = timedelta(days=3)
"""Within which copy is cut and edited; later it is republished as it was, ..."""
LATE_CONTAINED = 0.9
"""... which is to say that so much of it is shared, ..."""
LATE_SIZE = 60
"""... and that it has so many shingles."""
UPDATE_CONTAINED = 0.3
"""Share of the shorter text from which an update under the same headline ("UPDATE 2-…") is the copy it updates, ..."""
UPDATE_MARKS = 0.5
"""... and share of names and numbers."""
CENTRAL = 0.3
"""Share of the shorter text that a copy of a copy shares with the fullest of them, ..."""
CENTRAL_MARKS = 0.5
"""... and share of names and numbers."""
STRONGEST = 5
"""Likenesses that tell which copy is the fullest."""
WINDOW = 8
"""An article is compared with so many before it that share a key, ..."""
LEAST_MET = 0.1
"""... if they share so many of the keys of whichever has fewer: half of them where they just are copies."""
_NUMBER = re.compile(r"\d[\d.,:/-]*\d|\d")
_WITHIN = re.compile(r"(?<![.!?\"”'’:\n] )(?<![\n\"“'])(?<!^)\b[^\W\d_][\w’'-]+")

_LIKENESS: list[pa.Field[Any]] = [
    pa.field("doc", pa.int32()),
    pa.field("other", pa.int32()),
    pa.field("similarity", pa.float64()),
    pa.field("kept", pa.float64()),
    pa.field("added", pa.float64()),
    pa.field("is_linked", pa.bool_()),
]
LIKENESS_SCHEMA = pa.schema(_LIKENESS)
"""A pair of articles: shared shingles among all of both; the share of the other's that the first keeps; the share of
the first's that the other does not have; whether the two are one copy."""


@dataclass(frozen=True, slots=True)
class _Copy:
    shingles: Numbers
    """The higher halves of all of them."""
    marks: Numbers
    title: int
    """The headline without the sign of an update, folded, as a number."""
    is_update: bool
    published_at: datetime | None

    def pack(self) -> bytes:
        """All but the time, as bytes."""
        head = np.array([self.title, self.is_update, len(self.shingles)], dtype=np.uint32)
        return np.concatenate([head, self.shingles, self.marks]).tobytes()

    @classmethod
    def unpack(cls, profile: bytes, published_at: datetime | None) -> _Copy:
        numbers = np.frombuffer(profile, dtype=np.uint32)
        (title, is_update, size), rest = numbers[:3].tolist(), numbers[3:]
        return cls(rest[:size], rest[size:], title, bool(is_update), published_at)


class CopyRules:
    """What makes two articles one copy."""

    def __init__(self, resources: Resources) -> None:
        words = group_words(resources.reference["cue_words"], "cue")["update_sign"]
        signs = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        self._update = re.compile(rf"(?:{signs})(?: \d{{1,2}})?\b\W*", re.IGNORECASE)

    def key(self, articles: pa.Table) -> pa.Table:
        """Keys (`KEYS_SCHEMA`) of articles with `headline` and `body`; an article without a body has none."""
        shingler = Shingler()
        docs = []
        keys = []
        profiles = []
        for doc, headline, body in iter_rows(articles, "doc", "headline", "body"):
            shingles = _shingle(shingler, headline, body)
            docs.append(doc)
            keys.append(_choose(shingles))
            profiles.append(self._read(shingles, headline, body).pack())
        return pa.table(
            [
                pa.array(docs, pa.int32()),
                pa.array(keys, pa.list_(pa.uint64())),
                pa.array(profiles, pa.binary()),
            ],
            schema=KEYS_SCHEMA,
        )

    def compare(self, pairs: pa.Table, articles: pa.Table) -> pa.Table:
        """How alike (`LIKENESS_SCHEMA`) pairs (`doc`, `other`) are, of articles with `profile` and `published_at`."""
        copies = list(_unpack(articles).values())
        ones, others = find_places(articles, pairs)
        shingles = Sets([copy.shingles for copy in copies])
        shared = shingles.count_shared(ones, others)
        marks = Sets([copy.marks for copy in copies]).count_shared(ones, others)
        is_linked = [
            both > 0 and _is_copy(copies[one], copies[other], both, same_marks)
            for one, other, both, same_marks in zip(
                ones.tolist(), others.tolist(), shared.tolist(), marks.tolist(), strict=True
            )
        ]
        sizes, other_sizes = (np.maximum(shingles.sizes[side], 1) for side in (ones, others))
        either = np.maximum(shingles.sizes[ones] + shingles.sizes[others] - shared, 1)
        measures = (shared / either, shared / other_sizes, 1 - shared / sizes)
        return pa.table(
            [pairs["doc"], pairs["other"], *(pa.array(measure) for measure in measures), pa.array(is_linked)],
            schema=LIKENESS_SCHEMA,
        )

    def settle(self, articles: pa.Table, links: pa.Table, settled: pa.Table) -> pa.Table:
        """The densest article of the group of each (`groups.settle_groups`), of articles as `compare` takes them."""
        return settle_groups(articles, links, settled, _unpack, _may_be_copy)

    def _read(self, shingles: Shingles, headline: str | None, body: str) -> _Copy:
        sign = self._update.match(headline or "")
        title = " ".join((headline or "")[sign.end() if sign else 0 :].casefold().split())
        halves = np.unique((shingles >> np.uint64(32)).astype(np.uint32))
        return _Copy(halves, _find_marks(body), number_of(title), sign is not None, None)


def _unpack(articles: pa.Table) -> dict[int, _Copy]:
    rows = iter_rows(articles, "doc", "profile", "published_at")
    return {doc: _Copy.unpack(profile, published_at) for doc, profile, published_at in rows}


def _shingle(shingler: Shingler, headline: str | None, body: str) -> Shingles:
    shingles = shingler.shingle(body)
    return shingles if len(shingles) >= SHORT or not body else shingler.shingle(f"{headline or ''}\n{body}")


def _choose(shingles: Shingles) -> Shingles:
    sampled = int(np.searchsorted(shingles, np.uint64(2**64 // SAMPLED)))
    return shingles[: max(sampled, LEAST_KEYS)]


def _find_marks(body: str) -> Numbers:
    """Numbers, and words that are written large within a sentence."""
    marks = {*_NUMBER.findall(body), *(w.casefold() for w in _WITHIN.findall(body) if w[0].isupper())}
    return np.array(sorted({number_of(mark) for mark in marks}), dtype=np.uint32)


def _is_copy(one: _Copy, other: _Copy, shared: int, same_marks: int) -> bool:
    contained, marks_shared = _measure(one, other, shared, same_marks)
    if _are_far(one, other):
        return _is_whole(one, other, contained, marks_shared)
    if (one.is_update or other.is_update) and one.title == other.title and marks_shared is not None:
        return contained >= UPDATE_CONTAINED and marks_shared >= UPDATE_MARKS
    sizes = len(one.shingles), len(other.shingles)
    if min(sizes) < SHORT:
        return contained >= SHORT_CONTAINED
    is_sure = marks_shared is not None and marks_shared >= SURE_MARKS
    needed = SURE_CONTAINED if is_sure else CUT if min(sizes) < BRIEF else CONTAINED
    if contained < CUT and (contained < needed or shared / (sum(sizes) - shared) < ALIKE):
        return False
    return marks_shared is None or marks_shared >= max(MARKS_SHARED, MARKS_RATIO * contained)


def _may_be_copy(one: _Copy, centre: _Copy) -> bool:
    """Whether an article that is a copy of a copy can be one of the densest of them all."""
    contained, marks_shared = _measure(
        one, centre, _count_shared(one.shingles, centre.shingles), _count_shared(one.marks, centre.marks)
    )
    if _are_far(one, centre):
        return _is_whole(one, centre, contained, marks_shared)
    return contained >= CENTRAL and (marks_shared is None or marks_shared >= CENTRAL_MARKS)


def _count_shared(one: Numbers, other: Numbers) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))


def _measure(one: _Copy, other: _Copy, shared: int, same_marks: int) -> tuple[float, float | None]:
    """Shared shingles as a part of the shorter text, and the same of names and numbers if there are some."""
    marks = min(len(one.marks), len(other.marks))
    marks_shared = same_marks / marks if marks >= LEAST_MARKS else None
    return shared / (min(len(one.shingles), len(other.shingles)) or 1), marks_shared


def _are_far(one: _Copy, other: _Copy) -> bool:
    return bool(one.published_at and other.published_at and abs(one.published_at - other.published_at) > SOON)


def _is_whole(one: _Copy, other: _Copy, contained: float, marks_shared: float | None) -> bool:
    is_long = min(len(one.shingles), len(other.shingles)) >= LATE_SIZE
    return is_long and contained >= LATE_CONTAINED and (marks_shared is None or marks_shared >= LATE_CONTAINED)
