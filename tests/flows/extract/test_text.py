from __future__ import annotations

from pathlib import Path

import pytest

from flows.extract import Limits
from warehouse.contract.codes import Reason, SourceFormat

from .helpers import STORY, read, read_record, reject


def test_a_text_file_is_one_record_kept_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\n\r\nTwo. \n")
    record = read_record(path)
    assert record.payload == path.read_bytes()
    assert record.text == "One.\r\n\r\nTwo. \n"
    assert (record.record_no, record.source_format, record.fields) == (1, SourceFormat.TXT, "{}")
    assert record.source_uri == path.as_uri()


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u200b\u2060\u00a0\n".encode(), b"\x0c"])
def test_nothing_visible_is_empty(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    rejection = reject(tmp_path / "a.txt")
    assert (rejection.reason, rejection.record_no) == (Reason.EMPTY, 1)


def test_a_text_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 101)
    assert reject(path, Limits(max_record_bytes=100)).detail == "101 bytes, more than 100"
    assert reject(path, Limits(max_record_bytes=100)).reason is Reason.TOO_LARGE
    path.write_bytes(b"x" * 100)
    assert read_record(path, limits=Limits(max_record_bytes=100)).payload == b"x" * 100


@pytest.mark.parametrize("name", ["a", "a.md", "a.log", "A.TXT", "story"])
def test_any_other_name_is_text_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(STORY)
    assert read_record(tmp_path / name).source_format is SourceFormat.TXT


@pytest.mark.parametrize("start", ["[1/3] FILE PHOTO: Envoys arrive.\n", "{Corrects name}\n", "[\n", "{}x"])
def test_prose_may_begin_with_a_bracket(tmp_path: Path, start: str) -> None:
    (tmp_path / "a.txt").write_text(start + STORY)
    assert read_record(tmp_path / "a.txt").text == start + STORY


def test_skip_passes_over_the_record(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    assert read(tmp_path / "a.txt", skip=1) == []
    (tmp_path / "b.txt").write_text("")
    assert read(tmp_path / "b.txt", skip=1) == []
