"""The contract: the one registry of fields, tables and codes from which schemas, DDL, dictionary and checks come.

Importing it loads PyArrow only, never DuckDB or Prefect.
"""

from __future__ import annotations

from warehouse.contract.fields import FIELDS, Field
from warehouse.contract.tables import TABLES, Origin, Table

CONTRACT_VERSION = 1
"""Raised when a table or column changes in a way that a warehouse on disk cannot take in place."""

__all__ = ["CONTRACT_VERSION", "FIELDS", "TABLES", "Field", "Origin", "Table"]
