"""WARC archives (ISO 28500), as crawlers and Common Crawl write them: a record for each page that was fetched.

An archive is read from its own bytes, gzip member by gzip member. A member that is cut off or damaged is a
rejection, and reading goes on at the next one that begins well.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from flows.extract.compression import GZIP_MAGIC
from flows.extract.encoding import NotText
from flows.extract.fields import encode_fields
from flows.extract.limits import CHUNK_BYTES, Limits
from flows.extract.markup import find_markup_encoding
from flows.extract.record import Record, Rejection, payload_text
from flows.extract.text import is_blank
from warehouse.contract.codes import Reason, SourceFormat

WARC_MAGIC = b"WARC/"
_MEMBER_MAGIC = GZIP_MAGIC + b"\x08"
LONGEST_HEADER = 1 << 16
"""Bytes of the longest header of a record."""
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_KEPT_TYPES = ("response", "revisit")


@dataclass(frozen=True, slots=True)
class _Fault:
    """A stretch of the archive that cannot be read."""

    reason: Reason
    detail: str


@dataclass(slots=True)
class _Stream:
    """Bytes of an archive, held as far as they are needed to come back to a place."""

    file: BinaryIO
    held: bytes = b""
    start: int = 0
    """Where in the file the held bytes begin."""

    def grow(self) -> bool:
        chunk = self.file.read(CHUNK_BYTES)
        self.held += chunk
        return bool(chunk)

    def skip_padding(self) -> None:
        """Tapes and block devices leave zeros behind a member."""
        while True:
            self.drop(len(self.held) - len(self.held.lstrip(b"\0")))
            if self.held or not self.grow():
                return

    def drop(self, count: int) -> None:
        self.held = self.held[count:]
        self.start += count


def read_warc(uri: str, file: BinaryIO, codec: str | None, limits: Limits, skip: int) -> Iterator[Record | Rejection]:
    """Reads the responses of an archive; `record_no` counts them, revisits and faults included.

    A response that is no page fetched in full (a revisit, another status than 200, another type than HTML) is
    a rejection `passed_over`. Requests, metadata and the like are no records of ours.
    """
    pieces = _read_members(file, limits) if codec == "gzip" else _read_plain(file)
    taken = 0
    for item in _split_records(pieces, limits):
        taken += 1
        if taken <= skip:
            continue
        if isinstance(item, _Fault):
            yield Rejection(uri, taken, item.reason, item.detail)
        else:
            yield _make_record(uri, taken, item, limits)


def _read_plain(file: BinaryIO) -> Iterator[bytes | _Fault | None]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _read_members(file: BinaryIO, limits: Limits) -> Iterator[bytes | _Fault | None]:
    """What the gzip members hold; None behind a whole one, a fault in place of the rest of a broken one."""
    stream = _Stream(file)
    is_expected = True
    while True:
        stream.skip_padding()
        before = stream.start
        has_more = _seek_member(stream)
        if is_expected and stream.start != before:
            yield _Fault(Reason.CORRUPT, f"no gzip member that can be read begins at byte {before}")
        if not has_more:
            return
        place = stream.start
        fault: _Fault | None = None
        decoder = zlib.decompressobj(wbits=31)
        given = used = 0
        while not decoder.eof and fault is None:
            if used == len(stream.held) and not stream.grow():
                fault = _Fault(Reason.TRUNCATED, f"the gzip member at byte {place} ends too early")
                break
            data = stream.held[used:]
            used = len(stream.held)
            try:
                while data and not decoder.eof:
                    out = decoder.decompress(data, CHUNK_BYTES)
                    data = decoder.unconsumed_tail
                    given += len(out)
                    if limits.is_bomb(used - len(data), given):
                        fault = _Fault(Reason.BOMB, f"the gzip member at byte {place} has more than {given} bytes")
                        break
                    if out:
                        yield out
            except zlib.error:
                fault = _Fault(Reason.CORRUPT, f"the gzip member at byte {place} is damaged")
        if fault is not None:
            yield fault
            stream.drop(len(_MEMBER_MAGIC))
        else:
            yield None
            stream.drop(used - len(decoder.unused_data))
        is_expected = fault is None


def _seek_member(stream: _Stream) -> bool:
    """Moves to the next member whose content begins as a record or anything else that unpacks."""
    while True:
        at = stream.held.find(_MEMBER_MAGIC)
        if at >= 0:
            stream.drop(at)
            while len(stream.held) < CHUNK_BYTES and stream.grow():
                pass
            if _begins_well(stream.held):
                return True
            stream.drop(len(_MEMBER_MAGIC))
            continue
        passed = max(0, len(stream.held) - len(_MEMBER_MAGIC) + 1)
        if not stream.grow():
            stream.drop(len(stream.held))
            return False
        stream.drop(passed)


def _begins_well(data: bytes) -> bool:
    """Whether a member really begins here: the three bytes also stand in the midst of packed data."""
    try:
        head = zlib.decompressobj(wbits=31).decompress(data[:LONGEST_HEADER], len(WARC_MAGIC))
    except zlib.error:
        return False
    return WARC_MAGIC.startswith(head) or head.startswith(WARC_MAGIC)


def _split_records(pieces: Iterator[bytes | _Fault | None], limits: Limits) -> Iterator[bytes | _Fault]:
    """Cuts the stream into records, each whole with its header; only responses and revisits are handed out."""
    held = b""
    skipping = 0
    for piece in pieces:
        if piece is None:
            if held.strip():
                yield _Fault(Reason.TRUNCATED, f"a record ends too early, after {len(held)} bytes")
            held, skipping = b"", 0
            continue
        if isinstance(piece, _Fault):
            held, skipping = b"", 0
            yield piece
            continue
        if skipping:
            dropped = min(skipping, len(piece))
            skipping -= dropped
            piece = piece[dropped:]
        held += piece
        while True:
            held = held.lstrip(b"\r\n")
            if held and not held.startswith(WARC_MAGIC[: len(held)]):
                at = held.find(b"\n" + WARC_MAGIC)
                yield _Fault(Reason.CORRUPT, f"no record begins where one should: {held[:40]!r}")
                held = held[at + 1 :] if at >= 0 else b""
                if at < 0:
                    held, skipping = _resume(pieces)
                continue
            end = held.find(b"\r\n\r\n")
            if end < 0:
                if len(held) > LONGEST_HEADER:
                    yield _Fault(Reason.CORRUPT, f"a header of more than {LONGEST_HEADER} bytes")
                    held = held[len(WARC_MAGIC) :]
                    continue
                break
            headers = _read_header(held[:end])
            length = headers.get("content-length", "")
            if not length.isdecimal():
                yield _Fault(Reason.CORRUPT, f"a record without Content-Length: {length!r}")
                held = held[end:]
                continue
            size = end + 4 + int(length)
            is_kept = headers.get("warc-type") in _KEPT_TYPES
            if int(length) > limits.max_record_bytes:
                if is_kept:
                    detail = f"{int(length)} bytes, more than {limits.max_record_bytes}"
                    yield _Fault(Reason.TOO_LARGE, f"{headers.get('warc-target-uri', 'a record')}: {detail}")
                skipping = max(0, size - len(held))
                held = held[size:]
                if skipping:
                    break
                continue
            if len(held) < size:
                break
            if is_kept:
                yield held[:size]
            held = held[size:]
    if held.strip():
        yield _Fault(Reason.TRUNCATED, f"the last record ends too early, after {len(held)} bytes")


def _resume(pieces: Iterator[bytes | _Fault | None]) -> tuple[bytes, int]:
    """Passes over what is no record, to the next line that begins one."""
    tail = b""
    for piece in pieces:
        if not isinstance(piece, bytes):
            return b"", 0
        found = (tail + piece).find(b"\n" + WARC_MAGIC)
        if found >= 0:
            return (tail + piece)[found + 1 :], 0
        tail = (tail + piece)[-len(WARC_MAGIC) - 1 :]
    return b"", 0


def _read_header(header: bytes) -> dict[str, str]:
    lines = header.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _make_record(uri: str, record_no: int, data: bytes, limits: Limits) -> Record | Rejection:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    def reject(reason: Reason, detail: str) -> Rejection:
        return Rejection(uri, record_no, reason, f"{target}: {detail}" if target else detail)

    headers = _read_header(data[: data.find(b"\r\n\r\n")])
    target = headers.get("warc-target-uri", "").strip("<>")
    if headers.get("warc-type") == "revisit":
        return reject(Reason.PASSED_OVER, "a revisit, without its page")
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(data), WarcRecordType.response, auto_decode="all")), None)
        if record is None or record.http_headers is None:
            return reject(Reason.PASSED_OVER, "not a response of HTTP")
        status, kind = record.http_headers.status_code, (record.http_content_type or "").lower()
        if status != 200:
            return reject(Reason.PASSED_OVER, f"HTTP status {status}")
        if kind and kind not in _HTML_TYPES:
            return reject(Reason.PASSED_OVER, f"of type {kind}")
        payload = record.reader.read(limits.max_record_bytes + 1)
        charset = record.http_charset
    except (OSError, ValueError, EOFError) as error:
        return reject(Reason.CORRUPT, f"the response cannot be read: {error}")
    if len(payload) > limits.max_record_bytes:
        return reject(Reason.TOO_LARGE, f"more than {limits.max_record_bytes} bytes of page")
    encoding = find_markup_encoding(payload, charset)
    if isinstance(encoding, NotText):
        return reject(encoding.reason, encoding.detail)
    if is_blank(payload_text(SourceFormat.WARC, encoding, payload)):
        return reject(Reason.EMPTY, f"{len(payload)} bytes, nothing visible")
    fields = {"fetched_at": headers.get("warc-date"), "url": target}
    encoded = encode_fields({name: value for name, value in fields.items() if value})
    return Record(uri, record_no, SourceFormat.WARC, encoding, payload, encoded)
