"""Reads articles out of the tables that cleaning made, and tags their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from transforms.enrich.article import Article, Sentence
from transforms.language.tagging import TagRules
from transforms.tables import iter_rows
from warehouse.contract.codes import BlockKind

_ARTICLE_COLUMNS = (
    *("article_id", "is_enriched", "source_text", "dateline_on", "dateline_country", "published_at", "publisher"),
)

Blocks = dict[int, tuple[BlockKind, int]]
"""Kind and paragraph of an article's blocks, by number."""


def read_articles(
    documents: pa.Table, articles: pa.Table, blocks: pa.Table, sentences: pa.Table, tags: TagRules
) -> Iterator[tuple[str, Callable[[], Article]]]:
    """Each article in a supported language: its id, and a call that tags and gives it.

    The tagging is the caller's to call, so that an error in it is one of that article.
    """
    kinds: dict[str, Blocks] = {}
    for article_id, block_no, kind, paragraph_no in iter_rows(blocks, "article_id", "block_no", "kind", "paragraph_no"):
        kinds.setdefault(article_id, {})[block_no] = (BlockKind(kind), paragraph_no)
    spans: dict[str, list[tuple[int, int, int, int]]] = {}
    for article_id, *span in iter_rows(sentences, "article_id", "sentence_no", "block_no", "char_start", "char_end"):
        spans.setdefault(article_id, []).append((span[0], span[1], span[2], span[3]))
    urls = dict(iter_rows(documents, "document_id", "url"))
    for values in iter_rows(articles, *_ARTICLE_COLUMNS):
        row = dict(zip(_ARTICLE_COLUMNS, values, strict=True))
        article_id = row["article_id"]
        if row["is_enriched"]:
            listed = _list_sentences(spans.get(article_id, ()), kinds.get(article_id, {}))
            yield article_id, _make_reader(row, urls.get(article_id), listed, tags)


def _list_sentences(spans: Sequence[tuple[int, int, int, int]], blocks: Blocks) -> list[Sentence]:
    return [Sentence(no, *blocks[block_no], start, end) for no, block_no, start, end in sorted(spans)]


def _make_reader(
    row: dict[str, Any], url: str | None, sentences: list[Sentence], tags: TagRules
) -> Callable[[], Article]:
    def read() -> Article:
        text = row["source_text"]
        published = row["published_at"]
        return Article(
            article_id=row["article_id"],
            text=text,
            sentences=sentences,
            tokens=[tags.tag(text, s.start, s.end) for s in sentences],
            dateline_on=row["dateline_on"],
            published_on=published.date() if published else None,
            dateline_country=row["dateline_country"],
            url=url,
            publisher=row["publisher"],
        )

    return read
