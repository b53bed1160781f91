"""Loading: Parquet parts into native tables of the next `warehouse.duckdb`, beside the published one.

It starts from a copy of the published file when little has changed, else anew; applies the change in one
transaction; checkpoints and closes. What readers hold is never written; `warehouse.publish` swaps the file in.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.contract import CONTRACT_VERSION, TABLES, Origin
from warehouse.ddl import comment_on, create_table, quoted
from warehouse.errors import WarehouseError, WarehouseUnwritableError
from warehouse.grouping import forget
from warehouse.layout import TEMPORARY, Layout
from warehouse.manifest import Manifest, Part, PartKey
from warehouse.parts import conform

STORAGE_VERSION = "v1.5.0"
"""DuckDB file format: one that older clients read too, since people's tools lag."""

REBUILD_SHARE = 0.5
"""Share of batches that changed from which building anew is cheaper than changing a copy."""

_INTERNAL = """
CREATE SCHEMA internal;
CREATE TABLE internal.parts (batch_id VARCHAR, stage VARCHAR, version VARCHAR, tables MAP(VARCHAR, BIGINT));
CREATE TABLE internal.intake_parts (name VARCHAR);
CREATE TABLE internal.related (basis VARCHAR);
COMMENT ON TABLE internal.parts IS 'Which Parquet parts this file holds; for publishing only.';
COMMENT ON TABLE internal.intake_parts IS 'Which parts of the ledger this file holds; for publishing only.';
COMMENT ON TABLE internal.related IS 'What the related tables of this file rest on; for publishing only.';
"""

_DISK_TROUBLE = ("Could not write", "No space left", "Cannot open file", "Permission denied", "Read-only file system")
"""What DuckDB's errors say, under several types, when the disk is full or forbidden."""

_JOINED = {"articles": "TRUE AS is_current"}
"""What is known only across articles, as an SQL select list beside the part's own columns."""


@dataclass(frozen=True)
class Small:
    """Tables that are written whole at each publication: reference data and versions."""

    tables: Mapping[str, pa.Table]
    about: Mapping[str, str]


@dataclass(frozen=True)
class View:
    """One view for analysis: `warehouse/views/NAME.sql`, whose first comment lines say what it is."""

    name: str
    meaning: str
    select: str


def views() -> list[View]:
    """The views for analysis, in order of name."""
    found = []
    folder = resources.files("warehouse") / "views"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".sql"):
            lines = path.read_text("utf-8").splitlines()
            meaning = " ".join(line[2:].strip() for line in lines if line.startswith("--"))
            select = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
            found.append(View(path.name.removesuffix(".sql"), meaning, select))
    return found


def shape_digest() -> str:
    """Changes when a published file can no longer be brought up to date in place: DDL, views, file format."""
    text = "\n".join(
        [str(CONTRACT_VERSION), STORAGE_VERSION, _INTERNAL]
        + [create_table(table) + comment_on(table) for table in TABLES.values()]
        + [f"{view.name}\n{view.meaning}\n{view.select}" for view in views()]
        + [f"{name}\n{select}" for name, select in sorted(_JOINED.items())]
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def load(layout: Layout, manifest: Manifest, small: Small, *, anew: bool = False) -> Path:
    """Builds the next warehouse beside the published one, with what the manifest says counts; returns its path.

    `anew` builds from Parquet whatever the published file holds. Nothing that readers see changes until
    `publish`. Raises WarehouseUnwritableError when the disk is full or forbidden.
    """
    change = _plan(layout, manifest, anew=anew)
    candidate = candidate_path(layout)
    try:
        candidate.unlink(missing_ok=True)
        if not change.anew:
            shutil.copyfile(layout.database, candidate)
        with writing(candidate, layout) as con:
            if change.anew:
                _create_all(con)
            _delete_gone(con, layout, change.gone)
            _insert_parts(con, layout, change.came)
            _mark_enriched(con, layout, change.came, manifest)
            _insert_intake(con, layout, change.came_intake)
            _replace_small(con, small)
            _check_counts(con, manifest)
    except OSError as error:
        discard(layout)
        raise _unwritable(layout, error) from error
    except BaseException:
        discard(layout)
        raise
    return candidate


@dataclass(frozen=True)
class _Change:
    """What leads from the published file to the next: parts that go, and parts that come."""

    anew: bool
    gone: Mapping[PartKey, Mapping[str, int]]
    came: Mapping[PartKey, Part]
    came_intake: Sequence[str]


def _plan(layout: Layout, manifest: Manifest, *, anew: bool) -> _Change:
    wanted, wanted_intake = manifest.parts(), manifest.intake_parts()
    held = None if anew else _read_held(layout.database)
    if held is None:
        return _Change(True, {}, wanted, wanted_intake)
    parts, intake = held
    gone = {key: tables for key, (version, tables) in parts.items() if wanted.get(key, ("", {}))[0] != version}
    came = {key: part for key, part in wanted.items() if key not in parts or key in gone}
    if len(gone) > REBUILD_SHARE * len(parts) or intake - set(wanted_intake):
        return _Change(True, {}, wanted, wanted_intake)
    return _Change(False, gone, came, [name for name in wanted_intake if name not in intake])


@contextmanager
def writing(path: Path, layout: Layout) -> Iterator[duckdb.DuckDBPyConnection]:
    """A transaction on a file that nobody else sees yet; it is checkpointed and closed at the end.

    Raises WarehouseUnwritableError when the disk is full or forbidden.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "storage_compatibility_version": STORAGE_VERSION,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": str(layout.root / ".spill"),
    }
    try:
        with duckdb.connect(str(path), config=config) as con:
            con.execute("SET enable_progress_bar = false")  # a run has its own
            con.execute("BEGIN")
            yield con
            con.execute("COMMIT")
            con.execute("CHECKPOINT")
    except duckdb.Error as error:
        if any(sign in str(error) for sign in _DISK_TROUBLE):
            raise _unwritable(layout, error) from None
        raise
    finally:
        shutil.rmtree(layout.root / ".spill", ignore_errors=True)


def _unwritable(layout: Layout, error: Exception) -> WarehouseUnwritableError:
    return WarehouseUnwritableError(
        f"{layout.root}: the warehouse cannot be written ({str(error).splitlines()[0]}). "
        "Free some space or mend the permissions, then run again; what was published is as it was."
    )


def _read_held(database: Path) -> tuple[dict[PartKey, Part], set[str]] | None:
    """What the published file holds; None if there is none, or one that only a build anew can follow."""
    if not database.exists():
        return None
    try:
        with duckdb.connect(str(database), read_only=True) as con:
            (shape,) = con.execute("SELECT value FROM about WHERE key = 'shape'").fetchall()[0]
            if shape != shape_digest():
                return None
            parts = con.execute("SELECT batch_id, stage, version, tables FROM internal.parts").fetchall()
            intake = con.execute("SELECT name FROM internal.intake_parts").fetchall()
    except (duckdb.Error, IndexError):  # damaged, or not ours: Parquet is the truth
        return None
    return {(b, s): (v, t) for b, s, v, t in parts}, {name for (name,) in intake}


def _create_all(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(_INTERNAL)
    for table in TABLES.values():
        con.execute(create_table(table))
        con.execute(comment_on(table))
    for view in views():
        con.execute(f'CREATE VIEW "{view.name}" AS {view.select}')
        con.execute(f'COMMENT ON VIEW "{view.name}" IS {quoted(view.meaning)}')


def _delete_gone(con: duckdb.DuckDBPyConnection, layout: Layout, gone: Mapping[PartKey, Iterable[str]]) -> None:
    """Deletes the rows of stale parts, in one pass over each table."""
    records: dict[str, list[Path]] = {}
    for (batch_id, _), tables in gone.items():
        for name in tables:
            records.setdefault(name, []).append(layout.records(batch_id))
    for name, paths in records.items():
        con.execute(f'DELETE FROM "{name}" WHERE "{_owner(name)}" IN (SELECT document_id FROM {_parquet(paths)})')
    if gone:
        forget(con)
        con.executemany("DELETE FROM internal.parts WHERE batch_id = ? AND stage = ?", list(gone))


def _owner(table: str) -> str:
    """The column that says which document a row belongs to."""
    return "document_id" if table == "documents" else "article_id"


def _insert_parts(con: duckdb.DuckDBPyConnection, layout: Layout, came: Mapping[PartKey, Part]) -> None:
    for name, table in TABLES.items():
        if table.origin is not Origin.DOCUMENT:
            continue
        paths = [layout.part(name, key[0], version) for key, (version, rows) in came.items() if rows.get(name)]
        if paths:
            joined = f", {_JOINED[name]}" if name in _JOINED else ""
            con.execute(f'INSERT INTO "{name}" BY NAME SELECT *{joined} FROM {_parquet(paths)}')
    if came:
        con.executemany(
            "INSERT INTO internal.parts VALUES (?, ?, ?, ?)",
            [(batch_id, stage, version, rows) for (batch_id, stage), (version, rows) in came.items()],
        )


def _mark_enriched(
    con: duckdb.DuckDBPyConnection, layout: Layout, came: Mapping[PartKey, Part], manifest: Manifest
) -> None:
    """`is_enriched` as cleaning has it, but false where a rule of enrichment failed on the article."""
    versions = {batch_id: version for (batch_id, stage), (version, _) in manifest.parts().items() if stage == "clean"}
    paths = [layout.part("articles", batch_id, versions[batch_id]) for batch_id in sorted({key[0] for key in came})]
    if not paths:
        return
    con.execute(
        f"UPDATE articles SET is_enriched = p.is_enriched FROM {_parquet(paths)} p "
        "WHERE p.article_id = articles.article_id AND p.is_enriched <> articles.is_enriched"
    )
    failed = [(refusal.document_id,) for refusal in manifest.refusals("enrich")]
    if failed:
        con.executemany("UPDATE articles SET is_enriched = FALSE WHERE article_id = ?", failed)


def _insert_intake(con: duckdb.DuckDBPyConnection, layout: Layout, names: Sequence[str]) -> None:
    if names:
        con.execute(f"INSERT INTO intake BY NAME SELECT * FROM {_parquet([layout.intake(name) for name in names])}")
        con.executemany("INSERT INTO internal.intake_parts VALUES (?)", [(name,) for name in names])


def _replace_small(con: duckdb.DuckDBPyConnection, small: Small) -> None:
    about = {"shape": shape_digest(), "contract": str(CONTRACT_VERSION), **small.about}
    replace_table(con, "about", pa.table({"key": list(about), "value": list(about.values())}))
    for name, rows in small.tables.items():
        replace_table(con, name, rows)


def replace_table(con: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Puts rows in the place of all that a table holds."""
    con.register("incoming", conform(rows, TABLES[name].schema))
    con.execute(f'DELETE FROM "{name}"')
    con.execute(f'INSERT INTO "{name}" BY NAME SELECT * FROM incoming')
    con.unregister("incoming")


def _check_counts(con: duckdb.DuckDBPyConnection, manifest: Manifest) -> None:
    """Loaded rows are as many as the parts have: a part that was cut or counted twice is not published."""
    expected: Counter[str] = Counter()
    for _, rows in manifest.parts().values():
        expected.update(rows)
    for name, count in expected.items():
        (found,) = con.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0]
        if found != count:
            raise WarehouseError(
                f"{name}: {count:,} rows in the Parquet parts, but {found:,} were loaded. Nothing was published; "
                "`copydesk rebuild` makes the warehouse anew from its parts."
            )


def _parquet(paths: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(str(path)) for path in paths)}])"


def candidate_path(layout: Layout) -> Path:
    """Where the next warehouse is built."""
    return layout.root / f".next.duckdb{TEMPORARY}"


def discard(layout: Layout) -> None:
    """Removes a candidate that is not to be published, or was left by a run that was cut off."""
    candidate = candidate_path(layout)
    for path in (candidate, candidate.with_name(candidate.name + ".wal")):
        path.unlink(missing_ok=True)
