"""Rows of the tables of enrichment, with their ids."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from transforms.enrich.article import Article, Mention, Quote, find_first_pieces
from transforms.enrich.circumstances import find_said_at, find_said_on
from transforms.enrich.coreference import Resolution
from transforms.enrich.dates import TimeExpression
from transforms.enrich.events import Event
from transforms.enrich.events.actors import Actor
from transforms.enrich.places import ResolvedPlace

Span = tuple[int, int]


def make_row_id(article_id: str, *basis: object) -> str:
    """An id that depends on the document, the span and the rule; unique in the warehouse."""
    text = "\0".join([article_id, *map(str, basis)])
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def list_mentions(article: Article, mentions: Sequence[Mention]) -> list[tuple[Any, ...]]:
    """Rows of `mentions`, in text order."""
    return [
        (
            article.article_id,
            make_row_id(article.article_id, "mention", m.start, m.end, m.rule),
            m.sentence_no,
            m.start,
            m.end,
            article.text[m.start : m.end],
            m.entity_type,
            m.kind,
            m.entity_id,
            m.role,
            m.country,
            m.rule,
        )
        for m in mentions
    ]


def list_dates(article: Article, times: Sequence[TimeExpression]) -> list[tuple[Any, ...]]:
    """Rows of `dates`, in text order."""
    return [
        (
            article.article_id,
            make_row_id(article.article_id, "date", time.start, time.end, time.rule),
            time.sentence_no,
            time.start,
            time.end,
            article.text[time.start : time.end],
            time.timex_type,
            time.value,
            time.starts_on,
            time.ends_on,
            time.rule,
        )
        for time in times
    ]


def make_place_id(article: Article, place: ResolvedPlace) -> str:
    """The id of a row of `places`."""
    return make_row_id(article.article_id, "place", place.start, place.end, place.rule)


def list_places(article: Article, places: Sequence[ResolvedPlace]) -> list[tuple[Any, ...]]:
    """Rows of `places`, in text order."""
    return [
        (
            article.article_id,
            make_place_id(article, found),
            found.sentence_no,
            found.start,
            found.end,
            article.text[found.start : found.end],
            found.place.name,
            found.place.geonames_id,
            found.place.latitude,
            found.place.longitude,
            found.place.country,
            found.place.feature,
            found.sense,
            found.rule,
        )
        for found in places
    ]


def make_quote_id(article: Article, quote: Quote) -> str:
    """The id of a row of `quotes`."""
    return make_row_id(article.article_id, "quote", quote.start, quote.end, quote.rule, quote.cue)


def list_events(article: Article, events: Sequence[Event], quotes: Sequence[Quote]) -> list[tuple[Any, ...]]:
    """Rows of `events`, in text order; two of one trigger between the same sides are one."""
    first = find_first_pieces(quotes)
    rows: dict[str, tuple[Any, ...]] = {}
    for event in events:
        sides = [None if side is None else (side.start, side.end) for side in (event.source, event.target)]
        event_id = make_row_id(article.article_id, "event", event.trigger, event.event_type, *sides, event.rule)
        rows[event_id] = (
            article.article_id,
            event_id,
            event.sentence_no,
            *event.clause,
            article.text[event.clause[0] : event.clause[1]],
            *_show(article.text, event.trigger),
            event.event_type,
            event.mode,
            event.cameo_code,
            event.quad_class,
            event.goldstein,
            *_show_actor(article.text, event.source),
            *_show_actor(article.text, event.target),
            event.status,
            *event.when,
            None if event.place is None else make_place_id(article, event.place),
            None if event.quote is None else make_quote_id(article, quotes[first[event.quote]]),
            event.rule,
        )
    return list(rows.values())


def _show_actor(text: str, actor: Actor | None) -> tuple[Any, ...]:
    if actor is None:
        return (None,) * 5
    return (*_show(text, (actor.start, actor.end)), actor.entity_id, actor.country)


def list_quotes(
    article: Article,
    quotes: Sequence[Quote],
    resolution: Resolution,
    times: Sequence[TimeExpression],
    places: Sequence[ResolvedPlace],
) -> list[tuple[Any, ...]]:
    """Rows of `quotes`, in the order in which they were found."""
    ids = [make_quote_id(article, quote) for quote in quotes]
    first = find_first_pieces(quotes)
    rows: list[tuple[Any, ...]] = []
    for number, quote in enumerate(quotes):
        speaker = resolution.speakers[number]
        said_at = find_said_at(article, quotes[first[number]], places)
        rows.append(
            (
                article.article_id,
                ids[number],
                quote.sentence_no,
                quote.kind,
                quote.attitude or quotes[first[number]].attitude,
                quote.start,
                quote.end,
                article.text[quote.start : quote.end],
                *_show(article.text, quote.cue),
                quote.cue_lemma,
                *_show(article.text, quote.source),
                speaker.entity_id,
                speaker.country,
                speaker.organisation_id,
                resolution.addressees[number],
                None if quote.continues is None else ids[quote.continues],
                ids[first[number]],
                find_said_on(article, quotes[first[number]], times),
                None if said_at is None else make_place_id(article, said_at),
                quote.rule,
            )
        )
    return rows


def _show(text: str, span: Span | None) -> tuple[int | None, int | None, str | None]:
    return (None, None, None) if span is None else (span[0], span[1], text[span[0] : span[1]])
