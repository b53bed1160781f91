"""What a reader answers with: a record, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import orjson

from flows.extract.encoding import decode
from warehouse.contract.codes import WHOLE_FORMATS, Reason, SourceFormat

DETAIL_LENGTH = 500
"""Characters that the detail of a rejection may have."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def make_document_id(source_format: SourceFormat, encoding: str, payload: bytes, fields: str) -> str:
    """Hash all that a row may rest on. Each part goes in behind its length, so that no two splits agree."""
    digest = blake2b(digest_size=16)
    for part in (source_format.value.encode(), encoding.encode(), payload, fields.encode()):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it came in, before any rule has looked at it."""

    source_uri: str
    record_no: int
    """1-based: the line of a JSONL file (blank ones count), the row of a Parquet file, 1 for a text file."""
    source_format: SourceFormat
    encoding: str
    """The Python codec that the text was found in."""
    payload: bytes
    """The bytes of a text file, byte-order mark included; the text value of a line or row as UTF-8."""
    fields: str
    """The recognised fields as compact JSON with sorted keys, nulls left out."""
    document_id: str = field(init=False)

    def __post_init__(self) -> None:
        document_id = make_document_id(self.source_format, self.encoding, self.payload, self.fields)
        object.__setattr__(self, "document_id", document_id)

    @property
    def text(self) -> str:
        """The payload decoded: byte-order mark dropped, the undecodable U+FFFD, otherwise unchanged."""
        return payload_text(self.source_format, self.encoding, self.payload)

    @property
    def field_values(self) -> dict[str, Any]:
        """The recognised fields by their canonical names."""
        values: dict[str, Any] = orjson.loads(self.fields)
        return values

    @property
    def record_id(self) -> str | None:
        """The record's own `id`."""
        return self.field_values.get("id")

    @property
    def url(self) -> str | None:
        """Where the record says it was published."""
        return self.field_values.get("url")

    @property
    def fetched_at(self) -> str | None:
        """When the record says it was fetched, as written."""
        return self.field_values.get("fetched_at")


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why something that was read is no record. `detail` says what was found, exactly."""

    source_uri: str
    record_no: int
    reason: Reason
    detail: str

    def __post_init__(self) -> None:
        # File content gets into details (keys, values): what a terminal or a table cannot show is replaced.
        detail = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", self.detail)
        if len(detail) > DETAIL_LENGTH:
            detail = detail[: DETAIL_LENGTH - 1] + "…"
        object.__setattr__(self, "detail", detail)


def payload_text(source_format: SourceFormat, encoding: str, payload: bytes) -> str:
    """Decode a payload, as `Record.text` does, from what the warehouse keeps of a record."""
    # A line's or row's text was decoded with the rest of its record: its payload is always UTF-8.
    return decode(payload, encoding if source_format in WHOLE_FORMATS else "utf-8")
