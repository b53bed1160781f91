"""Copies and stories at volume: what it costs to add articles to few and to many, in time and memory.

    python -m tests.benchmarks.grouping                          # 10,000 and 100,000 made-up articles
    python -m tests.benchmarks.grouping --sizes 10000 1000000
    python -m tests.benchmarks.grouping --source STORIES.jsonl.gz

Articles are made by recombining and editing paragraphs, of the samples or of a file with `text`, to the length of wire
copy: most have words exchanged throughout, some share a paragraph of background, one in eight is an earlier one cut and
edited. Each size is grouped anew in a process of its own, in a file on disk, and then 1,000 more are added, twice:
newer ones, as a feed brings them, and ones from all over its time, as an archive does.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from flows.relating import relating
from tests.expected import read_expected
from warehouse.contract import TABLES
from warehouse.ddl import create_table
from warehouse.grouping import group_articles

ADDED = 1_000
A_DAY = 2_000
CHUNK = 20_000
SCHEMA = pa.schema(
    {
        "article_id": pa.string(),
        "headline": pa.string(),
        "body": pa.string(),
        "language": pa.string(),
        "published_at": pa.timestamp("us"),
    }  # type: ignore[arg-type]  # the stubs want one type for all columns
)


class Writer:
    """Makes articles: the same for the same paragraphs and seed."""

    def __init__(self, paragraphs: list[str], seed: int) -> None:
        self._paragraphs = [paragraph.split() for paragraph in paragraphs]
        self._words = sorted({word for paragraph in self._paragraphs for word in paragraph})
        self._pick = random.Random(seed)
        self._recent: list[list[list[str]]] = []

    def write(self) -> list[list[str]]:
        """The paragraphs of an article, as words."""
        pick = self._pick
        if self._recent and pick.random() < 0.125:
            story = pick.choice(self._recent)
            return [self._edit(paragraph, 0.02) for paragraph in story[: pick.randint(1, len(story))]]
        story = [self._edit(paragraph, 0.35) for paragraph in pick.choices(self._paragraphs, k=pick.randint(1, 2))]
        if pick.random() < 0.2:
            story.append(pick.choice(self._paragraphs))
        self._recent = [*self._recent[-200:], story]
        return story

    def _edit(self, paragraph: list[str], share: float) -> list[str]:
        pick = self._pick
        return [pick.choice(self._words) if pick.random() < share else word for word in paragraph]


def make_articles(writer: Writer, count: int, first: datetime, span: timedelta, name: str) -> Iterator[pa.Table]:
    """Tables of articles, spread evenly over a span of time."""
    for start in range(0, count, CHUNK):
        rows = []
        for at in range(start, min(start + CHUNK, count)):
            story = writer.write()
            rows.append(
                {
                    "article_id": f"{random.Random(f'{name}{at}').getrandbits(128):032x}",
                    "headline": " ".join(story[0][:8]),
                    "body": "\n\n".join(map(" ".join, story)),
                    "language": "en",
                    "published_at": first + span * (at / count),
                }
            )
        yield pa.Table.from_pylist(rows, schema=SCHEMA)


def read_paragraphs(source: Path | None) -> list[str]:
    """Paragraphs of a file of stories, or of the samples."""
    if source is None:
        return [row["text"] for row in read_expected("blocks") if row["kind"] == "body"]
    with (
        gzip.open(source, "rt", encoding="utf-8") if source.suffix == ".gz" else source.open(encoding="utf-8") as lines
    ):
        texts = [json.loads(line)["text"] for line in islice(lines, 2_000)]
    return [paragraph for text in texts for paragraph in text.split("\n\n") if len(paragraph) > 80]


def measure(size: int, source: Path | None) -> None:
    """Prints a row for one size."""
    rules = relating()
    writer = Writer(read_paragraphs(source), 1)
    first, span = datetime(2025, 1, 1), timedelta(days=size / A_DAY)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/groups.duckdb") as con:
        con.execute("SET enable_progress_bar = false")
        for table in ("articles", "copies", "stories"):
            con.execute(create_table(TABLES[table]).replace(" NOT NULL", ""))

        def add(count: int, start: datetime, over: timedelta, name: str) -> float:
            for made in make_articles(writer, count, start, over, name):
                con.register("made", made)
                con.execute("INSERT INTO articles BY NAME SELECT * FROM made")
                con.unregister("made")
            con.execute("CHECKPOINT")
            started = time.perf_counter()
            con.execute("BEGIN")
            group_articles(con, rules.groupings, rules.version)
            con.execute("COMMIT")
            return time.perf_counter() - started

        whole = add(size, first, span, "whole")
        newer = add(ADDED, first + span, timedelta(days=ADDED / A_DAY), "newer")
        older = add(ADDED, first, span, "older")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        file = Path(f"{folder}/groups.duckdb").stat().st_size / 2**20
        row = con.execute(
            "SELECT (SELECT max(n) FROM (SELECT count(*) AS n FROM copies GROUP BY copy_id)), "
            "(SELECT max(n) FROM (SELECT count(*) AS n FROM stories GROUP BY story_id))"
        ).fetchall()[0]
    figures = f"{size:>10,}{size / whole:>12,.0f}{whole / size * 1000:>12.2f}{newer:>12.1f}{older:>12.1f}"
    print(f"{figures}{peak:>12,.0f}{file:>10,.0f}{row[0]:>10}{row[1]:>9}", flush=True)


def main() -> None:
    """Prints a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--source", type=Path, help="JSONL of stories with `text`; without, the samples")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        measure(arguments.sizes[0], arguments.source)
        return
    print("  articles  a second    ms each   +1,000 newer / older, s   peak MB   file MB   most copies, stories")
    source = ["--source", str(arguments.source)] if arguments.source else []
    for size in arguments.sizes:
        command = [sys.executable, "-m", "tests.benchmarks.grouping", "--alone", "--sizes", str(size), *source]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
