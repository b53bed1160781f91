"""Cleans records: types every stretch of text, derives the clean copy, reads the fields of the article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from transforms.clean.articles import read_fields, read_text
from transforms.clean.blocks import Block
from transforms.clean.rules import CleanRules
from transforms.clean.source_text import make_source_text
from transforms.resources import Resources
from transforms.results import RowBuffer, Transformed
from transforms.tables import iter_rows
from warehouse.contract import TABLES
from warehouse.contract.codes import SENTENCE_KINDS, SourceFormat

CLEAN_TABLES = ("articles", "blocks", "sentences")
_SENTENCE_KINDS = frozenset(SENTENCE_KINDS)

__all__ = ["CLEAN_TABLES", "CleanRules", "clean"]


def clean(records: pa.Table, resources: Resources) -> Transformed:
    """Clean a batch. Rows depend on each record's content alone; one bad record stops nothing."""
    rules = CleanRules.build(resources)
    rows = RowBuffer(CLEAN_TABLES)
    article_columns = TABLES["articles"].part_schema.names
    columns = ("document_id", "source_format", "encoding", "payload", "fields")
    for document_id, source_format, encoding, payload, fields in iter_rows(records, *columns):
        if source_format != SourceFormat.TXT:
            encoding = "utf-8"  # a line or a row was decoded with the rest of its record
        try:
            article, blocks, sentences = _clean_record(rules, document_id, encoding, payload, fields)
        except Exception as error:
            rows.refuse(document_id, error)
            continue
        rows.add("articles", [[article[name] for name in article_columns]])
        rows.add("blocks", blocks)
        rows.add("sentences", sentences)
    return rows.finish()


def _clean_record(
    rules: CleanRules, document_id: str, encoding: str | None, payload: bytes, fields: str | None
) -> tuple[dict[str, Any], list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    recognised: Mapping[str, Any] = read_fields(fields)
    source = make_source_text(payload, encoding, read_text(recognised, "title"))
    page = rules.blocks.classify_page(source.text, source.text_start)
    article = rules.articles.make_row(document_id, recognised, source, page)
    return (
        article,
        _list_blocks(document_id, source.text, page.blocks),
        _list_sentences(rules, document_id, source.text, page.blocks),
    )


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
