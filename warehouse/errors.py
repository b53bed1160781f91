"""What can go wrong with a warehouse as a whole. Each message names the place, the cause and the cure."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot be used as asked; it is as it was before."""


class WarehouseNotFoundError(WarehouseError):
    """There is no published warehouse in the folder."""


class WarehouseBusyError(WarehouseError):
    """Another run holds the warehouse."""


class WarehouseNewerError(WarehouseError):
    """The warehouse was made by a newer version of copydesk."""


class WarehouseUnwritableError(WarehouseError):
    """The folder cannot be written: permissions, a read-only or a full disk."""
