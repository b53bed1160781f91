"""One fingerprint of the logical content: equal for the same records, however they were loaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import duckdb

from warehouse.contract import TABLES, Table


@dataclass(frozen=True)
class TablePrint:
    """Rows of a table, and a digest of them that does not depend on their order."""

    table: str
    rows: int
    digest: str


def fingerprint_tables(con: duckdb.DuckDBPyConnection) -> list[TablePrint]:
    """A fingerprint for each table that has lasting columns, † columns left out.

    The digest adds up the MD5 of every row, so it is one pass in bounded memory, and a row that is there twice
    counts twice.
    """
    return [_print_table(con, table) for table in TABLES.values() if table.lasting and table.name != "about"]


def fingerprint(con: duckdb.DuckDBPyConnection) -> str:
    """One digest over all tables."""
    text = "\n".join(f"{p.table} {p.rows} {p.digest}" for p in fingerprint_tables(con))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _print_table(con: duckdb.DuckDBPyConnection, table: Table) -> TablePrint:
    packed = ", ".join(f'"{f.name}" := "{f.name}"' for f in table.lasting)
    rows, low, high = con.execute(
        f"""
        SELECT count(*), coalesce(sum(md5_number_lower(row)), 0), coalesce(sum(md5_number_upper(row)), 0)
        FROM (SELECT CAST(to_json(struct_pack({packed})) AS VARCHAR) AS row FROM "{table.name}")
        """
    ).fetchall()[0]
    return TablePrint(table.name, rows, f"{int(low) % 2**64:016x}{int(high) % 2**64:016x}")
