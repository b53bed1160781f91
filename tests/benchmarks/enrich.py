"""Measures what each set of rules of the enrichment costs a story, in one process, and its share of the whole.

    python -m tests.benchmarks.enrich                    # made-up stories
    python -m tests.benchmarks.enrich FILE.jsonl.gz      # real ones

Figures of one machine mean little; the shares in one run are what to look at.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from flows.resources import load_resources
from tests.stories import make_story
from transforms.clean.rules import CleanRules
from transforms.enrich.article import Article, Sentence
from transforms.enrich.places import give_countries
from transforms.enrich.rules import EnrichRules
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind

STORIES = 600
Result = TypeVar("Result")


class Meter:
    """Seconds by name of the rules."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Result]) -> Result:
        """Do some work, and count what it takes."""
        started = time.perf_counter()
        result = work()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
        return result


def enrich(rules: EnrichRules, resources: Resources, text: str, meter: Meter) -> None:
    """Read one story as the enrichment does."""
    split = CleanRules.build(resources).sentences.split
    spans = split(text, 0, len(text))
    sentences = [Sentence(n, BlockKind.BODY, n, start, end) for n, (start, end) in enumerate(spans)]
    tokens = meter.time("words", lambda: [rules.tags.tag(text, s.start, s.end) for s in sentences])
    article = Article("a", text, sentences, tokens)
    page = meter.time("names", lambda: rules.names.read_page(article))
    names = meter.time("names", lambda: rules.names.find_on(page))
    quotes = meter.time("quotes", lambda: rules.holders.select(article, rules.quotes.find(article), names))
    times = meter.time("dates", lambda: rules.dates.find(article, names))
    places = meter.time("places", lambda: rules.places.find(article, names))
    give_countries(names, places)
    mentions = meter.time("people", lambda: rules.coreference.resolve(article, names, quotes).mentions)
    meter.time(
        "events",
        lambda: rules.events.find(
            article, mentions, quotes, times, places, is_sport=page.is_sport, is_business=page.is_finance
        ),
    )


def read_texts(path: Path | None) -> list[str]:
    """The first stories of a file, or made-up ones."""
    if path is None:
        return [str(make_story(number)["text"]) for number in range(STORIES)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, STORIES)]


def main() -> None:
    """Print the milliseconds a story and the share of each set of rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    texts = read_texts(parser.parse_args().file)
    resources = load_resources()
    rules = EnrichRules.build(resources)
    for text in texts:
        enrich(rules, resources, text, Meter())  # words are looked up once
    meter = Meter()
    for text in texts:
        enrich(rules, resources, text, meter)
    total = sum(meter.seconds.values())
    for name, seconds in [*meter.seconds.items(), ("all", total)]:
        print(f"{name:8} {1000 * seconds / len(texts):6.2f} ms a story {seconds / total:6.0%}")


if __name__ == "__main__":
    main()
