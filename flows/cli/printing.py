"""Values of the warehouse on a terminal: as they are, never as markup or as commands to the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

# text from anywhere may hold escape sequences, which a terminal would obey
_UNSAFE = dict.fromkeys([*range(0x20), 0x7F, *range(0x80, 0xA0)], "\N{REPLACEMENT CHARACTER}")
for _kept in "\n\t":
    del _UNSAFE[ord(_kept)]
_UNSAFE[ord("\r")] = ""


def printable(text: str) -> str:
    """The text with control characters made visible; line feeds and tabs stay."""
    return text.translate(_UNSAFE)


def cell(value: object) -> Text:
    """A value as the cell of a table; null is empty."""
    return Text("" if value is None else printable(str(value)))


def value_table(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str | None = None) -> Table:
    """Rows of the warehouse as a table."""
    table = Table(header_style="bold", title=title, title_justify="left")
    for column in columns:
        table.add_column(cell(column))
    for row in rows:
        table.add_row(*map(cell, row))
    return table
