"""Reference data as tables of the warehouse: countries, agencies, rules, event types, and what made it all."""

from __future__ import annotations

import pyarrow as pa

from flows.resources import load_reference
from flows.stages import about
from transforms.tables import iter_rows
from warehouse.contract import TABLES
from warehouse.load import Small
from warehouse.parts import conform

_FROM_REFERENCE = ("countries", "agencies", "rules")
"""Tables whose rows are those of the reference file of the same name."""


def small_tables() -> Small:
    """The tables that are written whole at each publication."""
    reference = load_reference()
    tables = {name: _fit(reference[name], name) for name in _FROM_REFERENCE}
    tables["organisations"] = _fit(_list_organisations(reference["organisations"]), "organisations")
    tables["event_types"] = _fit(_list_event_types(reference["event_types"], reference["cameo_codes"]), "event_types")
    return Small(tables, about())


def _list_organisations(rows: pa.Table) -> pa.Table:
    """The reference file with entity ids."""
    ids = [f"{entity_type}:{slug}" for entity_type, slug in iter_rows(rows, "entity_type", "slug")]
    return rows.append_column("entity_id", pa.array(ids, pa.string()))


def _list_event_types(rows: pa.Table, codes: pa.Table) -> pa.Table:
    """The reference file with the Goldstein score of each code."""
    scores = dict(iter_rows(codes, "cameo_code", "goldstein"))
    listed = [scores[code] for (code,) in iter_rows(rows, "cameo_code")]
    return rows.append_column("goldstein", pa.array(listed, pa.float64()))


def _fit(rows: pa.Table, name: str) -> pa.Table:
    """The columns that the table declares, null where the reference file does not have them."""
    schema = TABLES[name].schema
    for missing in [f for f in schema if f.name not in rows.schema.names]:
        rows = rows.append_column(missing, pa.nulls(rows.num_rows, missing.type))
    return conform(rows.select(schema.names), schema)
