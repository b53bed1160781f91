"""Where: names of places and the points on the map that they mean."""

from transforms.enrich.places.rules import PlaceRules, ResolvedPlace, give_countries

__all__ = ["PlaceRules", "ResolvedPlace", "give_countries"]
