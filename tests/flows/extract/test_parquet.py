from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from flows.extract import Limits, Record, Rejection
from warehouse.contract.codes import Reason, SourceFormat

from .helpers import STORY, outcomes, read, read_record, read_records, reject, stories


def write(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_a_row_is_a_record(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.parquet",
        {
            "id": [1, None],
            "text": ["Zürich.", "Two."],
            "title": ["A", None],
            "authors": [["A B"], []],
            "publisher": [{"name": "Daily"}, None],
            "embedding": [[0.1], [0.2]],
        },
    )
    first, second = read_records(path)
    assert (first.record_no, first.source_format, first.encoding) == (1, SourceFormat.PARQUET, "utf-8")
    assert first.payload == "Zürich.".encode()
    assert first.field_values == {"authors": ["A B"], "id": "1", "publisher": "Daily", "title": "A"}
    assert (second.record_no, second.fields) == (2, "{}")


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.binary(),
        pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()),
        pa.dictionary(pa.int8(), pa.large_string()),
    ],
    ids=str,
)
def test_text_may_be_in_any_column_that_holds_it(tmp_path: Path, kind: pa.DataType) -> None:
    values = ["Zürich.", "Two.", "Zürich."]
    raw = [value.encode() for value in values] if "binary" in str(kind) else values
    column = pa.array(values).dictionary_encode().cast(kind) if "dict" in str(kind) else pa.array(raw, kind)
    path = write(tmp_path / "a.parquet", {"text": column, "title": column})
    records = read_records(path)
    assert [record.text for record in records] == values
    assert records[0].field_values == {"title": "Zürich."}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([datetime(2022, 1, 10, 18, 30)], pa.timestamp("us")), "2022-01-10T18:30:00"),
        (
            pa.array([datetime(2022, 1, 10, 18, 30, tzinfo=UTC)], pa.timestamp("ms", "UTC")),
            "2022-01-10T18:30:00Z",
        ),
        (
            pa.array(
                [datetime(2022, 1, 10, 18, 30, tzinfo=timezone(timedelta(hours=2)))],
                pa.timestamp("ns", "Europe/Athens"),
            ),
            "2022-01-10T16:30:00Z",
        ),
        (pa.array([1641839400123456789], pa.timestamp("ns")), "2022-01-10T18:30:00.123456"),
        (pa.array([date(2022, 1, 10)]), "2022-01-10"),
        (pa.array(["10 January 2022"]), "10 January 2022"),
        (pa.array([1641839400]), "1641839400"),
        (pa.array([None], pa.timestamp("us")), None),
        (pa.array([2**62], pa.timestamp("us")), None),
        (pa.array([[1]]), None),
    ],
    ids=lambda value: str(getattr(value, "type", value)),
)
def test_dates_come_as_text(tmp_path: Path, column: pa.Array[Any], expected: str | None) -> None:
    path = write(tmp_path / "a.parquet", {"text": [STORY], "published_at": column})
    assert read_record(path).field_values.get("published_at") == expected


def test_rows_without_text_are_said_one_by_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["One.", None, " ", "x" * 101], "id": [1, 2, 3, 4]})
    items = read(path, Limits(max_record_bytes=100))
    expected = [(1, "One."), (2, Reason.MISSING_TEXT), (3, Reason.EMPTY), (4, Reason.TOO_LARGE)]
    assert outcomes(items) == expected
    assert isinstance(items[3], Rejection)
    assert items[3].detail == "row 4 has 101 bytes in `text`, more than 100"


@pytest.mark.parametrize(
    ("columns", "reason", "detail"),
    [
        ({"id": [1], "words": ["a"]}, Reason.MISSING_TEXT, "no text or html column; found: id, words"),
        ({"text": [1]}, Reason.MISSING_TEXT, "column `text` is of type int64"),
        ({"html": [1]}, Reason.MISSING_TEXT, "column `html` is of type int64"),
    ],
)
def test_a_file_without_text_is_one_rejection(
    tmp_path: Path, columns: dict[str, Any], reason: Reason, detail: str
) -> None:
    rejection = reject(write(tmp_path / "a.parquet", columns))
    assert rejection.reason is reason
    assert rejection.detail.startswith(detail)


def test_strings_that_are_not_utf8_are_decoded_or_rejected(tmp_path: Path) -> None:
    raw = [b"The caf\xe9 closed.", b"Talks \x00 resume \xff", "Zürich.".encode()]
    text = pa.StringArray.from_buffers(3, *pa.array(raw, pa.binary()).buffers()[1:])
    path = write(tmp_path / "a.parquet", {"text": text, "title": text})
    first, second, third = read(path)
    assert isinstance(first, Record)
    assert (first.encoding, first.text) == ("cp1252", "The café closed.")
    assert first.payload == "The café closed.".encode()
    assert isinstance(second, Rejection)
    assert (second.reason, second.detail) == (Reason.BINARY, "row 2, `text`: NUL byte at byte 6")
    assert isinstance(third, Record)
    assert third.field_values == {"title": "Zürich."}


def test_a_damaged_footer_is_bad_parquet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": [STORY]})
    content = path.read_bytes()
    for broken in (content[:-20], content[:100], b"PAR1", b"PAR1" + b"x" * 50 + b"PAR1", b"nothing", b""):
        path.write_bytes(broken)
        rejection = reject(path)
        assert (rejection.reason, rejection.record_no) == (Reason.BAD_PARQUET, 1)
        assert str(tmp_path) not in rejection.detail


def test_a_damaged_name_of_a_column_is_bad_parquet(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"junk": [1], "text": [STORY]})
    path.write_bytes(path.read_bytes().replace(b"junk", b"j\xc5nk"))
    assert reject(path).reason is Reason.BAD_PARQUET


def test_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    table = pa.table([pa.array(["One."]), pa.array(["Two."])], names=["text", "text"])
    pq.write_table(table, tmp_path / "a.parquet")
    rejection = reject(tmp_path / "a.parquet")
    assert (rejection.reason, rejection.detail) == (
        Reason.BAD_PARQUET,
        "more than one column is named `text`",
    )


def test_what_stands_before_a_damaged_row_group_is_read(tmp_path: Path) -> None:
    rows = stories(300)
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=100, compression="zstd")
    second = pq.ParquetFile(path).metadata.row_group(1).column(1)
    content = bytearray(path.read_bytes())
    start = second.dictionary_page_offset or second.data_page_offset
    content[start : start + second.total_compressed_size] = b"\xaa" * second.total_compressed_size
    path.write_bytes(content)
    items = read(path)
    assert [item.record_no for item in items] == list(range(1, 102))
    assert outcomes(items)[-1] == (101, Reason.BAD_PARQUET)
    assert read(path, skip=100) == items[100:]
    assert read(path, skip=101) == []


@pytest.mark.parametrize("skip", [0, 1, 99, 100, 101, 128, 250, 299, 300, 400])
def test_resuming_drops_what_was_taken(tmp_path: Path, skip: int) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(stories(300)), path, row_group_size=130)
    items = read(path)
    assert [item.record_no for item in items] == list(range(1, 301))
    assert read(path, skip=skip) == items[skip:]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_packed_file_is_unpacked_first(tmp_path: Path, pack: Any) -> None:
    path = write(tmp_path / "a.parquet", {"text": ["One.", "Two."]})
    packed = tmp_path / "a.parquet.gz"
    packed.write_bytes(pack(path.read_bytes()))
    assert [r.document_id for r in read_records(packed)] == [r.document_id for r in read_records(path)]
    packed.write_bytes(pack(path.read_bytes())[:-9])
    assert reject(packed).reason is Reason.TRUNCATED


def test_rows_that_repeat_a_long_text_are_a_bomb(tmp_path: Path) -> None:
    rows = pa.array([0] * 20_000, pa.int32())
    text = pa.DictionaryArray.from_arrays(rows, pa.array(["Talks. " * 10_000]))
    path = write(tmp_path / "a.parquet", {"text": text})
    assert path.stat().st_size < 500_000
    items = read(path)
    assert outcomes(items)[-1] == (len(items), Reason.BOMB)
    assert len(items) * 70_000 < 200 * path.stat().st_size + 8_000_000


def test_a_file_that_declares_too_much_is_a_bomb(tmp_path: Path) -> None:
    columns = {"text": ["Talks. " * 10_000] * 2000}
    path = write(tmp_path / "a.parquet", columns, use_dictionary=False, compression="zstd")
    rejection = reject(path)
    assert rejection.reason is Reason.BOMB
    assert "bytes of Parquet declare" in rejection.detail


def test_an_empty_table_is_told(tmp_path: Path) -> None:
    rejection = reject(write(tmp_path / "a.parquet", {"text": pa.array([], pa.string())}))
    assert rejection.reason is Reason.EMPTY
    assert rejection.detail.endswith("bytes, no record")


def test_only_the_columns_that_mean_something_are_read(tmp_path: Path) -> None:
    # The other column's data is damaged, which nobody notices.
    path = write(tmp_path / "a.parquet", {"junk": ["x" * 50] * 9, "text": [STORY] * 9}, compression="zstd")
    column = pq.ParquetFile(path).metadata.row_group(0).column(0)
    content = bytearray(path.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    content[start : start + column.total_compressed_size] = b"\xaa" * column.total_compressed_size
    path.write_bytes(content)
    assert len(read_records(path)) == 9
