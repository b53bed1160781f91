from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.tagging import TagRules
from transforms.resources import Resources


@pytest.fixture(scope="module")
def rules(resources: Resources) -> TagRules:
    return TagRules.build(resources)


def tags_of(rules: TagRules, text: str) -> dict[str, str]:
    return {token.text: token.tag for token in rules.tag(text, 0, len(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that taxes would fall.", {"said": "VVD", "that": "CJT", "would": "VM0", "fall": "VVI"}),
        ("That plan went to Riga to die.", {"That": "DT0", "die": "VVI"}),
        ("The report says exports fell.", {"report": "NN1", "says": "VVZ", "fell": "VVD"}),
        ("They report to the board.", {"report": "VVB"}),
        ("The bridge was damaged by floods.", {"damaged": "VVN"}),
        ("Mr. Okonjo-Reyes met Dwayne Kettleborough.", {"Okonjo-Reyes": "NP0", "Kettleborough": "NP0"}),
        ("Kettleborough resigned.", {"Kettleborough": "NP0", "resigned": "VVD"}),
        ("It didn’t matter, the state’s envoy said.", {"n’t": "XX0", "’s": "POS"}),
        ("“Enough,” she said.", {"“": "PUQ", "”": "PUQ", "she": "PNP"}),
        ("Police Say Driver Fled Scene", {"Say": "VVB", "Fled": "VVD"}),
    ],
)
def test_words_are_tagged_in_context(rules: TagRules, text: str, expected: dict[str, str]) -> None:
    found = tags_of(rules, text)
    assert {word: found[word] for word in expected} == expected


def test_tokens_are_slices_of_the_text(rules: TagRules) -> None:
    text = "Padding. The envoy’s car wasn’t there. More."
    tokens = rules.tag(text, 9, 38)
    assert [token.text for token in tokens][:3] == ["The", "envoy", "’s"]
    assert all(text[token.start : token.end] == token.text and token.lower == token.text.lower() for token in tokens)


@given(st.text(max_size=80))
def test_any_text_is_tagged_the_same_way_twice(rules: TagRules, text: str) -> None:
    first = rules.tag(text, 0, len(text))
    assert rules.tag(text, 0, len(text)) == first
    assert all(token.tag for token in first)


def test_lemmas_of_verbs(resources: Resources) -> None:
    forms = {"denied": "VVD", "said": "VVN", "urging": "VVG", "insists": "VVZ", "swore": "VVD"}
    assert [resources.lemmatise(word, tag) for word, tag in forms.items()] == ["deny", "say", "urge", "insist", "swear"]
