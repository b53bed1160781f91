"""DuckDB DDL from the contract, with a comment on every table and column."""

from __future__ import annotations

import pyarrow as pa

from warehouse.contract import Table

_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.list_(pa.string()): "VARCHAR[]",
    pa.map_(pa.string(), pa.int64()): "MAP(VARCHAR, BIGINT)",
}


def duckdb_type(type_: pa.DataType) -> str:
    """The DuckDB type of an Arrow type of the contract."""
    return _TYPES[type_]


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def create_table(table: Table) -> str:
    """The CREATE TABLE statement of a table, a column a line."""
    lines = [f'    "{f.name}" {duckdb_type(f.arrow_type)}{" NOT NULL" if f.is_required else ""}' for f in table.fields]
    return f'CREATE TABLE "{table.name}" (\n' + ",\n".join(lines) + "\n);"


def comment_on(table: Table) -> str:
    """COMMENT ON statements of a table and its columns."""
    statements = [f'COMMENT ON TABLE "{table.name}" IS {quoted(table.meaning)};']
    statements += [f'COMMENT ON COLUMN "{table.name}"."{f.name}" IS {quoted(f.comment)};' for f in table.fields]
    return "\n".join(statements)
