"""The data dictionary as Markdown, from the contract and the views."""

from __future__ import annotations

from warehouse.contract import TABLES, Table
from warehouse.contract.codes import Reason
from warehouse.ddl import duckdb_type
from warehouse.load import views


def render_dictionary() -> str:
    """Every table with its columns, the views, and the reasons for which records are rejected."""
    parts = [
        "# Data dictionary",
        "Made from the contract by `copydesk dictionary`; do not edit. Columns marked † tell of one loading and "
        "may differ between two warehouses of the same records; those marked ‡ are known only across articles.",
        "Spans count Unicode code points into `articles.source_text`, half-open.",
        *(_render_table(table) for table in TABLES.values()),
        "## Views",
        "| view | rows |\n|---|---|\n" + "\n".join(f"| `{view.name}` | {view.meaning} |" for view in views()),
        "## Reasons for rejection",
        "| reason | meaning | what to do |\n|---|---|---|\n"
        + "\n".join(f"| `{reason}` | {reason.meaning} | {reason.cure} |" for reason in Reason),
    ]
    return "\n\n".join(parts) + "\n"


def _render_table(table: Table) -> str:
    rows = []
    for field in table.fields:
        mark = "†" if field.name in table.varying else "‡" if field.name in table.joined else ""
        target = table.references.get(field.name)
        comment = field.comment + (f" Refers to `{target}`." if target else "")
        null = "" if field.is_required else "yes"
        rows.append(f"| `{field.name}`{mark} | {duckdb_type(field.arrow_type)} | {null} | {comment} |")
    key = ", ".join(f"`{name}`" for name in table.key)
    head = f"## {table.name}\n\n{table.meaning} Key: {key}.\n\n| column | type | null | meaning |\n|---|---|---|---|\n"
    return head + "\n".join(rows)
