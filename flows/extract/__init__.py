"""Readers of raw copy: files in, one `Record` or `Rejection` for each record out.

Nothing here imports Prefect or DuckDB; PyArrow, zstandard and charset-normalizer are loaded by the readers
that use them.
"""

from __future__ import annotations

from flows.extract.find import display_path, find_sources, uri_to_path
from flows.extract.limits import Limits
from flows.extract.raw import Digest, content_digest
from flows.extract.read import read_source
from flows.extract.record import Record, Rejection
from flows.extract.source import InputNotFoundError, Source

__all__ = [
    "Digest",
    "InputNotFoundError",
    "Limits",
    "Record",
    "Rejection",
    "Source",
    "content_digest",
    "display_path",
    "find_sources",
    "read_source",
    "uri_to_path",
]
