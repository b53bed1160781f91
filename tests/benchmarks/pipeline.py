"""Measures the pipeline from JSONL to published warehouse: stories a second, peak memory, the share of each stage.

    python -m tests.benchmarks.pipeline                      # made-up stories, 1,000 and 12,974
    python -m tests.benchmarks.pipeline FILE.jsonl.gz …      # real ones, and a first 1,000 of them

Figures of one machine mean little; the ratios in one run are what to look at. `cost` is time a story against the
smallest run, set-up of Prefect left out: it must not grow.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from tests.stories import write_feed
from warehouse.client import open_reader

SIZES = (1_000, 12_974)


@dataclass(frozen=True)
class Figures:
    """What one run took."""

    stories: int
    wall: float
    job: float
    extract: float
    clean: float
    enrich: float
    load: float
    peak_mb: float
    again: float

    @property
    def rate(self) -> float:
        """Stories a second, set-up of Prefect left out."""
        return self.stories / self.job


def measure(inputs: list[Path], stories: int, folder: Path) -> Figures:
    """Runs the command on the inputs, then once more on the same."""
    command = [Path(sys.executable).parent / "copydesk", "run", "--warehouse", folder, *inputs]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = _watch_memory(process)
    wall = time.perf_counter() - started
    assert process.returncode == 0
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    again = time.perf_counter() - started
    with open_reader(folder) as con:
        job, extract, clean, enrich, load = con.execute(
            "SELECT epoch(finished_at - started_at), extract_seconds, clean_seconds, enrich_seconds, "
            "load_seconds + relate_seconds "
            "FROM runs ORDER BY started_at LIMIT 1"
        ).fetchall()[0]
    return Figures(stories, wall, job, extract, clean, enrich, load, peak, again)


def _watch_memory(process: subprocess.Popen[bytes]) -> float:
    """Waits for the process and gives the peak of the memory of it and its children together, in MB."""
    peak = 0.0
    page = resource.getpagesize()

    def rss(pid: int) -> int:
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * page
        except (OSError, IndexError):
            return 0

    def family(pid: int) -> list[int]:
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return [pid]
        return [pid, *chain.from_iterable(family(int(child)) for child in children)]

    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, sum(map(rss, family(process.pid))) / 1e6)

    thread = threading.Thread(target=watch)
    thread.start()
    process.wait()
    done.set()
    thread.join()
    return peak


def _first(inputs: list[Path], count: int, target: Path) -> Path:
    """The first lines of the inputs as one file."""
    lines = chain.from_iterable(
        (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") for path in inputs
    )
    target.write_text("".join(islice(lines, count)), "utf-8")
    return target


def main() -> None:
    """Prints one line a size, and the shares of the stages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", type=Path)
    inputs: list[Path] = [path.absolute() for path in parser.parse_args().inputs]
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if inputs:
            small = _first(inputs, SIZES[0], folder / "small.jsonl")
            figures.append(measure([small], SIZES[0], folder / "small"))
            figures.append(measure(inputs, _count(inputs), folder / "all"))
        else:
            for size in SIZES:
                feed = write_feed(folder / f"{size}.jsonl", size)
                figures.append(measure([feed], size, folder / str(size)))
    print(f"{os.cpu_count()} processors")
    print(
        f"{'stories':>8} {'stories/s':>10} {'cost':>5} {'wall s':>7} {'job s':>6} {'extract':>8} {'clean':>6} "
        f"{'enrich':>7} {'ms a story':>11} {'load':>6} {'peak MB':>8} {'again s':>8}"
    )
    for f in figures:
        cost = figures[0].rate / f.rate
        print(
            f"{f.stories:8,} {f.rate:10,.0f} {cost:5.2f} {f.wall:7.1f} {f.job:6.1f} {f.extract / f.job:8.0%} "
            f"{f.clean / f.job:6.0%} {f.enrich / f.job:7.0%} {f.enrich / f.stories * 1000:11.2f} "
            f"{f.load / f.job:6.0%} {f.peak_mb:8,.0f} {f.again:8.1f}"
        )


def _count(inputs: list[Path]) -> int:
    return sum(1 for path in inputs for _ in (gzip.open if path.suffix == ".gz" else open)(path, "rb"))


if __name__ == "__main__":
    main()
