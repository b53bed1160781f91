"""Pages a second: reading web pages beside the libraries that it builds on, on the same pages, in one process.

    python -m tests.benchmarks.pages PAGES.jsonl[.gz]

PAGES has a page a line, with `html` and optionally `url`. Each reader takes all pages in turn, three times over;
its best time counts. One process is one core: a run of copydesk uses as many as there are workers.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import trafilatura

from transforms.markup import MarkupError, NotArticleError, read_page
from transforms.markup.body import extract_lines
from transforms.markup.metadata import read_metadata
from transforms.markup.render import render
from transforms.markup.tree import parse_markup

ROUNDS = 3


def main() -> None:
    """Prints a row for each reader: pages a second and core, and the ratio to trafilatura with metadata."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.benchmarks.pages PAGES.jsonl[.gz]")
    path = Path(sys.argv[1])
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    pages = [(page["html"], page.get("url")) for page in map(orjson.loads, data.splitlines()) if page.get("html")]
    readers: dict[str, Callable[[str, str | None], object]] = {
        "trafilatura with metadata": lambda html, url: trafilatura.bare_extraction(html, url=url, with_metadata=True),
        "trafilatura": lambda html, url: trafilatura.extract(html, url=url),
        "copydesk": _read,
        "  of which parsing": lambda html, _: parse_markup(html),
        "  parsing and metadata": lambda html, url: read_metadata(parse_markup(html), url),
        "  parsing and rendering": lambda html, _: render(parse_markup(html)),
        "  parsing and the story": lambda html, _: extract_lines(parse_markup(html), None),
    }
    seconds = dict.fromkeys(readers, float("inf"))
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            started = time.perf_counter()
            for html, url in pages:
                reader(html, url)
            seconds[name] = min(seconds[name], time.perf_counter() - started)
    base = seconds["trafilatura with metadata"]
    print(f"{len(pages)} pages, {sum(len(html) for html, _ in pages) / len(pages) / 1000:.0f} kB each")
    for name, taken in seconds.items():
        print(f"{name:28}{len(pages) / taken:8.1f} pages a second and core{base / taken:8.2f}")


def _read(html: str, url: str | None) -> object:
    try:
        return read_page(html, url, None, {})
    except (MarkupError, NotArticleError) as error:
        return error


if __name__ == "__main__":
    main()
