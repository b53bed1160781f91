"""S3-compatible object stores, by `s3://BUCKET/KEY`: an object, all below a prefix, or a pattern.

Credentials, region and endpoint come from the usual environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, an instance's role). PyArrow is loaded when a
store is asked.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.extract.raw import StreamError
from flows.extract.source import InputNotFoundError, Source
from warehouse.contract.codes import Reason

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

SCHEME = "s3://"
_MAGIC = re.compile(r"[*?\[]")


def find_objects(uri: str) -> list[Source]:
    """The objects that a URI names, in order of their keys: one object, those below a prefix, those of a pattern.

    `*` and `?` stay within a part of the key between slashes, `**` does not. Raises `InputNotFoundError` where it
    names none, or where the store cannot be asked.
    """
    from pyarrow.fs import FileSelector, FileType

    path = uri.removeprefix(SCHEME).strip("/")
    if not path:
        raise InputNotFoundError(f"{uri}: it names no bucket; write s3://BUCKET/KEY.")
    parts = path.split("/")
    fixed = next((at for at, part in enumerate(parts) if _MAGIC.search(part)), len(parts))
    if fixed == 0:
        raise InputNotFoundError(f"{uri}: a bucket's name cannot be a pattern.")
    base = "/".join(parts[:fixed])
    try:
        store = _connect()
        [info] = store.get_file_info([base])
        if info.type == FileType.File:
            found = [info]
        elif info.type == FileType.NotFound:
            found = []
        else:
            found = store.get_file_info(FileSelector(base, recursive=True))
    except OSError as error:
        raise InputNotFoundError(f"{uri}: the store says: {_first_line(error)}") from error
    is_pattern = fixed < len(parts)
    sources = [
        Source(SCHEME + info.path, Path("/" + info.path), info.size or 0, info.mtime_ns or 0)
        for info in found
        if info.type == FileType.File
        and not _is_hidden(info.path, base)
        and (not is_pattern or _matches(info.path.split("/")[fixed:], parts[fixed:]))
    ]
    if not sources:
        raise InputNotFoundError(f"{uri}: no such object, and nothing below it; check bucket and key.")
    return sorted(sources, key=lambda source: source.uri)


@contextmanager
def local_copy(source: Source) -> Iterator[Path]:
    """A source's bytes as a file: the file itself, or a copy of the object that is gone afterwards.

    Raises `StreamError` where the object cannot be fetched.
    """
    if not source.uri.startswith(SCHEME):
        yield source.path
        return
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        path = Path(folder) / "object"
        try:
            key = source.uri.removeprefix(SCHEME)
            with _connect().open_input_stream(key, compression=None) as stream, path.open("wb") as file:
                shutil.copyfileobj(stream, file, 1 << 20)
        except OSError as error:
            raise StreamError(Reason.UNREADABLE, f"the store says: {_first_line(error)}") from error
        yield path


def _connect() -> FileSystem:
    from pyarrow.fs import S3FileSystem

    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or None
    if endpoint is None:
        return S3FileSystem(region=region)
    scheme, _, host = endpoint.rpartition("://")
    return S3FileSystem(
        endpoint_override=host.rstrip("/"),
        scheme="http" if scheme == "http" else "https",
        region=region or "us-east-1",
    )


def _matches(key: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a key match those of a glob; `**` stands for any number of them."""
    if not pattern:
        return not key
    if pattern[0] == "**":
        return _matches(key, pattern[1:]) or bool(key and _matches(key[1:], pattern))
    return bool(key) and fnmatch.fnmatchcase(key[0], pattern[0]) and _matches(key[1:], pattern[1:])


def _is_hidden(path: str, base: str) -> bool:
    """As in folders, what begins with a dot below the named place is passed over."""
    return any(part.startswith(".") for part in path.removeprefix(base).split("/"))


def _first_line(error: OSError) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
