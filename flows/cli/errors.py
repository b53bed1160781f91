"""Errors as people read them: what, why, what to do; and the exit status that the contract gives them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flows.extract.source import InputNotFoundError
from flows.server import ServerError
from warehouse.contract.reference import ReferenceFileError
from warehouse.errors import WarehouseError

FAILED = 1
WRONG_USAGE = 2


class UsageError(Exception):
    """The command was called wrongly."""


@contextmanager
def tell_errors() -> Iterator[None]:
    """Turns expected errors into one message on standard error and an exit status."""
    try:
        yield
    except (InputNotFoundError, UsageError) as error:
        _leave(str(error), WRONG_USAGE)
    except (WarehouseError, ReferenceFileError, ServerError) as error:
        _leave(str(error), FAILED)
    except KeyboardInterrupt:
        _leave("Interrupted. Nothing that was loaded is lost; the same command goes on where it ended.", FAILED)
    except BrokenPipeError:
        # the reader of our output has had enough, as `head` does: not an error, and no traceback at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _leave(message: str, status: int) -> None:
    print(f"copydesk: {message}", file=sys.stderr)
    sys.exit(status)
