"""One file in, its records out, whatever its format and however it is packed."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from flows.extract.compression import SUFFIXES, expand, find_codec
from flows.extract.encoding import NotText
from flows.extract.feeds import read_feed
from flows.extract.jsonl import read_jsonl
from flows.extract.limits import CHUNK_BYTES, Limits
from flows.extract.parquet import read_parquet
from flows.extract.raw import ByteStream, Digest, RawFile, StreamError
from flows.extract.record import Record, Rejection
from flows.extract.sniff import find_format, inner_suffix
from flows.extract.source import Source
from flows.extract.store import local_copy
from flows.extract.text import read_text
from flows.extract.warc import read_warc
from warehouse.contract.codes import FEED_FORMATS, Reason, SourceFormat

_MAGIC_BYTES = 4


def read_source(
    source: Source,
    limits: Limits,
    *,
    skip: int = 0,
    digest: Digest | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[Record | Rejection]:
    """Read a file's records in order of `record_no`. What is wrong with file or record is a `Rejection`.

    The first `skip` records or rejections are passed over without being parsed. A `digest` has its value when
    the last one has been handed out; a stream is hashed as it is read, a Parquet file in a pass of its own.
    """
    with contextlib.ExitStack() as opened:
        try:
            raw = opened.enter_context(RawFile(opened.enter_context(local_copy(source)), digest))
        except StreamError as error:
            if skip == 0:
                yield Rejection(source.uri, 1, error.reason, error.detail)
            return
        count = skip
        try:
            for item in _read(source, raw, limits, skip, chunk_bytes):
                count += 1
                yield item
            if count == 0:  # nothing that was read vanishes, though it held nothing
                yield Rejection(source.uri, 1, Reason.EMPTY, f"{raw.size} bytes, no record")
        except StreamError as error:
            if skip == 0:
                yield Rejection(source.uri, 1, error.reason, error.detail)
        with contextlib.suppress(StreamError):  # what cannot be read was said above
            raw.finish_digest()


def _read(source: Source, raw: RawFile, limits: Limits, skip: int, chunk_bytes: int) -> Iterator[Record | Rejection]:
    stream = ByteStream(raw.chunks(chunk_bytes))
    codec = find_codec(stream.peek(_MAGIC_BYTES))
    if codec is None and not stream.peek(1):
        _check_packed(source, stream)
    if codec == "gzip" and inner_suffix(source.path.name) == ".warc":  # though its first member may be damaged
        with raw.duplicate() as file:
            yield from read_warc(source.uri, file, codec, limits, skip)
        return
    if codec is not None:
        stream = ByteStream(expand(stream.chunks(), codec, limits))
        stream.check()
    found = find_format(stream, source.path.name, limits)
    if isinstance(found, NotText):
        raise StreamError(found.reason, found.detail)
    if found is SourceFormat.JSONL:
        yield from read_jsonl(source.uri, stream, limits, skip)
    elif found in FEED_FORMATS:
        yield from read_feed(source.uri, stream, found, limits, skip)
    elif found is SourceFormat.WARC and codec == "zstd":
        with tempfile.TemporaryFile() as spilled:
            _spill(stream, spilled)
            yield from read_warc(source.uri, spilled, None, limits, skip)
    elif found is SourceFormat.WARC:
        with raw.duplicate() as file:  # from its start: each member is unpacked by itself
            yield from read_warc(source.uri, file, codec, limits, skip)
    elif found is SourceFormat.PARQUET and codec is None:
        with raw.duplicate() as file:
            yield from read_parquet(source.uri, file, raw.size, limits, skip)
    elif found is SourceFormat.PARQUET:
        with tempfile.TemporaryFile() as spilled:
            # Not through the stream's own errors: a full disk here ends the run, it is not the file's fault.
            yield from read_parquet(source.uri, spilled, _spill(stream, spilled), limits, skip)
    else:
        yield from read_text(source.uri, stream, raw.size if codec is None else None, limits, skip, found)


def _check_packed(source: Source, stream: ByteStream) -> None:
    """Refuse an empty file that should be a packed one: even nothing, packed, has some bytes."""
    if stream.at_end and source.path.suffix.lower() in SUFFIXES:
        raise StreamError(Reason.TRUNCATED, "0 bytes, not even a header of compressed data")


def _spill(stream: ByteStream, file: BinaryIO) -> int:
    """Unpack a Parquet file, whose reader must be able to seek. A fault in the packing rejects it whole."""
    for chunk in stream.chunks():
        file.write(chunk)
    size = file.tell()
    file.seek(0)
    return size
