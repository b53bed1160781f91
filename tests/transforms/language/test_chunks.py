from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.chunks import chunk, letters_of
from transforms.language.tagging import TagRules
from transforms.resources import Resources


@pytest.fixture(scope="module")
def rules(resources: Resources) -> TagRules:
    return TagRules.build(resources)


def chunks_of(rules: TagRules, text: str) -> list[tuple[str, str]]:
    tokens = rules.tag(text, 0, len(text))
    return [(c.kind, " ".join(t.text for t in tokens[c.start : c.end])) for c in chunk(letters_of(tokens))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The tall envoy has not been told.", [("NP", "The tall envoy"), ("VF", "has not been told"), (".", ".")]),
        ("The mayor's plan failed.", [("NP", "The mayor 's plan"), ("VF", "failed"), (".", ".")]),
        ("They refused to be moved.", [("NP", "They"), ("VF", "refused"), ("VT", "to be moved"), (".", ".")]),
        (
            "Carrying stones, she left.",
            [("VG", "Carrying"), ("NP", "stones"), (",", ","), ("NP", "she"), ("VF", "left")],
        ),
        ("South Korean troops left.", [("NP", "South Korean troops"), ("VF", "left"), (".", ".")]),
    ],
)
def test_words_are_grouped(rules: TagRules, text: str, expected: list[tuple[str, str]]) -> None:
    assert chunks_of(rules, text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Brewers worry that hops will fail.", "worry"),
        ("Smith, the mayor of the old town, called on the guild to pay.", "called"),
        ("He has criticized the guild and called for a vote.", "called"),
    ],
)
def test_a_finite_verb_is_found_that_the_tagger_took_for_another_form(rules: TagRules, text: str, verb: str) -> None:
    assert ("VF", verb) in chunks_of(rules, text)


def test_a_causative_keeps_its_infinitive(rules: TagRules) -> None:
    assert ("VI", "agree") in chunks_of(rules, "It made them agree.")


@given(st.text(alphabet='djmnNrwqgopcstTMBHOGbVikzalXI,;:.-()"Q', max_size=40))
def test_chunks_cover_the_tokens_in_order(letters: str) -> None:
    chunks = chunk(letters)
    assert [n for c in chunks for n in range(c.start, c.end)] == list(range(len(letters)))


def test_a_weekday_before_a_number_is_a_phrase_of_its_own(resources: Resources) -> None:
    text = "Ruiz said on Tuesday two Chilean ships had left on Friday night."
    tokens = TagRules.build(resources).tag(text, 0, len(text))
    phrases = [" ".join(t.text for t in tokens[c.start : c.end]) for c in chunk(letters_of(tokens)) if c.kind == "NP"]
    assert phrases == ["Ruiz", "Tuesday", "two Chilean ships", "Friday night"]
