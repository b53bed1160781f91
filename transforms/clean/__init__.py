"""Cleans records: types every stretch of text, derives the clean copy, reads the fields of the article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from transforms.clean.articles import read_fields, read_text
from transforms.clean.blocks import Block, Page
from transforms.clean.documents import make_document
from transforms.clean.rules import CleanRules
from transforms.clean.source_text import SourceText, decode_payload, make_source_text
from transforms.markup import TEXT_BASIS, MarkupError, Metadata, NotArticleError, read_fragment, read_page
from transforms.resources import Resources
from transforms.results import RowBuffer, Transformed
from warehouse.contract import TABLES
from warehouse.contract.codes import FRAGMENT_TYPE, HTML_TYPE, MARKUP_FORMATS, SENTENCE_KINDS, WHOLE_FORMATS, Reason

CLEAN_TABLES = ("documents", "articles", "blocks", "sentences")
_SENTENCE_KINDS = frozenset(SENTENCE_KINDS)

__all__ = ["CLEAN_TABLES", "CleanRules", "clean"]


def clean(records: pa.Table, resources: Resources) -> Transformed:
    """Clean a batch. Rows depend on each record's content alone; one bad record stops nothing."""
    rules = CleanRules.build(resources)
    rows = RowBuffer(CLEAN_TABLES)
    columns = {name: TABLES[name].part_schema.names for name in ("documents", "articles")}
    for record in records.to_pylist():
        document_id = record["document_id"]
        try:
            fields = read_fields(record["fields"])
            source, page, fields = _read_record(rules, record, fields)
            page = _add_dateline(rules, page, read_text(fields, "dateline"))
            article = rules.articles.make_row(document_id, fields, source, page)
            document = make_document(record, fields, rules.calendar)
            blocks = _list_blocks(document_id, source.text, page.blocks)
            sentences = _list_sentences(rules, document_id, source.text, page.blocks)
        except NotArticleError as error:
            rows.reject(document_id, Reason.NOT_ARTICLE, str(error))
            continue
        except MarkupError as error:
            rows.reject(document_id, Reason.BAD_MARKUP, str(error))
            continue
        except Exception as error:
            rows.refuse(document_id, error)
            continue
        rows.add("documents", [[document[name] for name in columns["documents"]]])
        rows.add("articles", [[article[name] for name in columns["articles"]]])
        rows.add("blocks", blocks)
        rows.add("sentences", sentences)
    return rows.finish()


def _read_record(
    rules: CleanRules, record: Mapping[str, Any], fields: Mapping[str, Any]
) -> tuple[SourceText, Page, Mapping[str, Any]]:
    """The record's text, its blocks, and its fields with what its markup adds to them."""
    source_format = record["source_format"]
    # A line or a row was decoded with the rest of its record.
    encoding = record["encoding"] if source_format in WHOLE_FORMATS else "utf-8"
    kind = HTML_TYPE if source_format in MARKUP_FORMATS else fields.get("content_type")
    if kind not in (HTML_TYPE, FRAGMENT_TYPE):
        source = make_source_text(record["payload"], encoding, read_text(fields, "title"))
        return source, rules.blocks.classify_page(source.text, source.text_start), fields
    markup = decode_payload(record["payload"], encoding)
    title = read_text(fields, "title")
    if kind == FRAGMENT_TYPE:
        web = read_fragment(markup, title)
    else:
        web = read_page(markup, read_text(fields, "url"), title, rules.page_words)
    source = SourceText(web.text, web.text_start, TEXT_BASIS)
    return source, rules.web_blocks.classify_page(web), {**_page_fields(web.metadata), **fields}


def _add_dateline(rules: CleanRules, page: Page, dateline: str | None) -> Page:
    """The dateline that a feed gives as a field, where the text has none."""
    if dateline is None or page.dateline is not None:
        return page
    text = f"{dateline.rstrip(' -–—:')} - "
    return replace(page, dateline=rules.datelines.find(text, 0, len(text)))


def _page_fields(told: Metadata) -> dict[str, Any]:
    """What a page says of itself, under the names of fields; a record's own count before it."""
    found: dict[str, Any] = {
        "authors": told.authors,
        "published_at": told.published,
        "modified_at": told.modified,
        "publisher": told.publisher,
        "url": told.url,
        "canonical_url": told.url,
        "page_language": told.language,
        "section": told.section,
    }
    return {name: value for name, value in found.items() if value}


def _list_blocks(document_id: str, text: str, blocks: list[Block]) -> list[tuple[Any, ...]]:
    return [
        (
            document_id,
            no,
            b.paragraph_no,
            b.verdict.kind,
            b.start,
            b.end,
            text[b.start : b.end],
            b.verdict.rule,
        )
        for no, b in enumerate(blocks)
    ]


def _list_sentences(rules: CleanRules, document_id: str, text: str, blocks: list[Block]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for block_no, block in enumerate(blocks):
        if block.verdict.kind not in _SENTENCE_KINDS:
            continue
        spans = block.sentences if block.sentences is not None else rules.sentences.split(text, block.start, block.end)
        for start, end in spans:
            found.append((document_id, len(found), block_no, start, end, text[start:end]))
    return found
