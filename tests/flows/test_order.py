"""Order does not matter: the same records in any order, files, batches and workers give the same rows."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import RunInProcess
from tests.stories import make_story
from warehouse.client import open_reader
from warehouse.fingerprint import fingerprint

STORIES = [json.dumps(make_story(number)) for number in range(12)]


def load(run_flow: RunInProcess, folder: Path, files: list[list[str]], batch_records: int, *, in_one_run: bool) -> str:
    feeds = folder / "feeds"
    feeds.mkdir(parents=True)
    for number, lines in enumerate(files):
        (feeds / f"{number}.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    inputs = [[feeds]] if in_one_run else [[path] for path in sorted(feeds.iterdir())]
    for given_inputs in inputs:
        run_flow(folder / "desk", *given_inputs, batch_records=batch_records)
    with open_reader(folder / "desk") as con:
        return fingerprint(con)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.permutations(STORIES),
    cut=st.integers(0, len(STORIES)),
    again=st.integers(0, 3),
    batch_records=st.integers(1, 13),
    in_one_run=st.booleans(),
)
def test_any_order_split_and_batch_gives_the_same_rows(
    run_flow: RunInProcess,
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[str],
    cut: int,
    again: int,
    batch_records: int,
    in_one_run: bool,
) -> None:
    whole = load(run_flow, tmp_path_factory.mktemp("whole"), [STORIES], 500, in_one_run=True)
    files = [lines[:cut], [*lines[cut:], *lines[:again]]]  # some records stand twice
    shuffled = load(run_flow, tmp_path_factory.mktemp("split"), files, batch_records, in_one_run=in_one_run)
    assert shuffled == whole


def test_another_record_gives_another_fingerprint(run_flow: RunInProcess, tmp_path: Path) -> None:
    prints = {load(run_flow, tmp_path / str(size), [STORIES[:size]], 500, in_one_run=True) for size in (11, 12)}
    assert len(prints) == 2
