"""NewsML-G2 (IPTC): a news item, or a message of several, with its text in NITF, XHTML or plain."""

from __future__ import annotations

from lxml import etree

from flows.extract.feeds.item import Item, Items
from flows.extract.feeds.nitf import read_nitf
from flows.extract.feeds.xml import child, children, inner_markup, local_name, raw_text, text_of


def read_newsml(root: etree._Element) -> Items:
    """The text items of a document. Pictures, packages and other items without text are passed over."""
    for element in [root, *root.iterdescendants()]:
        if local_name(element) == "newsitem":
            item = _read_item(element)
            if item is not None:
                yield item


def _read_item(element: etree._Element) -> Item | None:
    item_meta, content = child(element, "itemmeta"), child(element, "contentmeta")
    body = _read_content(child(element, "contentset"))
    kind = _code(child(item_meta, "itemclass"))
    if body is None and kind not in (None, "text"):
        return None
    item = body or Item("", is_markup=False)
    names = [text_of(child(author, "name")) for author in children(content, "creator")]
    item.fields |= {
        "id": element.get("guid"),
        "version": element.get("version"),
        "title": text_of(child(content, "headline")) or item.fields.get("title"),
        "authors": text_of(child(content, "by")) or [name for name in names if name] or item.fields.get("authors"),
        "dateline": text_of(child(content, "dateline")) or item.fields.get("dateline"),
        "published_at": text_of(child(item_meta, "firstcreated")) or text_of(child(content, "contentcreated")),
        "modified_at": text_of(child(item_meta, "versioncreated")),
        "publisher": text_of(child(item_meta, "provider", "name")) or _literal(child(item_meta, "provider")),
        "urgency": text_of(child(content, "urgency")),
        "subjects": [code for subject in children(content, "subject") if (code := subject.get("qcode"))],
        "located": text_of(child(content, "located", "name")) or _literal(child(content, "located")),
        "usage_terms": text_of(child(element, "rightsinfo", "usageterms")),
        "language": _language(element, content),
    }
    item.fields["published_at"] = item.fields["published_at"] or item.fields["modified_at"]
    item.status = _code(child(item_meta, "pubstatus")) or "usable"
    item.embargoed = text_of(child(item_meta, "embargoed"))
    return item


def _read_content(contents: etree._Element | None) -> Item | None:
    if contents is None:
        return None
    for inline in children(contents, "inlinexml"):
        for inner in inline:
            if local_name(inner) == "nitf":
                return read_nitf(inner)
            whole = next((e for e in inner.iter() if local_name(e) == "body"), inner)
            if local_name(whole) in ("body", "html", "div", "p", "article", "section"):
                return Item(inner_markup(whole), is_markup=True)
    for inline in children(contents, "inlinedata"):
        text = raw_text(inline)
        is_markup = "html" in (inline.get("contenttype") or "")
        if text:
            return Item(text, is_markup=is_markup)
    return None


def _code(element: etree._Element | None) -> str | None:
    """A controlled value without its scheme: `stat:usable` is `usable`."""
    return (element.get("qcode") or "").rpartition(":")[2].lower() or None if element is not None else None


def _literal(element: etree._Element | None) -> str | None:
    return element.get("literal") or (element.get("qcode") or "").rpartition(":")[2] if element is not None else None


def _language(element: etree._Element, content: etree._Element | None) -> str | None:
    language = child(content, "language")
    tag = language.get("tag") if language is not None else element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return tag[:2].lower() if tag else None
