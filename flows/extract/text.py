"""Files of one record: a text, a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.encoding import NotText, find_encoding
from flows.extract.limits import Limits
from flows.extract.markup import find_markup_encoding
from flows.extract.raw import ByteStream, StreamError
from flows.extract.record import Record, Rejection, payload_text
from warehouse.contract.codes import Reason, SourceFormat

_VISIBLE = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
"""A character that a reader can see: neither white space nor control, joiner, mark of direction or filler."""


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in a text."""
    return _VISIBLE.search(text) is None


def read_text(
    uri: str,
    stream: ByteStream,
    size: int | None,
    limits: Limits,
    skip: int,
    source_format: SourceFormat = SourceFormat.TXT,
) -> Iterator[Record | Rejection]:
    """Read a whole file as one record. `size` is its size where that is known before reading."""
    if size is not None and size > limits.max_record_bytes:
        if skip == 0:
            detail = f"{size} bytes, more than {limits.max_record_bytes}"
            yield Rejection(uri, 1, Reason.TOO_LARGE, detail)
        return
    payload = bytearray()
    fault: StreamError | None = None
    try:
        for chunk in stream.chunks():
            payload += chunk
            if len(payload) > limits.max_record_bytes:
                if skip == 0:
                    detail = f"more than {limits.max_record_bytes} bytes"
                    yield Rejection(uri, 1, Reason.TOO_LARGE, detail)
                return
    except StreamError as error:
        fault = error
    items: list[Record | Rejection] = []
    if fault is None or fault.at_boundary:
        items.append(_make_record(uri, bytes(payload), source_format))
    if fault is not None:
        items.append(Rejection(uri, len(items) + 1, fault.reason, fault.detail))
    yield from items[skip:]


def _make_record(uri: str, payload: bytes, source_format: SourceFormat) -> Record | Rejection:
    encoding = find_markup_encoding(payload) if source_format is SourceFormat.HTML else find_encoding(payload)
    if isinstance(encoding, NotText):
        return Rejection(uri, 1, encoding.reason, encoding.detail)
    if is_blank(payload_text(source_format, encoding, payload)):
        return Rejection(uri, 1, Reason.EMPTY, f"{len(payload)} bytes, nothing visible")
    return Record(uri, 1, source_format, encoding, payload, "{}")
