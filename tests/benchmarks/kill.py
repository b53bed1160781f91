"""Kills a run at random moments while readers query, and shows that nothing was lost.

    python -m tests.benchmarks.kill --kills 20 FILE.jsonl.gz …

After each kill the warehouse must open in the old state or the new one; in the old one the next run resumes, from
the new one the warehouse is put back and the next run begins again. The last resume must give the fingerprint of
an undisturbed run. Without inputs it makes up 3,000 stories.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

from tests.stories import write_feed
from warehouse.client import open_reader
from warehouse.fingerprint import fingerprint

READERS = 3


def run(inputs: list[Path], folder: Path) -> subprocess.Popen[bytes]:
    """Starts the command."""
    command = [Path(sys.executable).parent / "copydesk", "run", "--warehouse", folder, *inputs]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def print_of(folder: Path) -> str:
    """The fingerprint of a warehouse."""
    with open_reader(folder) as con:
        return fingerprint(con)


def read_in_a_loop(
    database: Path, stop: Event, errors: multiprocessing.Queue[str], counts: multiprocessing.Queue[int]
) -> None:
    """Opens the warehouse again and again and asks; any error, or half a load, is told."""
    count = 0
    while not stop.is_set():
        try:
            with duckdb.connect(str(database), read_only=True) as con:
                articles, documents, blocks = con.execute(
                    "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM documents), "
                    "(SELECT count(DISTINCT article_id) FROM blocks)"
                ).fetchall()[0]
            if not articles == documents == blocks:
                errors.put(f"torn: {articles} articles, {documents} documents, {blocks} with blocks")
            count += 1
        except Exception as error:
            errors.put(repr(error))
        time.sleep(0.02)
    counts.put(count)


def restore(saved: Path, folder: Path) -> None:
    """Puts a warehouse back as it was, the published file by renaming, as readers are used to."""
    for name in ("records", "parts", "intake"):
        shutil.rmtree(folder / name)
        shutil.copytree(saved / name, folder / name)
    shutil.copy(saved / "manifest.sqlite", folder / "manifest.sqlite")
    shutil.copy(saved / "warehouse.duckdb", folder / "warehouse.duckdb.old")
    (folder / "warehouse.duckdb.old").replace(folder / "warehouse.duckdb")


def main() -> int:
    """Prints what happened after each kill; exit status 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pick = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        inputs = [path.absolute() for path in given.inputs] or [write_feed(base / "feed.jsonl", 3_000)]
        before = write_feed(base / "before.jsonl", 50, start=1_000_000)
        desk, undisturbed = base / "desk", base / "undisturbed"
        for folder in (desk, undisturbed):
            assert run([before], folder).wait() == 0
        old = print_of(desk)
        shutil.copytree(desk, base / "saved")
        started = time.monotonic()
        assert run(inputs, undisturbed).wait() == 0
        took, new = time.monotonic() - started, print_of(undisturbed)
        print(f"undisturbed: {took:.1f} s, {new}")

        context = multiprocessing.get_context("spawn")
        stop, errors, counts = context.Event(), context.Queue(), context.Queue()
        readers = [
            context.Process(target=read_in_a_loop, args=(desk / "warehouse.duckdb", stop, errors, counts), daemon=True)
            for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        wrong = 0
        for number in range(given.kills):
            process = run(inputs, desk)
            moment = pick.uniform(0.0, took)
            time.sleep(moment)
            finished = process.poll() is not None
            process.send_signal(signal.SIGKILL) if not finished else None
            process.wait()
            found = print_of(desk)
            state = "old" if found == old else "new" if found == new else "WRONG"
            wrong += state == "WRONG"
            if found == new:  # begin again, so that every kill meets work
                restore(base / "saved", desk)
            print(f"{number + 1:3} killed after {moment:5.1f} s{' (it had ended)' if finished else ''}: {state} state")
        assert run(inputs, desk).wait() == 0
        last = print_of(desk)
        wrong += last != new
        print(f"last resume: {last}, {'as undisturbed' if last == new else 'NOT as undisturbed'}")
        stop.set()
        queries = sum(counts.get() for _ in readers)
        for reader in readers:
            reader.join()
        said = []
        while not errors.empty():
            said.append(errors.get())
        print(f"{READERS} readers: {queries:,} openings, {len(said)} errors {said[:3]}")
        return 1 if wrong or said else 0


if __name__ == "__main__":
    sys.exit(main())
