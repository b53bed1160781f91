"""Parquet: one record a row, read a few rows at a time and only in the columns that mean something here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

from flows.extract.encoding import NotText, find_encoding
from flows.extract.fields import Plan, list_keys
from flows.extract.limits import Limits
from flows.extract.raw import StreamError, unreadable
from flows.extract.record import Record, Rejection
from flows.extract.structured import make_record
from warehouse.contract.codes import Reason, SourceFormat

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_BATCH_BYTES = 4_000_000
_BATCH_ROWS = 128
"""Few: in a dictionary a long text can stand for many rows at no cost to the file."""

_BUFFER_BYTES = 1 << 20
_EPOCH = datetime(1970, 1, 1)


def read_parquet(uri: str, file: BinaryIO, size: int, limits: Limits, skip: int) -> Iterator[Record | Rejection]:
    """Read the rows of a file. Reading ends at the first row group that cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    row_no = 0
    place = "the footer"
    try:
        parquet = pq.ParquetFile(file, pre_buffer=False, buffer_size=_BUFFER_BYTES)
        schema = parquet.schema_arrow
        plan = Plan(tuple(schema.names))
        _check_schema(schema, plan)
        _check_size(parquet.metadata, size, limits)
        text_keys = [key for key, _ in plan.content_keys if _is_text(schema.field(key).type)]
        decoded = 0
        for number in range(parquet.metadata.num_row_groups):
            place = f"row group {number}"
            rows = parquet.metadata.row_group(number).num_rows
            if row_no + rows <= skip:
                row_no += rows
                continue
            for batch in _read_group(parquet, number, plan):
                first = max(0, skip - row_no)
                row_no += min(first, batch.num_rows)
                for values in _read_rows(batch.slice(first), plan):
                    decoded += sum(len(values[key] or b"") for key in text_keys)
                    if limits.is_bomb(size, decoded):
                        detail = f"{size} bytes of Parquet expand to {decoded} bytes by row {row_no + 1}"
                        raise StreamError(Reason.BOMB, detail)
                    row_no += 1
                    yield _make_row(uri, row_no, values, plan, limits)
    # Damaged metadata comes to light wherever it is used, names that are not UTF-8 (a ValueError) among it.
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, StreamError) as error:
        if row_no >= skip:
            fault = error if isinstance(error, StreamError) else _explain(error, place)
            yield Rejection(uri, row_no + 1, fault.reason, fault.detail)


def _read_group(parquet: pq.ParquetFile, number: int, plan: Plan) -> Iterator[pa.RecordBatch]:
    """The batches of one row group."""
    group = parquet.metadata.row_group(number)
    if group.num_rows < 1:
        return
    wanted = set(plan.keys)
    columns = (group.column(index) for index in range(group.num_columns))
    size = sum(
        column.total_uncompressed_size
        for column in columns
        if column.path_in_schema in wanted or column.path_in_schema.split(".")[0] in wanted
    )
    batch_rows = max(1, min(_BATCH_ROWS, _BATCH_BYTES * group.num_rows // max(1, size)))
    yield from parquet.iter_batches(batch_rows, row_groups=[number], columns=plan.keys, use_threads=False)


def _explain(error: Exception, place: str) -> StreamError:
    if isinstance(error, OSError) and error.errno:
        return unreadable(error)
    said = str(error).strip().splitlines()
    return StreamError(Reason.BAD_PARQUET, f"{place} cannot be read: {said[0] if said else type(error).__name__}")


def _check_schema(schema: pa.Schema, plan: Plan) -> None:
    """Make sure that some column can hold text."""
    for key in plan.keys:
        if len(schema.get_all_field_indices(key)) > 1:
            raise StreamError(Reason.BAD_PARQUET, f"more than one column is named `{key}`")
    columns = _find_columns(schema, tuple(key for key, _ in plan.content_keys))
    if any(_is_text(schema.field(index).type) for index in columns):
        return
    for index in columns:
        column = schema.field(index)
        raise StreamError(Reason.MISSING_TEXT, f"column `{column.name}` is of type {column.type}")
    raise StreamError(Reason.MISSING_TEXT, f"no text or html column; found: {list_keys(list(schema.names))}")


def _find_columns(schema: pa.Schema, keys: tuple[str, ...]) -> list[int]:
    return [index for key in keys for index in schema.get_all_field_indices(key)]


def _check_size(metadata: pq.FileMetaData, size: int, limits: Limits) -> None:
    """Refuse a file that says itself that it expands beyond the limits."""
    total = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if limits.is_bomb(size, total):
        raise StreamError(Reason.BOMB, f"{size} bytes of Parquet declare {total} bytes of data")


def _is_text(kind: pa.DataType) -> bool:
    """Whether values of a column are strings, or bytes that can be."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_binary_view(kind)
    )


def _read_rows(batch: pa.RecordBatch, plan: Plan) -> Iterator[dict[str, Any]]:
    """The rows of a batch: text as bytes, everything else as JSON would have it."""
    raw = {key for key, _ in plan.content_keys}
    names = batch.schema.names
    columns = [
        _read_bytes(column) if name in raw and _is_text(column.type) else _read_values(column)
        for name, column in zip(names, batch.columns, strict=True)
    ]
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def _read_bytes(column: pa.Array[Any]) -> list[Any]:
    """A text column as bytes: a file may hold strings that are not UTF-8, which nothing checks on reading."""
    import pyarrow as pa

    values: list[Any] = column.cast(pa.large_binary()).to_pylist()
    return values


def _read_values(column: pa.Array[Any]) -> list[Any]:
    """A column of any other kind. What cannot be read as JSON would have it is null."""
    import pyarrow as pa

    kind = column.type
    if _is_text(kind):
        return [None if raw is None else raw.decode("utf-8", "replace") for raw in _read_bytes(column)]
    if pa.types.is_timestamp(kind):
        zone = "Z" if kind.tz is not None else ""
        micros = column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64()).to_pylist()
        return [_format_time(value, zone) for value in micros]
    if pa.types.is_date(kind):
        days = column.cast(pa.date32(), safe=False).cast(pa.int32()).to_pylist()
        times = [_format_time(None if day is None else day * 86_400_000_000, "") for day in days]
        return [None if time is None else time[:10] for time in times]
    try:
        return column.to_pylist()
    except (pa.ArrowException, ValueError, OverflowError):  # UnicodeDecodeError is a ValueError
        return [None] * len(column)


def _format_time(micros: int | None, zone: str) -> str | None:
    if micros is None:
        return None
    try:
        return (_EPOCH + timedelta(microseconds=micros)).isoformat() + zone
    except OverflowError:  # before year 1 or after year 9999
        return None


def _make_row(uri: str, row_no: int, values: dict[str, Any], plan: Plan, limits: Limits) -> Record | Rejection:
    encoding = "utf-8"
    for key, _ in plan.content_keys:
        raw = values[key]
        if not isinstance(raw, bytes):
            continue
        if len(raw) > limits.max_record_bytes:
            detail = f"row {row_no} has {len(raw)} bytes in `{key}`, more than {limits.max_record_bytes}"
            return Rejection(uri, row_no, Reason.TOO_LARGE, detail)
        try:
            values[key] = raw.decode()
        except UnicodeDecodeError:
            found = find_encoding(raw)
            if isinstance(found, NotText):
                return Rejection(uri, row_no, found.reason, f"row {row_no}, `{key}`: {found.detail}")
            values[key] = raw.decode(found, "replace")
            encoding = found
    return make_record(uri, row_no, SourceFormat.PARQUET, encoding, values, plan, limits)
