"""Prefect without a server of one's own: a temporary one that starts early and goes with its parent.

Prefect can start a temporary server by itself, but only when the first flow asks for it, after Prefect's own
import; half of a short run is then spent waiting. This one is started before Prefect is imported, so both load
side by side; what it prints at shutdown goes to a file instead of the user's terminal; and it ends with the
process that started it, even one that was killed.

Nothing leaves the machine: analytics are off and the server listens on the loopback address only.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import tomllib
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

PRIVATE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}
"""Settings without which Prefect would look up its makers' hosts."""

_QUICK = {
    # services of a lasting server, which a temporary one has no use for
    **{
        f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
        for service in (
            "CANCELLATION_CLEANUP",
            "CLEANUP_RECONCILER",
            "FOREMAN",
            "LATE_RUNS",
            "PAUSE_EXPIRATIONS",
            "REPOSSESSOR",
            "SCHEDULER",
            "TRIGGERS",
        )
    },
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
}


_GRACE = 5
"""Seconds for a server that refuses a request to end; one that lives may yet answer Prefect."""
_SHOWN = 2000
"""Characters of its log that a message shows where no line of it names an error."""
_ERROR = re.compile(r"[\w.]+(Error|Exception): ")
_STARTED: dict[str, tuple[subprocess.Popen[bytes], IO[bytes]]] = {}
"""Processes and logs of the servers that run, by the URL of their API."""


class ServerError(Exception):
    """Prefect's temporary server ended before it answered."""


def prepare_prefect() -> None:
    """Sets what copydesk needs of Prefect where the user has not set it; call before Prefect is imported."""
    os.environ.update(PRIVATE)
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    os.environ.setdefault("PREFECT_API_REQUEST_TIMEOUT", "120")  # a fresh home migrates its database first
    os.environ.setdefault("PREFECT_LOGGING_EXTRA_LOGGERS", "copydesk")


def configured_api() -> str | None:
    """The Prefect API that the user has configured, as Prefect would find it; None: a temporary server."""
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    profiles = _read_toml(home / "profiles.toml")
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    tools = _read_toml(Path("pyproject.toml")).get("tool", {})
    places: list[Mapping[str, Any]] = [
        os.environ,
        _read_environment(Path(".env")),
        _read_toml(Path("prefect.toml")),
        tools.get("prefect", {}),
        profiles.get("profiles", {}).get(active, {}),
    ]
    for place in places:
        api = place.get("PREFECT_API_URL") or (place.get("api") or {}).get("url")
        if api:
            return str(api)
    return None


@contextmanager
def temporary_server(*, lasting: bool = False) -> Iterator[str]:
    """Starts a server and yields the URL of its API at once; it answers when it is ready.

    `lasting` gives it the services that schedules need, which a single run does not wait for.

    Its port is bound before its slow imports, so the first request waits instead of failing.
    """
    with _writable_home(), tempfile.TemporaryFile(prefix="copydesk-prefect-") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server", "lasting" if lasting else "short"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**({} if lasting else _QUICK), **os.environ, "PREFECT_LOGGING_SERVER_LEVEL": "ERROR"},
        )
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        if not port:
            raise _tell_end(log)
        api = f"http://127.0.0.1:{int(port)}/api"
        _STARTED[api] = process, log
        # a proxy set for the outside must not be asked for this machine
        os.environ["NO_PROXY"] = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1")))
        try:
            yield api
        finally:
            del _STARTED[api]
            _drain()
            process.terminate()
            try:
                process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for_server() -> None:
    """Returns when the temporary server answers; at once if another is used, which Prefect itself will reach.

    Raises ServerError, with what it printed, where it has ended.
    """
    api = os.environ.get("PREFECT_API_URL", "")
    if api not in _STARTED:
        return
    process, log = _STARTED[api]
    try:
        # its socket is bound, so this one request waits until the server is ready
        urllib.request.urlopen(f"{api}/health", timeout=120).close()
    except OSError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_GRACE)
            raise _tell_end(log) from None


def _tell_end(log: IO[bytes]) -> ServerError:
    log.seek(0)
    printed = log.read().decode("utf-8", "replace")
    errors = [line for line in printed.splitlines() if _ERROR.match(line)]
    return ServerError(
        f"Prefect's temporary server did not start: {errors[-1] if errors else printed[-_SHOWN:].strip()}\n"
        "Name a running server with PREFECT_API_URL instead, or mend the settings of Prefect that it names."
    )


@contextmanager
def _writable_home() -> Iterator[None]:
    """Prefect's home as configured, or a temporary one where that cannot be written, as for users without a home."""
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
    if os.access(home, os.W_OK | os.X_OK):
        yield
        return
    configured = os.environ.get("PREFECT_HOME")
    with tempfile.TemporaryDirectory(prefix="copydesk-prefect-", ignore_cleanup_errors=True) as folder:
        os.environ["PREFECT_HOME"] = folder
        try:
            yield
        finally:
            del os.environ["PREFECT_HOME"]
            if configured is not None:
                os.environ["PREFECT_HOME"] = configured


def _drain() -> None:
    """Sends what Prefect still holds back: it would otherwise try for minutes to reach a server that is gone."""
    if "prefect" in sys.modules:
        from prefect.events.worker import EventsWorker
        from prefect.logging.handlers import APILogWorker

        EventsWorker.drain_all(timeout=5)
        APILogWorker.drain_all(timeout=5)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _read_environment(path: Path) -> dict[str, Any]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.strip().removeprefix("export ").partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


def _serve(*, lasting: bool) -> None:
    """The server's own process: binds, tells its port, then imports and serves until its parent is gone."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=not lasting, final=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on")).run(sockets=[listener])


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # ends when the parent closes the pipe, or dies
    os._exit(0)


if __name__ == "__main__":
    _serve(lasting=sys.argv[1:] == ["lasting"])
