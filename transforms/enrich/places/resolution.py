"""Which of its senses each name of a place has in an article.

A name has one sense in one article, unless what is printed behind it tells otherwise. What speaks for a sense: its
population (in orders of magnitude), the countries and regions that the article names, the dateline, the publisher's
home, and the other names that lie near it, which are weighed together (spatial minimality: Leidner, "Toponym
Resolution in Text", 2007; here as a few rounds in which every name lends its neighbours what it is itself sure of).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from transforms.enrich.places.gazetteer import Place
from transforms.enrich.places.toponyms import Toponym

Numbers = npt.NDArray[np.float64]

_COUNTRY = 11.0
_OTHER_NAME = -0.5
_OTHERS_NAME = -2.5
"""A place that is called so besides, where another is called so first."""
_NOT_OF_DATELINE = -3.0
_FITS_RULE = 1.5
_CAPITAL = 3.0
_CAPITAL_TELLS = 0.3
"""What a capital tells of the places near it, since stories from everywhere name it."""
_DEFAULT = 1.0
_DEFAULT_POPULATION = 100_000
_DEFAULT_FACTOR = 3
"""A city so large, and so many times larger than its namesakes, is what the name brings to mind."""
_KNOWN_POPULATION = 300_000
_HAMLET = 300
_DISTRICT = -1.6
_TOWN_INSIDE = -1.5
"""A division that has its chief town's name, where nothing asks for the division."""
_ASKED = 5.0
_WITHIN = 8.0
_IN_COUNTRY = 1.7
_IN_REGION = 3.6
_SOME = 1.5
"""Weight of evidence at which half of what it can do is done."""
_HOME_POPULATION = 0.5
"""A small town's paper is as likely as a city's, less what there are more of."""
_NEAR = 2.4
_SAME_COUNTRY = 1.5
_SAME_REGION = 2.0
_REACH = 90.0
"""Kilometres at which a neighbour's support has fallen to a third."""
_ROUNDS = 3
_MOST_NEIGHBOURS = 2.0
_MAX_WEIGHED = 14
_MAX_GROUPS = 60
"""Senses of a name, and names of an article, that are weighed together: the work grows with the square of both."""
_KM_PER_DEGREE = 111.2


@dataclass
class Context:
    """What the article tells beside its names of places.

    Weights of countries, and of regions by GeoNames id; what the town may be at which the publisher is at home.
    """

    countries: Mapping[str, float]
    regions: Mapping[int, float]
    home: Sequence[Place] = ()


@dataclass
class _Group:
    """All places of an article at which one name stands."""

    senses: list[Place]
    scores: Numbers
    weight: float = 1.0


def resolve(toponyms: Sequence[Toponym], context: Context) -> list[Place | None]:
    """The place that each toponym means, in their order."""
    groups: dict[tuple[str, frozenset[str | int]], _Group] = {}
    held: list[_Group] = []
    known: dict[str, set[str | int]] = defaultdict(set)
    for toponym in toponyms:
        known[toponym.key] |= toponym.within
    for toponym in toponyms:
        within = toponym.within or (known[toponym.key] if len(known[toponym.key]) == 1 else set())
        key = (toponym.key, frozenset(within))
        if key not in groups:
            groups[key] = _make_group(toponym, within)
        held.append(groups[key])
    listed = list(groups.values())
    if context.home:
        listed.insert(0, _make_home(context.home))
    for group in listed:
        _add_context(group, context)
    if any(len(group.senses) > 1 for group in listed):
        _add_neighbours(listed)
    return [_choose(group, toponym) for group, toponym in zip(held, toponyms, strict=True)]


def _choose(group: _Group, toponym: Toponym) -> Place | None:
    """The sense with most to speak for it; none where a small place would lie outside what is printed behind it."""
    best = group.senses[int(np.argmax(group.scores))]
    is_outside = bool(toponym.within) and not toponym.within & {best.country, best.region, best.district}
    is_known = best.is_area or best.feature == "A.PCLI" or best.population >= _KNOWN_POPULATION
    return None if is_outside and not is_known else best


def _make_group(toponym: Toponym, within: set[str | int]) -> _Group:
    scored = [(weigh_alone(place, toponym, within), place) for place in toponym.senses]
    scored.sort(key=lambda item: -item[0])
    scored = scored[:_MAX_WEIGHED]
    weight = _CAPITAL_TELLS if toponym.mention.rule == "names.capital" else 1.0
    return _Group([place for _, place in scored], np.array([score for score, _ in scored]), weight)


def _make_home(senses: Sequence[Place]) -> _Group:
    """The publisher's town as a name that nothing stands at: it lends support, and is settled with the others."""
    towns = [place for place in senses if place.feature == "P.PPL"] or list(senses)
    towns = towns[:_MAX_WEIGHED]
    return _Group(towns, np.array([_weigh_people(place) * _HOME_POPULATION for place in towns]))


def _weigh_people(place: Place) -> float:
    """Inhabitants in orders of magnitude; of hamlets and of what has none, as of a hamlet."""
    return math.log10(max(place.population, _HAMLET))


def weigh_alone(place: Place, toponym: Toponym, within: set[str | int]) -> float:
    """What speaks for a sense whatever else the article tells."""
    feature = place.feature or ""
    score = _COUNTRY if feature == "A.PCLI" else _weigh_people(place)
    score = max(score, place.weight)
    if _is_default(place, toponym.senses):
        score += _DEFAULT
    if not place.is_own_name:
        score += _OTHERS_NAME if any(other.is_own_name for other in toponym.senses) else _OTHER_NAME
    rule = toponym.mention.rule
    if rule == "names.capital" and feature == "P.PPL" and place.country == toponym.mention.country:
        score += _CAPITAL
    elif rule == "names.region" and feature == "A.ADM1":
        score += _FITS_RULE
    if toponym.is_dateline and feature.startswith("A.ADM") and not toponym.follows_place:
        score += _NOT_OF_DATELINE
    is_division = feature.startswith("A.ADM")
    if is_division and feature == "A.ADM2" and not _names_division(place, toponym):
        score += _DISTRICT
    if is_division and _has_town(place, toponym.senses):
        score += _ASKED if toponym.asks_division else _TOWN_INSIDE
    elif is_division and toponym.asks_division:
        score += _ASKED
    if within and within & {place.country, place.region, place.district}:
        score += _WITHIN
    if toponym.asks_country is not None and place.country == toponym.asks_country:
        score += _WITHIN / 2
    return score


def _is_default(place: Place, senses: Sequence[Place]) -> bool:
    if place.feature != "P.PPL" or place.population < _DEFAULT_POPULATION or not place.is_own_name:
        return False
    if any(other.feature == "A.PCLI" for other in senses):
        return False
    others = (p.population for p in senses if p.feature == "P.PPL" and p.is_own_name and p is not place)
    return place.population >= _DEFAULT_FACTOR * max(others, default=0)


def _names_division(place: Place, toponym: Toponym) -> bool:
    """Whether the printed name has the word for the division in it: "Lamar County"."""
    return " " in toponym.key and place.is_own_name and toponym.key.rsplit(" ", 1)[-1] in place.name.lower().split()


def _has_town(division: Place, senses: Sequence[Place]) -> bool:
    return any(place.feature == "P.PPL" and division.geonames_id in (place.region, place.district) for place in senses)


def _add_context(group: _Group, context: Context) -> None:
    """Countries and regions that the article speaks of."""
    if len(group.senses) < 2:
        return
    countries, regions = sum(context.countries.values()), sum(context.regions.values())
    for number, place in enumerate(group.senses):
        if place.country is not None and countries:
            group.scores[number] += _IN_COUNTRY * context.countries.get(place.country, 0.0) / (countries + _SOME)
        if place.region is not None and regions:
            group.scores[number] += _IN_REGION * context.regions.get(place.region, 0.0) / (regions + _SOME)


def _add_neighbours(groups: Sequence[_Group]) -> None:
    """Support of names for one another's senses by distance, in rounds."""
    local = [group for group in groups if any(place.feature != "A.PCLI" for place in group.senses)]
    local = local[:_MAX_GROUPS]
    places = [place for group in local for place in group.senses]
    if len(local) < 2:
        return
    latitude = np.array([place.latitude if place.latitude is not None else np.nan for place in places])
    longitude = np.array([place.longitude if place.longitude is not None else np.nan for place in places])
    closeness = np.exp(-_measure(latitude, longitude) / _REACH)
    kinships = (
        (_NEAR, closeness),
        (_SAME_COUNTRY, _match([place.country for place in places])),
        (_SAME_REGION, _match([place.region for place in places])),
    )
    bounds = np.cumsum([0, *(len(group.senses) for group in local)])
    base = np.concatenate([group.scores for group in local])
    scores = base.copy()
    others = len(local) - 1
    for _ in range(_ROUNDS):
        supports = [np.zeros(len(places)) for _ in kinships]
        for group, (start, stop) in zip(local, pairwise(bounds), strict=True):
            sure = np.exp(scores[start:stop] - scores[start:stop].max())
            sure *= group.weight / sure.sum()
            for support, (_, kinship) in zip(supports, kinships, strict=True):
                lent = np.nanmax(kinship[:, start:stop] * sure[None, :], axis=1, initial=0.0)
                lent[start:stop] = 0.0
                support += lent
        near, *shared = supports
        scores = base + _NEAR * np.minimum(near, _MOST_NEIGHBOURS)
        for support, (weight, _) in zip(shared, kinships[1:], strict=True):
            scores += weight * support / (others + _SOME)
    for group, (start, stop) in zip(local, pairwise(bounds), strict=True):
        group.scores = scores[start:stop]


def _match(areas: Sequence[str | int | None]) -> Numbers:
    """Which pairs lie in the same area: 1 or 0."""
    codes = {area: number for number, area in enumerate(dict.fromkeys(areas))}
    numbers = np.array([codes[area] if area is not None else -1 - at for at, area in enumerate(areas)])
    same: Numbers = (numbers[:, None] == numbers[None, :]).astype(np.float64)
    return same


def _measure(latitude: Numbers, longitude: Numbers) -> Numbers:
    """Kilometres between all pairs, on a plane that is flat enough for a few hundred."""
    rise = np.subtract.outer(latitude, latitude)
    run = np.subtract.outer(longitude, longitude)
    run = (run + 180.0) % 360.0 - 180.0
    middle = np.radians(np.add.outer(latitude, latitude) / 2)
    distances: Numbers = _KM_PER_DEGREE * np.hypot(rise, run * np.cos(middle))
    return distances
