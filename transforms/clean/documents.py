"""The table documents: what was taken in, one row per record that the rules could use."""

from __future__ import annotations

import json
from collections.abc import Collection

import pyarrow as pa

from transforms.clean.rules import CleanRules
from transforms.resources import Resources
from warehouse.contract import TABLES


def list_documents(records: pa.Table, refused: Collection[str], resources: Resources) -> pa.Table:
    """Rows of `documents` for kept records, without those whose document_id is `refused`."""
    calendar = CleanRules.build(resources).calendar
    rows = []
    for record in records.drop_columns(["payload"]).to_pylist():
        fields = json.loads(record.pop("fields"))
        if record["document_id"] in refused:
            continue
        fetched = calendar.read_instant(fields["fetched_at"]) if "fetched_at" in fields else None
        rows.append(
            {
                **record,
                "record_id": fields.get("id"),
                "url": fields.get("url"),
                "fetched_at": fetched.at if fetched else None,
            }
        )
    return pa.Table.from_pylist(rows, schema=TABLES["documents"].part_schema)
