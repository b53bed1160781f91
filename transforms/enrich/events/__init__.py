"""Who did what to whom: events in PLOVER roots, each from one clause that shows it."""

from transforms.enrich.events.rules import Event, EventRules

__all__ = ["Event", "EventRules"]
