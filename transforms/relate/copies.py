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

from transforms.relate.groups import KEYS_SCHEMA, settle_groups
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
    pa.field("article_id", pa.string()),
    pa.field("other_id", pa.string()),
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
    shingles: Shingles
    marks: frozenset[str]
    published_at: datetime | None
    title: str
    """The headline without the sign of an update, folded."""
    is_update: bool


class CopyRules:
    """What makes two articles one copy."""

    def __init__(self, resources: Resources) -> None:
        words = group_words(resources.reference["cue_words"], "cue")["update_sign"]
        signs = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        self._update = re.compile(rf"(?:{signs})(?: \d{{1,2}})?\b\W*", re.IGNORECASE)

    def key(self, articles: pa.Table) -> pa.Table:
        """Keys (`KEYS_SCHEMA`) of articles with `headline` and `body`; an article without a body has none."""
        shingler = Shingler()
        columns = ("article_id", "headline", "body")
        ids = []
        keys = []
        for article_id, headline, body in iter_rows(articles, *columns):
            ids.append(article_id)
            keys.append(_choose(_shingle(shingler, headline, body)))
        profiles = pa.nulls(len(ids), pa.binary())
        return pa.table(
            [pa.array(ids, pa.string()), pa.array(keys, pa.list_(pa.uint64())), profiles], schema=KEYS_SCHEMA
        )

    def compare(self, pairs: pa.Table, articles: pa.Table) -> pa.Table:
        """How alike (`LIKENESS_SCHEMA`) pairs (`article_id`, `other_id`) are, of articles with `published_at` too."""
        copies = self._read_all(articles)
        rows = []
        for article_id, other_id in iter_rows(pairs, "article_id", "other_id"):
            one, other = copies[article_id], copies[other_id]
            shared = _count_shared(one, other)
            sizes = len(one.shingles), len(other.shingles)
            rows.append(
                {
                    "article_id": article_id,
                    "other_id": other_id,
                    "similarity": shared / (sum(sizes) - shared or 1),
                    "kept": shared / (sizes[1] or 1),
                    "added": 1 - shared / (sizes[0] or 1),
                    "is_linked": shared > 0 and _is_copy(one, other, shared),
                }
            )
        return pa.Table.from_pylist(rows, schema=LIKENESS_SCHEMA)

    def settle(self, articles: pa.Table, links: pa.Table, settled: pa.Table) -> pa.Table:
        """The densest article of the group of each (`groups.settle_groups`), of articles as `compare` takes them."""
        return settle_groups(articles, links, settled, self._read_all, _may_be_copy)

    def _read_all(self, articles: pa.Table) -> dict[str, _Copy]:
        shingler = Shingler()
        columns = ("article_id", "headline", "body", "published_at")
        return {
            article_id: self._read(shingler, headline, body, published_at)
            for article_id, headline, body, published_at in iter_rows(articles, *columns)
        }

    def _read(self, shingler: Shingler, headline: str | None, body: str, published_at: datetime | None) -> _Copy:
        sign = self._update.match(headline or "")
        title = " ".join((headline or "")[sign.end() if sign else 0 :].casefold().split())
        return _Copy(_shingle(shingler, headline, body), _find_marks(body), published_at, title, sign is not None)


def _shingle(shingler: Shingler, headline: str | None, body: str) -> Shingles:
    shingles = shingler.shingle(body)
    return shingles if len(shingles) >= SHORT or not body else shingler.shingle(f"{headline or ''}\n{body}")


def _choose(shingles: Shingles) -> Shingles:
    sampled = int(np.searchsorted(shingles, np.uint64(2**64 // SAMPLED)))
    return shingles[: max(sampled, LEAST_KEYS)]


def _find_marks(body: str) -> frozenset[str]:
    """Numbers, and words that are written large within a sentence."""
    return frozenset(_NUMBER.findall(body)) | {w.casefold() for w in _WITHIN.findall(body) if w[0].isupper()}


def _is_copy(one: _Copy, other: _Copy, shared: int) -> bool:
    contained, marks_shared = _measure(one, other, shared)
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
    contained, marks_shared = _measure(one, centre, _count_shared(one, centre))
    if _are_far(one, centre):
        return _is_whole(one, centre, contained, marks_shared)
    return contained >= CENTRAL and (marks_shared is None or marks_shared >= CENTRAL_MARKS)


def _count_shared(one: _Copy, other: _Copy) -> int:
    return len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))


def _measure(one: _Copy, other: _Copy, shared: int) -> tuple[float, float | None]:
    """Shared shingles as a part of the shorter text, and the same of names and numbers if there are some."""
    marks = min(len(one.marks), len(other.marks))
    marks_shared = len(one.marks & other.marks) / marks if marks >= LEAST_MARKS else None
    return shared / (min(len(one.shingles), len(other.shingles)) or 1), marks_shared


def _are_far(one: _Copy, other: _Copy) -> bool:
    return bool(one.published_at and other.published_at and abs(one.published_at - other.published_at) > SOON)


def _is_whole(one: _Copy, other: _Copy, contained: float, marks_shared: float | None) -> bool:
    is_long = min(len(one.shingles), len(other.shingles)) >= LATE_SIZE
    return is_long and contained >= LATE_CONTAINED and (marks_shared is None or marks_shared >= LATE_CONTAINED)
