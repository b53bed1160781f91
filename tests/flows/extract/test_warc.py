from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
import zstandard

from flows.extract import Limits, Record, Rejection
from warehouse.contract.codes import Reason, SourceFormat

from .helpers import read

PAGE = "<html><head><title>Pier</title></head><body><p>{}</p></body></html>"


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html",)), f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def member(content: bytes, kind: str = "response", url: str = "https://a.example/1") -> bytes:
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-21T03:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return header.encode() + content + b"\r\n\r\n"


def page(text: str, url: str = "https://a.example/1") -> bytes:
    return member(http(PAGE.format(text).encode()), url=url)


def outcome(item: Record | Rejection) -> str | Reason:
    return item.reason if isinstance(item, Rejection) else item.text.partition("<p>")[2].partition("</p>")[0]


def outcomes(path: Path, limits: Limits | None = None, **options: int) -> list[tuple[int, str | Reason]]:
    return [(item.record_no, outcome(item)) for item in read(path, limits, **options)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "whole.warc.gz", "a.warc.zst", "unnamed"])
def test_responses_are_records(tmp_path: Path, name: str) -> None:
    members = [member(b"software: x", "warcinfo"), page("One."), member(b"GET /", "request"), page("Two.")]
    whole = b"".join(members)
    packed = {
        "a.warc.gz": b"".join(map(gzip.compress, members)),
        "whole.warc.gz": gzip.compress(whole),
        "a.warc.zst": zstandard.compress(whole),
    }
    (tmp_path / name).write_bytes(packed.get(name, whole))
    assert outcomes(tmp_path / name) == [(1, "One."), (2, "Two.")]
    assert outcomes(tmp_path / name, skip=1) == [(2, "Two.")]


def test_a_record_keeps_its_address_date_and_charset(tmp_path: Path) -> None:
    body = PAGE.format("Köln").encode("cp1252")
    (tmp_path / "a.warc").write_bytes(member(http(body, "200 OK", "Content-Type: text/html; charset=ISO-8859-1")))
    [record] = read(tmp_path / "a.warc")
    assert isinstance(record, Record)
    assert record.source_format is SourceFormat.WARC
    assert record.field_values == {"url": "https://a.example/1", "fetched_at": "2026-01-21T03:00:00Z"}
    assert (record.encoding, record.payload) == ("cp1252", body)
    assert "Köln" in record.text


def test_bodies_are_unpacked(tmp_path: Path) -> None:
    body = gzip.compress(PAGE.format("One.").encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    content = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    (tmp_path / "a.warc").write_bytes(member(content + chunked))
    assert outcomes(tmp_path / "a.warc") == [(1, "One.")]


@pytest.mark.parametrize(
    ("content", "kind", "detail"),
    [
        (http(b""), "revisit", "a revisit"),
        (http(b"gone", "404 Not Found"), "response", "HTTP status 404"),
        (http(b"{}", "200 OK", "Content-Type: application/json"), "response", "of type application/json"),
    ],
)
def test_what_is_no_page_is_counted_and_passed_over(tmp_path: Path, content: bytes, kind: str, detail: str) -> None:
    (tmp_path / "a.warc").write_bytes(member(content, kind) + page("One."))
    rejection, record = read(tmp_path / "a.warc")
    assert isinstance(rejection, Rejection)
    assert rejection.reason is Reason.PASSED_OVER
    assert detail in rejection.detail
    assert outcome(record) == "One."


def test_reading_goes_on_behind_a_damaged_member(tmp_path: Path) -> None:
    members = [bytearray(gzip.compress(page(text))) for text in ("One. " * 50, "Two.", "Three.")]
    members[0][60:90] = bytes(30)
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members))
    assert outcomes(tmp_path / "a.warc.gz") == [(1, Reason.CORRUPT), (2, "Two."), (3, "Three.")]


def test_reading_goes_on_behind_a_member_cut_off_in_the_middle(tmp_path: Path) -> None:
    cut = gzip.compress(page("One. " * 50))[:-100]
    (tmp_path / "a.warc.gz").write_bytes(cut + gzip.compress(page("Two.")))
    assert outcomes(tmp_path / "a.warc.gz")[-1][1] == "Two."
    assert outcomes(tmp_path / "a.warc.gz")[0][1] is Reason.CORRUPT


def test_the_last_record_may_be_cut_off(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(page("One.")) + gzip.compress(page("Two."))[:-20])
    (tmp_path / "b.warc").write_bytes(page("One.") + page("Two.")[:-20])
    for name in ("a.warc.gz", "b.warc"):
        assert outcomes(tmp_path / name) == [(1, "One."), (2, Reason.TRUNCATED)]


def test_noise_between_records_is_one_rejection(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(page("One.") + b"noise\r\n" * 1000 + page("Two."))
    assert outcomes(tmp_path / "a.warc") == [(1, "One."), (2, Reason.CORRUPT), (3, "Two.")]


def test_a_record_beyond_the_limit_is_passed_by(tmp_path: Path) -> None:
    members = [page("One."), page("x" * 600_000), page("Two.")]
    (tmp_path / "a.warc").write_bytes(b"".join(members))
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, members)))
    for name in ("a.warc", "b.warc.gz"):
        found = outcomes(tmp_path / name, Limits(max_record_bytes=100_000))
        assert found == [(1, "One."), (2, Reason.TOO_LARGE), (3, "Two.")]


def test_a_bomb_in_a_member_or_a_body_stops_nothing(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = packer.compress(page("x" * 3_000_000)) + packer.flush()
    body = gzip.compress(PAGE.format("x" * 3_000_000).encode())
    packed = member(http(body, "200 OK", "Content-Type: text/html", "Content-Encoding: gzip"))
    limits = Limits(max_record_bytes=1_000_000, ratio_free_bytes=1_000_000, max_ratio=50)
    (tmp_path / "a.warc.gz").write_bytes(bomb + gzip.compress(packed) + gzip.compress(page("Two.")))
    found = [what for _, what in outcomes(tmp_path / "a.warc.gz", limits)]
    assert found[-2:] == [Reason.TOO_LARGE, "Two."]
    assert set(found[:-2]) <= {Reason.BOMB, Reason.TOO_LARGE, Reason.CORRUPT}
    assert found[:-2]
