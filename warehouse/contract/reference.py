"""The reference files: what each CSV of `seeds/reference` holds, and how it is checked when it is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from warehouse.contract.codes import BlockKind

TEXT = pa.string()
NUMBER = pa.int32()
LIST_SEPARATOR = "|"
"""Between the values of one cell in a column of several values."""


class PhraseMatch(StrEnum):
    """How a phrase meets a line. All but `pattern` and `inline` ignore case, quote style and outer punctuation."""

    LINE = "line"
    START = "start"
    END = "end"
    CONTAINS = "contains"
    PATTERN = "pattern"
    INLINE = "inline"


class PhraseZone(StrEnum):
    """Where on the page a phrase counts: above the first paragraph of copy, below the last, or anywhere."""

    ANY = "any"
    HEAD = "head"
    TAIL = "tail"


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
    return cell


def _broken(file: ReferenceFile, line: int, cause: str, cure: str) -> ReferenceFileError:
    return ReferenceFileError(f"seeds/reference/{file.file_name}, line {line}: {cause}; {cure}")


_ALL = (
    ReferenceFile(
        "phrases",
        "Phrases that say what kind of block a line, or a piece of a paragraph, is.",
        (
            ReferenceColumn("kind", "Kind of the block.", allowed=tuple(BlockKind)),
            ReferenceColumn("match", "How the phrase meets the text.", allowed=tuple(PhraseMatch)),
            ReferenceColumn("zone", "Where on the page it counts.", allowed=tuple(PhraseZone)),
            ReferenceColumn("max_words", "Longest line that it may claim; 40 where empty.", NUMBER, is_required=False),
            ReferenceColumn("rule", "Rule that the block will name."),
            ReferenceColumn("phrase", "The phrase; for `pattern` and `inline` a regular expression."),
            ReferenceColumn("example", "A line of our own that it matches."),
        ),
        key=("match", "phrase", "zone"),
    ),
    ReferenceFile(
        "cue_words",
        "Words that count as signs of a kind of line, where no phrase is known.",
        (
            ReferenceColumn("cue", "What the word is a sign of."),
            ReferenceColumn("word", "The word, in lower case."),
        ),
        key=("cue", "word"),
    ),
    ReferenceFile(
        "agencies",
        "News agencies.",
        (
            ReferenceColumn("agency", "Short name, as in articles.agency."),
            ReferenceColumn("name", "Full name."),
            ReferenceColumn("country", "Country of its seat (ISO 3166-1 alpha-3)."),
            ReferenceColumn(
                "aliases", "Other forms in datelines, credits and bylines.", is_list=True, is_required=False
            ),
            ReferenceColumn("sign_offs", "Lines that end its copy.", is_list=True, is_required=False),
        ),
        key=("agency",),
    ),
    ReferenceFile(
        "countries",
        "Countries: codes of ISO 3166-1 (pycountry) and Kosovo, names as the press uses them.",
        (
            ReferenceColumn("country", "ISO 3166-1 alpha-3, XKX for Kosovo."),
            ReferenceColumn("alpha_2", "ISO 3166-1 alpha-2, XK for Kosovo."),
            ReferenceColumn("name", "Common English name."),
            ReferenceColumn("other_names", "Formal, short, former and foreign names.", is_list=True, is_required=False),
        ),
        key=("country",),
    ),
    ReferenceFile(
        "regions",
        "States and provinces as datelines name them.",
        (
            ReferenceColumn("country", "ISO 3166-1 alpha-3."),
            ReferenceColumn("code", "Code of the region."),
            ReferenceColumn("name", "Name in English."),
            ReferenceColumn("abbreviations", "Forms in datelines.", is_list=True, is_required=False),
        ),
        key=("country", "code"),
    ),
    ReferenceFile(
        "dateline_places",
        "Places whose dateline does not lead to the right country by population alone.",
        (
            ReferenceColumn("place", "The place as a dateline names it, in ordinary case."),
            ReferenceColumn("country", "ISO 3166-1 alpha-3 of today's state."),
            ReferenceColumn("why", "What is irregular: standing alone, former name, contested, no city."),
            ReferenceColumn("source", "What the row rests on."),
        ),
        key=("place",),
    ),
    ReferenceFile(
        "months",
        "Names of months as datelines and time stamps print them.",
        (
            ReferenceColumn("month", "1 to 12.", NUMBER),
            ReferenceColumn("language", "ISO 639-1."),
            ReferenceColumn("names", "Full and short names, without a final point.", is_list=True),
        ),
        key=("month", "language"),
    ),
    ReferenceFile(
        "abbreviations",
        "Abbreviations with a point that does not end a sentence by itself.",
        (
            ReferenceColumn("abbreviation", "Without its final point."),
            ReferenceColumn(
                "ends",
                "Whether a sentence may end with it: never, not before a number, or maybe.",
                allowed=("never", "number", "maybe"),
            ),
        ),
        key=("abbreviation",),
    ),
    ReferenceFile(
        "languages",
        "Languages that records and detection name.",
        (
            ReferenceColumn("language", "ISO 639-1."),
            ReferenceColumn("names", "Other codes and names, in lower case.", is_list=True),
            ReferenceColumn("is_supported", "Whether its articles are enriched.", allowed=("yes", "no")),
        ),
        key=("language",),
    ),
    ReferenceFile(
        "time_zones",
        "Abbreviations of time zones in time stamps.",
        (
            ReferenceColumn("zone", "As printed, in capitals."),
            ReferenceColumn("minutes", "Minutes east of UTC.", NUMBER),
            ReferenceColumn("meaning", "What it stands for; the commoner sense in news where there are two."),
        ),
        key=("zone",),
    ),
    ReferenceFile(
        "rules",
        "Every rule that a row may name.",
        (
            ReferenceColumn("rule", "Name of the rule."),
            ReferenceColumn("table_name", "Table whose rows name it."),
            ReferenceColumn("meaning", "What it looks at, in one sentence."),
        ),
        key=("rule", "table_name"),
    ),
)

REFERENCE: dict[str, ReferenceFile] = {file.name: file for file in _ALL}
"""Every reference file by name."""
