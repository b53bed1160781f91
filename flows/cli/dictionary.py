"""`copydesk dictionary`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.errors import FAILED
from warehouse.dictionary import render_dictionary


def dictionary(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file to write.")] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Compare with a page; exit status 1 if it is not current.")
    ] = None,
) -> None:
    """Print the data dictionary: every table and column, from the contract, as Markdown.

    Example: copydesk dictionary --output warehouse/DICTIONARY.md
    """
    page = render_dictionary()
    if check:
        if not check.exists() or check.read_text("utf-8") != page:
            typer.echo(f"{check}: is not current. Write it again: copydesk dictionary --output {check}", err=True)
            raise typer.Exit(FAILED)
    elif output:
        output.write_text(page, "utf-8")
    else:
        typer.echo(page, nl=False)
