"""The story by trafilatura, quick where it is sure, careful where it is not, and the blocks that its lines are."""

from __future__ import annotations

import copy
import logging
from collections import Counter, defaultdict
from collections.abc import Sequence

import trafilatura
from lxml import etree, html

from transforms.markup.render import RenderedBlock

SURE_LENGTH = 500
"""Characters from which the quick answer is a story and not only its lede."""
WITNESS_LENGTH = 500
"""Characters from which a page's own `articleBody` is the whole body and not its summary."""
WITNESS_SHARE = 1.3
"""The quick answer is doubted where the page says that the story is so many times as long."""
SHORT_KEY = 25
"""A shorter block is the story's only if it is a whole line of it."""
MOST_STEPS = 200_000_000
"""Characters that are compared in search of cut and joined lines; a page of 1,000 paragraphs needs a tenth."""
_UNREAD = ("script", "style", "svg", "link", "meta", "noscript", "iframe", "template")
_EDGE = 30
_MOST = 0.6

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability").setLevel(logging.CRITICAL)


def extract_lines(tree: html.HtmlElement, witness: str | None) -> list[str]:
    """The story's lines by trafilatura, in order; empty where it finds none.

    The extractor's own path alone is both quicker and cleaner than its comparison with readability and
    justext (on the development pages F1 0.969 against 0.961), but now and then finds only the lede. So the
    comparison is asked for where the answer is short, or where the page's `articleBody` is much longer; then
    the answer nearer to `articleBody` is taken, the longer one if there is none.
    """
    quick = _extract(_without_scripts(tree), fast=True)
    length = sum(map(len, quick))
    told = witness if witness and len(witness) >= WITNESS_LENGTH else None
    if length >= SURE_LENGTH and (told is None or len(told) <= length * WITNESS_SHARE):
        return quick
    careful = _extract(tree, fast=False)
    if told is None:
        return careful if sum(map(len, careful)) > length else quick
    return max((quick, careful), key=lambda lines: measure_likeness(lines, told))


def _without_scripts(tree: html.HtmlElement) -> html.HtmlElement:
    """A copy without what the quick extractor passes over; the careful one reads JSON-LD, and has the page whole."""
    bare = copy.deepcopy(tree)
    etree.strip_elements(bare, *_UNREAD, with_tail=False)
    return bare


def _extract(tree: html.HtmlElement, *, fast: bool) -> list[str]:
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    if document is None or isinstance(document, dict) or document.body is None:
        return []
    lines: list[str] = []
    for element in document.body:
        if element.tag == "table":
            children = list(element.iter("cell"))
        else:
            children = list(element) if element.tag == "list" else [element]
        for child in children:
            lines += [line for line in (" ".join(t.split()) for t in _texts(child).split("\n")) if line]
    return lines


def _texts(element: html.HtmlElement) -> str:
    parts: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts += ["\n" if part.tag == "lb" else "", part.text or ""]
        elif part is not element:
            parts.append(part.tail or "")
    return "".join(parts)


def measure_likeness(lines: Sequence[str], told: str) -> float:
    """F1 of words, counted: 1 where a story is what the page says that it is."""
    ours, theirs = Counter(" ".join(lines).casefold().split()), Counter(told.casefold().split())
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total() or 1)


def mark_lines(blocks: Sequence[RenderedBlock], lines: Sequence[str]) -> list[bool]:
    """For each block whether it is among the story's lines.

    A block that equals a line takes it; where more blocks than lines are equal (a teaser repeats the lede),
    those in the midst of the story do. What is left of the lines is then looked for within blocks and the
    other way round, since extractors cut and join.
    """
    keys = ["".join(line.split()) for line in lines]
    places: dict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        places[block.key].append(at)
    wanted = Counter(keys)
    marks = [False] * len(blocks)
    left = [key for key in keys if key not in places]
    unique = [places[key][0] for key, count in wanted.items() if len(places.get(key, ())) == count == 1]
    middle = unique[len(unique) // 2] if unique else 0
    for key, count in wanted.items():
        for at in sorted(places.get(key, ()), key=lambda at: abs(at - middle))[:count]:
            marks[at] = True
    if left:
        _mark_pieces(blocks, marks, left, wanted)
    return marks


def _mark_pieces(blocks: Sequence[RenderedBlock], marks: list[bool], left: list[str], wanted: Counter[str]) -> None:
    """Marks blocks that are part of a line, that a line is most of, or that are lines joined by `<br>`."""
    joined = "\n".join(left)
    alone = set(left)
    steps = 0
    for at, block in enumerate(blocks):
        key = block.key
        if marks[at] or key in wanted or len(key) < SHORT_KEY:
            continue
        pieces = ["".join(piece.split()) for piece in block.text.split("\n")]
        if sum(len(piece) for piece in pieces if piece in alone) >= _MOST * len(key):
            marks[at] = True
            continue
        steps += len(joined) + len(key) * len(left)
        if steps > MOST_STEPS:
            return
        covered = sum(len(line) for line in left if len(line) >= SHORT_KEY and line in key)
        has_ends = len(key) > 3 * _EDGE and key[:_EDGE] in joined and key[-_EDGE:] in joined
        marks[at] = key in joined or has_ends or covered >= _MOST * len(key)
