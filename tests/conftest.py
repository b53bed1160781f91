"""What tests share: the command as a user runs it, flows in this process, and a warehouse of the samples."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.parameters import RunParameters
from flows.report import RunReport
from flows.samples import samples_folder
from flows.server import prepare_prefect

PROJECT = Path(__file__).parent.parent

Command = Callable[..., subprocess.CompletedProcess[str]]
RunInProcess = Callable[..., RunReport]


@pytest.fixture(scope="session")
def copydesk() -> Command:
    """Runs `copydesk` with arguments in a process of its own, and gives what it printed."""

    def call(
        *arguments: str | Path,
        cwd: Path | None = None,
        environment: dict[str, str] | None = None,
        stdin: str = "",
        before: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).parent / "copydesk", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=cwd,
            input=stdin,
            env={**os.environ, "COLUMNS": "240", **(environment or {})},
            timeout=300,
            check=False,
            preexec_fn=before,
        )

    return call


@pytest.fixture(scope="session")
def sample_run(copydesk: Command, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One real run of the command on the samples; `sample_warehouse` is what it made."""
    folder = tmp_path_factory.mktemp("samples")
    done = copydesk("run", "--warehouse", folder)
    done.args.append(folder)
    return done


@pytest.fixture(scope="session")
def sample_warehouse(sample_run: subprocess.CompletedProcess[str]) -> Path:
    """The warehouse folder of the samples. Read it only."""
    assert sample_run.returncode == 0, sample_run.stderr
    return Path(sample_run.args[-1])


@pytest.fixture(scope="session")
def prefect_harness() -> Iterator[None]:
    """Prefect's own test database and server, once a session."""
    prepare_prefect()
    os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    with (
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
        prefect_test_harness(server_startup_timeout=120),
    ):
        yield


@pytest.fixture
def run_flow(prefect_harness: None) -> RunInProcess:
    """Runs the flow in this process: `run_flow(warehouse, *inputs, workers=1, …)`."""
    from flows.run import run

    def call(warehouse: Path, *inputs: Path | str, **parameters: object) -> RunReport:
        values = {"workers": 1, **parameters, "inputs": tuple(map(str, inputs)), "warehouse": warehouse}
        return run(RunParameters.model_validate(values))

    return call


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A folder with one small story of our own."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "harbour.txt").write_text(
        "Harbour dispute heads to court\n\n"
        "OSLO, March 3, 2024 (Reuters) - The port authority said on Sunday that it would sue two shipping lines.\n\n"
        '"We have waited long enough," its director Kari Lund told reporters.\n\n'
        "Reporting by Nils Berg; Editing by Ada Holm\n",
        "utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the samples."""
    return samples_folder()
