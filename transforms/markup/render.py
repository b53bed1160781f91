"""Shows a page as text: a block for each block element, in the order of the page, clutter included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION_NAME = re.compile(r"caption|credit", re.IGNORECASE)
_PULL_NAME = re.compile(r"pull-?_?quote", re.IGNORECASE)
_SPACE = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")


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


@dataclass(slots=True)
class _Frame:
    """What holds for the inside of an element."""

    tag: str
    in_caption: bool = False
    in_aside: bool = False
    in_pull_quote: bool = False
    in_link: bool = False
    is_hidden: bool = False


class _Renderer:
    def __init__(self) -> None:
        self.blocks: list[RenderedBlock] = []
        self._pieces: list[str] = []
        self._linked = 0

    def text(self, text: str | None, frame: _Frame) -> None:
        if not text:
            return
        self._pieces.append(text.replace("\r", " ").replace("\n", " "))
        if frame.in_link:
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
        if self._pieces:
            text = _AROUND_BREAK.sub("\n", _SPACE.sub(" ", "".join(self._pieces))).strip()
            if text:
                key = "".join(text.split())
                self.blocks.append(
                    RenderedBlock(
                        text,
                        frame.tag,
                        frame.in_caption,
                        frame.in_aside,
                        frame.in_pull_quote,
                        frame.is_hidden,
                        min(1.0, self._linked / len(key)),
                        key,
                    )
                )
        self._pieces, self._linked = [], 0


def render(tree: html.HtmlElement) -> list[RenderedBlock]:
    """The blocks of a page. Scripts and controls are left out."""
    renderer = _Renderer()
    frames = [_Frame("body")]
    stack: list[tuple[html.HtmlElement, bool]] = [(tree, False)]
    while stack:
        element, is_end = stack.pop()
        tag = element.tag
        if is_end:
            frame = frames.pop()
            if tag in BLOCK_TAGS:
                renderer.close(frame)
            renderer.text(element.tail, frames[-1])
            continue
        if not isinstance(tag, str) or tag in SKIPPED_TAGS:
            if element is not tree:
                renderer.text(element.tail, frames[-1])
            continue
        if tag == "br":
            renderer.line_break(frames[-1])
            renderer.text(element.tail, frames[-1])
            continue
        if tag in BLOCK_TAGS:
            renderer.close(frames[-1])
        frames.append(_enter(element, tag, frames[-1]))
        renderer.text(element.text, frames[-1])
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    return renderer.blocks


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _enter(element: html.HtmlElement, tag: str, outer: _Frame) -> _Frame:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    is_block = tag in BLOCK_TAGS
    return _Frame(
        tag=tag if is_block else outer.tag,
        in_caption=outer.in_caption
        or tag in _CAPTION_TAGS
        or (tag not in ("body", "article", "main") and bool(_CAPTION_NAME.search(names))),
        in_aside=outer.in_aside or tag in _ASIDE_TAGS,
        in_pull_quote=outer.in_pull_quote or bool(_PULL_NAME.search(names)),
        in_link=outer.in_link or tag == "a",
        is_hidden=outer.is_hidden or _is_hidden(element),
    )
