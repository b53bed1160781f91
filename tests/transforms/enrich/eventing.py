"""What is found in a few lines of copy, for the tests of events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.transforms.enrich.quoting import make_article
from transforms.enrich.article import Article
from transforms.enrich.events import Event
from transforms.enrich.places import give_countries
from transforms.enrich.rules import EnrichRules
from transforms.resources import Resources


@dataclass(frozen=True)
class Told:
    """An event with its spans read out; `coded` is root/mode/CAMEO code."""

    coded: str
    source: str | None
    target: str | None
    status: str
    starts_on: date | None = None
    basis: str | None = None
    place: str | None = None


def find_events(
    resources: Resources, text: str, headline: str = "", dateline_on: date | None = None
) -> tuple[Article, list[Event]]:
    """The events of an article whose paragraphs are the lines of the text."""
    rules = EnrichRules.build(resources)
    article = make_article(resources, text, headline)
    article = Article("a", article.text, article.sentences, article.tokens, dateline_on=dateline_on)
    page = rules.names.read_page(article)
    names = rules.names.find_on(page)
    quotes = rules.holders.select(article, rules.quotes.find(article), names)
    times = rules.dates.find(article, names)
    places = rules.places.find(article, names)
    give_countries(names, places)
    mentions = rules.coreference.resolve(article, names, quotes).mentions
    found = rules.events.find(
        article, mentions, quotes, times, places, is_sport=page.is_sport, is_business=page.is_finance
    )
    return article, found


def teller(resources: Resources) -> Callable[..., list[Told]]:
    """A function from text to what is told in it."""

    def tell(text: str, headline: str = "", dateline_on: date | None = None) -> list[Told]:
        article, events = find_events(resources, text, headline, dateline_on)
        return [read_out(article.text, event) for event in events]

    return tell


def read_out(text: str, event: Event) -> Told:
    """The texts of an event's spans."""
    source, target, when, place = event.source, event.target, event.when, event.place
    return Told(
        f"{event.event_type}/{event.mode or ''}/{event.cameo_code}",
        text[source.start : source.end] if source else None,
        text[target.start : target.end] if target else None,
        event.status.value,
        when.starts_on,
        when.basis.value if when.basis else None,
        place.place.name if place else None,
    )
