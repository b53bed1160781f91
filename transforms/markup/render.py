"""Shows a page as text: a block for each block element, in the order of the page, clutter included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree, html

# fmt: off
BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
SKIPPED_TAGS = frozenset({
    "audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "math", "meta",
    "noscript", "object", "option", "optgroup", "param", "progress", "script", "select", "source", "style", "svg",
    "template", "textarea", "title", "track", "video",
})
# fmt: on
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTION_TAGS = frozenset({"figcaption", "figure", "caption"})
_ASIDE_TAGS = frozenset({"aside", "nav", "footer", "menu"})
_WHOLE_TAGS = frozenset({"html", "body", "article", "main"})
"""Their names tell of the page and its kind, not of the part."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PULL_NAME = re.compile(r"pull-?_?quote")
# What holds for the inside of an element, as bits: a page has thousands of elements.
_CAPTION, _ASIDE, _PULL, _LINK, _UNSEEN = 1, 2, 4, 8, 16
_CLUTTER = 32


@dataclass(slots=True)
class RenderedBlock:
    """A stretch of text that a browser sets apart."""

    text: str
    """White space collapsed; a line feed where the page has `<br>`."""
    tag: str
    """The innermost block element."""
    in_caption: bool
    in_aside: bool
    in_pull_quote: bool
    is_hidden: bool
    """Marked as not shown. Pages show by script what they hide at first, so it may be the story."""
    link_share: float
    """Share of its characters that are links."""
    key: str
    """The text without white space: what extractors agree on."""
    box: int
    """The innermost block element, by its number."""
    clutter_box: int
    """The innermost block element around it whose name says that it holds no story; -1 if there is none."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The blocks of a page, and the block elements (boxes) that they stand in, numbered in the page's order."""

    blocks: list[RenderedBlock]
    parents: list[int]
    """For each box the one around it; -1 for the page itself, which is box 0."""
    tags: list[str]
    ends: list[int]
    """For each box the number after the last one inside it."""

    def find_outer(self, tag: str) -> list[int]:
        """For each box the innermost of it and those around it that has this tag, else 0."""
        outer = [0] * len(self.tags)
        for box in range(1, len(outer)):
            outer[box] = box if self.tags[box] == tag else outer[self.parents[box]]
        return outer


@dataclass(slots=True)
class _Frame:
    """Where the walk is: the innermost block element, and what holds for it."""

    tag: str
    bits: int
    box: int
    clutter_box: int


class _Renderer:
    """Collects text until a block element opens or closes."""

    def __init__(self) -> None:
        self.blocks: list[RenderedBlock] = []
        self._pieces: list[str] = []
        self._linked = 0

    def text(self, text: str, bits: int) -> None:
        self._pieces.append(text.replace("\r", " ").replace("\n", " "))
        if bits & _LINK:
            self._linked += len("".join(text.split()))

    def line_break(self, frame: _Frame) -> None:
        if self._pieces and self._pieces[-1] == "\n":
            self.close(frame)
        else:
            while self._pieces and not self._pieces[-1].strip(" "):
                self._pieces.pop()
            if self._pieces:
                self._pieces.append("\n")

    def close(self, frame: _Frame) -> None:
        if not self._pieces:
            return
        text = "\n".join(" ".join(line.split()) for line in "".join(self._pieces).split("\n")).strip()
        if text:
            key = "".join(text.split())
            self.blocks.append(
                RenderedBlock(
                    text,
                    frame.tag,
                    in_caption=bool(frame.bits & _CAPTION),
                    in_aside=bool(frame.bits & _ASIDE),
                    in_pull_quote=bool(frame.bits & _PULL),
                    is_hidden=bool(frame.bits & _UNSEEN),
                    link_share=min(1.0, self._linked / len(key)),
                    key=key,
                    box=frame.box,
                    clutter_box=frame.clutter_box,
                )
            )
        self._pieces, self._linked = [], 0


def render(tree: html.HtmlElement, clutter_names: Sequence[str] = ()) -> Rendering:
    """The blocks of a page. Scripts and controls are left out.

    `clutter_names` are pieces of classes and ids, in lower case, of elements that hold no story.
    """
    renderer = _Renderer()
    page = Rendering(renderer.blocks, [-1], ["body"], [0])
    frame = _Frame("body", 0, 0, -1)
    frames: list[_Frame] = []
    names: dict[str, int] = {}
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in SKIPPED_TAGS or tag == "br":
                walk.skip_subtree()
                if tag == "br":
                    renderer.line_break(frame)
                continue
            if tag in BLOCK_TAGS:
                renderer.close(frame)
            frames.append(frame)
            frame = _enter(element, tag, frame, page, names, clutter_names)
            if text := element.text:
                renderer.text(text, frame.bits)
        else:
            if tag not in SKIPPED_TAGS and tag != "br":
                if tag in BLOCK_TAGS:
                    renderer.close(frame)
                    page.ends[frame.box] = len(page.tags)
                frame = frames.pop()
            if tail := element.tail:
                renderer.text(tail, frame.bits)
    page.ends[0] = len(page.tags)
    return page


def _read_name(name: str, clutter_names: Sequence[str]) -> int:
    """What a class or an id says of its element."""
    bits = _CAPTION if "caption" in name or "credit" in name else 0
    if "pull" in name and _PULL_NAME.search(name):
        bits |= _PULL
    for piece in clutter_names:
        if piece in name:
            return bits | _CLUTTER
    return bits


def _enter(
    element: html.HtmlElement,
    tag: str,
    outer: _Frame,
    page: Rendering,
    names: dict[str, int],
    clutter_names: Sequence[str],
) -> _Frame:
    bits = outer.bits
    is_clutter = False
    is_block = tag in BLOCK_TAGS
    if tag in _CAPTION_TAGS:
        bits |= _CAPTION
    elif tag in _ASIDE_TAGS:
        bits |= _ASIDE
    elif tag == "a":
        bits |= _LINK
    for name in (element.get("class"), element.get("id")):
        if name:
            told = names.get(name)
            if told is None:
                told = names[name] = _read_name(name.lower(), clutter_names)
            if told:
                bits |= told & (_PULL if tag in _WHOLE_TAGS else _PULL | _CAPTION)
                is_clutter |= is_block and tag not in _WHOLE_TAGS and bool(told & _CLUTTER)
    style = element.get("style")
    if (style and _HIDDEN.search(style)) or element.get("hidden") is not None:
        bits |= _UNSEEN
    if not is_block:
        return outer if bits == outer.bits else _Frame(outer.tag, bits, outer.box, outer.clutter_box)
    box = len(page.tags)
    page.tags.append(tag)
    page.parents.append(outer.box)
    page.ends.append(box + 1)
    return _Frame(tag, bits, box, box if is_clutter else outer.clutter_box)
