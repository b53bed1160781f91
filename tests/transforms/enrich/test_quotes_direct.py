"""Quotation marks: pairing, pieces of a statement, paragraphs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.transforms.enrich.quoting import Line, finder
from transforms.resources import Resources

Find = Callable[..., list[Line]]


@pytest.fixture(scope="module")
def find(resources: Resources) -> Find:
    return finder(resources)


@pytest.mark.parametrize(
    "text",
    [
        '"The pumps are old," Lund said.',
        "“The pumps are old,” Lund said.",
        "«The pumps are old,» Lund said.",
        "„The pumps are old,” Lund said.",
        "''The pumps are old,'' Lund said.",
        "‘The pumps are old,’ Lund said.",
        "'The pumps are old,' Lund said.",
        "”The pumps are old,” Lund said.",
    ],
)
def test_marks_of_every_style(find: Find, text: str) -> None:
    assert [(q.text, q.source, q.kind) for q in find(text)] == [("The pumps are old,", "Lund", "direct")]


def test_a_quotation_that_the_cue_splits(find: Find) -> None:
    quotes = find("“The pumps,” Lund said, “are older than the river.”")
    assert [(q.text, q.continues) for q in quotes] == [("The pumps,", None), ("are older than the river.", 0)]


def test_a_quotation_that_goes_on_in_the_next_sentence(find: Find) -> None:
    quotes = find("“The pumps are old,” said Lund. “We need new ones. Soon.”")
    assert [(q.text, q.source, q.continues) for q in quotes] == [
        ("The pumps are old,", "Lund", None),
        ("We need new ones. Soon.", None, 0),
    ]


def test_sentences_within_a_quotation_stay_together(find: Find) -> None:
    quotes = find("“The pumps are old. They leak. Nobody cares,” Lund said.")
    assert [(q.text, q.sentence_no) for q in quotes] == [("The pumps are old. They leak. Nobody cares,", 0)]


def test_a_paragraph_of_speech_goes_on_with_the_one_before(find: Find) -> None:
    quotes = find("“The pumps are old,” Lund told the council.\n“On the contrary, they are ancient. They leak.”")
    assert quotes[1].text == "On the contrary, they are ancient. They leak."
    assert (quotes[1].continues, quotes[1].source) == (0, None)


def test_a_paragraph_of_speech_after_plain_copy_is_nobodys(find: Find) -> None:
    assert find("The council met on Monday.\n“They are ancient and they leak.”") == []


def test_a_quotation_over_two_paragraphs(find: Find) -> None:
    quotes = find("“The pumps are old,” Lund said. “They leak.\n“They always did.”")
    assert [(q.text, q.continues) for q in quotes] == [
        ("The pumps are old,", None),
        ("They leak.", 0),
        ("They always did.", 1),
    ]


def test_a_clause_with_a_colon_leads_to_the_next_paragraph(find: Find) -> None:
    quotes = find("Lund answered:\n“The pumps are old.”")
    assert [(q.text, q.source, q.cue) for q in quotes] == [("The pumps are old.", "Lund", "answered")]


def test_a_fragment_makes_the_report_mixed(find: Find) -> None:
    quotes = find("Lund said the plan was “dead and buried” for good.")
    assert [(q.text, q.kind) for q in quotes] == [("the plan was “dead and buried” for good", "mixed")]


def test_a_quotation_within_a_quotation(find: Find) -> None:
    quotes = find("“She told me, ‘Go home,’ and I went,” Lund said.")
    assert [q.text for q in quotes] == ["She told me, ‘Go home,’ and I went,"]


def test_an_apostrophe_closes_nothing(find: Find) -> None:
    quotes = find("‘The engineers’ pumps don’t work,’ Lund said.")
    assert [q.text for q in quotes] == ["The engineers’ pumps don’t work,"]


def test_a_mark_that_is_never_closed(find: Find) -> None:
    assert [(q.text, q.source) for q in find("“The pumps are old, Lund said. He left.")] == [
        ("The pumps are old", "Lund")
    ]


def test_a_name_behind_a_dash(find: Find) -> None:
    quotes = find("“The pumps are old.” — Nils Lund")
    assert [(q.text, q.source) for q in quotes] == [("The pumps are old.", "Nils Lund")]


def test_a_question_and_who_asked_it(find: Find) -> None:
    assert [(q.text, q.source) for q in find("“Who pays for the pumps?” Lund asked.")] == [
        ("Who pays for the pumps?", "Lund")
    ]


def test_speech_behind_a_colon_is_the_subjects(find: Find) -> None:
    quotes = find("The mayor has a new motto: “No more leaks under this river.”")
    assert [(q.text, q.source) for q in quotes] == [("No more leaks under this river.", "The mayor")]
