"""What JSONL lines and Parquet rows have in common: a record as a mapping of names to values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.extract.fields import Plan, list_keys, scrub
from flows.extract.limits import Limits
from flows.extract.record import Record, Rejection
from flows.extract.text import is_blank
from warehouse.contract.codes import Reason, SourceFormat


def make_record(
    uri: str,
    record_no: int,
    source_format: SourceFormat,
    encoding: str,
    values: Mapping[str, Any],
    plan: Plan,
    limits: Limits,
) -> Record | Rejection:
    """Turn a line's object or a row's values into a record, or say what it lacks."""
    for key, is_markup in plan.content_keys:
        text = values[key]
        if isinstance(text, str) and text and not is_blank(text):
            try:
                payload = text.encode()
            except UnicodeEncodeError:  # lone surrogates
                payload = scrub(text).encode()
            if len(payload) > limits.max_record_bytes:
                detail = f"{len(payload)} bytes of text, more than {limits.max_record_bytes}"
                return Rejection(uri, record_no, Reason.TOO_LARGE, detail)
            return Record(uri, record_no, source_format, encoding, payload, plan.collect(values, is_markup=is_markup))
    return Rejection(uri, record_no, *_explain(values, plan))


def _explain(values: Mapping[str, Any], plan: Plan) -> tuple[Reason, str]:
    """Say why a record without a usable text is rejected."""
    for key, _ in plan.content_keys:
        if isinstance(values[key], str):
            return Reason.EMPTY, f"`{key}` has {len(values[key])} characters, nothing visible"
    for key, _ in plan.content_keys:
        return Reason.MISSING_TEXT, f"`{key}` is {name_type(values[key])}"
    return Reason.MISSING_TEXT, f"no text or html field; found: {list_keys(list(values))}"


def name_type(value: object) -> str:
    """A value's type in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    return f"of type {type(value).__name__}"
