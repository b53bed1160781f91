from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.resources import load_reference
from transforms.language.sentences import SentenceRules
from transforms.tables import group_words

_REFERENCE = load_reference()
_CUES = group_words(_REFERENCE["cue_words"], "cue")
RULES = SentenceRules(_REFERENCE["abbreviations"], _CUES["sentence_opener"], _CUES["saying"])


@pytest.mark.parametrize(
    "printed",
    [
        "Mr. Sample met Dr. Example.|They spoke.",
        "He lives in the U.S. with his wife.|She does not.",
        "The law passed in the U.S.|The minister objected.",
        "U.S. President George W. Bush spoke.|Nobody listened.",
        "It opens on Jan. 12.|Tickets are free.",
        "He lives at No. 5 Main St. in Lagos.|It is old.",
        "Example Inc. said it lost 3.5 million dollars.|It will close.",
        "“We are done.”|The crowd left.",
        "“Are you sure?” Sample asked.|Nobody was.",
        "“Go!” he cried.|They went.",
        "He waited ...|Nobody came.",
        "He said … nothing.|Then he left.",
        "He left. kyiv was far.".replace(". k", ".|k"),
        "Sales rose at Example Corp. and fell at Sample Ltd.|The shares fell.",
        "It began at 5 p.m. on Monday.|It ended late.",
        "He is “happy.”|“So am I,” she said.",
        "(It rained.)|The match went on.",
        "What now?|Who knows!|Not he.",
        "1. First item here.|2. Second item here.",
        "日本語の文です。|二つ目の文です。",
        "One\nline that was wrapped.|Two\nlines.",
    ],
)
def test_boundaries(printed: str) -> None:
    wanted = printed.split("|")
    text = " ".join(wanted)
    assert [text[start:end] for start, end in RULES.split(text, 0, len(text))] == wanted


@given(st.text(alphabet=st.sampled_from(list('aB .!?…"”’)(\n1é。')), max_size=80))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    spans = RULES.split(text, 0, len(text))
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
