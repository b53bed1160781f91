"""The warehouse: contract, Parquet parts, manifest, publication, checks and the client for readers.

import warehouse
desk = warehouse.connect("warehouse/data")
desk.sql("SELECT agency, count(*) FROM articles GROUP BY ALL")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warehouse.client import Warehouse, connect

__all__ = ["Warehouse", "connect"]


def __getattr__(name: str) -> Any:
    # DuckDB loads only for who asks for the client: transforms import the contract through this package
    if name in __all__:
        from warehouse import client

        return getattr(client, name)
    raise AttributeError(f"module 'warehouse' has no attribute {name!r}")
