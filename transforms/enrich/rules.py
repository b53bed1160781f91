"""All rules of enrichment, compiled once for the resources that a process was handed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from transforms.enrich.coreference import CoreferenceRules
from transforms.enrich.dates import DateRules
from transforms.enrich.events import EventRules
from transforms.enrich.holders import HolderRules
from transforms.enrich.names import NameRules
from transforms.enrich.places import PlaceRules
from transforms.enrich.quotes import QuoteRules
from transforms.language.tagging import TagRules
from transforms.resources import Resources


@dataclass(frozen=True)
class EnrichRules:
    """What enrichment asks, ready to use."""

    tags: TagRules
    names: NameRules
    quotes: QuoteRules
    holders: HolderRules
    coreference: CoreferenceRules
    dates: DateRules
    places: PlaceRules
    events: EventRules

    @staticmethod
    def build(resources: Resources) -> EnrichRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)


@lru_cache(maxsize=4)
def _build(resources: Resources) -> EnrichRules:
    return EnrichRules(
        tags=TagRules.build(resources),
        names=NameRules.build(resources),
        quotes=QuoteRules.build(resources),
        holders=HolderRules.build(resources),
        coreference=CoreferenceRules.build(resources),
        dates=DateRules.build(resources),
        places=PlaceRules.build(resources),
        events=EventRules.build(resources),
    )
