from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extract import Limits, Record, Rejection
from flows.extract.jsonl import split_lines
from warehouse.contract.codes import Reason, SourceFormat

from .helpers import STORY, lines, outcomes, read, read_record, read_records, reject, stories


def reject_line(tmp_path: Path, line: bytes) -> Rejection:
    """Read a line between two good ones, and answer with what was said of it."""
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "One."}) + line + b"\n" + lines({"text": "Three."}))
    first, rejection, last = read(tmp_path / "a.jsonl")
    assert isinstance(first, Record)
    assert isinstance(last, Record)
    assert isinstance(rejection, Rejection)
    assert rejection.record_no == 2
    return rejection


def test_every_line_counts_and_blank_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\n{"text": "One."}\r\n\r\n  \n{"text": "Two."}')
    assert outcomes(read(tmp_path / "a.jsonl")) == [(2, "One."), (5, "Two.")]


def test_a_file_without_lines_has_no_records(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    (tmp_path / "b.jsonl").write_bytes(b"\n\n")
    for name in ("a.jsonl", "b.jsonl"):
        assert reject(tmp_path / name).reason is Reason.EMPTY


def test_the_payload_is_the_text_as_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(r'{"text": "Z\u00fcrich \ud83d\ude00\r\n “ok”"}'.encode())
    record = read_record(tmp_path / "a.jsonl")
    assert record.payload == "Zürich 😀\r\n “ok”".encode()
    assert (record.source_format, record.encoding) == (SourceFormat.JSONL, "utf-8")


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        (b'{"text": "Two.",}', "line 2, column 17: "),
        (b'{"text": "Tw', "line 2, column 10: Unterminated string starting at"),
        (b"talks", "line 2, column 1: Expecting value"),
        (b'{"text": "One."}{"text": "Two."}', "line 2, column 17: Extra data"),
        (b'["Two."]', "line 2 is a list, not an object"),
        (b'"Two."', "line 2 is a string, not an object"),
        (b"null", "line 2 is null, not an object"),
        (b"[" * 100_000, "line 2: nested too deeply"),
        (b'{"text": "a", "n": -' + b"9" * 5000 + b", x}", "line 2: a number has too many digits"),
        (b'{"text": "a\x00b"}', "line 2, column 12: Invalid control character at"),
    ],
)
def test_what_is_no_object_is_bad_json(tmp_path: Path, line: bytes, detail: str) -> None:
    rejection = reject_line(tmp_path, line)
    assert rejection.reason is Reason.BAD_JSON
    assert rejection.detail.startswith(detail)


@pytest.mark.parametrize(
    ("values", "reason", "detail"),
    [
        ({"id": 1, "headline": "x"}, Reason.MISSING_TEXT, "no text or html field; found: headline, id"),
        ({}, Reason.MISSING_TEXT, "no text or html field; found: none"),
        ({"text": None}, Reason.MISSING_TEXT, "`text` is null"),
        ({"text": ["a"]}, Reason.MISSING_TEXT, "`text` is a list"),
        ({"maintext": 5}, Reason.MISSING_TEXT, "`maintext` is a number"),
        ({"html": " "}, Reason.EMPTY, "`html` has 1 characters"),
        ({"text": None, "html": 3}, Reason.MISSING_TEXT, "`text` is null"),
        ({"text": ""}, Reason.EMPTY, "`text` has 0 characters"),
        ({"text": " \n\u200b\ufeff\u00a0"}, Reason.EMPTY, "`text` has 5 characters, nothing visible"),
    ],
)
def test_a_record_without_text_says_what_it_has(
    tmp_path: Path, values: dict[str, Any], reason: Reason, detail: str
) -> None:
    rejection = reject_line(tmp_path, lines(values).strip())
    assert rejection.reason is reason
    assert rejection.detail.startswith(detail)


def test_many_keys_are_listed_in_part(tmp_path: Path) -> None:
    rejection = reject_line(tmp_path, lines({f"k{number:03}": 1 for number in range(100)}).strip())
    assert rejection.detail.startswith("no text or html field; found: k000, k001")
    assert rejection.detail.endswith("and 70 more")


@pytest.mark.parametrize(
    ("line", "text", "fields"),
    [
        (b'{"text": "a", "score": NaN}', "a", {}),
        (rb'{"text": "a \ud800 b", "title": "c \udfff"}', "a \ufffd b", {"title": "c \ufffd"}),
        (b'{"text": "a", "id": 123456789012345678901}', "a", {"id": "123456789012345678901"}),
        (b'{"text": "a", "text": "b"}', "b", {}),
    ],
)
def test_json_that_is_meant_is_read(tmp_path: Path, line: bytes, text: str, fields: dict[str, str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(line)
    record = read_record(tmp_path / "a.jsonl")
    assert (record.text, record.field_values) == (text, fields)


def test_the_first_text_with_content_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"content": "C", "text": " ", "maintext": None, "body": "B"}))
    assert read_record(tmp_path / "a.jsonl").text == "B"


def test_a_line_beyond_the_limit_is_one_rejection(tmp_path: Path) -> None:
    limits = Limits(max_record_bytes=60)
    long = lines({"text": "x" * 100_000})
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "One."}) + long + lines({"text": "Three."}) + long[:-1])
    for chunk_bytes in (16, 1000, 1 << 20):
        items = read(tmp_path / "a.jsonl", limits, chunk_bytes=chunk_bytes)
        expected = [(1, "One."), (2, Reason.TOO_LARGE), (3, "Three."), (4, Reason.TOO_LARGE)]
        assert outcomes(items) == expected
        assert isinstance(items[1], Rejection)
        assert items[1].detail == "line 2 has 100012 bytes, more than 60"


def test_a_text_that_grows_beyond_the_limit_by_decoding_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + "é".encode("cp1252") * 90 + b'"}')
    assert reject(tmp_path / "a.jsonl", Limits(max_record_bytes=120)).reason is Reason.TOO_LARGE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("chunk_bytes", [1, 7, 1 << 18])
def test_the_file_may_be_in_any_unicode_encoding(tmp_path: Path, encoding: str, chunk_bytes: int) -> None:
    content = '{"text": "Zürich ਊ talks"}\n\n{"text": "Two."}\n'  # U+0A0A: line feeds as bytes
    (tmp_path / "a.jsonl").write_bytes(content.encode(encoding))
    items = read(tmp_path / "a.jsonl", chunk_bytes=chunk_bytes)
    assert outcomes(items) == [(1, "Zürich ਊ talks"), (3, "Two.")]
    expected = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(encoding, encoding)
    assert isinstance(items[0], Record)
    assert items[0].encoding == expected


def test_a_lines_document_does_not_depend_on_the_files_mark(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"text": STORY}))
    (tmp_path / "b.jsonl").write_bytes(b"\xef\xbb\xbf" + lines({"text": STORY}))
    assert read_record(tmp_path / "a.jsonl").document_id == read_record(tmp_path / "b.jsonl").document_id


def test_a_mark_within_the_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "One."}) + b"\xef\xbb\xbf" + lines({"text": "Two."}))
    assert outcomes(read(tmp_path / "a.jsonl")) == [(1, "One."), (2, "Two.")]


def test_a_line_in_another_encoding_is_decoded_and_says_so(tmp_path: Path) -> None:
    odd = '{"text": "The café’s owner", "title": "Müller"}\n'.encode("cp1252")
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "Zürich"}) + odd)
    first, second = read_records(tmp_path / "a.jsonl")
    assert (first.encoding, first.text) == ("utf-8", "Zürich")
    assert (second.encoding, second.text) == ("cp1252", "The café’s owner")
    assert second.payload == "The café’s owner".encode()
    assert second.field_values == {"title": "Müller"}


def test_a_line_with_a_cut_character_stays_utf8(tmp_path: Path) -> None:
    line = '{"text": "Zürich’s “old” town. Müller’s '.encode() + b'\xe2\x80"}\n'
    (tmp_path / "a.jsonl").write_bytes(line)
    record = read_record(tmp_path / "a.jsonl")
    assert (record.encoding, record.text) == ("utf-8", "Zürich’s “old” town. Müller’s \ufffd")


def test_a_line_in_no_encoding_is_undecodable(tmp_path: Path) -> None:
    noise = bytes(range(0x80, 0x100)) * 2
    rejection = reject_line(tmp_path, b'{"text": "' + noise + b'"}')
    assert rejection.reason is Reason.UNDECODABLE
    assert rejection.detail.startswith("line 2: byte 0x80 at byte 10")


LINE = st.one_of(
    st.just(b""),
    st.just(b"  \r"),
    st.binary(max_size=20).map(lambda raw: raw.replace(b"\n", b"")),
    st.text(max_size=20).map(lambda text: json.dumps({"text": text, "id": text}).encode()),
    st.just(b'{"text": "' + b"long " * 30 + b'"}'),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINE, max_size=12), st.integers(1, 300), st.integers(0, 14))
def test_neither_chunks_nor_resuming_change_what_is_read(
    tmp_path: Path, content: list[bytes], chunk_bytes: int, skip: int
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(content))
    limits = Limits(max_record_bytes=100)
    items = read(path, limits)
    assert read(path, limits, chunk_bytes=chunk_bytes) == items
    assert read(path, limits, chunk_bytes=chunk_bytes, skip=skip) == items[skip:]


@given(st.text("ab\n", max_size=200).map(str.encode), st.integers(1, 50), st.integers(1, 30))
def test_lines_are_those_that_the_library_splits(content: bytes, chunk_bytes: int, max_bytes: int) -> None:
    chunks = (content[start : start + chunk_bytes] for start in range(0, len(content), chunk_bytes))
    expected = content.split(b"\n")
    if not expected[-1]:
        expected.pop()
    found = list(split_lines(chunks, max_bytes))
    assert found == [line if len(line) <= max_bytes else len(line) for line in expected]


def test_a_line_of_many_chunks_costs_no_more_than_its_bytes() -> None:
    # A line that was joined anew with each chunk would take minutes.
    chunks = (b"x" * 100 for _ in range(200_000))
    [line] = split_lines(chunks, 20_000_000)
    assert isinstance(line, bytes)
    assert len(line) == 20_000_000


def test_resuming_does_not_parse_what_was_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*stories(10)))
    parsed: list[int] = []
    from flows.extract import jsonl

    read_line = jsonl._read_line

    def count(uri: str, line_no: int, *rest: Any) -> Record | Rejection:
        parsed.append(line_no)
        return read_line(uri, line_no, *rest)

    monkeypatch.setattr(jsonl, "_read_line", count)
    assert [item.record_no for item in read(tmp_path / "a.jsonl", skip=8)] == parsed == [9, 10]


def test_a_line_beyond_the_limit_is_not_held() -> None:
    tracemalloc.start()
    found = list(split_lines((b"x" * 100_000 for _ in range(1000)), 1_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [100_000_000]
    assert peak < 3_000_000
