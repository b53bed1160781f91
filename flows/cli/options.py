"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from warehouse.client import DEFAULT

WarehouseOption = Annotated[
    Path,
    typer.Option("--warehouse", "-w", envvar="COPYDESK_WAREHOUSE", metavar="DIR", help="The warehouse folder."),
]

DEFAULT_WAREHOUSE = DEFAULT
