"""The layers hold: who may import what, and who may open files."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT


def imports_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return names


@pytest.mark.parametrize(
    "module",
    ["transforms.clean", "transforms.clean.documents", "warehouse.contract", "warehouse.contract.reference_files"],
)
def test_importing_a_lower_layer_loads_neither_prefect_nor_duckdb(module: str) -> None:
    code = f"import sys, {module}; print(sorted({{'prefect', 'duckdb'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        (
            "transforms",
            ("prefect", "duckdb", "flows", "seeds", "pathlib", "os", "io", "time", "random", "socket"),
        ),
        ("warehouse", ("prefect", "flows", "transforms")),
        ("seeds", ("prefect", "duckdb", "flows", "transforms", "warehouse")),
    ],
)
def test_layer_imports_only_what_it_may(folder: str, forbidden: tuple[str, ...]) -> None:
    wrong = {
        f"{file.relative_to(PROJECT)}: {name}"
        for file in (PROJECT / folder).rglob("*.py")
        for name in imports_of(file)
        if name.split(".")[0] in forbidden
    }
    assert wrong == set()


def test_only_warehouse_and_its_callers_import_duckdb() -> None:
    users = {
        file.relative_to(PROJECT).as_posix()
        for file in (PROJECT / "flows").rglob("*.py")
        if any(name.split(".")[0] == "duckdb" for name in imports_of(file))
    }
    assert users <= {
        "flows/cli/sql.py",
        "flows/cli/show.py",
    }  # for the types and errors of a reader's connection


@pytest.mark.parametrize("command", ["status", "sql", "show", "check", "dictionary", "fingerprint", "rebuild"])
def test_commands_that_run_no_flow_load_no_prefect(command: str) -> None:
    code = f"import sys, flows.cli.{command}; print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == "False"


def test_project_names_no_machine_path() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=PROJECT, check=False).stdout
    files = [PROJECT / name for name in listed.split("\0") if name]
    if not files:
        pytest.skip("not a git checkout: nothing to list")
    roots = tuple(f"/{root}/" for root in ("home", "work", "root"))
    wrong = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        wrong += [f"{file.name}: {root}" for root in roots if f" {root}" in text or f'"{root}' in text]
    assert wrong == []
