"""Markup into a tree, within bounds that depend on the markup alone."""

from __future__ import annotations

import re

from lxml import etree, html

MAX_NODES = 60_000
"""Elements of a page; most have 1,000 to 4,000, the longest live reports some 20,000."""
MAX_DEPTH = 600
"""Elements inside one another; browsers build 512."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes.maketrans(bytes(set(range(32)) - set(b"\t\n\r")), b" " * 29)
_NON_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_PLAIN_ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
"""One class for all tags: lxml's own choice by tag asks a Python function for each element that is touched."""


class MarkupError(Exception):
    """Markup that cannot be read within the bounds; the message says which."""


def parse_markup(text: str) -> html.HtmlElement:
    """The tree of a page. Comments and processing instructions are left out; broken markup is mended.

    Raises `MarkupError` for what has no element, more than `MAX_NODES` or more than `MAX_DEPTH` levels.
    """
    opened = text.count("<")
    if opened > 4 * MAX_NODES:
        raise MarkupError(f"{opened} tags, more than {4 * MAX_NODES}")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, default_doctype=False
    )
    parser.set_element_class_lookup(_PLAIN_ELEMENTS)
    try:
        tree = html.document_fromstring(_encode(_DECLARATION.sub("", text)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise MarkupError("no element in it") from error
    _check_bounds(tree)
    return tree


def _encode(text: str) -> bytes:
    """UTF-8 with a space for each character that XML does not have."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = _SURROGATES.sub(" ", text).encode()
    data = data.translate(_CONTROLS)
    for character in _NON_CHARACTERS:
        data = data.replace(character, b" ")
    return data


def _check_bounds(tree: html.HtmlElement) -> None:
    nodes = depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            nodes += 1
            depth += 1
            deepest = max(deepest, depth)
            if nodes > MAX_NODES:
                raise MarkupError(f"more than {MAX_NODES} elements")
        else:
            depth -= 1
    if deepest > MAX_DEPTH:
        raise MarkupError(f"elements {deepest} levels deep, more than {MAX_DEPTH}")
