"""XML without its dangers: no entity is expanded, nothing is fetched, depth and size are bounded by the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_AS_HTML = {"media": "figure", "media-caption": "figcaption", "hl1": "h2", "hl2": "h2", "block": "div"}
"""Elements of NITF that HTML has under another name."""
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


class BadXmlError(Exception):
    """XML that cannot be read, and why."""


def parse_xml(payload: bytes) -> etree._Element:
    """The root of a document. One that declares entities is refused: none of the standards needs them."""
    probe = payload.replace(b"\0", b"") if b"\0" in payload[:200] else payload  # UTF-16
    if _ENTITY.search(probe):
        raise BadXmlError("the document declares entities, which are never expanded")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(payload, parser)
    except etree.XMLSyntaxError as error:
        raise BadXmlError(str(error).split(" (<string>")[0]) from error
    except ValueError as error:
        raise BadXmlError(str(error)) from error


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace, in lower case; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Children of that local name."""
    if element is not None:
        yield from (child for child in element if local_name(child) == name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: etree._Element | None) -> str | None:
    """All text of an element, white space collapsed; None if there is none."""
    return " ".join(raw_text(element).split()) or None


def raw_text(element: etree._Element | None) -> str:
    """All text of an element as it stands, markup that it holds as text included; empty for none."""
    return "".join(element.itertext()).strip() if element is not None else ""


def inner_markup(element: etree._Element) -> str:
    """What stands inside an element, as markup with plain names."""
    pieces = [_escape(element.text or "")]
    for inner in element:
        pieces.append(_serialise(inner))
        pieces.append(_escape(inner.tail or ""))
    return "".join(pieces).strip()


def _serialise(element: etree._Element) -> str:
    name = local_name(element)
    if not name:
        return ""
    name = _AS_HTML.get(name, name)
    attributes = "".join(
        f' {key}="{_escape(str(value))}"' for key, value in element.attrib.items() if not str(key).startswith("{")
    )
    return f"<{name}{attributes}>{inner_markup(element)}</{name}>"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
