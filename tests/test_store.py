"""Inputs in an S3-compatible store, against a server of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from pyarrow.fs import S3FileSystem

from flows.extract import InputNotFoundError, Source, display_path, find_sources
from tests.conftest import Command
from warehouse.client import open_reader

STORY = "GENEVA, Jan 10 (Newsroom) - Envoys met for a second day of talks on arms control.\n\nThey go on."
OBJECTS = {
    "desk/raw/a.txt": STORY,
    "desk/raw/2026/b.jsonl": json.dumps({"id": "b", "text": STORY + " So they said."}),
    "desk/raw/2026/c.html": "<html><body><p>Page not found</p></body></html>",
    "desk/raw/.hidden/d.txt": STORY,
    "desk/rawness.txt": STORY,
}


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    store = S3FileSystem(
        access_key="key",
        secret_key="secret",
        endpoint_override=f"{host}:{port}",
        scheme="http",
        region="us-east-1",
        allow_bucket_creation=True,
    )
    store.create_dir("desk")
    for path, text in OBJECTS.items():
        with store.open_output_stream(path) as stream:
            stream.write(text.encode())
    yield {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture
def store(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("s3://desk/raw", ["2026/b.jsonl", "2026/c.html", "a.txt"]),
        ("s3://desk/raw/", ["2026/b.jsonl", "2026/c.html", "a.txt"]),
        ("s3://desk/raw/a.txt", ["a.txt"]),
        ("s3://desk/raw/*", ["a.txt"]),
        ("s3://desk/raw/*/*.jsonl", ["2026/b.jsonl"]),
        ("s3://desk/raw/**/*.?[sx][ot]*", ["2026/b.jsonl", "a.txt"]),
        ("s3://desk/raw/**/?.*", ["2026/b.jsonl", "2026/c.html", "a.txt"]),
    ],
)
def test_objects_prefixes_and_patterns(uri: str, found: list[str]) -> None:
    sources = [item for item in find_sources([uri]) if isinstance(item, Source)]
    assert [source.uri.removeprefix("s3://desk/raw/") for source in sources] == found
    assert display_path(sources[0].uri) == sources[0].uri


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("uri", ["s3://", "s3://nowhere/x", "s3://desk/ra", "s3://desk/raw/*.zip", "s3://*/x"])
def test_what_names_nothing_is_said_before_the_run(uri: str) -> None:
    with pytest.raises(InputNotFoundError, match="s3://"):
        find_sources([uri])


def test_a_run_reads_a_store_and_then_only_what_changed(
    copydesk: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    done = copydesk("run", "--warehouse", tmp_path, "s3://desk/raw", environment=environment)
    assert done.returncode == 0, done.stderr
    with open_reader(tmp_path) as con:
        rows = con.execute("SELECT source_uri, record_no, byte_length FROM documents ORDER BY ALL").fetchall()
        refused = con.execute("SELECT source_uri, reason FROM intake WHERE reason IS NOT NULL").fetchall()
    assert rows == [
        ("s3://desk/raw/2026/b.jsonl", 1, len(STORY) + 14),
        ("s3://desk/raw/a.txt", 1, len(STORY)),
    ]
    assert refused == [("s3://desk/raw/2026/c.html", "not_article")]
    copydesk("run", "--warehouse", tmp_path, "s3://desk/raw", environment=environment)
    with open_reader(tmp_path) as con:
        counts = con.execute("SELECT files_unchanged FROM runs ORDER BY started_at").fetchall()
    assert counts == [(0,), (3,)]


def test_a_store_that_cannot_be_reached_is_an_error_of_usage(copydesk: Command, tmp_path: Path) -> None:
    nowhere = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    done = copydesk("run", "--warehouse", tmp_path, "s3://desk/raw", environment=nowhere)
    assert done.returncode == 2
    assert "s3://desk/raw" in done.stderr
