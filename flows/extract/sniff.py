"""What kind of file this is: by its content first, by its name second."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

import orjson

from flows.extract.compression import SUFFIXES
from flows.extract.encoding import NotText, decode, find_unicode
from flows.extract.feeds.ninjs import is_ninjs
from flows.extract.limits import Limits
from flows.extract.raw import ByteStream
from warehouse.contract.codes import Reason, SourceFormat

HEAD_BYTES = 1 << 12
"""How much of a file is looked at, unless it begins like JSON: then all of its first line."""

_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_JSONL_SUFFIXES = (".jsonl", ".ndjson")
_JSON_SPACE = " \t\r\n\ufeff"

_PACKED = "unpack it first"
_TO_TEXT = "convert it to .txt, .jsonl or .parquet"
_TO_PARQUET = "convert it to Parquet"

_UNSUPPORTED_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF document", _TO_TEXT),
    (0, b"PK\x03\x04", "a zip archive or an office document", f"{_PACKED} or {_TO_TEXT}"),
    (0, b"PK\x05\x06", "an empty zip archive", _PACKED),
    (0, b"{\\rtf", "an RTF document", _TO_TEXT),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document", _TO_TEXT),
    (4, b"1AY&SY", "bzip2 data", "pack it with gzip or zstd"),
    (0, b"\xfd7zXZ\x00", "xz data", "pack it with gzip or zstd"),
    (0, b"\x04\x22\x4d\x18", "lz4 data", "pack it with gzip or zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _PACKED),
    (0, b"Rar!\x1a\x07", "a RAR archive", _PACKED),
    (257, b"ustar", "a tar archive", _PACKED),
    (0, b"\x1f\x8b\x08", "gzip data inside compressed data", "unpack it once"),
    (0, b"\x28\xb5\x2f\xfd", "zstd data inside compressed data", "unpack it once"),
    (0, b"ARROW1\x00\x00", "an Arrow file", _TO_PARQUET),
    (0, b"\xff\xff\xff\xff", "an Arrow stream", _TO_PARQUET),
    (0, b"ORC", "an ORC file", _TO_PARQUET),
    (0, b"Obj\x01", "an Avro file", _TO_PARQUET),
    (0, b"SQLite format 3\x00", "an SQLite database", _TO_PARQUET),
    (8, b"DUCK", "a DuckDB database", _TO_PARQUET),
)
"""Offset, bytes, what has them there, and what to do about it."""

_BINARY_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (8, b"WEBPVP8", "a WebP image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (4, b"ftyp", "an MP4 or HEIF file"),
    (8, b"WAVEfmt", "a WAVE recording"),
    (0, b"ID3\x03\x00", "an MP3 recording"),
    (0, b"ID3\x04\x00", "an MP3 recording"),
    (0, b"OggS\x00", "an Ogg recording"),
    (0, b"\x1a\x45\xdf\xa3", "a Matroska video"),
    (0, b"\x7fELF", "a program"),
)

_HTML_STARTS = ("<!doctype html", "<html", "<head", "<body")
_XML_SUFFIXES = (".xml", ".rss", ".atom", ".nitf")
_ROOT = re.compile(
    r"(?P<declaration><\?xml[^>]*>)?(?:\s+|<\?[^>]*>|<!--.*?-->|<!doctype[^\[>]*(?:\[[^\]]*\])?\s*>)*"
    r"<(?P<root>[a-z_][\w.:-]*)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_ROOTS = {
    "html": SourceFormat.HTML,
    "rss": SourceFormat.RSS,
    "rdf": SourceFormat.RSS,
    "feed": SourceFormat.ATOM,
    "entry": SourceFormat.ATOM,
    "nitf": SourceFormat.NITF,
    "newsitem": SourceFormat.NEWSML,
    "newsmessage": SourceFormat.NEWSML,
}

_UNSUPPORTED_SUFFIXES = {
    **dict.fromkeys(_XML_SUFFIXES, ("not XML, though its name says so", "look at how it begins")),
    **dict.fromkeys((".csv", ".tsv"), ("a table of values", "convert it to .jsonl or .parquet")),
}


def find_format(stream: ByteStream, name: str, limits: Limits) -> SourceFormat | NotText:
    """Tell how to read a file that is not compressed, or no longer, from its content and its name."""
    head = stream.peek(HEAD_BYTES)
    if head.startswith(b"PAR1"):
        return SourceFormat.PARQUET
    if head.startswith(b"WARC/"):
        return SourceFormat.WARC
    if found := _match_magic(head):
        return found
    suffix = inner_suffix(name)
    encoding = find_unicode(head)
    text = decode(head, encoding or "latin-1").lstrip(_JSON_SPACE)
    if markup := _match_markup(text, suffix):
        return markup
    if suffix in _JSONL_SUFFIXES:
        if encoding is None and b"\0" in head and not text.startswith("{"):
            return NotText(Reason.BINARY, f"NUL byte at byte {head.find(0)}")
        return SourceFormat.JSONL
    is_json, is_document = _look_for_json(stream, text, encoding or "utf-8", limits)
    if is_document and is_ninjs(_load(_whole(stream, encoding or "utf-8", limits))):
        return SourceFormat.NINJS
    if suffix == ".json" and text:
        if is_json and not is_document:
            return SourceFormat.JSONL
        return _reject("a JSON document", "convert it to .jsonl, one record a line")
    if is_json:
        return SourceFormat.JSONL
    if is_document:
        return _reject("a JSON document", "convert it to .jsonl, one record a line")
    if suffix == ".parquet":
        return NotText(Reason.BAD_PARQUET, f"does not begin with PAR1 but with {head[:4]!r}")
    if suffix in _UNSUPPORTED_SUFFIXES:
        return _reject(*_UNSUPPORTED_SUFFIXES[suffix])
    return SourceFormat.TXT


def inner_suffix(name: str) -> str:
    """The ending that says what is inside: `.jsonl` of `a.jsonl.gz`."""
    path = PurePath(name.lower())
    while path.suffix in SUFFIXES:
        path = path.with_suffix("")
    return path.suffix


def _match_magic(head: bytes) -> NotText | None:
    for offset, magic, what, cure in _UNSUPPORTED_MAGIC:
        if head.startswith(magic, offset):
            return _reject(what, cure)
    for offset, magic, what in _BINARY_MAGIC:
        if head.startswith(magic, offset):
            return NotText(Reason.BINARY, what)
    return None


def _match_markup(text: str, suffix: str) -> SourceFormat | NotText | None:
    """Recognise markup by its root element."""
    start = text[:HEAD_BYTES]
    if start.lower().startswith(_HTML_STARTS):
        return SourceFormat.HTML
    if found := _ROOT.match(start):
        root = found["root"].rpartition(":")[2].lower()
        if root in _ROOTS:
            return _ROOTS[root]
        if found["declaration"] or suffix in _XML_SUFFIXES:
            return _reject(f"an XML document with the root {root}", "convert it to .txt, .jsonl or .parquet")
    return SourceFormat.HTML if suffix in _HTML_SUFFIXES and "<" in start else None


def _look_for_json(stream: ByteStream, text: str, encoding: str, limits: Limits) -> tuple[bool, bool]:
    """Whether the first line with content is a JSON object, and whether all the file is one JSON value."""
    if not text.startswith(("{", "[")):
        return False, False
    size = HEAD_BYTES
    while "\n" not in text and not stream.at_end and size < limits.max_record_bytes:
        size = min(size * 8, limits.max_record_bytes)
        text = decode(stream.peek(size), encoding).lstrip(_JSON_SPACE)
    line, _, rest = text.partition("\n")
    if _parses(line):
        return line.startswith("{"), not rest.strip(_JSON_SPACE)
    # A list or an object over several lines. Prose that begins with a bracket is read to its end for nothing,
    # which its reader would have done next.
    whole = _whole(stream, encoding, limits)
    return False, stream.at_end and _parses(whole)


def _whole(stream: ByteStream, encoding: str, limits: Limits) -> str:
    """All of a file of one JSON value, without what may stand around it."""
    return decode(stream.peek(limits.max_record_bytes + 1), encoding).strip(_JSON_SPACE)


def _load(text: str) -> object:
    """A text as a JSON value; None where it is none."""
    try:
        return orjson.loads(text.encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None


def _parses(text: str) -> bool:
    """Whether a text is one JSON object or list."""
    return isinstance(_load(text), dict | list)


def _reject(what: str, cure: str) -> NotText:
    return NotText(Reason.UNSUPPORTED, f"{what}: {cure}")
