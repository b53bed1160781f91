"""The command `copydesk`: one module a command. Prefect is imported only by the commands that run flows."""

from __future__ import annotations

import sys

import typer

from flows.cli.check import check
from flows.cli.dictionary import dictionary
from flows.cli.errors import tell_errors
from flows.cli.fingerprint import fingerprint
from flows.cli.rebuild import rebuild
from flows.cli.run import run
from flows.cli.schedule import schedule
from flows.cli.show import show
from flows.cli.sql import sql
from flows.cli.status import status

app = typer.Typer(
    name="copydesk",
    help="Turns raw news copy into a DuckDB warehouse in which every row shows the characters it rests on.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (run, status, sql, show, check, rebuild, fingerprint, dictionary, schedule):
    app.command()(command)


def main() -> None:
    """Entry point. Exit status 0: done; 1: it failed and the warehouse is as it was; 2: wrong usage."""
    with tell_errors():
        app()
    sys.exit(0)
