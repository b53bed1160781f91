"""The readers' client: read-only, locked down, in the shapes that people use."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import warehouse
from warehouse.errors import WarehouseError, WarehouseNotFoundError


def test_tables_come_as_arrow_pandas_and_polars(sample_warehouse: Path) -> None:
    with warehouse.connect(sample_warehouse) as desk:
        assert isinstance(desk.arrow("articles"), pa.Table)
        assert isinstance(desk.pandas("SELECT headline FROM articles"), pd.DataFrame)
        assert isinstance(desk.polars("coverage_daily"), pl.DataFrame)
        assert desk.arrow("articles").num_rows == len(desk.pandas("articles")) == desk.polars("articles").height > 40
        assert {"articles", "blocks", "coverage_daily"} <= set(desk.tables)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM articles",
        "CREATE TABLE t (a INTEGER)",
        "COPY articles TO 'out.csv'",
        "SELECT * FROM read_csv('README.md')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "INSTALL fts",
    ],
)
def test_connection_is_locked_down(sample_warehouse: Path, query: str) -> None:
    with warehouse.connect(sample_warehouse) as desk, pytest.raises(duckdb.Error):
        desk.connection.execute(query).fetchall()


def test_no_warehouse_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WarehouseNotFoundError, match="copydesk run"):
        warehouse.connect(tmp_path)


def test_damaged_file_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"garbage" * 1000)
    with pytest.raises(WarehouseError, match="copydesk rebuild"):
        warehouse.connect(tmp_path)
