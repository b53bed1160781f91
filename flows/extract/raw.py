"""The bytes of a file as they lie on disk, read once and hashed on the way."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

from flows.extract.limits import CHUNK_BYTES
from warehouse.contract.codes import Reason


class StreamError(Exception):
    """Reading broke off. Everything before the break has been handed out."""

    def __init__(self, reason: Reason, detail: str, *, at_boundary: bool = False) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.at_boundary = at_boundary
        """What was handed out is complete in itself: the fault lies behind its end."""


class Digest:
    """A hash of a file's bytes, filled while the file is read.

    `value` is None until the last byte has gone in: a reader that is left early yields no digest.
    """

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=16)
        self.value: str | None = None

    def update(self, data: bytes) -> None:
        """Take in the next bytes of the file."""
        self._hash.update(data)

    def finish(self) -> None:
        """Say that the file has no more bytes."""
        self.value = self._hash.hexdigest()


class RawFile:
    """A regular file open for reading from front to back. What the system refuses is a `StreamError`."""

    def __init__(self, path: Path, digest: Digest | None = None) -> None:
        self._digest = digest
        self._at_end = False
        try:
            # O_NONBLOCK: a pipe put in the file's place since it was found must not hang the run.
            fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except (OSError, ValueError) as error:
            raise unreadable(error) from error
        self._file = io.FileIO(fd)
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            self._file.close()
            raise StreamError(Reason.UNREADABLE, "not a regular file")
        self.size = status.st_size

    def __enter__(self) -> RawFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def chunks(self, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
        """Hand out the bytes from where reading stands."""
        while not self._at_end:
            try:
                chunk = self._file.read(chunk_bytes)
            except OSError as error:
                raise unreadable(error) from error
            if not chunk:
                self._at_end = True
                if self._digest is not None:
                    self._digest.finish()
                return
            if self._digest is not None:
                self._digest.update(chunk)
            yield chunk

    def finish_digest(self) -> None:
        """Hash what no reader asked for: the rest of a broken file, or a file that is read out of order."""
        if self._digest is not None:
            for _ in self.chunks():
                pass

    def duplicate(self) -> io.BufferedReader:
        """Open the same file again, for reading out of order, whatever its path means by now."""
        try:
            return io.BufferedReader(_SharedFile(self._file.fileno(), self.size))
        except OSError as error:
            raise unreadable(error) from error


class _SharedFile(io.RawIOBase):
    """Reads by position from another's descriptor, so that neither moves the other's place."""

    def __init__(self, fd: int, size: int) -> None:
        self._fd = fd
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = os.preadv(self._fd, [buffer], self._position)
        self._position += count
        return count


class ByteStream:
    """Chunks of bytes that can be looked at before they are taken."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held: list[bytes] = []
        self._held_size = 0
        self._error: StreamError | None = None
        self.at_end = False
        """All that there is has been looked at."""

    def peek(self, size: int) -> bytes:
        """At least `size` bytes of what comes next, or all that there is."""
        while self._held_size < size and not self.at_end:
            try:
                chunk = next(self._chunks)
            except StopIteration:
                self.at_end = True
            except StreamError as error:
                self.at_end = True
                self._error = error
            else:
                self._held.append(chunk)
                self._held_size += len(chunk)
        if len(self._held) > 1:
            self._held = [b"".join(self._held)]
        return self._held[0] if self._held else b""

    def check(self) -> None:
        """Raise the error that ended the stream if there is nothing before it."""
        if not self.peek(1) and self._error is not None:
            raise self._error

    def chunks(self) -> Iterator[bytes]:
        """All bytes, those looked at included; then the error that ended them, if one did."""
        held, self._held, self._held_size = self._held, [], 0
        yield from held
        del held
        if self._error is not None:
            raise self._error
        if not self.at_end:
            yield from self._chunks


def content_digest(path: Path) -> str:
    """The hash of a file's bytes, as a `Digest` filled by `read_source` has it."""
    digest = Digest()
    with RawFile(path, digest) as raw:
        raw.finish_digest()
    assert digest.value is not None
    return digest.value


def unreadable(error: Exception) -> StreamError:
    """Say why the system would not read, without the path, which the rejection names."""
    detail = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return StreamError(Reason.UNREADABLE, detail)
