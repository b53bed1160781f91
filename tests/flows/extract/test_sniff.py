from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from flows.extract import Limits
from flows.extract.raw import ByteStream
from flows.extract.sniff import find_format
from warehouse.contract.codes import Reason, SourceFormat

from .helpers import STORY, lines, outcomes, read, read_record, reject


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.JSONL", "a", "a.txt", "a.json", "a.parquet", "a.html"])
def test_lines_of_objects_are_jsonl_whatever_the_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\n" + lines({"text": "One."}, {"text": "Two."}))
    assert outcomes(read(tmp_path / name)) == [(2, "One."), (3, "Two.")]


def test_a_long_first_line_is_seen_whole(tmp_path: Path) -> None:
    (tmp_path / "feed").write_bytes(lines({"text": STORY * 1000}, {"text": STORY}))
    assert [item.record_no for item in read(tmp_path / "feed", chunk_bytes=512)] == [1, 2]


def test_a_file_named_jsonl_is_so_though_its_first_line_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "One\n' + lines({"text": "Two."}))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    for name in ("a.jsonl", "b.jsonl.gz"):
        assert outcomes(read(tmp_path / name)) == [(1, Reason.BAD_JSON), (2, "Two.")]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.json", b'{"text": "One."}', "a JSON document: convert it to .jsonl"),
        ("a.json", b'{\n "text": "One."\n}\n', "a JSON document"),
        ("a.json", b'[{"text": "One."}, {"text": "Two."}]', "a JSON document"),
        ("a.json", b'{"text": "One."', "a JSON document"),
        ("a", b'{\n "text": "One."\n}\n', "a JSON document"),
        ("a.xml", b"<opml/>", "an XML document with the root opml"),
        ("a", b'<?xml version="1.0"?><!-- saved -->\n<opml/>', "an XML document"),
        ("a.csv", b"id,text\n1,One.\n", "a table of values"),
        ("a.txt", b"%PDF-1.7\n", "a PDF document"),
        ("a.docx", b"PK\x03\x04\x14\x00", "a zip archive or an office document"),
        ("a.bz2", b"BZh91AY&SY\x00", "bzip2 data: pack it with gzip or zstd"),
        ("a.xz", b"\xfd7zXZ\x00\x00", "xz data"),
        ("a.tar", b"a".ljust(257, b"\0") + b"ustar\x0000", "a tar archive: unpack it first"),
        (
            "a.txt.gz",
            gzip.compress(gzip.compress(b"One.")),
            "gzip data inside compressed data: unpack it once",
        ),
    ],
)
def test_other_formats_are_named_with_what_to_do(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(content)
    rejection = reject(tmp_path / name)
    assert rejection.reason is Reason.UNSUPPORTED
    assert rejection.detail.startswith(what)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        ("a.jsonl", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        ("a.jsonl", b"\x01\x00\x02\x07\x00\x00\x10", "NUL byte at byte 1"),
    ],
)
def test_pictures_and_programs_are_binary(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(content)
    rejection = reject(tmp_path / name)
    assert (rejection.reason, rejection.detail) == (Reason.BINARY, what)


def test_a_packing_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "b.txt.gz").write_bytes(STORY.encode())
    assert read_record(tmp_path / "a.txt").document_id == read_record(tmp_path / "b.txt.gz").document_id
    assert read_record(tmp_path / "a.txt").source_format is SourceFormat.TXT


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>One.", SourceFormat.HTML),
        ("a", b"<html lang=en>", SourceFormat.HTML),
        ("a.jsonl", b"<html><body>502 Bad Gateway", SourceFormat.HTML),
        ("a.txt", b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', SourceFormat.HTML),
        ("a.txt", "\ufeff<html>".encode("utf-16-le"), SourceFormat.HTML),
        ("a.htm", b"<!-- saved --><p>One.", SourceFormat.HTML),
        ("a.html", b"One, without a tag.", SourceFormat.TXT),
        ("a", b"WARC/1.0\r\n", SourceFormat.WARC),
    ],
)
def test_markup_and_archives_are_told_by_content(name: str, content: bytes, expected: SourceFormat) -> None:
    stream = ByteStream(iter([content]))
    assert find_format(stream, name, Limits()) == expected
