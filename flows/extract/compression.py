"""Gzip and zstd as streams: bounded memory, every byte before a break, and a reason for the break."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flows.extract.limits import CHUNK_BYTES, Limits
from flows.extract.raw import StreamError
from warehouse.contract.codes import Reason

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"

_DAMAGE_BYTES = 1 << 12

_ZSTD_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
_ZSTD_BLOCK_MAX = 1 << 17
_ZSTD_WINDOW_MAX = 1 << 27
"""What zstd itself allows without `--long`: the memory that a frame may ask for."""

SUFFIXES = (".gz", ".gzip", ".zst", ".zstd")
"""Endings that only say how a file is packed; what is inside is named by what stands before them."""


@dataclass(slots=True)
class _Meter:
    """Bytes in and out so far."""

    taken: int = 0
    given: int = 0


def find_codec(head: bytes) -> str | None:
    """Tell from its first bytes how a file is compressed: `gzip`, `zstd`, or not at all."""
    if head.startswith(GZIP_MAGIC + b"\x08"):
        return "gzip"
    if head.startswith(ZSTD_MAGIC) or _is_skippable(head[:4]):
        return "zstd"
    return None


def expand(raw: Iterator[bytes], codec: str, limits: Limits) -> Iterator[bytes]:
    """Decompress. Ends with a `StreamError` where data is cut off, damaged, or more than the limits allow."""
    meter = _Meter()
    decompress: Callable[[Iterator[bytes], _Meter], Iterator[bytes]] = _gunzip if codec == "gzip" else _unzstd
    for data in decompress(raw, meter):
        meter.given += len(data)
        if limits.is_bomb(meter.taken, meter.given):
            raise StreamError(
                Reason.BOMB,
                f"{codec} data expands to more than {meter.given - len(data)} bytes "
                f"from {meter.taken} compressed bytes",
            )
        yield data


def _gunzip(raw: Iterator[bytes], meter: _Meter) -> Iterator[bytes]:
    """Decompress gzip members one after another."""
    decoder = None
    is_first = True
    data = b""
    for chunk in raw:
        data = data + chunk if data else chunk
        while data:
            if decoder is None:
                if not is_first:
                    # Tapes and block devices leave zeros behind a member.
                    padded = len(data)
                    data = data.lstrip(b"\0")
                    meter.taken += padded - len(data)
                    if len(data) < 2 and GZIP_MAGIC.startswith(data):
                        break
                    if not data.startswith(GZIP_MAGIC):
                        raise _trailing("gzip", meter)
                decoder = zlib.decompressobj(wbits=31)
            before = decoder.copy()
            try:
                out = decoder.decompress(data, CHUNK_BYTES)
                rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
                meter.taken += len(data) - len(rest)
                if out:
                    yield out
                # All input may be in while output still waits inside.
                while len(out) == CHUNK_BYTES and not rest and not decoder.eof:
                    before = decoder.copy()
                    data = b""
                    out = decoder.decompress(data, CHUNK_BYTES)
                    rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
                    if out:
                        yield out
            except zlib.error as error:
                yield from _before_damage(before, data, meter)
                raise StreamError(Reason.CORRUPT, f"gzip data is damaged near compressed byte {meter.taken}") from error
            data = rest
            if decoder.eof:
                decoder = None
                is_first = False
    if decoder is not None:
        raise _truncated("gzip", meter)
    if data:
        raise _trailing("gzip", meter)


def _before_damage(decoder: zlib._Decompress, data: bytes, meter: _Meter) -> Iterator[bytes]:
    """Get out the bytes that zlib drops when the call that makes them ends in an error.

    Input is fed in smaller pieces, at last byte by byte.
    """
    for piece in (_DAMAGE_BYTES, 1):
        while data:
            before = decoder.copy()
            try:
                out = decoder.decompress(data[:piece])
            except zlib.error:
                decoder = before
                break
            meter.taken += min(piece, len(data))
            data = data[piece:]
            if out:
                yield out


class _Feed:
    """Takes exact numbers of bytes from chunks of any size."""

    def __init__(self, raw: Iterator[bytes], meter: _Meter) -> None:
        self._raw = raw
        self._meter = meter
        self._chunk = b""
        self._offset = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        data = self._chunk[self._offset : self._offset + size]
        self._offset += len(data)
        if len(data) < size:
            parts = [data]
            missing = size - len(data)
            while missing and (chunk := next(self._raw, None)) is not None:
                self._chunk = chunk
                self._offset = min(missing, len(chunk))
                parts.append(chunk[: self._offset])
                missing -= self._offset
            data = b"".join(parts)
        self._meter.taken += len(data)
        return data


def _unzstd(raw: Iterator[bytes], meter: _Meter) -> Iterator[bytes]:
    """Decompress zstd frames one after another, a block at a time.

    A block makes 128 KiB at most. Larger helpings would be simpler to write and unbounded: four bytes can
    stand for a whole block, and the library hands out all that one call makes.
    """
    import zstandard

    feed = _Feed(raw, meter)
    context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_MAX)
    is_first = True
    while magic := feed.take(4):
        if _is_skippable(magic):
            _skip_frame(feed, meter)
        elif magic == ZSTD_MAGIC:
            header, has_checksum = _take_header(feed, meter)
            decoder = context.decompressobj()
            try:
                decoder.decompress(magic + header)
                is_last = False
                while not is_last:
                    block, is_last = _take_block(feed, meter)
                    if out := decoder.decompress(block):
                        yield out
                if has_checksum:
                    checksum = feed.take(4)
                    if len(checksum) < 4:
                        raise _truncated("zstd", meter)
                    decoder.decompress(checksum)
            except zstandard.ZstdError as error:
                raise StreamError(Reason.CORRUPT, f"zstd data is damaged near compressed byte {meter.taken}") from error
        elif not magic.strip(b"\0") and not is_first:
            while padding := feed.take(CHUNK_BYTES):
                if padding.strip(b"\0"):
                    raise _trailing("zstd", meter)
            return
        elif len(magic) < 4 and ZSTD_MAGIC.startswith(magic):
            raise _truncated("zstd", meter)
        else:
            raise _trailing("zstd", meter)
        is_first = False


def _is_skippable(magic: bytes) -> bool:
    """Whether a zstd frame carries something else than data (an index, padding)."""
    return len(magic) == 4 and int.from_bytes(magic, "little") in _ZSTD_SKIPPABLE


def _skip_frame(feed: _Feed, meter: _Meter) -> None:
    size = feed.take(4)
    left = int.from_bytes(size, "little")
    while left:
        skipped = len(feed.take(min(left, CHUNK_BYTES)))
        if not skipped:
            break
        left -= skipped
    if len(size) < 4 or left:
        raise _truncated("zstd", meter)


def _take_header(feed: _Feed, meter: _Meter) -> tuple[bytes, bool]:
    """The frame header behind the magic number (RFC 8878, 3.1.1.1), and whether a checksum ends the frame."""
    descriptor = feed.take(1)
    if not descriptor:
        raise _truncated("zstd", meter)
    flags = descriptor[0]
    is_single = bool(flags & 0x20)
    dictionary_size = (0, 1, 2, 4)[flags & 3]
    content_size = (1 if is_single else 0, 2, 4, 8)[flags >> 6]
    size = (0 if is_single else 1) + dictionary_size + content_size
    rest = feed.take(size)
    if len(rest) < size:
        raise _truncated("zstd", meter)
    if is_single:
        window = int.from_bytes(rest[dictionary_size:], "little") + (256 if content_size == 2 else 0)
    else:
        base = 1 << (10 + (rest[0] >> 3))
        window = base + (base >> 3) * (rest[0] & 7)
    if window > _ZSTD_WINDOW_MAX:
        raise StreamError(
            Reason.UNSUPPORTED,
            f"zstd data that needs a window of {window} bytes, more than {_ZSTD_WINDOW_MAX}; "
            "compress it again without --long or --ultra",
        )
    if any(rest[size - content_size - dictionary_size : size - content_size]):
        raise StreamError(Reason.UNSUPPORTED, "zstd data that needs a dictionary; compress it without one")
    return descriptor + rest, bool(flags & 4)


def _take_block(feed: _Feed, meter: _Meter) -> tuple[bytes, bool]:
    """The next block with its header, and whether it is the frame's last."""
    header = feed.take(3)
    if len(header) < 3:
        raise _truncated("zstd", meter)
    bits = int.from_bytes(header, "little")
    kind, size = bits >> 1 & 3, bits >> 3
    if kind == 3 or size > _ZSTD_BLOCK_MAX:
        raise StreamError(Reason.CORRUPT, f"zstd data is damaged near compressed byte {meter.taken}")
    if kind == 1:  # one byte, repeated `size` times
        size = 1
    body = feed.take(size)
    if len(body) < size:
        raise _truncated("zstd", meter)
    return header + body, bool(bits & 1)


def _truncated(codec: str, meter: _Meter) -> StreamError:
    return StreamError(
        Reason.TRUNCATED,
        f"{codec} data ends too early: {meter.given} bytes came out of {meter.taken} compressed bytes",
    )


def _trailing(codec: str, meter: _Meter) -> StreamError:
    return StreamError(
        Reason.CORRUPT,
        f"what follows the {codec} data at compressed byte {meter.taken} is not {codec}",
        at_boundary=True,
    )
