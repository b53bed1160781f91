"""Load and publish: the manifest decides, the file follows, and failures leave what was there."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from flows.reference_tables import small_tables
from flows.relating import relating
from tests.conftest import RunInProcess
from warehouse import load as loading
from warehouse.client import open_reader
from warehouse.errors import WarehouseBusyError, WarehouseError, WarehouseUnwritableError
from warehouse.fingerprint import fingerprint
from warehouse.layout import Layout, replacing
from warehouse.lock import writer_lock
from warehouse.manifest import Manifest
from warehouse.parts import read_part, write_part
from warehouse.publish import publish
from warehouse.relate import relate


@pytest.fixture
def desk(run_flow: RunInProcess, samples: Path, tmp_path: Path) -> Layout:
    run_flow(tmp_path / "desk", samples / "wires", batch_records=5)
    return Layout(tmp_path / "desk")


def print_of(layout: Layout) -> str:
    with open_reader(layout.root) as con:
        return fingerprint(con)


def publish_next(desk: Layout, manifest: Manifest, *, anew: bool = False) -> None:
    """Builds the next warehouse, relates it and swaps it in, as a run does."""
    candidate = loading.load(desk, manifest, small_tables(), anew=anew)
    relate(candidate, desk, relating())
    publish(desk, manifest, candidate)


def test_rebuild_gives_the_same_content(desk: Layout) -> None:
    before = print_of(desk)
    desk.database.unlink()
    manifest = Manifest(desk)
    publish_next(desk, manifest, anew=True)
    assert print_of(desk) == before


def test_damaged_database_is_built_anew_by_the_next_run(run_flow: RunInProcess, desk: Layout, samples: Path) -> None:
    before = print_of(desk)
    desk.database.write_bytes(b"not a database")
    run_flow(desk.root, samples / "wires")
    assert print_of(desk) == before


def test_failed_load_leaves_the_published_file(desk: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.database.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(loading, "_replace_small", fail)
    manifest = Manifest(desk)
    with pytest.raises(WarehouseUnwritableError, match="Free some space"):
        loading.load(desk, manifest, small_tables(), anew=True)
    assert desk.database.read_bytes() == before
    assert not loading.candidate_path(desk).exists()


def test_part_that_was_cut_is_not_published(desk: Layout) -> None:
    manifest = Manifest(desk)
    (batch_id, _), (version, _) = next(iter(manifest.parts().items()))
    path = desk.part("blocks", batch_id, version)
    write_part(path, read_part(path).slice(1))
    with pytest.raises(WarehouseError, match=r"blocks: .* rows in the Parquet parts"):
        loading.load(desk, manifest, small_tables(), anew=True)


def test_published_file_is_one_that_older_clients_read(desk: Layout) -> None:
    with duckdb.connect(str(desk.database), read_only=True) as con:
        tags = dict(con.execute("SELECT database_name, tags FROM duckdb_databases() WHERE NOT internal").fetchall())
    assert tags["warehouse"]["storage_version"].startswith("v1.5")


def test_every_table_and_column_has_a_comment(desk: Layout) -> None:
    with open_reader(desk.root) as con:
        bare = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
            "WHERE schema_name = 'main' AND duckdb_columns.comment IS NULL"
        ).fetchall()
        views = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL").fetchall()
    assert (bare, views) == ([], [])


def test_views_answer(desk: Layout) -> None:
    names = {view.name for view in loading.views()}
    assert {
        "article_countries",
        "coverage_daily",
        "quotes_by_speaker",
        "dyads_monthly",
        "story_timeline",
        "syndication",
    } <= names
    with open_reader(desk.root) as con:
        for name in names:
            con.execute(f'SELECT * FROM "{name}"').fetchall()
        (articles,) = con.execute("SELECT sum(articles) FROM coverage_daily").fetchall()[0]
        assert articles == con.execute("SELECT count(*) FROM articles WHERE is_current").fetchall()[0][0]


def test_some_stale_batches_are_changed_in_a_copy(desk: Layout) -> None:
    before = print_of(desk)
    manifest = Manifest(desk)
    (batch_id, stage), (version, rows) = next(iter(manifest.parts().items()))
    assert len(manifest.parts()) > 2
    for name in rows:
        part = read_part(desk.part(name, batch_id, version))
        if name == "articles":
            part = part.set_column(
                part.schema.get_field_index("agency"), part.schema.field("agency"), pa.nulls(part.num_rows, pa.string())
            )
        write_part(desk.part(name, batch_id, "renewed"), part)
    with manifest.transaction():
        manifest.put_parts(batch_id, stage, "renewed", rows)
    publish_next(desk, manifest)
    changed = print_of(desk)
    assert changed != before
    publish_next(desk, manifest, anew=True)
    assert print_of(desk) == changed


def test_left_over_files_are_swept(desk: Layout) -> None:
    stray = desk.part("blocks", "0" * 24, "older")
    write_part(stray, pa.table({"a": [1]}))
    half = stray.with_name(f".{stray.name}.1.tmp")
    half.write_bytes(b"half")
    assert Manifest(desk).sweep() == 2
    assert not stray.exists()
    assert not half.exists()


def test_replacing_leaves_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    def write() -> None:
        with replacing(path) as temporary:
            temporary.write_text("new, but")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(WarehouseUnwritableError, match="No space left"):
        write()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_lock_is_for_one_at_a_time_and_goes_with_its_holder(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with writer_lock(layout), pytest.raises(WarehouseBusyError, match="process"), writer_lock(layout):
        pass
    with writer_lock(layout):
        pass
