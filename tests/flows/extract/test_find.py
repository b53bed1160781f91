from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from flows.extract import InputNotFoundError, Rejection, Source, display_path, find_sources, uri_to_path
from warehouse.contract.codes import Reason


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.fsencode(name))


def find(*inputs: str | Path) -> list[str]:
    found = list(find_sources(inputs))
    assert all(isinstance(item, Source) for item in found), found
    return [uri_to_path(item.uri).name for item in found]


def test_a_file_is_found_with_what_tells_whether_it_changed(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    [source] = find_sources([tmp_path / "a.txt"])
    status = (tmp_path / "a.txt").stat()
    expected = ((tmp_path / "a.txt").as_uri(), tmp_path / "a.txt", 5, status.st_mtime_ns)
    assert isinstance(source, Source)
    assert (source.uri, source.path, source.size, source.mtime_ns) == expected


def test_a_folder_is_walked_in_sorted_order_without_hidden_ones(tmp_path: Path) -> None:
    touch(tmp_path, "c.txt", "b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", ".git/config", "b/.x")
    assert find(tmp_path) == ["a.txt", "1.txt", "2.txt", "c.txt"]


def test_a_hidden_file_that_is_named_is_taken(tmp_path: Path) -> None:
    touch(tmp_path, ".drafts/a.txt")
    assert find(tmp_path / ".drafts") == ["a.txt"]


def test_a_file_reached_twice_is_taken_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.txt", "y.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "y.txt")
    (tmp_path / "z").symlink_to(tmp_path / "a")
    assert find(tmp_path, tmp_path / "a" / "x.txt", tmp_path / "a") == ["x.txt", "link.txt"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    touch(tmp_path, "a/x.txt")
    for name in ("one", "two"):
        (tmp_path / "a" / name).symlink_to(tmp_path)
    assert find(tmp_path) == ["x.txt"]
    assert find(f"{tmp_path}/**/*.txt") == ["x.txt"]


def test_a_pattern_is_expanded(tmp_path: Path) -> None:
    touch(tmp_path, "d/a.jsonl.gz", "d/e/f/b.jsonl.gz", "d/e/c.txt", "d/.h/x.jsonl.gz", "d/.y.jsonl.gz")
    assert find(f"{tmp_path}/d/**/*.jsonl.gz") == ["a.jsonl.gz", "b.jsonl.gz"]
    assert find(f"{tmp_path}/d/*.jsonl.gz") == ["a.jsonl.gz"]
    assert find(f"{tmp_path}/d/e/[a-c].t?t") == ["c.txt"]
    assert find(f"{tmp_path}/d/*/f") == ["b.jsonl.gz"]
    assert sorted(find(f"{tmp_path}/d/**")) == ["a.jsonl.gz", "b.jsonl.gz", "c.txt"]


def test_an_existing_path_wins_over_a_pattern(tmp_path: Path) -> None:
    touch(tmp_path, "a[1].txt", "a1.txt")
    assert find(f"{tmp_path}/a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.txt", "no such file or folder; check the name"),
        ("*.jsonl", "matches nothing"),
        ("gs://bucket/a.jsonl", "gs locations are not read; copy the files here first"),
        ("dangling", "leads nowhere"),
        ("", "empty name"),
    ],
)
def test_an_input_that_names_nothing_stops_before_the_first_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputNotFoundError, match=said) as caught:
        find_sources(["a.txt", name])
    assert name in str(caught.value)


def test_a_uri_names_its_file(tmp_path: Path) -> None:
    touch(tmp_path, "a b.txt")
    assert find((tmp_path / "a b.txt").as_uri()) == ["a b.txt"]


def test_odd_names_survive_the_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = os.fsdecode("ü #%?".encode() + b"\xff\n.txt")
    touch(tmp_path, odd)
    [source] = find_sources([tmp_path])
    assert isinstance(source, Source)
    assert source.uri.isascii()
    assert uri_to_path(source.uri) == tmp_path / odd
    monkeypatch.chdir(tmp_path)
    assert display_path(source.uri) == "ü #%?\ufffd\ufffd.txt"


def test_what_is_no_file_is_said_only_of_what_was_named(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket"))
        assert find(tmp_path) == ["a.txt"]
        [rejection] = find_sources([tmp_path / "pipe"])
        assert isinstance(rejection, Rejection)
        assert (rejection.reason, rejection.detail) == (Reason.UNREADABLE, "not a regular file")


def test_a_dangling_link_in_a_folder_is_said_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")
    source, rejection = find_sources([tmp_path, tmp_path])
    assert isinstance(source, Source)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is Reason.UNREADABLE


def test_an_unreadable_folder_does_not_stop_the_walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a/x.txt", "b/y.txt")
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    rejection, source = find_sources([tmp_path])
    assert isinstance(rejection, Rejection)
    expected = ((tmp_path / "a").as_uri(), Reason.UNREADABLE, "Permission denied")
    assert (rejection.source_uri, rejection.reason, rejection.detail) == expected
    assert isinstance(source, Source)


def test_importing_loads_nothing_heavy() -> None:
    heavy = ["prefect", "duckdb", "zstandard", "charset_normalizer"]
    code = f"import sys, flows.extract; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
