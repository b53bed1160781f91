"""Records and resources for the tests of the transforms."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest

from flows.resources import load_resources
from transforms.clean import clean
from transforms.clean.rules import CleanRules
from transforms.resources import Resources
from transforms.results import Transformed

RECORDS = pa.schema(
    {
        "document_id": pa.string(),
        "source_uri": pa.string(),
        "record_no": pa.int64(),
        "source_format": pa.string(),
        "encoding": pa.string(),
        "byte_length": pa.int64(),
        "payload": pa.large_binary(),
        "fields": pa.string(),
        "run_id": pa.string(),
        "ingested_at": pa.timestamp("us"),
    }
)


def make_records(*stories: tuple[str, dict[str, Any]], source_uri: str = "file:///a") -> pa.Table:
    """Records of plain text with their recognised fields."""
    rows = [
        {
            "document_id": f"doc-{number}",
            "source_uri": source_uri,
            "record_no": number,
            "source_format": "txt",
            "encoding": "utf-8",
            "byte_length": len(text.encode()),
            "payload": text.encode(),
            "fields": json.dumps(fields),
            "run_id": "run",
            "ingested_at": datetime(2026, 1, 1),
        }
        for number, (text, fields) in enumerate(stories)
    ]
    return pa.Table.from_pylist(rows, schema=RECORDS)


@pytest.fixture(scope="session")
def resources() -> Resources:
    return load_resources()


@pytest.fixture(scope="session")
def rules(resources: Resources) -> CleanRules:
    return CleanRules.build(resources)


@pytest.fixture(scope="session")
def clean_text(resources: Resources) -> Callable[..., Transformed]:
    """Clean one text; keywords are fields of its record."""

    def run(text: str, **fields: Any) -> Transformed:
        return clean(make_records((text, fields)), resources)

    return run


@pytest.fixture(scope="session")
def article(clean_text: Callable[..., Transformed]) -> Callable[..., dict[str, Any]]:
    def run(text: str, **fields: Any) -> dict[str, Any]:
        rows: list[dict[str, Any]] = clean_text(text, **fields).tables["articles"].to_pylist()
        return rows[0]

    return run


@pytest.fixture(scope="session")
def kinds(clean_text: Callable[..., Transformed]) -> Callable[..., list[tuple[str, str]]]:
    """Kind and text of each block."""

    def run(text: str, **fields: Any) -> list[tuple[str, str]]:
        return [(b["kind"], b["text"]) for b in clean_text(text, **fields).tables["blocks"].to_pylist()]

    return run
