"""Pages a second: reading web pages beside the libraries that it builds on, on the same pages, in one process.

    python -m tests.benchmarks.pages PAGES.jsonl[.gz]

PAGES has a page a line, with `html` and optionally `url`. Each reader takes all pages in turn, three times over;
its best time counts. One process is one core: a run of copydesk uses as many as there are workers. resiliparse and
selectolax, which copydesk does not build on, have rows where they are installed.
"""

from __future__ import annotations

import gzip
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import orjson
import trafilatura

from flows.resources import load_resources
from transforms.clean.rules import CleanRules
from transforms.markup import MarkupError, NotArticleError, read_page
from transforms.markup.container import read_container
from transforms.markup.extractor import extract_lines
from transforms.markup.metadata import read_metadata
from transforms.markup.render import render
from transforms.markup.tree import parse_markup

ROUNDS = 3
Reader = Callable[[str, str | None], object]


def main() -> None:
    """Prints a row for each reader: pages a second and core, and the ratio to trafilatura with metadata."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.benchmarks.pages PAGES.jsonl[.gz]")
    path = Path(sys.argv[1])
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    pages = [(page["html"], page.get("url")) for page in map(orjson.loads, data.splitlines()) if page.get("html")]
    words = CleanRules.build(load_resources()).page_words
    clutter = words["page_clutter"]
    readers: dict[str, Reader] = {
        "trafilatura with metadata": lambda html, url: trafilatura.bare_extraction(html, url=url, with_metadata=True),
        "trafilatura": lambda html, url: trafilatura.extract(html, url=url),
        **dict(_others()),
        "copydesk": lambda html, url: _read(html, url, words),
        "  of which parsing": lambda html, _: parse_markup(html),
        "  parsing and metadata": lambda html, url: read_metadata(parse_markup(html), url),
        "  parsing and rendering": lambda html, _: render(parse_markup(html), clutter),
        "  and the container": lambda html, _: read_container(render(parse_markup(html), clutter)),
        "  parsing and trafilatura": lambda html, _: extract_lines(parse_markup(html), None),
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


def _others() -> Iterator[tuple[str, Reader]]:
    try:
        parse = importlib.import_module("resiliparse.parse.html").HTMLTree.parse
        extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
        yield "resiliparse", lambda html, _: extract(parse(html), main_content=True)
        lexbor = importlib.import_module("selectolax.lexbor").LexborHTMLParser
        yield "selectolax, parsing alone", lambda html, _: lexbor(html)
    except ImportError as error:
        print(f"not compared: {error.name}")


def _read(html: str, url: str | None, words: Mapping[str, Sequence[str]]) -> object:
    try:
        return read_page(html, url, None, words)
    except (MarkupError, NotArticleError) as error:
        return error


if __name__ == "__main__":
    main()
