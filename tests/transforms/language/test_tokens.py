from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.tokens import TokenRules

RULES = TokenRules({"Mr", "Sen", "Gen", "Inc"})


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in RULES.tokenise(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The pro-Western envoy left.", ["The", "pro-Western", "envoy", "left", "."]),
        ("Mr. Adeyemi met Gen. B. Holt.", ["Mr.", "Adeyemi", "met", "Gen.", "B.", "Holt", "."]),
        ("It chose plan B.", ["It", "chose", "plan", "B", "."]),
        ("a U.S.-led force at 9 a.m. today", ["a", "U.S.-led", "force", "at", "9", "a.m.", "today"]),
        ("It didn't, they'll see", ["It", "did", "n't", ",", "they", "'ll", "see"]),
        ("Norway’s O’Hara", ["Norway", "’s", "O’Hara"]),
        ("miners' pay", ["miners", "'", "pay"]),
        ("“No,” she said", ["“", "No", ",", "”", "she", "said"]),
        ("''No,'' he said...", ["''", "No", ",", "''", "he", "said", "..."]),
        ("«Oui» and 'no'", ["«", "Oui", "»", "and", "'", "no", "'"]),
        ("$1.5 million, 1,200 men, 7%", ["$1.5", "million", ",", "1,200", "men", ",", "7", "%"]),
        ("a 21-year-old at 10:30", ["a", "21-year-old", "at", "10:30"]),
        ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1", "."]),
    ],
)
def test_a_sentence_is_cut(text: str, tokens: list[str]) -> None:
    assert cut(text) == tokens


def test_only_the_part_asked_for_is_cut() -> None:
    text = "One two. Three four."
    assert RULES.tokenise(text, 4, 8) == [(4, 7), (7, 8)]


@given(st.text(alphabet=st.sampled_from(list("aB1 .,'’“”\"-—$&@é\n")), max_size=60))
def test_tokens_cover_all_but_white_space(text: str) -> None:
    spans = RULES.tokenise(text, 0, len(text))
    covered = {position for start, end in spans for position in range(start, end)}
    assert {n for n, letter in enumerate(text) if not letter.isspace()} == covered
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(start < end for start, end in spans)
