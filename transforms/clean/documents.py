"""The table documents: what was taken in, one row per record that the rules could use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transforms.clean.articles import read_text
from transforms.language.dates import Calendar


def make_document(record: Mapping[str, Any], fields: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """The row of `documents` for a kept record with its recognised fields."""
    fetched_at = read_text(fields, "fetched_at")
    fetched = calendar.read_instant(fetched_at) if fetched_at else None
    return {
        **record,
        "record_id": fields.get("id"),
        "url": fields.get("url"),
        "fetched_at": fetched.at if fetched else None,
    }
