"""ninjs (IPTC), news in JSON, versions 1.x to 3.x: an object, or a list of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.extract.feeds.item import Item, Items

_MARKS = (
    "versioncreated",
    "body_text",
    "body_xhtml",
    "body_html",
    "bodies",
    "headlines",
    "pubstatus",
    "representationtype",
)
_MARKUP_TYPES = ("html", "xhtml", "nitf")


def is_ninjs(value: object) -> bool:
    """Whether a JSON value is an item of ninjs, or a list of them."""
    if isinstance(value, list):
        return bool(value) and all(is_ninjs(item) for item in value)
    if not isinstance(value, dict):
        return False
    item = _lower(value)
    standard = item.get("standard")
    if isinstance(standard, dict) and str(standard.get("name", "")).lower() == "ninjs":
        return True
    return "uri" in item and any(name in item for name in _MARKS)


def read_ninjs(value: object) -> Items:
    """The text items of a document; pictures, videos and packages are passed over."""
    for raw in value if isinstance(value, list) else [value]:
        item = _lower(raw)
        if item.get("type", "text") not in ("text", "composite", None):
            continue
        body, is_markup = _find_body(item)
        yield Item(
            body,
            is_markup,
            fields={
                "id": item.get("uri"),
                "url": _find_url(item),
                "version": item.get("version"),
                "title": item.get("headline") or _first_value(item.get("headlines")) or item.get("title"),
                "authors": item.get("byline") or item.get("by") or _names(item.get("person"), "author"),
                "dateline": item.get("dateline"),
                "published_at": item.get("firstcreated") or item.get("contentcreated") or item.get("versioncreated"),
                "modified_at": item.get("versioncreated"),
                "publisher": item.get("provider") or item.get("copyrightholder") or _rights_holder(item),
                "language": str(item.get("language") or "")[:2].lower() or None,
                "urgency": item.get("urgency"),
                "subjects": _codes(item.get("subject") or item.get("subjects")),
                "located": item.get("located"),
                "usage_terms": item.get("usageterms") or _lower(item.get("rightsinfo")).get("usageterms"),
            },
            status=str(item.get("pubstatus") or "usable").rpartition(":")[2].lower(),
            embargoed=item.get("embargoed") if isinstance(item.get("embargoed"), str) else None,
        )


def _lower(value: object) -> Mapping[str, Any]:
    """An object with its names in lower case: version 3 writes `versionCreated`, the others `versioncreated`."""
    return {str(key).lower(): inner for key, inner in value.items()} if isinstance(value, dict) else {}


def _find_body(item: Mapping[str, Any]) -> tuple[str, bool]:
    for name, is_markup in (("body_xhtml", True), ("body_html", True), ("body_html5", True), ("body_text", False)):
        body = item.get(name)
        if isinstance(body, str) and body.strip():
            return body, is_markup
    bodies = [_lower(body) for body in item.get("bodies") or () if isinstance(body, dict)]
    ranked = sorted(bodies, key=lambda body: str(body.get("role") or "main") not in ("main", "body", "http://main"))
    for body in ranked:
        text = body.get("value")
        if isinstance(text, str) and text.strip():
            kind = str(body.get("contenttype") or "").lower()
            return text, any(mark in kind for mark in _MARKUP_TYPES) or text.lstrip().startswith("<")
    return "", False


def _find_url(item: Mapping[str, Any]) -> str | None:
    uri = item.get("uri")
    for value in (item.get("url"), item.get("webcanonical"), uri):
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return None


def _first_value(values: object) -> str | None:
    if not isinstance(values, list):
        return None
    found = [_lower(value) for value in values]
    main = next((value for value in found if value.get("role") in (None, "main")), found[0] if found else {})
    text = main.get("value")
    return text if isinstance(text, str) else None


def _names(values: object, role: str) -> list[str]:
    people = [_lower(value) for value in values] if isinstance(values, list) else []
    return [str(p["name"]) for p in people if p.get("name") and str(p.get("rel", "")).endswith(role)]


def _codes(values: object) -> list[str]:
    found = [_lower(value) for value in values] if isinstance(values, list) else []
    return [str(code) for value in found if (code := value.get("code") or value.get("uri") or value.get("literal"))]


def _rights_holder(item: Mapping[str, Any]) -> str | None:
    holder = _lower(item.get("rightsinfo")).get("copyrightholder")
    return holder if isinstance(holder, str) else None
