from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from flows.extract import Record, Rejection
from flows.extract.record import make_document_id
from warehouse.contract.codes import Reason, SourceFormat

from .helpers import STORY, lines, read_record, read_records

CONTENT = st.tuples(
    st.sampled_from(SourceFormat), st.sampled_from(["utf-8", "utf-16-le", "cp1252"]), st.binary(), st.text()
)


@given(CONTENT, CONTENT)
def test_document_id_is_equal_just_when_the_content_is(
    one: tuple[SourceFormat, str, bytes, str], other: tuple[SourceFormat, str, bytes, str]
) -> None:
    assert (make_document_id(*one) == make_document_id(*other)) == (one == other)


@given(st.text(), st.integers(0, 30))
def test_document_id_tells_apart_what_reads_the_same_when_joined(text: str, cut: int) -> None:
    # The same characters, split otherwise between payload and fields.
    ids = {
        make_document_id(SourceFormat.TXT, "utf-8", text[:place].encode(), text[place:])
        for place in {min(cut, len(text)), 0, len(text)}
    }
    assert len(ids) == len({min(cut, len(text)), 0, len(text)})


def test_document_id_is_pinned() -> None:
    # A warehouse on disk rests on it.
    record = Record("file:///a", 1, SourceFormat.TXT, "utf-8", b"Talks resume.", "{}")
    assert record.document_id == "6ee01eada750ccae92e9e26c23573150"


def test_path_and_position_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"text": STORY, "id": 1}))
    (tmp_path / "b.jsonl").write_bytes(b"\n" + lines({"text": "Other."}, {"text": STORY, "id": 1}))
    first, second = read_record(tmp_path / "a.jsonl"), read_records(tmp_path / "b.jsonl")[1]
    assert first.record_no == 1
    assert second.record_no == 3
    assert first.source_uri != second.source_uri
    assert first.document_id == second.document_id


@given(st.permutations(["id", "text", "Title", "title", "author", "date", "link"]))
def test_order_of_keys_does_not_count(keys: list[str]) -> None:
    from flows.extract.fields import Plan

    values = {key: f"value of {key}" for key in keys}
    plan = Plan(tuple(keys))
    assert plan.collect(values, is_markup=False) == Plan(tuple(sorted(keys))).collect(values, is_markup=False)


def test_what_is_not_recognised_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"text": STORY, "views": 3}, {"text": STORY, "views": 4}))
    first, second = read_records(tmp_path / "a.jsonl")
    assert first.document_id == second.document_id


def test_fields_are_compact_sorted_json(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines({"url": "https://a.example/1", "text": STORY, "id": "1", "title": None}))
    record = read_record(tmp_path / "a.jsonl")
    assert record.fields == '{"id":"1","url":"https://a.example/1"}'
    assert json.loads(record.fields) == record.field_values
    assert (record.record_id, record.url, record.fetched_at) == ("1", "https://a.example/1", None)


def test_a_detail_is_short_and_printable() -> None:
    rejection = Rejection("file:///a", 1, Reason.BAD_JSON, "\x1b[31m" + "\ud800" + "x" * 1000)
    assert rejection.detail.startswith("\ufffd[31m\ufffdx")
    assert len(rejection.detail) == 500
