"""Stories: which articles tell of the same development, in whatever words, over days.

An article is profiled by its rare terms, names and numbers among them, weighted by how rare they are in the language
at large: a frozen reference, so that a weight never depends on what happens to be loaded. What wires write short is
rare there and in every story here, and weighs nothing. Two articles are as alike as the cosine of their profiles, less
the further apart they are in time.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache
from heapq import nsmallest
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.relate.groups import KEYS_SCHEMA, find_places, settle_groups
from transforms.relate.overlaps import Places, Sets, number_of
from transforms.resources import Resources
from transforms.tables import group_words, iter_rows

RARE = 6.0
"""A word with so many occurrences in a billion (the logarithm to base ten) weighs nothing, a rarer one the rest."""
TERMS = 40
"""Terms of a profile: the heaviest."""
LEAST_TERMS = 8
"""A shorter profile tells no story."""
KEYS = 16
"""Terms by which an article is looked up: the heaviest again."""
WINDOW = 16
"""An article is compared with so many before it that share a key, ..."""
LEAST_MET = 2
"""... if they share so many keys."""
LINKED = 0.2
"""Likeness from which two articles may be of one story."""
JOINED = 0.24
"""Likeness with a denser article from which an article may belong to its story, ..."""
CENTRAL = 0.12
"""... if it is so like the densest article of the story."""
STRONGEST = 5
"""Likenesses that tell how dense the story is around an article."""
SOON = 3.0
"""Days within which time does not count."""
HALF = 14.0
"""Days more until likeness would count half, ..."""
LATE = 0.65
"""... but it counts so much at least: a verdict, an inquest, a report come months later."""
_FINE = 1000
"""Weights are whole numbers of this part."""
_MOST = 65_535
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_PROFILE = np.dtype([("term", "<u4"), ("weight", "<u2")])
_LIKENESS: list[pa.Field[Any]] = [
    pa.field("doc", pa.int32()),
    pa.field("other", pa.int32()),
    pa.field("similarity", pa.float64()),
    pa.field("is_linked", pa.bool_()),
]
LIKENESS_SCHEMA = pa.schema(_LIKENESS)
"""A pair of articles, how alike they are, and whether they may be of one story."""


class StoryRules:
    """What makes two articles tell of the same."""

    def __init__(self, resources: Resources) -> None:
        self._frequency = resources.word_frequency
        self._shorthand = group_words(resources.reference["cue_words"], "cue")["wire_shorthand"]

    def key(self, articles: pa.Table) -> pa.Table:
        """Keys (`KEYS_SCHEMA`) of articles with `headline`, `body` and `language`."""
        weigh = _Weights(self._frequency, self._shorthand)
        rows = []
        for doc, headline, body, language in iter_rows(articles, "doc", "headline", "body", "language"):
            terms = weigh(f"{headline or ''}\n{body}", language or "en")
            keys = [number_of(term) for term, _ in terms[:KEYS]]
            profile = np.array(sorted({number_of(term): weight for term, weight in terms}.items()), dtype=_PROFILE)
            rows.append({"doc": doc, "keys": sorted(set(keys)), "profile": profile.tobytes()})
        return pa.Table.from_pylist(rows, schema=KEYS_SCHEMA)

    def compare(self, pairs: pa.Table, articles: pa.Table) -> pa.Table:
        """How alike (`LIKENESS_SCHEMA`) pairs (`doc`, `other`) are, of articles with `profile` and `published_at`."""
        profiles = list(_unpack(articles).values())
        ones, others = find_places(articles, pairs)
        likeness = [
            profiles[one].measure(profiles[other], product)
            for one, other, product in zip(
                ones.tolist(), others.tolist(), _multiply(profiles, ones, others).tolist(), strict=True
            )
        ]
        return pa.table(
            [
                pairs["doc"],
                pairs["other"],
                pa.array(likeness, pa.float64()),
                pa.array([x >= LINKED for x in likeness], pa.bool_()),
            ],
            schema=LIKENESS_SCHEMA,
        )

    def settle(self, articles: pa.Table, links: pa.Table, settled: pa.Table) -> pa.Table:
        """The densest article of the story of each (`groups.settle_groups`), of articles as `compare` takes them."""
        return settle_groups(articles, links, settled, _unpack, _is_central)


class _Profile:
    """Rare terms of an article, and when it was published."""

    def __init__(self, profile: bytes, published_at: datetime | None) -> None:
        found = np.frombuffer(profile, dtype=_PROFILE)
        self.terms, self.weights = found["term"], found["weight"].astype(np.float64)
        self._size = float(self.weights @ self.weights) ** 0.5
        self._published_at = published_at

    def measure(self, other: _Profile, product: float) -> float:
        """The cosine of both, faded by the time between them."""
        size = self._size * other._size
        return product / size * _fade(self._published_at, other._published_at) if size else 0.0


def _unpack(articles: pa.Table) -> dict[int, _Profile]:
    rows = iter_rows(articles, "doc", "profile", "published_at")
    return {doc: _Profile(profile, published_at) for doc, profile, published_at in rows}


def _multiply(profiles: Sequence[_Profile], ones: Places, others: Places) -> NDArray[np.float64]:
    """Products of pairs of profiles: whole numbers, so that no order of adding counts."""
    terms = Sets([profile.terms for profile in profiles])
    weights = np.concatenate([np.empty(0), *(profile.weights for profile in profiles)])
    products = np.zeros(len(ones))
    for start, pair, here, there in terms.match(ones, others):
        found = np.bincount(pair, weights=weights[here] * weights[there])
        products[start : start + len(found)] = found
    return products


def _is_central(one: _Profile, centre: _Profile) -> bool:
    _, here, there = np.intersect1d(one.terms, centre.terms, assume_unique=True, return_indices=True)
    return one.measure(centre, float(one.weights[here] @ centre.weights[there])) >= CENTRAL


class _Weights:
    """Terms of texts with their weights."""

    def __init__(self, frequency: Callable[[str, str], float], shorthand: Collection[str]) -> None:
        @cache
        def weigh(word: str, language: str) -> float:
            is_term = len(word) > 1 and word not in shorthand
            return RARE - frequency(word, language) if is_term else 0.0

        self._rarity = weigh

    def __call__(self, text: str, language: str) -> list[tuple[str, int]]:
        """The terms of a profile, heaviest first; none where there are too few."""
        weights = []
        for term, count in Counter(_WORD.findall(text.casefold())).items():
            rarity = self._rarity(term, language)
            if rarity > 0:
                weights.append((-min(_MOST, round(_FINE * rarity * (1 + math.log(count)))), term))
        if len(weights) < LEAST_TERMS:
            return []
        return [(term, -weight) for weight, term in nsmallest(TERMS, weights)]


def _fade(one: datetime | None, other: datetime | None) -> float:
    """What is left of likeness for the time between two articles; all of it where one has no date."""
    if one is None or other is None:
        return 1.0
    days = abs((one - other).total_seconds()) / 86_400
    return max(LATE, 1 / (1 + max(0.0, days - SOON) / HALF))
