"""What two sets share, for many pairs at once, is what Python's own sets say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.relate import overlaps
from transforms.relate.overlaps import Sets, number_of

SETS = st.lists(st.frozensets(st.integers(0, 2**32 - 1) | st.integers(0, 9), max_size=8), min_size=1, max_size=6)


@given(members=SETS, held=st.integers(1, 20), data=st.data())
def test_pairs_share_what_sets_share(members: list[frozenset[int]], held: int, data: st.DataObject) -> None:
    place = st.integers(0, len(members) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place), max_size=12))
    sets = Sets([np.array(sorted(numbers), dtype=np.uint32) for numbers in members])
    ones, others = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    shared: list[set[int]] = [set() for _ in pairs]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaps, "_HELD", held)
        for start, pair, here, there in sets.match(ones, others):
            assert (sets.numbers[here] == sets.numbers[there]).all()
            for at, number in zip(pair.tolist(), sets.numbers[here].tolist(), strict=True):
                shared[start + at].add(number)
        counts = sets.count_shared(ones, others).tolist()
    assert shared == [members[one] & members[other] for one, other in pairs]
    assert counts == [len(numbers) for numbers in shared]


def test_numbers_of_terms_stay_what_they_are() -> None:
    """Profiles are kept: a number that changed would tell loaded articles from those that come."""
    assert [number_of(term) for term in ("", "hestøy", "\ud800")] == [634351890, 2932618990, 222123395]
