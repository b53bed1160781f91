"""Overlaps: what two sets have in common, for many pairs of sets at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
"""Distinct numbers in ascending order."""
Places = NDArray[np.int64]
_HELD = 2_000_000
"""Members of sets that are laid side by side at a time."""
_LOW = np.uint64(32)


def digest(term: str, size: int) -> int:
    """A number of so many bytes for a term, the same everywhere."""
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "replace"), digest_size=size).digest(), "little")


@lru_cache(maxsize=500_000)
def number_of(term: str) -> int:
    """The number of a term in a set, below 2**32."""
    return digest(term, 4)


class Sets:
    """Sets of numbers, laid end to end in `numbers`."""

    def __init__(self, sets: Sequence[Numbers]) -> None:
        self.sizes: Places = np.fromiter(map(len, sets), dtype=np.int64, count=len(sets))
        self.numbers: Numbers = np.concatenate([np.empty(0, dtype=np.uint32), *sets])
        self._starts = np.cumsum(self.sizes) - self.sizes

    def count_shared(self, ones: Places, others: Places) -> Places:
        """How many numbers each of `ones` (sets, by their place) shares with the one of `others`."""
        counts = np.zeros(len(ones), dtype=np.int64)
        for start, pair, _, _ in self.match(ones, others):
            found = np.bincount(pair)
            counts[start : start + len(found)] = found
        return counts

    def match(self, ones: Places, others: Places) -> Iterator[tuple[int, Places, Places, Places]]:
        """Numbers that pairs of sets share, some pairs at a time.

        Gives the place of the first of these pairs and, for each shared number, how many pairs later it is shared, in
        ascending order, and its places in `numbers` in the one set and in the other.
        """
        held = np.cumsum(self.sizes[ones] + self.sizes[others])
        start = 0
        while start < len(ones):
            before = held[start - 1] if start else 0
            end = max(start + 1, int(np.searchsorted(held, before + _HELD, side="right")))
            yield start, *self._match(ones[start:end], others[start:end])
            start = end

    def _match(self, ones: Places, others: Places) -> tuple[Places, Places, Places]:
        pairs, here, mine = self._lay(ones)
        _, there, theirs = self._lay(others)
        at = np.searchsorted(theirs, mine)
        at[at == len(theirs)] = 0
        is_shared = theirs[at] == mine if len(theirs) else np.zeros(len(mine), dtype=np.bool_)
        return pairs[is_shared], here[is_shared], there[at[is_shared]]

    def _lay(self, sets: Places) -> tuple[Places, Places, NDArray[np.uint64]]:
        """Members of some sets: which of the sets has it, its place, and a number that ascends over all of them."""
        sizes = self.sizes[sets]
        of = np.repeat(np.arange(len(sets)), sizes)
        places = np.arange(len(of)) + np.repeat(self._starts[sets] - (np.cumsum(sizes) - sizes), sizes)
        return of, places, (of.astype(np.uint64) << _LOW) | self.numbers[places]
