"""Stories: which articles tell of the same development, in whatever words, over days.

An article is profiled by its rare terms, names and numbers among them, weighted by how rare they are in the language
at large: a frozen reference, so that a weight never depends on what happens to be loaded. Two articles are as alike
as the cosine of their profiles, less the further apart they are in time.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.relate.groups import KEYS_SCHEMA
from transforms.resources import Resources
from transforms.tables import iter_rows

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
JOINED = 0.25
"""Likeness with its nearest from which an article belongs to its story."""
STRONGEST = 5
"""Likenesses that tell how dense the story is around an article."""
SOON = 3.0
"""Days within which time does not count."""
HALF = 14.0
"""Days more until likeness counts half."""
_FINE = 1000
"""Weights are whole numbers of this part."""
_MOST = 65_535
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_PROFILE = np.dtype([("term", "<u4"), ("weight", "<u2")])
_LIKENESS: list[pa.Field[Any]] = [
    pa.field("article_id", pa.string()),
    pa.field("other_id", pa.string()),
    pa.field("similarity", pa.float64()),
    pa.field("is_linked", pa.bool_()),
]
LIKENESS_SCHEMA = pa.schema(_LIKENESS)
"""A pair of articles, how alike they are, and whether they may be of one story."""


class StoryRules:
    """What makes two articles tell of the same."""

    def __init__(self, resources: Resources) -> None:
        self._frequency = resources.word_frequency

    def key(self, articles: pa.Table) -> pa.Table:
        """Keys (`KEYS_SCHEMA`) of articles with `headline`, `body` and `language`."""
        weigh = _Weights(self._frequency)
        rows = []
        columns = ("article_id", "headline", "body", "language")
        for article_id, headline, body, language in iter_rows(articles, *columns):
            terms = weigh(f"{headline or ''}\n{body}", language or "en")
            keys = [_number(term) for term, _ in terms[:KEYS]]
            profile = np.array(sorted((_number(term), weight) for term, weight in terms), dtype=_PROFILE)
            rows.append({"article_id": article_id, "keys": sorted(set(keys)), "profile": profile.tobytes()})
        return pa.Table.from_pylist(rows, schema=KEYS_SCHEMA)

    def compare(self, pairs: pa.Table, articles: pa.Table) -> pa.Table:
        """How alike (`LIKENESS_SCHEMA`) pairs of articles with `profile` and `published_at` are."""
        profiles: dict[str, NDArray[Any]] = {}
        sizes: dict[str, int] = {}
        times: dict[str, datetime | None] = {}
        for article_id, profile, published_at in iter_rows(articles, "article_id", "profile", "published_at"):
            found = np.frombuffer(profile or b"", dtype=_PROFILE)
            profiles[article_id], times[article_id] = found, published_at
            sizes[article_id] = int((found["weight"].astype(np.int64) ** 2).sum())
        ids = list(iter_rows(pairs, "article_id", "other_id"))
        likeness = []
        for one, other in ids:
            a, b = profiles[one], profiles[other]
            _, at, bt = np.intersect1d(a["term"], b["term"], return_indices=True)
            shared = int((a["weight"][at].astype(np.int64) * b["weight"][bt].astype(np.int64)).sum())
            size = float(sizes[one] * sizes[other]) ** 0.5
            likeness.append(shared / size * _fade(times[one], times[other]) if size else 0.0)
        return pa.table(
            [
                pairs["article_id"],
                pairs["other_id"],
                pa.array(likeness, pa.float64()),
                pa.array([x >= LINKED for x in likeness], pa.bool_()),
            ],
            schema=LIKENESS_SCHEMA,
        )


class _Weights:
    """Terms of texts with their weights."""

    def __init__(self, frequency: Callable[[str, str], float]) -> None:
        self._rarity = cache(lambda word, language: max(0.0, RARE - frequency(word, language)))

    def __call__(self, text: str, language: str) -> list[tuple[str, int]]:
        """The terms of a profile, heaviest first; none where there are too few."""
        counts = Counter(word for word in _WORD.findall(text.casefold()) if len(word) > 1)
        weights = [
            (term, min(_MOST, round(_FINE * self._rarity(term, language) * (1 + math.log(count)))))
            for term, count in counts.items()
        ]
        heaviest = sorted((w for w in weights if w[1]), key=lambda weight: (-weight[1], weight[0]))[:TERMS]
        return heaviest if len(heaviest) >= LEAST_TERMS else []


@lru_cache(maxsize=500_000)
def _number(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=4).digest(), "little")


def _fade(one: datetime | None, other: datetime | None) -> float:
    """What is left of likeness for the time between two articles; all of it where one has no date."""
    if one is None or other is None:
        return 1.0
    days = abs((one - other).total_seconds()) / 86_400
    return 1 / (1 + max(0.0, days - SOON) / HALF)
