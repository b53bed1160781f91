"""A page as the rules of cleaning want it: title, the region of its story as text, blocks and fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata as distributions
from urllib.parse import urlsplit

from transforms.markup.body import find_story
from transforms.markup.metadata import Metadata, read_metadata
from transforms.markup.render import RenderedBlock, render
from transforms.markup.tree import parse_markup

TEXT_BASIS = f"copydesk-web-2 trafilatura-{distributions.version('trafilatura')}"
"""Renderer and extractor, with their versions: spans of markup hold for these."""
ABOVE_STORY = 15
"""Blocks between the page's headline and the story's first that still belong to it: deck, byline, picture."""
SHORT_STORY = 600
"""Characters below which a page may be an error, a wall or a stub."""
TEASER_SHARE = 0.5
"""A story of which so much is links is a list of stories."""
GAP = "\n\n"


class NotArticleError(Exception):
    """The page holds no article; the message says what it seems to be."""


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block of the rendered region, by its span in the text."""

    start: int
    end: int
    is_story: bool
    rendered: RenderedBlock


@dataclass(frozen=True, slots=True)
class WebPage:
    """The rendered text of a page's article region, its title first, and what the page says of itself."""

    text: str
    text_start: int
    blocks: Sequence[PlacedBlock]
    metadata: Metadata


def read_page(markup: str, url: str | None, title: str | None, words: Mapping[str, Sequence[str]]) -> WebPage:
    """Reads a page. `title` is the record's own, which counts before the page's.

    `words` has folded phrases by kind of page (`page_error`, `page_consent`) and pieces of the names of elements
    that hold no story (`page_clutter`). Raises `NotArticleError` for a page without an article and `MarkupError`
    for one beyond the bounds.
    """
    tree = parse_markup(markup)
    told = read_metadata(tree, url)
    title = title or told.title
    rendering = render(tree, words.get("page_clutter", ()))
    blocks = rendering.blocks
    marks = find_story(tree, rendering, told.article_body)
    _check_article(blocks, marks, told, url, title, words)
    region = _find_region(blocks, marks, title)
    return _place(region, title, told)


def read_fragment(markup: str, title: str | None) -> WebPage:
    """Reads markup that holds nothing but a story, as feeds carry it: all of it is the story's, but for pictures.

    Raises `NotArticleError` where it has no text and `MarkupError` beyond the bounds.
    """
    blocks = render(parse_markup(f"<html><body>{markup}</body></html>")).blocks
    if not blocks:
        raise NotArticleError("no text in the item's markup")
    return _place([(block, not (block.in_caption or block.in_aside)) for block in blocks], title, Metadata())


def _check_article(
    blocks: Sequence[RenderedBlock],
    marks: Sequence[bool],
    told: Metadata,
    url: str | None,
    title: str | None,
    words: Mapping[str, Sequence[str]],
) -> None:
    story = [block for block, is_story in zip(blocks, marks, strict=True) if is_story]
    size = sum(len(block.text) for block in story)
    if size < SHORT_STORY:
        text = " ".join(block.text for block in story) or " ".join(block.text for block in blocks)[:SHORT_STORY]
        folded = f"{title or ''} {text}".casefold()
        for kind, name in (("page_error", "an error page"), ("page_consent", "a wall of consent or subscription")):
            if phrase := next((phrase for phrase in words.get(kind, ()) if phrase in folded), None):
                raise NotArticleError(f"{name}: {size} characters of text, among them “{phrase}”")
    if not story:
        raise NotArticleError("no main text: a page of scripts, links or pictures")
    if told.is_article:
        return
    linked = sum(block.link_share * len(block.text) for block in story)
    if linked > TEASER_SHARE * size:
        raise NotArticleError(f"a list of links: {linked / size:.0%} of its text")
    if _is_front_page(told.url or url):
        raise NotArticleError("the front page of a site")
    if size < SHORT_STORY and ("VideoObject" in told.kinds or any(kind.startswith("og:video") for kind in told.kinds)):
        raise NotArticleError(f"a video with {size} characters of text")


def _is_front_page(url: str | None) -> bool:
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path.strip("/") in ("", "index.html", "index.php", "home") and not parts.query


def _find_region(
    blocks: Sequence[RenderedBlock], marks: Sequence[bool], title: str | None
) -> list[tuple[RenderedBlock, bool]]:
    """From the headline, if it stands near above, to the last block of the story; nothing that is hidden."""
    first = marks.index(True)
    last = len(marks) - 1 - list(reversed(marks)).index(True)
    for at in range(first - 1, max(-1, first - 1 - ABOVE_STORY), -1):
        if blocks[at].tag == "h1" or (title and blocks[at].text == title):
            first = at
            break
    return [
        (block, is_story)
        for block, is_story in zip(blocks[first : last + 1], marks[first : last + 1], strict=True)
        if is_story or not block.is_hidden
    ]


def _place(region: Sequence[tuple[RenderedBlock, bool]], title: str | None, told: Metadata) -> WebPage:
    pieces: list[str] = []
    at = 0
    if title:
        pieces.append(title)
        at = len(title) + len(GAP)
    text_start = at
    placed: list[PlacedBlock] = []
    for block, is_story in region:
        placed.append(PlacedBlock(at, at + len(block.text), is_story, block))
        pieces.append(block.text)
        at += len(block.text) + len(GAP)
    return WebPage(GAP.join(pieces), text_start, placed, told)
