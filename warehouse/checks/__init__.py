"""Checks: SQL that selects the rows that are wrong. Those that follow from the contract are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import duckdb

from warehouse.contract import TABLES, Table
from warehouse.ddl import quoted


@dataclass(frozen=True)
class Check:
    """One check: `select` finds the rows that are wrong; `meaning` says what is wrong with them."""

    name: str
    meaning: str
    select: str


@dataclass(frozen=True)
class Finding:
    """What a check found: how many rows, and the first of them."""

    check: Check
    count: int
    columns: list[str]
    rows: list[tuple[Any, ...]]


def all_checks() -> list[Check]:
    """Every check, those of the contract first."""
    return [*_contract_checks(), *_written_checks()]


def run_checks(con: duckdb.DuckDBPyConnection, *, sample: int = 5) -> Iterator[Finding]:
    """Runs each check in turn; `sample` rows of what is wrong come with each finding."""
    for check in all_checks():
        (count,) = con.execute(f"SELECT count(*) FROM ({check.select})").fetchall()[0]
        rows: list[tuple[Any, ...]] = []
        columns: list[str] = []
        if count:
            cursor = con.execute(f"SELECT * FROM ({check.select}) LIMIT {int(sample)}")
            columns, rows = [c[0] for c in cursor.description or []], cursor.fetchall()
        yield Finding(check, count, columns, rows)


def _contract_checks() -> Iterator[Check]:
    for table in TABLES.values():
        yield from _checks_of(table)


def _checks_of(table: Table) -> Iterator[Check]:
    key = ", ".join(f'"{name}"' for name in table.key)
    yield Check(
        f"{table.name}.key",
        f"Two rows of {table.name} have one key ({', '.join(table.key)}).",
        f'SELECT {key}, count(*) AS rows FROM "{table.name}" GROUP BY {key} HAVING count(*) > 1',
    )
    for column, target in table.references.items():
        other, _, other_column = target.partition(".")
        yield Check(
            f"{table.name}.{column}",
            f"{table.name}.{column} is not in {target}.",
            f'SELECT "{column}", count(*) AS rows FROM "{table.name}" WHERE "{column}" IS NOT NULL '
            f'AND "{column}" NOT IN (SELECT "{other_column}" FROM "{other}" WHERE "{other_column}" IS NOT NULL) '
            "GROUP BY ALL",
        )
    for field in table.fields:
        if field.allowed:
            allowed = ", ".join(quoted(value) for value in field.allowed)
            yield Check(
                f"{table.name}.{field.name}",
                f"{table.name}.{field.name} is not one of its values.",
                f'SELECT "{field.name}", count(*) AS rows FROM "{table.name}" '
                f'WHERE "{field.name}" NOT IN ({allowed}) GROUP BY ALL',
            )


def _written_checks() -> Iterator[Check]:
    folder = resources.files("warehouse") / "checks"
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not path.name.endswith(".sql"):
            continue
        name = path.name.removesuffix(".sql")
        comments: list[str] = []
        select: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            (comments if line.startswith("--") else select).append(line)
        meaning = comments[0].removeprefix("--").strip()
        tables = next((c.partition("tables:")[2].split(",") for c in comments if "tables:" in c), None)
        text = "\n".join(select)
        if tables is None:
            yield Check(name, meaning, text)
        else:
            for table in tables:
                yield Check(f"{table.strip()}.{name}", meaning, text.replace("{table}", table.strip()))
