from __future__ import annotations

import pytest

from tests.transforms.markup.test_page import PARAGRAPHS, make_page
from transforms.markup.body import find_story
from transforms.markup.container import Reading, read_container
from transforms.markup.render import Rendering, render
from transforms.markup.tree import parse_markup

LONG = [*PARAGRAPHS, *(paragraph.replace("council", "parish") for paragraph in PARAGRAPHS)]
"""More than a story has to have."""


def show(markup: str) -> Rendering:
    return render(parse_markup(markup), ["newsletter", "relat"])


def read(markup: str) -> Reading:
    reading = read_container(show(markup))
    assert reading is not None
    return reading


def texts(page: Rendering, marks: list[bool]) -> list[str]:
    return [block.text for block, mark in zip(page.blocks, marks, strict=True) if mark]


def test_paragraphs_of_one_element_are_a_story_beyond_doubt() -> None:
    page = make_page(*LONG, between='<div class="newsletter"><p>Get the news of the harbour by mail.</p></div>')
    reading = read(page)
    assert texts(show(page), reading.marks) == LONG
    assert reading.is_sure
    assert reading.size == sum(map(len, LONG))


def test_a_subhead_between_paragraphs_is_of_the_story_and_one_below_is_not() -> None:
    page = make_page(*LONG, between="<h2>What it costs</h2>").replace("</article>", "<h2>Read on</h2></article>")
    shown = texts(show(page), read(page).marks)
    assert "What it costs" in shown
    assert "Read on" not in shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h1>", f"<p>{PARAGRAPHS[0]}</p></article><article><h1>"),
        ("</article>", f"</article><div><p>{' '.join(PARAGRAPHS[:3])}</p></div>"),
        ("</article>", f'<h3><a href="/b">Pier festival called off</a></h3><p>{PARAGRAPHS[2]}</p></article>'),
        ("</article>", f"<ul><li>{'</li><li>'.join(PARAGRAPHS)}</li></ul></article>"),
        ("</article>", f"<div class='related'><p>{'</p><p>'.join(PARAGRAPHS)}</p></div></article>"),
    ],
    ids=["prose above", "prose below", "a heading that is a link", "a list", "prose in a part that is named clutter"],
)
def test_what_may_be_story_or_not_leaves_doubt(old: str, new: str) -> None:
    page = make_page(*LONG)
    assert read(page).is_sure
    assert not read(page.replace(old, new)).is_sure


def test_a_page_with_little_prose_has_no_container() -> None:
    assert read_container(show(make_page(*PARAGRAPHS[:3]))) is None


def test_the_pages_own_word_decides_where_it_is_long_enough() -> None:
    page = make_page(*LONG).replace("</article>", f"<ul><li>{'</li><li>'.join(PARAGRAPHS)}</li></ul></article>")
    tree, shown = parse_markup(page), show(page)
    told = "\n".join([*LONG, *PARAGRAPHS])
    assert not read(page).is_sure
    assert texts(shown, find_story(tree, shown, told)) == [*LONG, *PARAGRAPHS]


def test_the_pages_own_word_overrules_a_container_that_is_much_shorter() -> None:
    page = make_page(*LONG, between="".join(f"<div class='newsletter'><b>{p}</b></div>" for p in PARAGRAPHS))
    tree, shown = parse_markup(page), show(page)
    assert find_story(tree, shown, None) == read(page).marks
    assert texts(shown, find_story(tree, shown, " ".join([*LONG, *PARAGRAPHS]))) != LONG
