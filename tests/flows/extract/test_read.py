from __future__ import annotations

import gzip
import io
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.extract import Digest, Limits, Rejection, content_digest, read_source
from warehouse.contract.codes import Reason

from .helpers import STORY, lines, locate, outcomes, read, stories


def digest_of(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", STORY.encode()),
        ("a.txt", b""),
        ("a.jsonl", lines(*stories(50))),
        ("a.jsonl.gz", gzip.compress(lines(*stories(50)))),
        ("a.jsonl.gz", gzip.compress(lines(*stories(50)))[:-30]),
        ("a.jsonl.gz", gzip.compress(b"One.") + b"garbage" * 1000),
        ("a.pdf", b"%PDF-1.7" + b"x" * 1_000_000),
    ],
)
def test_the_digest_is_that_of_the_whole_file(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert content_digest(tmp_path / name) == digest_of(content)
    for skip in (0, 1, 100):
        digest = Digest()
        read(tmp_path / name, digest=digest, skip=skip, chunk_bytes=64)
        assert digest.value == digest_of(content)


def test_a_parquet_file_is_hashed_too(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [STORY] * 10}), tmp_path / "a.parquet")
    digest = Digest()
    assert len(read(tmp_path / "a.parquet", digest=digest)) == 10
    assert digest.value == content_digest(tmp_path / "a.parquet")


def test_a_reader_that_is_left_early_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*stories(500)))
    digest = Digest()
    items = read_source(locate(tmp_path / "a.jsonl"), Limits(), digest=digest, chunk_bytes=64)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert digest.value is None


def test_a_stream_is_read_from_disk_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = gzip.compress(lines(*stories(500)))
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    taken = 0

    class Counting(io.FileIO):
        def read(self, size: int | None = -1, /) -> Any:
            nonlocal taken
            data = super().read(size)
            taken += len(data or b"")
            return data

    monkeypatch.setattr(io, "FileIO", Counting)
    digest = Digest()
    assert len(read(tmp_path / "a.jsonl.gz", digest=digest)) == 500
    assert taken == len(content)
    assert digest.value == digest_of(content)


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*stories(5)))
    source = locate(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").unlink()
    digest = Digest()
    [rejection] = read_source(source, Limits(), digest=digest)
    assert isinstance(rejection, Rejection)
    expected = (1, Reason.UNREADABLE, "No such file or directory")
    assert (rejection.record_no, rejection.reason, rejection.detail) == expected
    assert digest.value is None


def test_a_file_that_became_a_pipe_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*stories(5)))
    source = locate(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").unlink()
    os.mkfifo(tmp_path / "a.jsonl")
    assert outcomes(read_source(source, Limits())) == [(1, Reason.UNREADABLE)]


def test_a_permission_refused_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    source = locate(tmp_path / "a.txt")

    def refuse(*_: Any) -> int:
        raise PermissionError(13, "Permission denied", str(source.path))

    monkeypatch.setattr(os, "open", refuse)
    [rejection] = read_source(source, Limits())
    assert isinstance(rejection, Rejection)
    assert (rejection.reason, rejection.detail) == (Reason.UNREADABLE, "Permission denied")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.parquet"])
def test_a_disk_that_fails_midway_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if name == "a.parquet":
        pq.write_table(pa.table({"text": [STORY] * 100}), tmp_path / name)
    else:
        (tmp_path / name).write_bytes(lines(*stories(100)) if name == "a.jsonl" else STORY.encode() * 50)

    class Failing(io.FileIO):
        def read(self, size: int | None = -1, /) -> Any:
            if self.tell() >= 2000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    def fail(*_: Any) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(io, "FileIO", Failing)
    monkeypatch.setattr(os, "preadv", fail)
    digest = Digest()
    items = read(tmp_path / name, digest=digest, chunk_bytes=1000)
    last = items[-1]
    assert isinstance(last, Rejection)
    assert (last.reason, last.detail) == (Reason.UNREADABLE, "Input/output error")
    assert len(items) > 10 if name == "a.jsonl" else len(items) == 1
    assert digest.value is None or name == "a.parquet"  # whose digest is a pass of its own


def test_a_full_disk_while_unpacking_is_not_the_files_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"text": [STORY]}), tmp_path / "a.parquet")
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress((tmp_path / "a.parquet").read_bytes()))

    class Full(io.BytesIO):
        def write(self, data: Any, /) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", Full)
    with pytest.raises(OSError, match="No space left"):
        read(tmp_path / "a.parquet.gz")


@pytest.mark.parametrize("limit", ["max_record_bytes", "max_ratio", "ratio_free_bytes", "max_total_bytes"])
def test_limits_are_positive(limit: str) -> None:
    with pytest.raises(ValueError, match=f"{limit} is 0"):
        Limits(**{limit: 0})
