"""RSS 2.0 (and 1.0) and Atom feeds on disk, whose items carry their whole text."""

from __future__ import annotations

from lxml import etree

from flows.extract.feeds.item import Item, Items
from flows.extract.feeds.xml import child, children, inner_markup, local_name, raw_text, text_of

SHORTEST_DESCRIPTION = 500
"""Characters from which an item's description, where it has no content, is its text and not a summary."""


def read_rss(root: etree._Element) -> Items:
    """The items of a feed, those without their whole text with an empty body."""
    channel = child(root, "channel")
    for element in root.iter():
        if local_name(element) != "item":
            continue
        content = raw_text(child(element, "encoded"))
        description = raw_text(child(element, "description"))
        body = content or (description if len(description) >= SHORTEST_DESCRIPTION else "")
        creators = [text for name in ("creator", "author") for e in children(element, name) if (text := text_of(e))]
        guid, link = text_of(child(element, "guid")), text_of(child(element, "link"))
        yield Item(
            body,
            is_markup=True,
            fields={
                "id": guid,
                "url": link or (guid if guid and "://" in guid else None),
                "title": text_of(child(element, "title")),
                "authors": [_without_address(creator) for creator in creators],
                "published_at": text_of(child(element, "pubdate")) or text_of(child(element, "date")),
                "modified_at": text_of(child(element, "updated")) or text_of(child(element, "modified")),
                "publisher": text_of(child(channel, "title")),
                "language": (text_of(child(channel, "language")) or "")[:2].lower() or None,
                "section": text_of(child(element, "category")),
                "usage_terms": text_of(child(element, "rights")) or text_of(child(channel, "copyright")),
            },
        )


def read_atom(root: etree._Element) -> Items:
    """The entries of a feed, those without their whole text with an empty body."""
    entries = [root] if local_name(root) == "entry" else children(root, "entry")
    for element in entries:
        content = child(element, "content")
        links = [e for e in children(element, "link") if e.get("rel", "alternate") == "alternate" and e.get("href")]
        authors = [text for e in children(element, "author") if (text := text_of(child(e, "name")))]
        categories = [e.get("term") for e in children(element, "category") if e.get("term")]
        kind = content.get("type", "text") if content is not None else "text"
        body = inner_markup(content) if content is not None and kind == "xhtml" else raw_text(content)
        yield Item(
            body,
            is_markup=kind in ("xhtml", "html", "text/html"),
            fields={
                "id": text_of(child(element, "id")),
                "url": links[0].get("href") if links else None,
                "title": text_of(child(element, "title")),
                "authors": authors,
                "published_at": text_of(child(element, "published")) or text_of(child(element, "updated")),
                "modified_at": text_of(child(element, "updated")),
                "publisher": text_of(child(element, "source", "title")) or text_of(child(root, "title")),
                "section": categories[0] if categories else None,
                "usage_terms": text_of(child(element, "rights")) or text_of(child(root, "rights")),
            },
        )


def _without_address(creator: str) -> str:
    """RSS writes authors as `desk@example.org (Ann Lake)`."""
    if "@" in creator and creator.endswith(")") and "(" in creator:
        return creator[creator.index("(") + 1 : -1].strip()
    return creator
