"""What an actor is to public affairs: a public body or its holder of office, people, or a private firm.

News of markets and sport tells of the same acts in the same words ("offered", "signed", "attacked"); what sets it
apart is who acts on whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import pyarrow as pa

from transforms.enrich.article import Mention
from transforms.language.offices import OfficeIndex
from transforms.tables import iter_rows
from warehouse.contract.codes import EntityType, EventType, MentionKind, OrganisationKind


class Standing(StrEnum):
    """`PUBLIC` are states, their bodies and officials, parties, armies, rebels, courts, churches and their like.

    `PERSON` is a person or a body that is named, but of which no more is known.
    """

    PUBLIC = "public"
    PEOPLE = "people"
    PERSON = "person"
    PLACE = "place"
    PRIVATE = "private"


_PRIVATE_KINDS = frozenset(
    {
        OrganisationKind.COMPANY,
        OrganisationKind.BANK,
        OrganisationKind.EXCHANGE,
        OrganisationKind.MEDIA,
        OrganisationKind.SPORT,
        OrganisationKind.UNIVERSITY,
    }
)
_PUBLIC_OFFICES = frozenset(
    {"head_of_state", "head_of_government", "royal", "minister", "legislator", "diplomat", "military", "police"}
    | {"judge", "prosecutor", "official", "spokesperson", "party", "rebel", "religious"}
)
_PRIVATE_OFFICES = frozenset({"business", "finance", "sport", "arts"})

BY_FORCE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.RETREAT})
"""Acts that anybody may do or suffer; the others are public affairs only where a public body takes part."""


class StandingRules:
    """Tells the standing of names and nouns by the reference data on organisations and offices."""

    def __init__(self, reference: Mapping[str, pa.Table], classes: Mapping[str, frozenset[str]]) -> None:
        self._kinds = {
            f"{entity_type}:{slug}": kind
            for slug, entity_type, kind in iter_rows(reference["organisations"], "slug", "entity_type", "kind")
        }
        self._offices = OfficeIndex(reference["offices"])
        self._public = classes.get("public", frozenset())
        self._anywhere = classes.get("anywhere", frozenset())
        self._dependent = classes.get("dependent", frozenset())
        self._private = classes.get("private", frozenset())
        self._public_names = classes.get("public_name", frozenset())
        self._private_names = classes.get("private_name", frozenset())

    def of_mention(self, mention: Mention, *, is_business: bool) -> Standing:
        """The standing of a name; on a page of business news an unknown body is a firm."""
        if mention.entity_type is EntityType.COUNTRY or mention.kind in (MentionKind.METONYM, MentionKind.DEMONYM):
            return Standing.PUBLIC
        if mention.entity_type is EntityType.PLACE:
            return Standing.PLACE
        if mention.entity_type is EntityType.PERSON:
            words = (mention.role or "").lower().split()
            is_of_firm = is_business and mention.country is None and bool(words) and words[-1] in self._anywhere
            return Standing.PRIVATE if is_of_firm else self._of_office(mention.role) or Standing.PERSON
        return self._of_body(mention, is_business=is_business)

    def _of_body(self, mention: Mention, *, is_business: bool) -> Standing:
        kind = self._kinds.get(mention.entity_id or "")
        if kind is not None:
            return Standing.PRIVATE if kind in _PRIVATE_KINDS else Standing.PUBLIC
        words = (mention.name or (mention.entity_id or "").partition(":")[2].replace("-", " ")).lower().split()
        if any(word.strip(".,") in self._private_names for word in words):
            return Standing.PRIVATE
        is_public = any(word.strip(".,") in self._public_names for word in words)
        if is_public or mention.entity_type is EntityType.GROUP:
            return Standing.PUBLIC
        return Standing.PRIVATE if is_business else Standing.PERSON

    def _of_office(self, role: str | None) -> Standing | None:
        office = self._offices.of_role(role) if role else None
        if office is None:
            return None
        if office.kind in _PUBLIC_OFFICES:
            return Standing.PUBLIC
        return Standing.PRIVATE if office.kind in _PRIVATE_OFFICES else Standing.PEOPLE

    def of_noun(self, lemmas: Sequence[str], owner: Mention | None, *, is_business: bool) -> Standing:
        """The standing of a noun for people or a body, by its dictionary forms; `owner` is whose it is."""
        if not self._private.isdisjoint(lemmas):
            return Standing.PRIVATE
        is_public = not self._public.isdisjoint(lemmas)
        own = Standing.PUBLIC if is_public else next((s for lemma in lemmas if (s := self._of_office(lemma))), None)
        if is_business and owner is None and not self._anywhere.isdisjoint(lemmas):
            return Standing.PRIVATE  # of a firm, for all that is said
        if owner is not None and owner.entity_type in (EntityType.ORGANISATION, EntityType.GROUP):
            body = self._of_body(owner, is_business=is_business)
            if own is None or body is Standing.PUBLIC or not self._dependent.isdisjoint(lemmas):
                return body
        return own or Standing.PEOPLE


_BETWEEN_PERSONS = frozenset({EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.CONSULT})
"""What two who are named do to one another, and is told of those who hold an office."""


def is_public_affair(event_type: EventType, source: Standing | None, target: Standing | None) -> bool:
    """Whether an act between these two is news of public affairs, and not of business, sport or private life."""
    if source is Standing.PLACE:
        source = Standing.PUBLIC  # a place that acts stands for its government
    sides = {source, target} - {None}
    if sides <= {Standing.PRIVATE, Standing.PLACE}:
        return False
    if event_type in BY_FORCE:
        return source is not Standing.PRIVATE or target is Standing.PUBLIC
    return Standing.PUBLIC in sides or (event_type in _BETWEEN_PERSONS and source is target is Standing.PERSON)
