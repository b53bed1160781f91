"""Every row of the lexicon finds its own example, and any text is read without harm."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.resources import load_reference
from tests.transforms.enrich.quoting import finder, make_article
from transforms.enrich.quotes import QuoteRules
from transforms.resources import Resources

ROWS: list[dict[str, Any]] = load_reference()["quote_cues"].to_pylist()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['lemma']}-{row['part']}")
def test_the_example_shows_the_first_frame(resources: Resources, row: dict[str, Any]) -> None:
    frame = row["frames"][0]
    found = [(line.lemma, line.frame) for line in finder(resources)(row["example"])]
    if row["part"] == "noun":
        assert (row["lemma"], frame) in found or f"noun-{frame}" in [shown for _, shown in found]
    elif frame == "noun":
        assert any(lemma == row["lemma"] and str(shown).startswith("noun-") for lemma, shown in found)
    else:
        assert (row["lemma"], frame) in found


def test_other_spellings_are_the_same_cue(resources: Resources) -> None:
    find = finder(resources)
    assert [line.lemma for line in find("The mayor criticised the plan.")] == ["criticize"]
    assert [line.lemma for line in find("The mayor favoured the plan.")] == ["favor"]


MARKS = ("“", "”", '"', "'", "‘", "’", "«", "»", "''", ",", ".", "?", ":", " — ", "(", ")", "\n", " ")
WORDS = ("he said", "Lund", "told the council", "that", "the plan failed", "according to", "and", "who", "saying")
PIECES = st.sampled_from((*MARKS, *WORDS, "was asked by", "“No,”", "U.S.", "as he put it", "is expected to go"))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_text_is_read_without_harm(resources: Resources, text: str) -> None:
    article = make_article(resources, text)
    rules = QuoteRules.build(resources)
    quotes = rules.find(article)
    assert rules.find(article) == quotes
    numbers = {sentence.no for sentence in article.sentences}
    roots: list[int] = []
    for n, quote in enumerate(quotes):
        for span in ((quote.start, quote.end), quote.cue, quote.source, quote.addressee):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        assert quote.sentence_no in numbers
        assert quote.continues is None or 0 <= quote.continues < len(quotes)
        assert quote.continues != n
    for n in range(len(quotes)):
        seen = {n}
        root = n
        while (before := quotes[root].continues) is not None:
            assert before not in seen
            seen.add(before)
            root = before
        roots.append(root)
    spans = sorted((roots[n], quote.start, quote.end) for n, quote in enumerate(quotes))
    for (one, _, end), (other, start, _) in pairwise(spans):
        assert one != other or end <= start
    assert [quote.start for quote in quotes] == sorted(quote.start for quote in quotes)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aA1 .,:“”\"'‘’«»\n()—?!", max_size=80))
def test_random_marks_never_raise(resources: Resources, text: str) -> None:
    QuoteRules.build(resources).find(make_article(resources, text))
