"""Which blocks of a page are its story: the paragraphs of one container if they leave no doubt, else trafilatura's."""

from __future__ import annotations

from lxml import html

from transforms.markup.container import Reading, read_container
from transforms.markup.extractor import WITNESS_LENGTH, WITNESS_SHARE, extract_lines, mark_lines, measure_likeness
from transforms.markup.render import Rendering

WITNESSED = 0.95
"""F1 of words with the page's own `articleBody` from which a reading needs no other ground."""


def find_story(tree: html.HtmlElement, page: Rendering, article_body: str | None) -> list[bool]:
    """For each block whether it is the story's; `article_body` is what JSON-LD says the story is."""
    reading = read_container(page)
    if reading is not None and _is_sure(page, reading, article_body):
        return reading.marks
    return mark_lines(page.blocks, extract_lines(tree, article_body))


def _is_sure(page: Rendering, reading: Reading, article_body: str | None) -> bool:
    if article_body and len(article_body) >= WITNESS_LENGTH:
        if len(article_body) > reading.size * WITNESS_SHARE:
            return False
        texts = [block.text for block, is_story in zip(page.blocks, reading.marks, strict=True) if is_story]
        if measure_likeness(texts, article_body) >= WITNESSED:
            return True
    return reading.is_sure
