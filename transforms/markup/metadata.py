"""What a page says of itself: JSON-LD, Open Graph, meta tags, `<time>`, its headings.

The order of trust, for each field the first that holds:

| field | from |
|---|---|
| title | `og:title` without the site's name behind it, JSON-LD `headline`, `h1`, `twitter:title`, `<title>` |
| authors | JSON-LD `author` (persons), meta tags (`author`, `parsely-author`, …), `rel=author` links |
| published | JSON-LD `datePublished`, meta tags (`article:published_time`, …), `<time>` |
| modified | JSON-LD `dateModified`, meta tags (`article:modified_time`, …) |
| publisher | JSON-LD `publisher`, `og:site_name`, `application-name` |
| url | `rel=canonical`, `og:url` |
| language | `<html lang>`, JSON-LD `inLanguage`, `og:locale` |
| section | JSON-LD `articleSection`, `article:section` |

Where a page has nothing, the rules of cleaning go on with its URL and its text.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

LONGEST_SCRIPT = 4_000_000
"""Characters of a JSON-LD script that is still read."""
MOST_NODES = 20_000
"""Objects of all JSON-LD of a page that are looked at."""
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|AnalysisNewsArticle|Review)$")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
_AUTHOR_NAMES = (
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "dcsext.author",
    "byl",
    "authors",
    "citation_author",
)
_PUBLISHED_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article:published",
    "og:published_time",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "published_time",
    "date.created",
    "created",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "citation_date",
    "date",
)
_MODIFIED_NAMES = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
_SPLIT_NAMES = re.compile(r"\s*(?:,|;|\||/|\band\b|\bund\b|\bet\b|\by\b|&)\s*", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|da|door|av|af)\s*:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|^\W*$|^\d+$|\.(?:com|org|net)\b", re.IGNORECASE)
_HANDLE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_SITE_SEPARATOR = re.compile(r"\s+[|\-–—·•:»]+\s+")
_LONGEST_NAME = 60
_PARTS_OF_NAME = 2
_TAGS = re.compile(r"<[^>]{1,200}>")


@dataclass
class Metadata:
    """Fields as the page gives them, each None or empty where it has none."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    article_body: str | None = None
    """JSON-LD `articleBody`, as text."""
    kinds: frozenset[str] = frozenset()
    """Types of the page: of JSON-LD and, behind `og:`, of Open Graph."""

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is an article."""
        return any(kind == "og:article" or _ARTICLE_TYPE.search(kind) for kind in self.kinds)


def read_metadata(tree: html.HtmlElement, url: str | None) -> Metadata:
    """The fields of a page; `url` is where it was fetched, against which relative links are read."""
    metas = _list_metas(tree)
    nodes = list(_walk_linked_data(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    article = _choose_article(nodes, url)
    h1 = [text for element in tree.iter("h1") if (text := clean_text(element.text_content()))]
    found = Metadata()
    found.title = _find_title(tree, metas, article, h1)
    found.authors = _list_authors(article.get("author"), by_id) or _list_meta_authors(tree, metas)
    found.published = _first_text(article, "datePublished", "dateCreated") or _first(metas, _PUBLISHED_NAMES)
    found.published = found.published or _find_time(tree)
    found.modified = _first_text(article, "dateModified") or _first(metas, _MODIFIED_NAMES)
    found.publisher = _name_of(article.get("publisher"), by_id) or _first(metas, ("og:site_name", "application-name"))
    found.url = _find_url(tree, metas, url)
    root_language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    language = root_language or _first_text(article, "inLanguage") or _first(metas, ("og:locale",))
    found.language = language[:2].lower() if language and len(language.strip()) >= 2 else None
    section = article.get("articleSection")
    section = section[0] if isinstance(section, list) and section else section
    found.section = clean_text(section) if isinstance(section, str) else _first(metas, ("article:section",))
    body = article.get("articleBody")
    found.article_body = clean_text(body) if isinstance(body, str) else None
    kinds = {kind for node in nodes for kind in _types(node)}
    kinds |= {f"og:{kind.lower()}" for kind in metas.get("og:type", ())}
    found.kinds = frozenset(kinds)
    return found


def clean_text(text: str) -> str | None:
    """White space collapsed, entities (of markup within scripts) read, tags dropped; None if nothing is left."""
    if "&" in text:
        text = entities.unescape(text)
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return " ".join(text.split()) or None


def _list_metas(tree: html.HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = clean_text(element.get("content") or "")
        if content:
            for attribute in ("property", "name", "itemprop"):
                name = element.get(attribute)
                if name:
                    metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _first(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _walk_linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Objects that stand for the page and its parts, outermost first; lists of other pages are not entered."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        pending: list[Any] = [_load(script.text or "")]
        while pending and count < MOST_NODES:
            value = pending.pop(0)
            count += 1
            if isinstance(value, list):
                pending = value[:MOST_NODES] + pending
            elif isinstance(value, dict):
                yield value
                pending += [value[key] for key in _NESTED if isinstance(value.get(key), dict | list)]


def _load(text: str) -> Any:
    """A script's value; comments around it and bare control characters in it are common, and forgiven."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>").strip()
    if not text or len(text) > LONGEST_SCRIPT:
        return None
    try:
        return json.loads(text.rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: Mapping[str, Any]) -> list[str]:
    value = node.get("@type")
    return [t for t in (value if isinstance(value, list) else [value]) if isinstance(t, str)]


def _choose_article(nodes: list[dict[str, Any]], url: str | None) -> dict[str, Any]:
    """The object that describes the page's article; among several the one that says most."""
    articles = [node for node in nodes if any(_ARTICLE_TYPE.search(kind) for kind in _types(node))]
    if not articles:
        return {}
    keys = ("headline", "datePublished", "author", "articleBody", "publisher", "dateModified")
    best = max(articles, key=lambda node: sum(bool(node.get(key)) for key in keys))
    return {
        **{k: v for node in articles if node.get("headline") == best.get("headline") for k, v in node.items()},
        **best,
    }


def _first_text(node: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = node.get(name)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("@value") or value.get("alternateName") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _name_of(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        name = value.get("name") or by_id.get(str(value.get("@id")), {}).get("name")
        value = name[0] if isinstance(name, list) and name else name
    return clean_text(value) if isinstance(value, str) else None


def _list_authors(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> list[str]:
    names: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and _types(item) in (["Organization"], ["NewsMediaOrganization"]):
            continue
        inner = item.get("name") if isinstance(item, dict) else None
        if isinstance(inner, list):
            names += [part for name in inner if isinstance(name, str) for part in split_names(name)]
        elif name := _name_of(item, by_id):
            names += split_names(name)
    return _unique(names)


def split_names(text: str) -> list[str]:
    """Names joined by commas and "and"; what is a URL, an address or too long is none."""
    text = _BY.sub("", " ".join(text.split()))
    parts = [part.strip() for part in _SPLIT_NAMES.split(text)]
    if any(len(part.split()) < _PARTS_OF_NAME for part in parts):
        parts = [text]  # "Smith, John", "Reuters, Moscow" are no lists
    return [part for part in parts if part and len(part) <= _LONGEST_NAME and not _NO_NAME.search(part)]


def _list_meta_authors(tree: html.HtmlElement, metas: Mapping[str, list[str]]) -> list[str]:
    for name in _AUTHOR_NAMES:
        names = _unique([part for value in metas.get(name, ()) for part in split_names(value)])
        names = [part for part in names if not _HANDLE.fullmatch(part)]
        if names:
            return names
    links = [element for element in tree.iter("a") if "author" in (element.get("rel") or "").split()]
    linked = [text for element in links[:5] if (text := clean_text(element.text_content()))]
    return _unique([part for text in linked for part in split_names(text)])


def _unique(names: list[str]) -> list[str]:
    return list({name.casefold(): name for name in reversed(names)}.values())[::-1]


def _find_title(
    tree: html.HtmlElement, metas: Mapping[str, list[str]], article: Mapping[str, Any], h1: list[str]
) -> str | None:
    headline = article.get("headline")
    told = clean_text(headline) if isinstance(headline, str) else None
    shared = _first(metas, ("og:title",))
    site = _first(metas, ("og:site_name",))
    titles = [text for element in tree.iter("title") if (text := clean_text(element.text_content()))]
    for title in (shared, told):
        if title and not (site and title.casefold() == site.casefold()):
            return _without_site(title, [t for t in (told, *h1) if t], site)
    if h1:
        return h1[0]
    title = _first(metas, ("twitter:title",)) or next(iter(titles), None)
    return _without_site(title, [], site) if title else None


def _without_site(title: str, others: list[str], site: str | None) -> str:
    """A title without the site's name: what another title of the page does not have, or what is the name."""
    for other in others:
        rest = title[len(other) :]
        if title.startswith(other) and _SITE_SEPARATOR.match(rest):
            return other
    pieces = list(_SITE_SEPARATOR.finditer(title))
    if pieces and site and title[pieces[-1].end() :].casefold() == site.casefold():
        return title[: pieces[-1].start()]
    return title


def _find_time(tree: html.HtmlElement) -> str | None:
    """The `<time>` that is marked as that of publication, else the first."""
    first: str | None = None
    for element in tree.iter("time"):
        value = (element.get("datetime") or "").strip()
        if len(value) >= len("2021-12-02"):
            if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
                return value
            first = first or value
    return first


def _find_url(tree: html.HtmlElement, metas: Mapping[str, list[str]], url: str | None) -> str | None:
    """The canonical URL; a site's front page is none for what was fetched elsewhere."""
    links = [e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()]
    for link in (*links[:1], _first(metas, ("og:url",))):
        if not link or not link.strip():
            continue
        try:
            full: str = urljoin(url or "", link.strip())
            parts = urlsplit(full)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query or not url):
            return full
    return None
