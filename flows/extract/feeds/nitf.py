"""NITF (IPTC), the news industry text format, by itself or within NewsML."""

from __future__ import annotations

import re

from lxml import etree

from flows.extract.feeds.item import Item
from flows.extract.feeds.xml import child, children, inner_markup, text_of

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(.*))?")


def read_nitf(root: etree._Element) -> Item:
    """The item of a document."""
    data, body = child(root, "head", "docdata"), child(root, "body")
    head, content = child(body, "body.head"), child(body, "body.content")
    bylines = [text for byline in children(head, "byline") if (text := text_of(byline))]
    release = _norm(child(data, "date.release"))
    item = Item(inner_markup(content) if content is not None else "", is_markup=True)
    item.fields = {
        "id": _attribute(child(data, "doc-id"), "id-string"),
        "version": _attribute(child(data, "du-key"), "version"),
        "title": text_of(child(head, "hedline", "hl1")) or text_of(child(root, "head", "title")),
        "authors": bylines[0] if len(bylines) == 1 else bylines,
        "dateline": text_of(child(head, "dateline")),
        "published_at": _norm(child(data, "date.issue")) or release,
        "publisher": text_of(child(head, "distributor")) or _attribute(child(root, "head", "pubdata"), "name"),
        "urgency": _attribute(child(data, "urgency"), "ed-urg"),
        "subjects": [
            code
            for subject in children(child(root, "head", "tobject"), "tobject.subject")
            if (code := subject.get("tobject.subject.refnum"))
        ],
        "located": text_of(child(head, "dateline", "location")),
        "usage_terms": _attribute(child(data, "doc.rights"), "code-source") or text_of(child(head, "rights")),
    }
    item.embargoed = release
    if _attribute(child(data, "del-list"), "id") is not None:
        item.status = "canceled"
    return item


def _attribute(element: etree._Element | None, name: str) -> str | None:
    return element.get(name) if element is not None else None


def _norm(element: etree._Element | None) -> str | None:
    """A date of NITF, `20260211T080200+0300`, with the marks of ISO 8601."""
    value = (_attribute(element, "norm") or "").strip()
    found = _BASIC.fullmatch(value)
    if found is None:
        return value or None
    year, month, day, hour, minute, second, zone = found.groups()
    date = f"{year}-{month}-{day}"
    if hour is None:
        return date
    zone = f"{zone[:3]}:{zone[3:]}" if re.fullmatch(r"[+-]\d{4}", zone) else zone
    return f"{date}T{hour}:{minute}:{second}{zone}"
