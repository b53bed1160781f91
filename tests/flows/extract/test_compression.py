from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.extract import Limits, Record, Rejection
from flows.extract.compression import expand
from flows.extract.raw import StreamError
from warehouse.contract.codes import Reason

from .helpers import STORY, lines, outcomes, read, read_record, read_records, reject, stories

Pack = Callable[[bytes], bytes]

unsized_zstd: Pack = lambda data: _stream_zstd([data])  # noqa: E731
PACKS: dict[str, Pack] = {
    "gzip": gzip.compress,
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
    "zstd-stream": unsized_zstd,
}


def _stream_zstd(chunks: list[bytes]) -> bytes:
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join([*(packer.compress(chunk) for chunk in chunks), packer.flush()])


@pytest.fixture(params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return PACKS[request.param]


def test_packed_files_hold_the_same_documents(tmp_path: Path, pack: Pack) -> None:
    content = lines(*stories(2000))
    (tmp_path / "a.jsonl").write_bytes(content)
    (tmp_path / "a.jsonl.gz").write_bytes(pack(content))
    plain, packed = read_records(tmp_path / "a.jsonl"), read_records(tmp_path / "a.jsonl.gz")
    assert [record.document_id for record in packed] == [record.document_id for record in plain]
    (tmp_path / "a.txt.zst").write_bytes(pack(STORY.encode()))
    assert read_record(tmp_path / "a.txt.zst").payload == STORY.encode()


@pytest.mark.parametrize("padding", [b"", b"\0" * 5000])
@pytest.mark.parametrize("chunk_bytes", [1, 1000, 1 << 18])
def test_members_one_after_another_are_one_file(tmp_path: Path, pack: Pack, padding: bytes, chunk_bytes: int) -> None:
    content = lines(*stories(20))
    parts = [pack(content[start : start + 150]) for start in range(0, len(content), 150)]
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join([*parts, pack(b""), padding]))
    assert len(read_records(tmp_path / "a.jsonl.gz", chunk_bytes=chunk_bytes)) == 20


def test_skippable_frames_are_skipped(tmp_path: Path) -> None:
    skippable = b"\x50\x2a\x4d\x18" + (300).to_bytes(4, "little") + b"x" * 300
    (tmp_path / "a.jsonl.zst").write_bytes(skippable + zstandard.compress(lines(*stories(3))) + skippable)
    assert len(read_records(tmp_path / "a.jsonl.zst")) == 3


def test_what_came_before_a_cut_is_read(tmp_path: Path, pack: Pack) -> None:
    content = pack(lines(*stories(20_000)))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content[: len(content) // 2])
    items = read(path)
    assert [item.record_no for item in items] == list(range(1, len(items) + 1))
    assert len(items) > 3000
    assert all(isinstance(item, Record) for item in items[:-1])
    assert isinstance(items[-1], Rejection)
    assert items[-1].reason is Reason.TRUNCATED
    assert f"out of {len(content) // 2} compressed bytes" in items[-1].detail
    assert read(path, chunk_bytes=777) == items
    assert read(path, skip=len(items) - 1) == items[-1:]
    assert read(path, skip=len(items)) == []


def test_any_cut_is_noticed(tmp_path: Path, pack: Pack) -> None:
    content = pack(lines(*stories(3)))
    for size in range(1, len(content)):
        (tmp_path / "a.jsonl.gz").write_bytes(content[:size])
        if size >= 4:  # else it does not show what it is
            last = read(tmp_path / "a.jsonl.gz")[-1]
            assert isinstance(last, Rejection)
            assert last.reason is Reason.TRUNCATED


def test_wherever_the_data_is_cut_all_before_it_comes_out() -> None:
    # Each byte stands for a thousand: output is held back at the limit of a call, also after the last input.
    content = gzip.compress(b"x" * 300_000)
    for size in range(20, len(content) - 8):
        for chunk_bytes in (1, len(content)):
            unpacker = zlib.decompressobj(wbits=31)
            chunks = (content[start : min(start + chunk_bytes, size)] for start in range(0, size, chunk_bytes))
            found = 0
            with pytest.raises(StreamError):
                for piece in expand(chunks, "gzip", Limits()):
                    found += len(piece)
            assert found == len(unpacker.decompress(content[:size]))


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.zst"])
def test_an_empty_file_is_no_packed_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert reject(tmp_path / name).reason is Reason.TRUNCATED


def test_a_text_that_is_cut_is_rejected_whole(tmp_path: Path, pack: Pack) -> None:
    content = pack(STORY.encode() * 500)
    (tmp_path / "a.txt.gz").write_bytes(content[:-6])
    rejection = reject(tmp_path / "a.txt.gz")
    assert (rejection.record_no, rejection.reason) == (1, Reason.TRUNCATED)


def test_damage_is_noticed_and_what_came_before_is_read(tmp_path: Path, pack: Pack) -> None:
    content = bytearray(pack(lines(*stories(20_000))))
    middle = len(content) // 2
    content[middle : middle + 200] = b"\xff" * 200
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(content)
    items = read(path)
    assert len(items) > 3000
    assert isinstance(items[-1], Rejection)
    assert items[-1].reason is Reason.CORRUPT
    good = [item for item in items[:-1] if isinstance(item, Record)]
    assert [record.record_id for record in good[:3000]] == [f"s-{n}" for n in range(1, 3001)]


def test_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(lines(*stories(3))))
    content[-6] ^= 1
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    assert outcomes(read(tmp_path / "a.jsonl.gz"))[-1] == (4, Reason.CORRUPT)
    content = bytearray(PACKS["zstd"](lines(*stories(3))))
    content[-2] ^= 1
    (tmp_path / "a.jsonl.zst").write_bytes(content)
    assert outcomes(read(tmp_path / "a.jsonl.zst"))[-1][1] is Reason.CORRUPT


def test_what_follows_the_packed_data_is_said_after_it(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(pack(b'{"text": "One."}\n{"text": "Two."}') + b"\0\0garbage")
    expected = [(1, "One."), (2, "Two."), (3, Reason.CORRUPT)]
    assert outcomes(read(tmp_path / "a.jsonl.gz")) == expected
    (tmp_path / "a.txt.gz").write_bytes(pack(b"One.") + b"garbage")
    assert outcomes(read(tmp_path / "a.txt.gz")) == [(1, "One."), (2, Reason.CORRUPT)]


def test_a_frame_that_wants_too_much_memory_is_refused(tmp_path: Path) -> None:
    # A header with a window of 2 GiB; no data need follow.
    (tmp_path / "a.txt.zst").write_bytes(b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00")
    rejection = reject(tmp_path / "a.txt.zst")
    assert rejection.reason is Reason.UNSUPPORTED
    assert "a window of 2147483648 bytes" in rejection.detail


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(max_size=30), max_size=20),
    st.sampled_from(sorted(PACKS)),
    st.integers(1, 200),
    st.integers(0, 25),
    st.integers(0, 40),
    st.integers(0, 3),
)
def test_neither_chunks_nor_resuming_change_what_is_read(
    tmp_path: Path, texts: list[str], name: str, chunk_bytes: int, skip: int, cut: int, damage: int
) -> None:
    content = bytearray(PACKS[name](lines(*({"text": text} for text in texts))))
    content = content[: max(4, len(content) - cut)]
    for place in range(damage):
        content[10 + (place * 37) % max(1, len(content) - 10) if len(content) > 10 else -1] ^= 0x55
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    items = read(path)
    assert read(path, chunk_bytes=chunk_bytes) == items
    assert read(path, chunk_bytes=chunk_bytes, skip=skip) == items[skip:]


def _zstd_blocks(count: int) -> bytes:
    # Blocks of one byte repeated 131,072 times: four bytes each, the densest that there is.
    block = ((1 << 17) << 3 | 1 << 1).to_bytes(3, "little") + b"x"
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * count


@pytest.mark.parametrize(("name", "start"), [("a.txt", b""), ("a.jsonl", b'{"text": "'), ("a.parquet", b"PAR1")])
@pytest.mark.parametrize("codec", ["gzip", "zstd"])
def test_a_bomb_is_stopped_early(tmp_path: Path, name: str, start: bytes, codec: str) -> None:
    path = tmp_path / name
    if codec == "gzip":  # 1 GB
        path.write_bytes(gzip.compress(start) + gzip.compress(b"x" * 10_000_000) * 100)
    else:  # 131 GB
        path.write_bytes(zstandard.compress(start) + _zstd_blocks(1_000_000))
    tracemalloc.start()
    rejection = reject(path, Limits(max_record_bytes=10**10))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (rejection.reason, rejection.record_no) == (Reason.BOMB, 1)
    assert peak < 40_000_000


def test_a_bomb_of_lines_ends_after_the_free_bytes(tmp_path: Path) -> None:
    content = lines({"text": STORY}) * 400_000
    for name, pack in (("gz", partial(gzip.compress, compresslevel=9)), ("zst", zstandard.compress)):
        path = tmp_path / f"a.jsonl.{name}"
        path.write_bytes(pack(content))
        items = read(path)
        assert isinstance(items[-1], Rejection)
        assert items[-1].reason is Reason.BOMB
        assert items[-1].record_no == len(items) < 200_000
        assert "compressed bytes" in items[-1].detail


def test_small_files_may_be_as_repetitive_as_they_like(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"All work. " * 500_000))
    assert len(read_record(tmp_path / "a.txt.gz").payload) == 5_000_000


def test_the_total_is_limited_too(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(pack(lines(*stories(5000))))
    items = read(tmp_path / "a.jsonl.gz", Limits(max_total_bytes=300_000))
    assert isinstance(items[-1], Rejection)
    assert items[-1].reason is Reason.BOMB


def _pack_stories(count: int) -> Iterator[bytes]:
    packer = zlib.compressobj(1, wbits=31)
    for number in range(count):
        noise = f"{number * 2654435761 % 2**32:08x} " * 4
        yield packer.compress(lines({"id": number, "text": STORY * 35 + noise}))
    yield packer.flush()


def test_a_large_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    count = 65_000
    with path.open("wb") as file:
        file.writelines(_pack_stories(count))
    from .helpers import locate, read_source

    tracemalloc.start()
    total = found = 0
    for item in read_source(locate(path), Limits()):
        assert isinstance(item, Record)
        found += 1
        total += len(item.payload)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == count
    assert total > 180_000_000
    assert peak < 10_000_000
