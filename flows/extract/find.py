"""From what the user names (files, folders, patterns) to the files to read, always in the same order."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes

from flows.extract.raw import unreadable
from flows.extract.record import Rejection
from flows.extract.source import InputNotFoundError, Source
from flows.extract.store import SCHEME, find_objects
from warehouse.contract.codes import Reason

_MAGIC = re.compile(r"[*?\[]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def find_sources(inputs: Sequence[str | Path]) -> Iterator[Source | Rejection]:
    """Find the files that the inputs name: files, folders, glob patterns, `file:` and `s3:` URIs.

    Folders are walked in sorted order without their hidden files and folders. A file reached twice is taken
    once.
    An input that names nothing raises `InputNotFoundError` at once, before the first file is handed out.
    """
    named: list[Path | Source] = []
    for given in inputs:
        named += find_objects(str(given)) if str(given).startswith(SCHEME) else _resolve(given)
    return _Walk().run(named)


def uri_to_path(uri: str) -> Path:
    """The path that a `file:` URI made by `find_sources` stands for."""
    return Path(os.fsdecode(unquote_to_bytes(uri.removeprefix("file://"))))


def display_path(uri: str) -> str:
    """A source's path for people: relative to the working folder if it is below it, always printable."""
    if uri.startswith(SCHEME):
        shown = uri
    else:
        path = uri_to_path(uri)
        shown = str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in shown)


def _resolve(given: str | Path) -> list[Path]:
    """The existing paths that one input means."""
    name = os.fspath(given)
    if name.startswith("file://"):
        name = str(uri_to_path(name))
    path = Path(os.path.abspath(name))  # noqa: PTH100 - `resolve` would follow links and lose the name given
    if not name:
        raise InputNotFoundError("An input is an empty name; name a file, a folder or a pattern.")
    if os.path.lexists(path):
        if not path.exists() and path.is_symlink():
            raise InputNotFoundError(f"{name}: this link leads nowhere; mend it, or name the file itself.")
        return [path]
    if scheme := _SCHEME.match(name):
        raise InputNotFoundError(f"{name}: {scheme[1]} locations are not read; copy the files here first.")
    if not _MAGIC.search(name):
        raise InputNotFoundError(
            f"{name}: no such file or folder; check the name (the working folder is {Path.cwd()})."
        )
    matches = _match(path)
    if not matches:
        raise InputNotFoundError(f"{name}: the pattern matches nothing; check it (the shell's quotes too).")
    return matches


def _match(pattern: Path) -> list[Path]:
    """What a glob pattern matches, sorted. Unlike the library's, `**` does not go round in loops of links."""
    found: dict[Path, None] = {}
    seen: set[tuple[str, int]] = set()

    def descend(folder: Path, parts: tuple[str, ...]) -> None:
        if not parts:
            found[folder] = None
            return
        if not _MAGIC.search(parts[0]):
            if (folder / parts[0]).exists():
                descend(folder / parts[0], parts[1:])
            return
        if parts[0] == "**":
            key = (os.path.realpath(folder), len(parts))
            if key in seen:
                return
            seen.add(key)
            if parts[1:]:
                descend(folder, parts[1:])
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is needed
        except OSError:
            return
        for name in names:
            if name.startswith(".") and not parts[0].startswith("."):
                continue
            if parts[0] == "**":
                if (folder / name).is_dir():
                    descend(folder / name, parts)
                elif not parts[1:]:
                    found[folder / name] = None
            elif fnmatch.fnmatchcase(name, parts[0]):
                descend(folder / name, parts[1:])

    descend(Path(pattern.anchor), pattern.parts[1:])
    return sorted(found)


class _Walk:
    """One walk over all inputs, which remembers where it has been."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def run(self, named: Sequence[Path | Source]) -> Iterator[Source | Rejection]:
        """Hand out the files of all inputs in turn."""
        for item in named:
            if isinstance(item, Path):
                yield from self._visit(item, os.path.realpath(item), is_named=True)
            elif item.uri not in self._files:
                self._files.add(item.uri)
                yield item

    def _visit(self, path: Path, real: str, *, is_named: bool) -> Iterator[Source | Rejection]:
        """Hand out a file, or the files below a folder. `real` is the path with its links followed."""
        try:
            status = path.stat()
        except OSError as error:
            if real not in self._files:
                self._files.add(real)
                yield _reject(path, error)
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._descend(path, real)
        elif stat.S_ISREG(status.st_mode):
            if real not in self._files:
                self._files.add(real)
                yield Source(path.as_uri(), path, status.st_size, status.st_mtime_ns)
        elif is_named:
            yield Rejection(path.as_uri(), 1, Reason.UNREADABLE, "not a regular file")

    def _descend(self, folder: Path, real: str) -> Iterator[Source | Rejection]:
        if real in self._folders:
            return
        self._folders.add(real)
        try:
            with os.scandir(folder) as listing:
                entries = sorted((entry.name, entry.is_symlink()) for entry in listing)
        except OSError as error:
            yield _reject(folder, error)
            return
        for name, is_link in entries:
            if not name.startswith("."):
                path = folder / name
                real_path = os.path.realpath(path) if is_link else f"{real.rstrip(os.sep)}{os.sep}{name}"
                yield from self._visit(path, real_path, is_named=False)


def _reject(path: Path, error: OSError) -> Rejection:
    fault = unreadable(error)
    return Rejection(path.as_uri(), 1, fault.reason, fault.detail)
