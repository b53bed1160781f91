"""Enriches articles: who is meant, who is reported to have said what, when and where, who did what to whom."""

from __future__ import annotations

import pyarrow as pa

from transforms.enrich.places import give_countries
from transforms.enrich.reading import read_articles
from transforms.enrich.rows import list_dates, list_events, list_mentions, list_places, list_quotes
from transforms.enrich.rules import EnrichRules
from transforms.resources import Resources
from transforms.results import RowBuffer, Transformed

ENRICH_TABLES = ("mentions", "quotes", "dates", "places", "events")

__all__ = ["ENRICH_TABLES", "EnrichRules", "enrich"]


def enrich(
    documents: pa.Table, articles: pa.Table, blocks: pa.Table, sentences: pa.Table, resources: Resources
) -> Transformed:
    """Enrich a batch: its articles in a supported language.

    Rows depend on each article alone; one on which a rule fails has none, and stops nothing.
    """
    rules = EnrichRules.build(resources)
    rows = RowBuffer(ENRICH_TABLES)
    for article_id, read in read_articles(documents, articles, blocks, sentences, rules.tags):
        try:
            article = read()
            page = rules.names.read_page(article)
            names = rules.names.find_on(page)
            quotes = rules.holders.select(article, rules.quotes.find(article), names)
            times = rules.dates.find(article, names)
            places = rules.places.find(article, names)
            give_countries(names, places)
            resolution = rules.coreference.resolve(article, names, quotes)
            events = rules.events.find(
                article, resolution.mentions, quotes, times, places, is_sport=page.is_sport, is_business=page.is_finance
            )
            mention_rows = list_mentions(article, resolution.mentions)
            quote_rows = list_quotes(article, quotes, resolution, times, places)
            date_rows = list_dates(article, times)
            place_rows = list_places(article, places)
            event_rows = list_events(article, events, quotes)
        except Exception as error:
            rows.refuse(article_id, error)
            continue
        rows.add("mentions", mention_rows)
        rows.add("quotes", quote_rows)
        rows.add("dates", date_rows)
        rows.add("places", place_rows)
        rows.add("events", event_rows)
    return rows.finish()
