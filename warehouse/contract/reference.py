"""How a CSV of `seeds/reference` is declared, and checked when it is read; `reference_files` declares each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

TEXT = pa.string()
NUMBER = pa.int32()
DECIMAL = pa.float64()
LIST_SEPARATOR = "|"
"""Between the values of one cell in a column of several values."""


class ReferenceFileError(ValueError):
    """A reference file breaks its declaration: the message names the file, the line, the cause and the cure."""


@dataclass(frozen=True)
class ReferenceColumn:
    """A column of a reference file.

    `allowed` is its closed vocabulary; `is_required` when no cell may be empty; `is_list` when a cell holds
    several values with `|` between them.
    """

    name: str
    meaning: str
    type: pa.DataType = TEXT
    allowed: tuple[str, ...] = ()
    is_required: bool = True
    is_list: bool = False

    @property
    def arrow_type(self) -> pa.DataType:
        """The type of the column in the table that is read."""
        return pa.list_(self.type) if self.is_list else self.type


@dataclass(frozen=True)
class ReferenceFile:
    """A CSV of `seeds/reference`: what a row is, its columns in order, what identifies a row."""

    name: str
    description: str
    columns: tuple[ReferenceColumn, ...]
    key: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """Name of the CSV."""
        return f"{self.name}.csv"

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema of the table that is read."""
        return pa.schema([pa.field(c.name, c.arrow_type, nullable=not c.is_required) for c in self.columns])

    def read(self, text: str) -> pa.Table:
        """Turn the file's text into a table, or raise `ReferenceFileError` at the first bad row."""
        header_line, rows = _split_header(self, text)
        names = [column.name for column in self.columns]
        if header_line[1] != names:
            cause = f"the header is {header_line[1]}, not {names}"
            raise _broken(self, header_line[0], cause, "name the columns as declared, in order")
        values: dict[str, list[object]] = {name: [] for name in names}
        seen: dict[tuple[object, ...], int] = {}
        for number, cells in rows:
            if len(cells) != len(names):
                cause = f"{len(cells)} cells where {len(names)} are declared"
                raise _broken(self, number, cause, "add what is missing, or quote a cell that holds a comma")
            row = {c.name: _convert(self, number, c, cell) for c, cell in zip(self.columns, cells, strict=True)}
            key = tuple(str(row[name]) for name in self.key)
            if key in seen:
                cause = f"{', '.join(map(str, key))} stands at line {seen[key]} too"
                raise _broken(self, number, cause, "keep one of the two rows")
            seen[key] = number
            for name, value in row.items():
                values[name].append(value)
        arrays = [pa.array(values[field.name], field.type) for field in self.schema]
        return pa.Table.from_arrays(arrays, schema=self.schema)


def _split_header(file: ReferenceFile, text: str) -> tuple[tuple[int, list[str]], Iterator[tuple[int, list[str]]]]:
    """Pass over the comment lines on top; the header with its line number, then the rows with theirs."""
    lines = text.splitlines(keepends=True)
    comments = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.reader(io.StringIO("".join(lines[comments:])), strict=True)

    def read_rows() -> Iterator[tuple[int, list[str]]]:
        try:
            for cells in reader:
                if cells:
                    yield comments + reader.line_num, cells
        except csv.Error as error:
            raise _broken(file, comments + reader.line_num, f"no CSV: {error}", "mend the quotes") from error

    rows = read_rows()
    header = next(rows, None)
    if header is None:
        raise _broken(file, len(lines), "no header", "put the declared column names below the comment")
    return header, rows


def _convert(file: ReferenceFile, number: int, column: ReferenceColumn, cell: str) -> object:
    if column.is_list:
        parts = [part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip()]
        if column.is_required and not parts:
            raise _broken(file, number, f"{column.name} is empty", "give at least one value")
        return [_convert_one(file, number, column, part) for part in parts]
    if not cell:
        if column.is_required:
            raise _broken(file, number, f"{column.name} is empty", "fill it in, or delete the row")
        return None
    return _convert_one(file, number, column, cell)


def _convert_one(file: ReferenceFile, number: int, column: ReferenceColumn, cell: str) -> object:
    if column.allowed and cell not in column.allowed:
        cure = f"use one of {', '.join(column.allowed)}"
        raise _broken(file, number, f"{column.name} is {cell!r}", cure)
    if pa.types.is_integer(column.type):
        try:
            return int(cell)
        except ValueError:
            raise _broken(file, number, f"{column.name} is {cell!r}", "write a whole number") from None
    if pa.types.is_floating(column.type):
        try:
            return float(cell)
        except ValueError:
            raise _broken(file, number, f"{column.name} is {cell!r}", "write a number with a point") from None
    return cell


def _broken(file: ReferenceFile, line: int, cause: str, cure: str) -> ReferenceFileError:
    return ReferenceFileError(f"seeds/reference/{file.file_name}, line {line}: {cause}; {cure}")
