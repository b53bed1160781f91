"""Prefect: the server that is used, what it is told, and the deployments."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]
from prefect.artifacts import Artifact

from flows.parameters import CheckParameters, RunParameters
from flows.server import configured_api
from tests.conftest import PROJECT, Command, RunInProcess
from warehouse.errors import WarehouseError


def test_summary_is_an_artifact(run_flow: RunInProcess, story: Path, tmp_path: Path) -> None:
    (story / "empty.txt").write_bytes(b"")
    run_flow(tmp_path / "desk", story)
    artifact = Artifact.get("copydesk-run")
    assert artifact is not None
    assert '"what": "records loaded", "count": 1' in str(artifact.data)
    assert '"what": "rejected: empty", "count": 1' in str(artifact.data)


def test_check_flow_passes_and_fails(run_flow: RunInProcess, story: Path, tmp_path: Path) -> None:
    from flows.check import check

    desk = tmp_path / "desk"
    run_flow(desk, story)
    assert check(CheckParameters(warehouse=desk)) > 20
    import duckdb

    with duckdb.connect(str(desk / "warehouse.duckdb")) as con:
        con.execute("UPDATE blocks SET kind = 'headdress'")
    with pytest.raises(WarehouseError, match=r"blocks\.kind"):
        check(CheckParameters(warehouse=desk))


def test_deployments_name_flows_and_parameters_that_exist() -> None:
    deployments = yaml.safe_load((PROJECT / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert {d["name"] for d in deployments} == {"scheduled-ingest", "nightly-check"}
    models = {"flows/run.py:run": RunParameters, "flows/check.py:check": CheckParameters}
    for deployment in deployments:
        path, _, name = deployment["entrypoint"].partition(":")
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        flow = getattr(module, name)
        models[deployment["entrypoint"]].model_validate(deployment["parameters"]["parameters"])
        flow.validate_parameters(deployment["parameters"])
        assert deployment["schedules"][0]["cron"]


def test_configured_server_is_found_where_prefect_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.delenv("PREFECT_PROFILE", raising=False)
    assert configured_api() is None
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "profiles.toml").write_text(
        'active = "desk"\n[profiles.desk]\nPREFECT_API_URL = "http://profile/api"\n[profiles.other]\n'
    )
    assert configured_api() == "http://profile/api"
    monkeypatch.setenv("PREFECT_PROFILE", "other")
    assert configured_api() is None
    (tmp_path / "prefect.toml").write_text('[api]\nurl = "http://toml/api"\n')
    assert configured_api() == "http://toml/api"
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://dotenv/api\n")
    assert configured_api() == "http://dotenv/api"
    monkeypatch.setenv("PREFECT_API_URL", "http://environment/api")
    assert configured_api() == "http://environment/api"


def test_named_server_is_used(prefect_harness: None, copydesk: Command, story: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL

    api = PREFECT_API_URL.value()
    assert api
    done = copydesk("run", story, "--warehouse", tmp_path / "desk", environment={"PREFECT_API_URL": api})
    assert done.returncode == 0, done.stderr
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(limit=200)
    assert any(run.parameters.get("parameters", {}).get("warehouse") == str(tmp_path / "desk") for run in runs)


def test_users_without_a_home_can_run(copydesk: Command, story: Path, tmp_path: Path) -> None:
    environment = {"HOME": "/dev/null/nobody", "PREFECT_HOME": "/dev/null/nobody", "PREFECT_API_URL": ""}
    done = copydesk("run", story, "--warehouse", tmp_path / "desk", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "1 loaded" in done.stdout


def test_a_server_that_does_not_start_says_why(copydesk: Command, story: Path, tmp_path: Path) -> None:
    database = "sqlite+aiosqlite:////dev/null/prefect.db"
    environment = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": database, "PREFECT_API_URL": ""}
    done = copydesk("run", story, "--warehouse", tmp_path / "desk", environment=environment)
    assert done.returncode == 1
    assert "unable to open database file" in done.stderr
    assert "PREFECT_API_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_schedule_serves_both_flows_until_it_is_stopped(story: Path, tmp_path: Path) -> None:
    command = [Path(sys.executable).parent / "copydesk", "schedule", story, "--warehouse", tmp_path / "desk"]
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, "COLUMNS": "200"})
    try:
        deadline = time.monotonic() + 120
        while "nightly-check" not in log.read_text("utf-8", "replace"):
            assert process.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < deadline, log.read_text("utf-8", "replace")
            time.sleep(0.5)
        assert "scheduled-ingest" in log.read_text("utf-8", "replace")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
