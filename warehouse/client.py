"""For readers: a read-only, locked-down connection, and tables as Arrow, pandas or polars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from warehouse.errors import WarehouseError, WarehouseNotFoundError
from warehouse.layout import Layout

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

DEFAULT = Path("warehouse/data")
"""Where a run puts the warehouse unless told otherwise, relative to the working folder."""


def open_reader(folder: str | Path = DEFAULT, *, locked: bool = True) -> duckdb.DuckDBPyConnection:
    """A read-only DuckDB connection to the published warehouse in `folder`.

    With `locked`, SQL can read the warehouse and nothing else: no files, no ATTACH, no settings. The connection
    keeps the state that it opened, whatever is published meanwhile; open another for the new one.

    Raises WarehouseNotFoundError or WarehouseError with the cure.
    """
    database = Layout(Path(folder)).database
    if not database.exists():
        raise WarehouseNotFoundError(
            f"{database}: there is no warehouse here. "
            "Make one with `copydesk run`, or name its folder with --warehouse."
        )
    try:
        con = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(
            f"{database}: cannot be opened ({str(error).splitlines()[0]}). "
            "If the file is damaged, `copydesk rebuild` makes it anew from its Parquet parts."
        ) from error
    con.execute("SET TimeZone = 'UTC'")
    if locked:
        con.execute("SET autoinstall_known_extensions = false")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
    return con


class Warehouse:
    """The published warehouse, read-only, for notebooks and scripts.

    >>> warehouse = connect()                               # doctest: +SKIP
    >>> warehouse.sql("SELECT count(*) FROM articles")      # doctest: +SKIP
    >>> warehouse.pandas("articles")                        # doctest: +SKIP
    """

    def __init__(self, folder: str | Path = DEFAULT) -> None:
        self.folder = Path(folder)
        self.connection = open_reader(folder)

    def sql(self, query: str, parameters: list[Any] | None = None) -> duckdb.DuckDBPyRelation:
        """The result of a query as a DuckDB relation, which shows itself as a table."""
        return self.connection.sql(query, params=parameters)

    def arrow(self, table_or_query: str) -> pa.Table:
        """A table, a view, or the result of a query, as an Arrow table."""
        rows: pa.Table = self.sql(_query(table_or_query)).to_arrow_table()
        return rows

    def pandas(self, table_or_query: str) -> pd.DataFrame:
        """The same as a pandas frame; needs `pip install copydesk[notebooks]`."""
        frame: pd.DataFrame = self.sql(_query(table_or_query)).df()
        return frame

    def polars(self, table_or_query: str) -> pl.DataFrame:
        """The same as a polars frame; needs `pip install copydesk[notebooks]`."""
        frame: pl.DataFrame = self.sql(_query(table_or_query)).pl()
        return frame

    @property
    def tables(self) -> list[str]:
        """Names of its tables and views."""
        rows = self.connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1"
        ).fetchall()
        return [name for (name,) in rows]

    def close(self) -> None:
        """Closes the connection."""
        self.connection.close()

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(folder: str | Path = DEFAULT) -> Warehouse:
    """Opens the published warehouse in `folder`, read-only.

    Raises WarehouseNotFoundError if there is none yet.
    """
    return Warehouse(folder)


def _query(table_or_query: str) -> str:
    text = table_or_query.strip()
    return f'SELECT * FROM "{text}"' if text.isidentifier() else text
