"""Pure functions over Arrow tables: no file, no network, no clock, neither Prefect nor DuckDB."""
