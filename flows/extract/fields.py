"""The fields that a record may bring, under the names that crawlers, libraries and agencies give them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from warehouse.contract.codes import HTML_TYPE

Value = str | list[str]

TEXT_NAMES = (
    "text",
    "maintext",  # news-please
    "article_text",
    "full_text",
    "articlebody",  # schema.org
    "body",
    "body_text",
    "content",
    "plain_text",
    "raw_text",
    "cleaned_text",  # newspaper, goose
    "article",
    "story",
)
"""Names of the text itself, the preferred first.

All names are compared in lower case and with `_` for hyphen and space.
"""

HTML_NAMES = ("html", "raw_html", "article_html", "body_html", "content_html")
"""Names of the page as markup, read where there is no text."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uuid", "guid", "article_id", "document_id", "doc_id", "docid", "identifier", "usn"),
    "url": (
        "url",
        "link",
        "article_url",
        "canonical_url",
        "web_url",
        "weburl",
        "source_url",
        "permalink",
        "uri",
        "source",  # trafilatura
    ),
    "title": (
        "title",
        "headline",
        "article_title",
        "web_title",
        "webtitle",
        "heading",
        "page_title",
        "title_page",
    ),
    "published_at": (
        "published_at",
        "date_publish",  # news-please
        "date_published",
        "datepublished",  # schema.org
        "publishedat",  # NewsAPI
        "publish_date",  # newspaper
        "published_date",
        "publication_date",
        "webpublicationdate",  # The Guardian
        "firstcreated",  # ninjs
        "published",
        "pubdate",  # RSS
        "pub_date",
        "seendate",  # GDELT
        "date",  # trafilatura, CC-News
        "datetime",
    ),
    "modified_at": (
        "modified_at",
        "date_modify",
        "date_modified",
        "datemodified",
        "updated_at",
        "updatedat",
        "versioncreated",
        "last_modified",
        "lastmod",
        "modified",
        "updated",
    ),
    "fetched_at": (
        "fetched_at",
        "date_download",
        "download_date",
        "downloaded_at",
        "date_crawled",
        "crawl_date",
        "crawled_at",
        "crawled",
        "scraped_at",
        "retrieved_at",
        "fetched",
    ),
    "authors": ("authors", "author", "byline", "creator", "writer", "by"),
    "version": ("version",),
    "language": ("language", "lang", "inlanguage", "in_language", "language_code"),
    "publisher": (
        "publisher",
        "publication",
        "outlet",
        "newspaper",
        "source_name",
        "sourcename",
        "site_name",
        "sitename",
        "source",  # NewsAPI
        "source_domain",  # news-please
        "source_hostname",
        "hostname",
        "site",
        "domain",  # CC-News, GDELT
    ),
}
"""Canonical names, and the names that they go by; of those that have a value the first is taken."""

_NULLS = frozenset({"null", "none", "nan", "nat", "n/a", "undefined", "<na>"})
"""What programs write in place of no value."""

_SEPARATOR = re.compile(r"[\s-]+")
_PLANS_MAX = 256
_PLAN_KEYS_LENGTH = 2000
_KEYS_SHOWN = 30
_KEY_LENGTH = 40


def normalise_name(name: str) -> str:
    """Bring a key to the spelling of the tables above: `Publish-Date` to `publish_date`."""
    return _SEPARATOR.sub("_", name.strip().lower())


class Plan:
    """Which keys of a record are read as what. It depends on the keys only, so a file needs one or a few."""

    __slots__ = ("content_keys", "fields")

    def __init__(self, keys: tuple[str, ...]) -> None:
        by_name: dict[str, list[str]] = {}
        # Sorted, with the exact spelling before others: the order of keys in a record must not matter.
        for key in sorted(keys, key=lambda key: (normalise_name(key) != key, key)):
            by_name.setdefault(normalise_name(key), []).append(key)

        def find(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(key for name in names for key in by_name.get(name, ()))

        self.content_keys = (
            *((key, False) for key in find(TEXT_NAMES)),
            *((key, True) for key in find(HTML_NAMES)),
        )
        """Keys of the text, the preferred first, and whether it is markup."""
        self.fields = tuple(
            (canonical, _READERS[canonical], found) for canonical, names in ALIASES.items() if (found := find(names))
        )

    @property
    def keys(self) -> list[str]:
        """Every key that this plan reads."""
        found = (*(key for key, _ in self.content_keys), *(key for _, _, keys in self.fields for key in keys))
        return list(dict.fromkeys(found))

    def collect(self, record: Mapping[str, Any], *, is_markup: bool) -> str:
        """The record's recognised fields as compact JSON with sorted keys, nulls left out."""
        values: dict[str, Value] = {"content_type": HTML_TYPE} if is_markup else {}
        for canonical, read, keys in self.fields:
            for key in keys:
                raw = record[key]
                if raw is not None:
                    value = read(raw, key)
                    if value:
                        values[canonical] = value
                        break
        return encode_fields(values)


class Planner:
    """Makes plans and keeps those in use."""

    def __init__(self) -> None:
        self._plans: dict[tuple[str, ...], Plan] = {}

    def find(self, record: Mapping[str, Any]) -> Plan:
        """The plan for a record with these keys."""
        keys = tuple(record)
        plan = self._plans.get(keys)
        if plan is None:
            plan = Plan(keys)
            # Keys are the file's: what is kept of them is bounded.
            if len(self._plans) >= _PLANS_MAX:
                self._plans.clear()
            if sum(map(len, keys)) <= _PLAN_KEYS_LENGTH:
                self._plans[keys] = plan
        return plan


def scrub(text: str) -> str:
    """Join surrogate pairs and replace lone surrogates, which JSON can spell and no encoding can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def list_keys(keys: list[str]) -> str:
    """Keys for a message: sorted, and shortened where they are many or long."""
    shown = [key if len(key) <= _KEY_LENGTH else key[:_KEY_LENGTH] + "…" for key in sorted(keys)[:_KEYS_SHOWN]]
    more = f" and {len(keys) - len(shown)} more" if len(keys) > len(shown) else ""
    return (", ".join(shown) or "none") + more


def encode_fields(values: Mapping[str, Value]) -> str:
    """Fields as they are kept: compact JSON with sorted keys."""
    try:
        return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # lone surrogates
        return orjson.dumps(_scrub_all(values), option=orjson.OPT_SORT_KEYS).decode()


def _scrub_all(values: Mapping[str, Value]) -> dict[str, Value]:
    return {
        key: scrub(value) if isinstance(value, str) else [scrub(item) for item in value]
        for key, value in values.items()
    }


def _read_text(raw: object, key: str) -> str | None:
    """A string, trimmed, unless it only spells that there is none."""
    if not isinstance(raw, str):
        return None
    value = raw.strip()
    return None if len(value) < 10 and value.lower() in _NULLS else value


def _read_number(raw: object) -> str | None:
    """A number as its shortest text: 1612345678.0 as 1612345678."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return str(raw)
    if isinstance(raw, float) and math.isfinite(raw):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 2**53 else repr(raw)
    return None


def _read_id(raw: object, key: str) -> str | None:
    if isinstance(raw, dict):  # MongoDB
        raw = raw.get("$oid")
    return _read_text(raw, key) or _read_number(raw)


def _read_date(raw: object, key: str) -> str | None:
    """A date as it was given; an epoch as its number."""
    if isinstance(raw, dict):  # MongoDB
        raw = raw.get("$date")
    return _read_text(raw, key) or _read_number(raw)


def _read_url(raw: object, key: str) -> str | None:
    value = _read_text(raw, key)
    # Under another name than `url` it must look like one: `source` is as often a publisher, `uri` a number.
    return value if value and (key == "url" or "://" in value) else None


def _read_name(raw: object, key: str) -> str | None:
    """A name, or an object (schema.org, NewsAPI) that has one. Never a URL."""
    if isinstance(raw, dict):
        raw = raw.get("name") or raw.get("title")
    value = _read_text(raw, key)
    return value if value and "://" not in value else None


def _read_names(raw: object, key: str) -> list[str] | None:
    """Names in their order, each once."""
    items = raw if isinstance(raw, list) else [raw]
    names = (_read_text(item.get("name") if isinstance(item, dict) else item, key) for item in items)
    return list(dict.fromkeys(name for name in names if name)) or None


_READERS: Mapping[str, Callable[[object, str], Value | None]] = {
    "id": _read_id,
    "url": _read_url,
    "title": _read_text,
    "published_at": _read_date,
    "modified_at": _read_date,
    "fetched_at": _read_date,
    "authors": _read_names,
    "version": _read_id,
    "language": _read_text,
    "publisher": _read_name,
}
