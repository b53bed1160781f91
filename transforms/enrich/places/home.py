"""Where a publisher is at home, by the address of its page and by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from transforms.enrich.places.gazetteer import Gazetteer, Place
from transforms.language.toponyms import fold_place
from transforms.resources import Resources
from transforms.tables import group_words, iter_rows

_ANYWHERE = frozenset(
    {"ag", "ai", "cc", "co", "fm", "gg", "gl", "im", "io", "la", "ly", "me", "ms", "nu", "tk", "to", "tv", "vc", "ws"}
)
"""Domains of countries that are sold to everybody; below `com.` or `co.` they still tell the country."""
_SECOND = frozenset({"com", "co", "org", "net", "gov", "gob", "ac", "edu"})
_UNITED_KINGDOM = "uk"
_SHORTEST = 5
"""Letters of the shortest town that is looked for in an address."""
_LONGEST = 20


@dataclass(frozen=True)
class Home:
    """What is known of a publisher's home: its country, the place itself, or only the town's name."""

    country: str | None = None
    place: Place | None = None
    town: str | None = None


class HomeRules:
    """Looks publishers up, and reads the towns and countries in their names and addresses."""

    def __init__(self, resources: Resources, gazetteer: Gazetteer) -> None:
        reference = resources.reference
        self._gazetteer = gazetteer
        self._countries = {a.lower(): c for c, a in iter_rows(reference["countries"], "country", "alpha_2")}
        columns = iter_rows(reference["publishers"], "domain", "place", "region", "country")
        self._publishers = {domain: (place, region, country) for domain, place, region, country in columns}
        words = sorted(group_words(reference["name_words"], "cue")["paper_word"])
        self._paper = re.compile(rf"(?:the)?(?:{'|'.join(words)})*(?:{'|'.join(words)})$")
        self._paper_words = frozenset(words)
        self.find = lru_cache(maxsize=2_000)(self._find)

    def _find(self, url: str | None, publisher: str | None) -> Home:
        labels = _list_labels(url)
        for size in (2, 3):
            known = self._publishers.get(".".join(labels[-size:]))
            if known is not None:
                return self._look_up(*known)
        country = self._read_country(labels)
        town = self._find_town_in_name(publisher) or self._find_town_in_address(labels)
        return Home(country=country, town=town)

    def _look_up(self, name: str, region: str | None, country: str) -> Home:
        areas = {place.region for place in self._gazetteer.find_division(region)} if region else set()
        senses = [place for place in self._gazetteer.find(name) if place.country == country]
        held = [place for place in senses if not areas or place.region in areas] or senses
        towns = [place for place in held if place.feature == "P.PPL"] or held
        return Home(country=country, place=towns[0] if towns else None)

    def _read_country(self, labels: Sequence[str]) -> str | None:
        if len(labels) < 2 or (labels[-1] in _ANYWHERE and labels[-2] not in _SECOND):
            return None
        return self._countries.get("gb" if labels[-1] == _UNITED_KINGDOM else labels[-1])

    def _find_town_in_name(self, publisher: str | None) -> str | None:
        """ "The Columbus Dispatch": the words before those of newspapers."""
        words = fold_place(publisher or "").split()
        if words[:1] == ["the"]:
            words = words[1:]
        end = len(words)
        while end and words[end - 1] in self._paper_words:
            end -= 1
        town = " ".join(words[:end])
        return town if 0 < end < len(words) and self._gazetteer.is_town(town) else None

    def _find_town_in_address(self, labels: Sequence[str]) -> str | None:
        """ "columbusdispatch.com": the longest town whose rest is words of newspapers."""
        host = next((label for label in reversed(labels[:-1]) if label not in _SECOND), "").replace("-", "")
        for size in range(min(len(host), _LONGEST), _SHORTEST - 1, -1):
            if self._paper.match(host[size:]) and self._gazetteer.is_town(host[:size]):
                return host[:size]
        return None


def _list_labels(url: str | None) -> list[str]:
    """The labels of the host of an address; none where it has none."""
    if not url:
        return []
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return []
    return host.lower().rstrip(".").split(".")
