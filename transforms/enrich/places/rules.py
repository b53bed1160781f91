"""Finds and resolves the toponyms of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transforms.enrich.article import Article, Mention
from transforms.enrich.places.gazetteer import Gazetteer, Place
from transforms.enrich.places.home import HomeRules
from transforms.enrich.places.resolution import Context, resolve
from transforms.enrich.places.toponyms import Toponym, ToponymRules
from transforms.language.tokens import token_at
from transforms.language.toponyms import fold_place
from transforms.resources import Resources
from transforms.tables import iter_rows
from warehouse.contract.codes import EntityType, ToponymSense

_MOST = 4.0
"""Weight that the mentions of one country or region can reach."""
_ACTOR = 0.3
"""Weight of a state that acts: that a story is between Washington and Moscow tells little of where."""
_DATELINE = 3.0
_CAPITAL_DATELINE = 0.6
"""From capitals stories of all the world are filed."""
_HOME = 1.5
_IN_BODY = 0.8
"""A state within the name of a body ("Texas Forest Service")."""


@dataclass(frozen=True)
class ResolvedPlace:
    """A row of `places` in the making."""

    sentence_no: int
    start: int
    end: int
    place: Place
    sense: ToponymSense
    rule: str


class PlaceRules:
    """Toponyms, resolved within their article."""

    def __init__(self, resources: Resources) -> None:
        self._gazetteer = Gazetteer.build(resources)
        self._toponyms = ToponymRules(resources, self._gazetteer)
        self._homes = HomeRules(resources, self._gazetteer)
        columns = iter_rows(resources.reference["country_forms"], "form", "kind")
        self._capitals = frozenset(fold_place(form) for form, kind in columns if kind == "capital")

    @staticmethod
    def build(resources: Resources) -> PlaceRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def find(self, article: Article, mentions: Sequence[Mention]) -> list[ResolvedPlace]:
        """The toponyms of an article that could be resolved, in text order."""
        toponyms = self._toponyms.list_toponyms(article, mentions)
        if not toponyms:
            return []
        first = next((toponym for toponym in toponyms if toponym.is_dateline), None)
        country = article.dateline_country
        if first is not None and country is not None and not first.within:
            first.within.update({country}.intersection(place.country for place in first.senses))
        places = resolve(toponyms, self._read_context(article, mentions, toponyms))
        return [
            ResolvedPlace(
                toponym.mention.sentence_no,
                toponym.mention.start,
                toponym.mention.end,
                place,
                toponym.sense,
                _name_rule(toponym, place),
            )
            for toponym, place in zip(toponyms, places, strict=True)
            if place is not None
        ]

    def _read_context(self, article: Article, mentions: Sequence[Mention], toponyms: Sequence[Toponym]) -> Context:
        countries: dict[str, float] = defaultdict(float)
        regions: dict[int, float] = defaultdict(float)
        for mention in mentions:
            if mention.entity_type is EntityType.COUNTRY and mention.country:
                countries[mention.country] += _ACTOR
            elif mention.entity_type is EntityType.ORGANISATION:
                self._read_body(article, mention, countries, regions)
        for toponym in toponyms:
            for area in toponym.within:
                if isinstance(area, int):
                    regions[area] += 1.0
                else:
                    countries[area] += 1.0
            first = toponym.senses[0]
            if toponym.mention.entity_type is EntityType.COUNTRY and toponym.sense is ToponymSense.LITERAL:
                countries[toponym.mention.country or ""] += 1.0 - _ACTOR
            elif toponym.mention.rule == "names.region" and first.feature == "A.ADM1" and first.region is not None:
                regions[first.region] += 1.0
                if first.country:
                    countries[first.country] += 1.0
        for country in countries:
            countries[country] = min(countries[country], _MOST)
        for region in regions:
            regions[region] = min(regions[region], _MOST)
        if article.dateline_country is not None:
            is_capital = any(t.is_dateline and self._is_capital(t) for t in toponyms)
            countries[article.dateline_country] += _CAPITAL_DATELINE if is_capital else _DATELINE
        home = self._homes.find(article.url, article.publisher)
        if home.country is not None:
            countries[home.country] += _HOME
        if home.place is not None and home.place.region is not None:
            regions[home.place.region] += _HOME
        towns = (home.place,) if home.place is not None else self._gazetteer.find(home.town) if home.town else ()
        return Context(countries, regions, towns)

    def _is_capital(self, toponym: Toponym) -> bool:
        return toponym.key in self._capitals

    def _read_body(
        self, article: Article, mention: Mention, countries: dict[str, float], regions: dict[int, float]
    ) -> None:
        """States and provinces in the name of a body."""
        tokens = article.tokens[article.index_at(mention.start)]
        for token in tokens[token_at(tokens, mention.start) : token_at(tokens, mention.end - 1) + 1]:
            if len(token.text) > 3 and token.text[0].isupper():
                for place in self._gazetteer.find_region(token.text):
                    if place.region is not None and place.country is not None:
                        regions[place.region] += _IN_BODY
                        countries[place.country] += _IN_BODY


def _name_rule(toponym: Toponym, place: Place) -> str:
    """How the place was told."""
    if place.feature == "A.PCLI":
        return "places.country"
    if toponym.is_dateline:
        return "places.dateline"
    if toponym.within & {place.country, place.region, place.district}:
        return "places.within"
    if len(toponym.senses) == 1:
        return "places.only"
    return "places.chosen"


def give_countries(mentions: Sequence[Mention], places: Sequence[ResolvedPlace]) -> None:
    """Give mentions of places the country that the article tells, not that of their largest namesake."""
    country_of = {(found.start, found.end): found.place.country for found in places}
    for mention in mentions:
        if mention.entity_type is EntityType.PLACE and (mention.start, mention.end) in country_of:
            mention.country = country_of[mention.start, mention.end]


@lru_cache(maxsize=4)
def _build(resources: Resources) -> PlaceRules:
    return PlaceRules(resources)
