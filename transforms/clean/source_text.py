"""Decodes a payload into the text that every span points into, and changes nothing in it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

BYTE_ORDER_MARK = "\ufeff"
TITLE_GAP = "\n\n"
TEXT_BASIS = "plain"
"""Plain text is shown as it came."""


@dataclass(frozen=True)
class SourceText:
    """`articles.source_text`, and where the text begins in it (0 where the record has no title of its own)."""

    text: str
    text_start: int
    basis: str = TEXT_BASIS


def make_source_text(payload: bytes, encoding: str | None, title: str | None) -> SourceText:
    """Title, blank line, text; or the text alone."""
    text = decode_payload(payload, encoding)
    if title is None or not title.strip():
        return SourceText(text, 0)
    return SourceText(f"{title}{TITLE_GAP}{text}", len(title) + len(TITLE_GAP))


def decode_payload(payload: bytes, encoding: str | None) -> str:
    """The payload as text: byte-order mark dropped, what cannot be decoded U+FFFD, line ends as they are."""
    text = payload.decode(_find_codec(encoding), errors="replace")
    return text.removeprefix(BYTE_ORDER_MARK)


def _find_codec(encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding or "utf-8").name
    except LookupError:
        return "utf-8"
