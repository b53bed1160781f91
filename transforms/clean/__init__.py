"""Cleans records: types every stretch of text, derives the clean copy, reads the fields of the article."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from transforms.clean.articles import read_fields, read_text
from transforms.clean.blocks import Block
from transforms.clean.rules import CleanRules
from transforms.clean.source_text import make_source_text
from transforms.resources import Resources
from transforms.tables import iter_rows
from warehouse.contract import TABLES
from warehouse.contract.codes import SENTENCE_KINDS, Reason, SourceFormat

REFUSALS_SCHEMA = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("detail", pa.string(), nullable=False),
    ]
)
"""Records on which a rule failed."""
CLEAN_TABLES = ("articles", "blocks", "sentences")
_SENTENCE_KINDS = frozenset(SENTENCE_KINDS)

__all__ = ["CLEAN_TABLES", "REFUSALS_SCHEMA", "CleanRules", "Cleaned", "clean"]


@dataclass(frozen=True)
class Cleaned:
    """The rows of a batch, and the records that have none because a rule failed on them."""

    tables: dict[str, pa.Table]
    refusals: pa.Table


def clean(records: pa.Table, resources: Resources) -> Cleaned:
    """Clean a batch. Rows depend on each record's content alone; one bad record stops nothing."""
    rules = CleanRules.build(resources)
    rows: dict[str, dict[str, list[Any]]] = {
        name: {column: [] for column in TABLES[name].part_schema.names} for name in CLEAN_TABLES
    }
    refusals: list[dict[str, str]] = []
    columns = ("document_id", "source_format", "encoding", "payload", "fields")
    for document_id, source_format, encoding, payload, fields in iter_rows(records, *columns):
        if source_format != SourceFormat.TXT:
            encoding = "utf-8"  # a line or a row was decoded with the rest of its record
        try:
            article, blocks, sentences = _clean_record(rules, document_id, encoding, payload, fields)
        except Exception as error:
            refusals.append(_refuse(document_id, error))
            continue
        for name, value in article.items():
            rows["articles"][name].append(value)
        _extend(rows["blocks"], blocks)
        _extend(rows["sentences"], sentences)
    tables = {name: pa.Table.from_pydict(rows[name], schema=TABLES[name].part_schema) for name in CLEAN_TABLES}
    return Cleaned(tables, pa.Table.from_pylist(refusals, schema=REFUSALS_SCHEMA))


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


def _extend(columns: dict[str, list[Any]], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=True):
            column.extend(values)


def _refuse(document_id: str, error: Exception) -> dict[str, str]:
    frames = traceback.extract_tb(error.__traceback__)
    detail = f"{type(error).__name__}: {error} at {frames[-1].name if frames else 'clean'}"
    return {"document_id": document_id, "reason": Reason.RULES_FAILED, "detail": detail[:500]}
