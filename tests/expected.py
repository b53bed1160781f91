"""The expected rows that stand beside the samples."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from flows.extract.find import uri_to_path
from flows.samples import samples_folder

FOLDER = Path(__file__).parent.parent / "seeds" / "expected"


@cache
def read_expected(name: str) -> list[dict[str, str]]:
    """Rows of `seeds/expected/NAME.csv`; lines at its top that begin with # explain the columns."""
    lines = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if not line.startswith("#"))
    return list(csv.DictReader(lines[first:]))


def relative_source(uri: str) -> str:
    """A source below the samples, as the expected rows name it."""
    return uri_to_path(uri).relative_to(samples_folder()).as_posix()
