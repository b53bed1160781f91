"""The story as the paragraphs of one container, and how far that can be trusted.

Most articles stand in one element, in paragraphs that hold few links, between parts that are named for what they
are. Such a page is read off at once: the container is the innermost element that holds nearly all paragraphs of the
page, as in Readability (A. Lab, 2009) and its kin, but whole paragraphs are counted instead of scored. What is
neither plainly story nor plainly clutter is counted as doubt, and a page with much of it is left to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.markup.render import HEADINGS, RenderedBlock, Rendering

SOLID_LENGTH = 80
"""Characters from which a block is a paragraph of prose and not a label."""
SOLID_LINKS = 0.3
"""Share of links below which it is prose."""
LINKED = 0.5
"""Share of links from which a block is a link to elsewhere."""
COVER = 0.8
"""Share of the page's prose that the container holds."""
LEAST_STORY = 600
"""Characters of prose below which a page is not read this way."""
MOST_DOUBT = 0.1
"""Characters in doubt, and prose outside the container, for each character of the story."""
MOST_ABOVE = 0.03
"""The same for prose above the story: its lede may stand apart from it."""
_LABEL = 25
_LINE = 40
_TEXT_TAGS = frozenset({"p", "blockquote"})
_LISTED_TAGS = frozenset({"li", "td", "th", "pre", "dd", "dt"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read by its container."""

    marks: list[bool]
    """For each block whether it is the story's."""
    size: int
    """Characters of the story."""
    doubt: int
    """Characters within the container that may or may not be story."""
    above: int
    below: int
    """Characters of prose before the story and after it, outside the container."""
    articles: int
    """`article` elements in which the story stands."""
    has_linked_headings: bool
    """Among the prose: a heading that is a link opens another story."""

    @property
    def is_sure(self) -> bool:
        """Whether the page leaves no doubt what its story is."""
        return (
            self.articles == 1
            and not self.has_linked_headings
            and self.doubt <= MOST_DOUBT * self.size
            and self.above <= MOST_ABOVE * self.size
            and self.above + self.below <= MOST_DOUBT * self.size
        )


def read_container(page: Rendering) -> Reading | None:
    """The page's story if it has a container with enough prose."""
    solid = [_is_solid(block) for block in page.blocks]
    container = _find_container(page, solid)
    if container is None:
        return None
    inside = range(container, page.ends[container])
    prose = [
        at
        for at, (block, is_solid) in enumerate(zip(page.blocks, solid, strict=True))
        if is_solid and block.box in inside and block.clutter_box <= container
    ]
    if not prose:
        return None
    first, last = prose[0], prose[-1]
    marks = [False] * len(page.blocks)
    size = doubt = above = below = 0
    has_linked_headings = False
    for at, block in enumerate(page.blocks):
        length = len(block.text)
        if block.box in inside:
            has_linked_headings |= first < at < last and block.tag in HEADINGS and block.link_share >= LINKED
            marks[at], is_doubtful = _judge(
                block, container, is_within=first < at < last, is_edge=not first <= at <= last
            )
            size += marks[at] * length
            doubt += is_doubtful * length
        elif _is_stray(page, block, container, is_solid=solid[at]):
            above += (at < first) * length
            below += (at > first) * length
    article_of = page.find_outer("article")
    articles = {article_of[block.box] for block, mark in zip(page.blocks, marks, strict=True) if mark}
    return Reading(marks, size, doubt, above, below, len(articles), has_linked_headings)


def _is_solid(block: RenderedBlock) -> bool:
    return (
        len(block.text) >= SOLID_LENGTH
        and block.link_share < SOLID_LINKS
        and block.tag not in HEADINGS
        and not (block.in_caption or block.in_aside or block.is_hidden)
    )


def _find_container(page: Rendering, solid: Sequence[bool]) -> int | None:
    """The innermost box with `COVER` of the prose."""
    prose = [0] * len(page.tags)
    for block, is_solid in zip(page.blocks, solid, strict=True):
        prose[block.box] += is_solid * len(block.text)
    for box in range(len(prose) - 1, 0, -1):
        prose[page.parents[box]] += prose[box]
    if prose[0] < LEAST_STORY:
        return None
    found = max(box for box, length in enumerate(prose) if length >= COVER * prose[0])
    return page.parents[found] if page.tags[found] in _TEXT_TAGS | _LISTED_TAGS else found


def _judge(block: RenderedBlock, container: int, *, is_within: bool, is_edge: bool) -> tuple[bool, bool]:
    """Whether a block of the container is story, and whether that is in doubt.

    `is_within` says that it stands between prose, `is_edge` that it stands before or after all of it.
    """
    is_long = len(block.text) >= SOLID_LENGTH
    is_prose = is_long and block.link_share < SOLID_LINKS
    if block.in_caption or block.in_aside or block.is_hidden:
        return False, is_prose and not block.in_caption
    if block.clutter_box > container:
        return False, is_prose and block.tag == "p"
    if block.tag in HEADINGS:
        is_story = block.link_share < LINKED and (is_within or is_long)
        return is_story, False
    if block.link_share >= LINKED:
        return False, is_within and block.tag == "p" and len(block.text) >= _LINE
    if block.tag in _TEXT_TAGS:
        return True, is_edge or block.link_share >= SOLID_LINKS
    if block.tag in _LISTED_TAGS:
        return True, True
    return is_prose, len(block.text) >= _LABEL


def _is_stray(page: Rendering, block: RenderedBlock, container: int, *, is_solid: bool) -> bool:
    """Whether a block outside the container may be of the story."""
    in_clutter = block.clutter_box > 0 and container not in range(block.clutter_box, page.ends[block.clutter_box])
    if block.tag in HEADINGS:
        is_deck = block.tag != "h1" and len(block.text) >= SOLID_LENGTH and block.link_share < LINKED
        return is_deck and not (in_clutter or block.in_aside or block.in_caption)
    return is_solid and block.tag == "p" and not in_clutter
