"""What a run tells while it runs: a progress bar on a terminal, plain log lines elsewhere."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

LOG = logging.getLogger("copydesk")

LOG_EVERY_SECONDS = 10.0


class Progress:
    """Tells the step that a run is in and how far it is. On a terminal a bar, else a log line now and then."""

    def __init__(self, bars: Bars | None = None) -> None:
        self._bars = bars
        self._task: TaskID | None = None
        self._step, self._unit, self._done, self._told = "", "", 0, 0.0

    def begin(self, step: str, unit: str, total: int | None = None) -> None:
        """Starts a step that counts `unit`s, `total` of them if that is known."""
        self._step, self._unit, self._done, self._told = step, unit, 0, time.monotonic()
        if self._bars:
            if self._task is not None:
                self._bars.remove_task(self._task)
            self._task = self._bars.add_task(f"{step} ({unit})", total=total)

    def advance(self, count: int = 1) -> None:
        """Counts on."""
        self._done += count
        if self._bars and self._task is not None:
            self._bars.advance(self._task, count)
        elif self._done % 256 < count and time.monotonic() - self._told > LOG_EVERY_SECONDS:
            self._told = time.monotonic()
            LOG.info("%s: %s %s so far", self._step, f"{self._done:,}", self._unit)

    def tell(self, message: str) -> None:
        """Says something that matters once."""
        if self._bars:
            self._bars.console.print(message)
        else:
            LOG.info("%s", message)


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Progress on standard error, fit for what it is connected to."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield Progress(bars)
