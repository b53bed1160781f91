"""The data dictionary page is the contract's."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import PROJECT, Command
from warehouse.contract import TABLES
from warehouse.dictionary import render_dictionary


def test_page_is_current() -> None:
    page = (PROJECT / "warehouse" / "DICTIONARY.md").read_text("utf-8")
    assert page == render_dictionary(), "write it again: make dictionary"


def test_page_has_every_table_and_column() -> None:
    page = render_dictionary()
    for table in TABLES.values():
        section = page.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert all(f"`{column}`" in section for column in table.columns)


def test_command_tells_a_page_that_is_not_current(copydesk: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert copydesk("dictionary", "--output", page).returncode == 0
    assert copydesk("dictionary", "--check", page).returncode == 0
    page.write_text(page.read_text("utf-8") + "more")
    stale = copydesk("dictionary", "--check", page)
    assert stale.returncode == 1
    assert "is not current" in stale.stderr
