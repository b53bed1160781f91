"""`copydesk show`."""

from __future__ import annotations

from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.cli.errors import UsageError
from flows.cli.options import DEFAULT_WAREHOUSE, WarehouseOption
from flows.cli.printing import cell, printable, value_table
from warehouse.client import open_reader
from warehouse.contract import TABLES
from warehouse.contract.codes import BlockKind

COLOURS = {
    BlockKind.HEADLINE: "bold",
    BlockKind.BYLINE: "cyan",
    BlockKind.CAPTION: "magenta",
    BlockKind.DATELINE: "bold yellow",
    BlockKind.BODY: "default",
    BlockKind.SUBHEAD: "bold underline",
    BlockKind.PROMO: "red",
    BlockKind.RELATED: "blue",
    BlockKind.CREDIT: "green",
    BlockKind.NOTICE: "bright_black",
}
"""How each kind of block is shown."""

_ROWS = {
    "entities": """
        SELECT entity_id, string_agg(DISTINCT text, ' | ' ORDER BY text) AS forms, first(role ORDER BY char_start)
            FILTER (WHERE role IS NOT NULL) AS role, mode(country) AS country, count(*) AS mentions
        FROM mentions WHERE article_id = ? AND entity_id IS NOT NULL
        GROUP BY entity_id ORDER BY mentions DESC, entity_id
    """,
    "quotes": """
        SELECT kind, text, cue_text AS cue, source_text AS source, speaker_id AS speaker, addressee_id AS told,
            said_on, (SELECT p.text FROM places p WHERE p.place_id = q.place_id) AS said_in, rule
        FROM quotes q WHERE article_id = ? ORDER BY char_start
    """,
    "dates": """
        SELECT text, timex_type, value, starts_on, ends_on, rule FROM dates WHERE article_id = ? ORDER BY char_start
    """,
    "places": """
        SELECT text, name, country, latitude, longitude, sense, rule
        FROM places WHERE article_id = ? ORDER BY char_start
    """,
    "events": """
        SELECT event_type, mode, trigger_text AS trigger, source_text AS source, target_text AS target, status,
            starts_on, date_basis AS basis, rule
        FROM events WHERE article_id = ? ORDER BY char_start, event_id
    """,
}
"""What is shown of the rows that rest on an article, by the heading that it gets."""


def show(
    article: Annotated[str, typer.Argument(help="An article_id or the beginning of one, or a record's own id.")],
    warehouse: WarehouseOption = DEFAULT_WAREHOUSE,
    rules: Annotated[bool, typer.Option("--rules", help="Name the rule beside each block and row.")] = False,
) -> None:
    """Show an article as it came, its blocks coloured by kind, and the rows that rest on it.

    Example: copydesk show 3f9a --rules
    """
    console = Console()
    with open_reader(warehouse) as con:
        article_id = _find(con, article)
        _show_fields(con, console, article_id)
        _show_blocks(con, console, article_id, rules=rules)
        _show_rows(con, console, article_id, rules=rules)


def _find(con: duckdb.DuckDBPyConnection, wanted: str) -> str:
    rows = con.execute(
        "SELECT document_id FROM documents WHERE starts_with(document_id, ?) OR record_id = ? ORDER BY 1 LIMIT 6",
        [wanted, wanted],
    ).fetchall()
    if not rows:
        raise UsageError(
            f"no article has the id {wanted!r}. List them: copydesk sql 'SELECT article_id, headline FROM articles'"
        )
    if len(rows) > 1:
        candidates = ", ".join(i for (i,) in rows[:5]) + (" …" if len(rows) > 5 else "")
        raise UsageError(f"{wanted!r} could be {candidates}. Give more of the id.")
    return str(rows[0][0])


def _show_fields(con: duckdb.DuckDBPyConnection, console: Console, article_id: str) -> None:
    columns = [f.name for f in TABLES["articles"].fields if f.name not in {"source_text", "body"}]
    row = con.execute(f"SELECT {', '.join(columns)} FROM articles WHERE article_id = ?", [article_id]).fetchall()[0]
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in zip(columns, row, strict=True):
        if value not in (None, []):
            table.add_row(Text(name, style="dim"), cell(value))
    console.print(table)
    console.print()


def _show_blocks(con: duckdb.DuckDBPyConnection, console: Console, article_id: str, *, rules: bool) -> None:
    (source_text,) = con.execute("SELECT source_text FROM articles WHERE article_id = ?", [article_id]).fetchall()[0]
    blocks = con.execute(
        "SELECT kind, char_start, char_end, rule FROM blocks WHERE article_id = ? ORDER BY block_no",
        [article_id],
    ).fetchall()
    shown, at = Text(), 0
    for kind, start, end, rule in blocks:
        shown.append(printable(source_text[at:start]))
        shown.append(printable(source_text[start:end]), style=COLOURS[BlockKind(kind)])
        if rules:
            shown.append(f" [{kind}: {rule}]", style="dim italic")
        at = end
    console.print(shown)
    console.print()
    legend = Text("Blocks: ")
    for kind in sorted({BlockKind(kind) for kind, *_ in blocks}):
        legend.append(kind.value, style=COLOURS[kind]).append("  ")
    console.print(legend)


def _show_rows(con: duckdb.DuckDBPyConnection, console: Console, article_id: str, *, rules: bool) -> None:
    for heading, question in _ROWS.items():
        cursor = con.execute(question, [article_id])
        columns = [column[0] for column in cursor.description or []]
        rows = cursor.fetchall()
        kept = [
            i for i, name in enumerate(columns) if (rules or name != "rule") and any(row[i] is not None for row in rows)
        ]
        if rows:
            shown = [[row[i] for i in kept] for row in rows]
            console.print(value_table([columns[i] for i in kept], shown, title=heading))
