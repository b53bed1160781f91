"""JSONL: one record a line, read as a stream however long the file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

import orjson

from flows.extract.encoding import NotText, find_encoding, find_unicode
from flows.extract.fields import Planner
from flows.extract.limits import Limits
from flows.extract.raw import ByteStream, StreamError
from flows.extract.record import Record, Rejection
from flows.extract.structured import make_record, name_type
from warehouse.contract.codes import Reason, SourceFormat

HEAD_BYTES = 1 << 12
"""How much of a file decides whether it is in UTF-16 or UTF-32."""


class _BadLineError(Exception):
    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def read_jsonl(uri: str, stream: ByteStream, limits: Limits, skip: int) -> Iterator[Record | Rejection]:
    """Read the lines of a file. Every line counts in `record_no`; blank ones are passed over otherwise."""
    file_encoding = find_unicode(stream.peek(HEAD_BYTES)) or "utf-8"
    chunks = _recode(stream.chunks(), file_encoding)
    # The mark is the file's, not the line's: with and without it a line is the same document.
    encoding = "utf-8" if file_encoding == "utf-8-sig" else file_encoding
    planner = Planner()
    line_no = 0
    taken = 0
    try:
        for line in split_lines(chunks, limits.max_record_bytes):
            line_no += 1
            if isinstance(line, bytes) and (not line or line.isspace()):
                continue
            taken += 1
            if taken > skip:
                yield _read_line(uri, line_no, line, encoding, planner, limits)
    except StreamError as error:
        if taken >= skip:
            yield Rejection(uri, line_no + 1, error.reason, error.detail)


def split_lines(chunks: Iterator[bytes], max_bytes: int) -> Iterator[bytes | int]:
    """Split at line feeds. A line of more than `max_bytes` is not held: its length stands in for it.

    What stands before a break in the stream is no line, unless the stream was whole up to there.
    """
    held: list[bytes] = []
    size = 0
    try:
        for chunk in chunks:
            lines = chunk.split(b"\n")
            if len(lines) > 1:
                size += len(lines[0])
                if size > max_bytes:
                    yield size
                elif held:
                    held.append(lines[0])
                    yield b"".join(held)
                else:
                    yield lines[0]
                held = []
                size = 0
                for line in lines[1:-1]:
                    yield line if len(line) <= max_bytes else len(line)
            size += len(lines[-1])
            if size > max_bytes:
                held = []
            elif lines[-1]:
                held.append(lines[-1])
    except StreamError as error:
        if not error.at_boundary:
            raise
        if size:
            yield size if size > max_bytes else b"".join(held)
        raise
    if size:
        yield size if size > max_bytes else b"".join(held)


def _recode(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Bring a file to UTF-8 without a byte-order mark, so that lines can be split as bytes."""
    if encoding == "utf-8":
        yield from chunks
        return
    if encoding == "utf-8-sig":
        mark = codecs.BOM_UTF8
        for chunk in chunks:
            # Chunks can be shorter than the mark.
            dropped = 0
            while mark and dropped < len(chunk):
                mark = mark[1:]
                dropped += 1
            yield chunk[dropped:] if dropped else chunk
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    is_start = True
    for chunk in chunks:
        text = decoder.decode(chunk)
        if is_start and text:
            text = text.removeprefix("\ufeff")
            is_start = False
        yield text.encode()
    yield decoder.decode(b"", final=True).encode()


def _read_line(
    uri: str, line_no: int, line: bytes | int, encoding: str, planner: Planner, limits: Limits
) -> Record | Rejection:
    if isinstance(line, int):
        detail = f"line {line_no} has {line} bytes, more than {limits.max_record_bytes}"
        return Rejection(uri, line_no, Reason.TOO_LARGE, detail)
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            values, encoding = _parse_slowly(line, line_no, encoding)
        except _BadLineError as error:
            return Rejection(uri, line_no, error.reason, error.detail)
    if not isinstance(values, dict):
        return Rejection(uri, line_no, Reason.BAD_JSON, f"line {line_no} is {name_type(values)}, not an object")
    plan = planner.find(values)
    if _has_float_id(values):
        values = _parse_exactly(line, values)
    return make_record(uri, line_no, SourceFormat.JSONL, encoding, values, plan, limits)


def _parse_slowly(line: bytes, line_no: int, encoding: str) -> tuple[Any, str]:
    """Parse what the quick parser refuses (other encodings, NaN, lone surrogates), or say what is wrong."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        found = find_encoding(line)
        if isinstance(found, NotText):
            reason = Reason.UNDECODABLE if found.reason is Reason.BINARY else found.reason
            raise _BadLineError(reason, f"line {line_no}: {found.detail}") from error
        text = line.decode(found, "replace")
        if found != "utf-8" and "\ufffd" in text:
            detail = f"line {line_no}: neither UTF-8 nor all of it {found}"
            raise _BadLineError(Reason.UNDECODABLE, detail) from error
        encoding = found
    text = text.removeprefix("\ufeff")
    try:
        return json.loads(text), encoding
    except json.JSONDecodeError as error:
        detail = f"line {line_no}, column {error.pos + 1}: {error.msg}"
    except RecursionError:
        detail = f"line {line_no}: nested too deeply"
    except ValueError:
        detail = f"line {line_no}: a number has too many digits"
    raise _BadLineError(Reason.BAD_JSON, detail)


def _has_float_id(values: dict[str, Any]) -> bool:
    return isinstance(values.get("id"), float) or isinstance(values.get("_id"), float)


def _parse_exactly(line: bytes, values: dict[str, Any]) -> dict[str, Any]:
    """Parse anew for an id that is a whole number beyond 64 bits, which the quick parser rounds."""
    try:
        exact = json.loads(line)
    except (ValueError, RecursionError):
        return values
    return exact if isinstance(exact, dict) else values
