from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.relate.shingles import LENGTH, Shingler

WORDS = st.lists(st.sampled_from(["the", "pier", "closed", "Tuesday", "23", "été", "港"]), max_size=30)


@given(WORDS)
def test_case_and_punctuation_make_no_difference(words: list[str]) -> None:
    plain, dressed = Shingler().shingle(" ".join(words)), Shingler().shingle("“" + ", ".join(words).upper() + "”")
    assert plain.tolist() == dressed.tolist()


@given(WORDS)
def test_numbers_are_distinct_and_in_order_and_the_same_in_any_company(words: list[str]) -> None:
    shingler = Shingler()
    shingler.shingle("other words came before these ones")
    numbers = shingler.shingle(" ".join(words))
    assert numbers.tolist() == sorted(set(numbers.tolist()))
    assert numbers.tolist() == Shingler().shingle(" ".join(words)).tolist()
    assert len(numbers) <= max(bool(words), len(words) - LENGTH + 1)


def test_the_order_of_words_counts() -> None:
    shingle = Shingler().shingle
    assert not set(shingle("one two three four five").tolist()) & set(shingle("five four three two one").tolist())


def test_a_text_shares_all_but_the_shingles_that_a_changed_word_is_in() -> None:
    words = [f"word{i}" for i in range(40)]
    changed = [*words[:20], "other", *words[21:]]
    shared = np.intersect1d(Shingler().shingle(" ".join(words)), Shingler().shingle(" ".join(changed)))
    assert len(shared) == 36 - LENGTH


def test_least_numbers_are_a_fair_sample() -> None:
    numbers = Shingler().shingle(" ".join(f"word{i}" for i in range(8_000)))
    assert 850 < (numbers < 2**61).sum() < 1_150


def test_a_short_text_is_one_shingle_and_an_empty_one_none() -> None:
    assert len(Shingler().shingle("Pier closed")) == 1
    assert len(Shingler().shingle(" … ")) == 0
