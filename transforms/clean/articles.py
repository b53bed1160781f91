"""Puts an article's row together from its record, its blocks and its dateline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from transforms.clean.agencies import AgencyIndex
from transforms.clean.blocks import Block, Page, join_body
from transforms.clean.bylines import BylineRules
from transforms.clean.lines import Line
from transforms.clean.publication import Evidence, PublicationRules
from transforms.clean.source_text import SourceText
from transforms.language.detection import Languages
from warehouse.contract.codes import BlockKind

_CORRECTION = re.compile(
    r"\W*(?:corrects?\b|corrected\b|correcting\b|correction\b|corr\b[ :-]|refile[ds]?-corrected"
    r"|this (?:\w+ ){0,6}(?:story|article|report) corrects\b)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"\bcorrect(?:s|ed|ion|ions)\b", re.IGNORECASE)
_MAY_CORRECT = frozenset({BlockKind.HEADLINE, BlockKind.NOTICE, BlockKind.SUBHEAD})
_VERSION_SUFFIX = re.compile(r"-v(\d{1,4})$")
_CREDIT_PATTERN = ("credit.reporting",)


class ArticleRules:
    """Fields of `articles`."""

    def __init__(
        self, agencies: AgencyIndex, bylines: BylineRules, publication: PublicationRules, languages: Languages
    ) -> None:
        self._agencies = agencies
        self._bylines = bylines
        self._publication = publication
        self._languages = languages

    def make_row(self, article_id: str, fields: Mapping[str, Any], source: SourceText, page: Page) -> dict[str, Any]:
        """The row of one article."""
        texts = _group_texts(source.text, page.blocks)
        body = join_body(source.text, page.blocks)
        day = page.dateline.day if page.dateline else None
        evidence = Evidence(
            record_published=read_text(fields, "published_at"),
            record_modified=read_text(fields, "modified_at"),
            url=read_text(fields, "url"),
            time_lines=[t for t in texts[BlockKind.BYLINE] if any(map(str.isdigit, t))],
            captions=texts[BlockKind.CAPTION],
            body=body,
        )
        publication = self._publication.resolve(evidence, day)
        language = (
            self._languages.normalise(read_text(fields, "language"))
            or self._languages.detect(body)
            or self._languages.detect(source.text)
            or self._languages.normalise(read_text(fields, "page_language"))
        )
        return {
            "article_id": article_id,
            "headline": next(iter(texts[BlockKind.HEADLINE]), None),
            "agency": self._find_agency(source.text, page),
            "publisher": self._find_publisher(fields),
            "authors": self._find_authors(fields, source.text, page.blocks),
            "dateline_place": page.dateline.place if page.dateline else None,
            "dateline_country": page.dateline.country if page.dateline else None,
            "dateline_on": publication.dateline_on,
            "published_at": publication.published_at,
            "published_precision": publication.precision,
            "published_basis": publication.basis,
            "language": language,
            "is_enriched": language in self._languages.supported,
            "source_text": source.text,
            "text_start": source.text_start,
            "text_basis": source.basis,
            "body": body,
            "word_count": len(body.split()),
            "is_correction": self._is_correction(source.text, page.blocks),
            "modified_at": publication.modified_at,
            "usage_terms": read_text(fields, "usage_terms"),
            "stated_version": _read_version(fields),
            "urgency": _read_number(read_text(fields, "urgency")),
            "subjects": _read_list(fields.get("subjects")),
            "located": read_text(fields, "located"),
            "canonical_url": read_text(fields, "canonical_url"),
            "section": read_text(fields, "section"),
        }

    def _find_agency(self, text: str, page: Page) -> str | None:
        if page.dateline and page.dateline.agency:
            return page.dateline.agency
        for kind in (BlockKind.CREDIT, BlockKind.NOTICE, BlockKind.BYLINE):
            for block in page.blocks:
                if block.verdict.kind is not kind:
                    continue
                line = text[block.start : block.end][:400]
                found = self._agencies.find_in_line(line)
                if found is None and kind is BlockKind.CREDIT:
                    found = self._agencies.find_sign_off(Line(line), is_last=True)
                if found:
                    return found
        return None

    def _find_publisher(self, fields: Mapping[str, Any]) -> str | None:
        named = read_text(fields, "publisher")
        if named:
            return named
        url = read_text(fields, "url")
        try:
            host = urlsplit(url).hostname if url else None
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None

    def _find_authors(self, fields: Mapping[str, Any], text: str, blocks: Iterable[Block]) -> list[str]:
        given = fields.get("authors")
        if isinstance(given, str):
            given = self._bylines.read_authors(given) or [given.strip()]
        if isinstance(given, list):
            named = [" ".join(str(name).split()) for name in given if name and str(name).strip()]
            if named:
                return list(dict.fromkeys(named))
        authors: list[str] = []
        for block in blocks:
            line = text[block.start : block.end]
            if block.verdict.rule in ("byline.author", "byline.name"):
                authors += self._bylines.read_authors(line)
        if not authors:
            for block in blocks:
                if block.verdict.rule in _CREDIT_PATTERN:
                    authors += self._bylines.read_reporters(text[block.start : block.end])
        return list(dict.fromkeys(authors))

    def _is_correction(self, text: str, blocks: Iterable[Block]) -> bool:
        """A correction says so in the headline, above the copy, or in a note of its own."""
        is_above = True
        for block in blocks:
            kind, line = block.verdict.kind, text[block.start : min(block.end, block.start + 200)]
            is_above = is_above and kind not in (BlockKind.BODY, BlockKind.DATELINE)
            if is_above and kind in _MAY_CORRECT and _CORRECTION.match(line):
                return True
            if block.verdict.rule == "notice.correction" and _CORRECTED.search(line):
                return True
        return False


def _read_version(fields: Mapping[str, Any]) -> int | None:
    """The number of the item's version: its own field, else the `-vN` of its id."""
    version = _read_number(read_text(fields, "version"))
    if version is not None:
        return version
    suffix = _VERSION_SUFFIX.search(read_text(fields, "id") or "")
    return int(suffix[1]) if suffix else None


def _read_number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else None


def _read_list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def read_fields(value: str | None) -> Mapping[str, Any]:
    """The recognised fields of a record."""
    fields = json.loads(value) if value else {}
    if not isinstance(fields, dict):
        raise TypeError("fields is no JSON object")
    return fields


def read_text(fields: Mapping[str, Any], name: str) -> str | None:
    """A field as text; none where it is missing or blank."""
    value = fields.get(name)
    if value is None or isinstance(value, (list, dict, bool)):
        return None
    text = str(value)
    return text if text.strip() else None


def _group_texts(text: str, blocks: Iterable[Block]) -> dict[BlockKind, list[str]]:
    groups: dict[BlockKind, list[str]] = {kind: [] for kind in BlockKind}
    for block in blocks:
        if block.verdict.kind is not BlockKind.BODY:
            groups[block.verdict.kind].append(text[block.start : block.end])
    return groups
