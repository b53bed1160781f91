"""A feed's file in, a record for each of its items out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from flows.extract.encoding import NotText, decode, find_encoding
from flows.extract.feeds.item import Item, Items
from flows.extract.feeds.newsml import read_newsml
from flows.extract.feeds.ninjs import read_ninjs
from flows.extract.feeds.nitf import read_nitf
from flows.extract.feeds.syndication import read_atom, read_rss
from flows.extract.feeds.xml import BadXmlError, parse_xml
from flows.extract.fields import encode_fields, scrub
from flows.extract.limits import Limits
from flows.extract.raw import ByteStream, StreamError
from flows.extract.record import Record, Rejection
from flows.extract.text import is_blank
from warehouse.contract.codes import FRAGMENT_TYPE, Reason, SourceFormat


def read_feed(
    uri: str, stream: ByteStream, source_format: SourceFormat, limits: Limits, skip: int
) -> Iterator[Record | Rejection]:
    """Reads the items of a file in their order; `record_no` counts them.

    An item that was canceled or is under embargo is rejected with that reason, and so is one without its text.
    """
    payload = bytearray()
    try:
        for chunk in stream.chunks():
            payload += chunk
            if len(payload) > limits.max_record_bytes:
                raise StreamError(Reason.TOO_LARGE, f"more than {limits.max_record_bytes} bytes")
        items = _parse(bytes(payload), source_format)
    except StreamError as error:
        if skip == 0:
            yield Rejection(uri, 1, error.reason, error.detail)
        return
    for number, item in islice(enumerate(items, 1), skip, None):
        yield _make_record(uri, number, source_format, item)


def _parse(payload: bytes, source_format: SourceFormat) -> Items:
    if source_format is SourceFormat.NINJS:
        encoding = find_encoding(payload)
        if isinstance(encoding, NotText):
            raise StreamError(encoding.reason, encoding.detail)
        try:
            return read_ninjs(json.loads(decode(payload, encoding)))
        except (ValueError, RecursionError) as error:
            raise StreamError(Reason.BAD_JSON, str(error)) from error
    try:
        root = parse_xml(payload)
    except BadXmlError as error:
        raise StreamError(Reason.BAD_MARKUP, str(error)) from error
    if source_format is SourceFormat.NITF:
        return iter([read_nitf(root)])
    return {SourceFormat.NEWSML: read_newsml, SourceFormat.RSS: read_rss, SourceFormat.ATOM: read_atom}[source_format](
        root
    )


def _make_record(uri: str, number: int, source_format: SourceFormat, item: Item) -> Record | Rejection:
    fields = dict(item.known_fields)
    name = fields.get("id") or fields.get("title") or "an item"
    if item.status in ("canceled", "cancelled"):
        return Rejection(uri, number, Reason.CANCELED, f"{name}: pubStatus is {item.status}")
    if item.status in ("withheld", "embargoed"):
        return Rejection(uri, number, Reason.EMBARGOED, f"{name}: pubStatus is {item.status}")
    if item.embargoed and _is_ahead(item.embargoed):
        return Rejection(uri, number, Reason.EMBARGOED, f"{name}: embargoed until {item.embargoed}")
    if is_blank(item.body):
        return Rejection(uri, number, Reason.MISSING_TEXT, f"{name}: the item has no text of its own")
    if item.is_markup:
        fields["content_type"] = FRAGMENT_TYPE
    return Record(uri, number, source_format, "utf-8", scrub(item.body).encode(), encode_fields(fields))


def _is_ahead(value: str) -> bool:
    """Whether a time is still to come; what cannot be read is, since an embargo is not lifted on a guess."""
    try:
        until = datetime.fromisoformat(value.strip())
    except ValueError:
        return True
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) > datetime.now(UTC)
