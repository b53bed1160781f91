"""Where the samples are: package data, wherever copydesk is installed."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def samples_folder() -> Path:
    """The folder `seeds/raw`."""
    return Path(str(resources.files("seeds") / "raw"))
