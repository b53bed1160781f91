"""One writer at a time, by an advisory lock of the operating system on the warehouse folder.

The lock goes with the process that holds it, so a killed run never leaves a warehouse locked.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from warehouse.errors import WarehouseBusyError, WarehouseUnwritableError
from warehouse.layout import Layout


@contextmanager
def writer_lock(layout: Layout) -> Iterator[None]:
    """Holds the warehouse for writing.

    Raises WarehouseBusyError, naming the process that holds it, or WarehouseUnwritableError.
    """
    try:
        layout.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(layout.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise WarehouseUnwritableError(
            f"{layout.root}: the warehouse folder cannot be written ({error.strerror}). "
            "Give another with --warehouse, or mend its permissions."
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseBusyError(f"{layout.root}: {_holder(descriptor)} Wait for it to end, or stop it.") from error
        _tell_holder(descriptor)
        yield
    finally:
        os.close(descriptor)


def _tell_holder(descriptor: int) -> None:
    holder = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _holder(descriptor: int) -> str:
    try:
        holder = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {holder['pid']} on {holder['host']} has been writing since {holder['since']}."
    except (ValueError, KeyError):
        return "another process is writing."
