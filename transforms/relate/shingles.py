"""Shingles: runs of words as numbers, by which texts are compared (A. Broder, 1997)."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from transforms.relate.overlaps import digest

Shingles = NDArray[np.uint64]
"""Distinct numbers in ascending order. They are spread evenly, so that the least of them are a random sample."""

LENGTH = 5
"""Words of a shingle."""
_WORD = re.compile("[぀-ヿ㐀-鿿가-힯]|[^\\W_぀-ヿ㐀-鿿가-힯]+")
"""A run of letters and digits; a single character in scripts that set no spaces between words."""
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD],
    dtype=np.uint64,
)
"""Odd numbers, one for each place in a shingle: the order of its words counts."""


class Shingler:
    """Turns texts into shingles; it remembers the numbers of the words it has met."""

    def __init__(self) -> None:
        self._words = _Words()

    def shingle(self, text: str) -> Shingles:
        """The shingles of a text, case and punctuation apart; a shorter text is one shingle, an empty one none."""
        words = _WORD.findall(text.casefold())
        if not words:
            return np.empty(0, dtype=np.uint64)
        numbers = np.fromiter(map(self._words.__getitem__, words), dtype=np.uint64, count=len(words))
        if len(numbers) < LENGTH:
            numbers = np.concatenate([numbers, np.zeros(LENGTH - len(numbers), dtype=np.uint64)])
        last = len(numbers) - LENGTH + 1
        sums = np.zeros(last, dtype=np.uint64)
        for place, factor in enumerate(_FACTORS):
            sums += numbers[place : place + last] * factor
        return np.unique(_mix(sums))


class _Words(dict[str, int]):
    def __missing__(self, word: str) -> int:
        number = self[word] = digest(word, 8)
        return number


def _mix(numbers: Shingles) -> Shingles:
    """Spreads numbers evenly: the last steps of SplitMix64 (G. Steele and others, 2014)."""
    mixed = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
