"""The cast of an article: who has been named so far, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from transforms.enrich.article import Mention
from transforms.language.offices import Office, OfficeIndex
from warehouse.contract.codes import EntityType, MentionKind


@dataclass
class Member:
    """What is known of one entity of the article."""

    entity_id: str
    entity_type: EntityType
    name: str | None = None
    gender: str | None = None
    country: str | None = None
    is_plural: bool = False
    roles: list[str] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)


class Cast:
    """The entities of an article by id, with what any of its mentions tells."""

    def __init__(self, mentions: Iterable[Mention], offices: OfficeIndex) -> None:
        self.members: dict[str, Member] = {}
        self._offices = offices
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        """Takes in what a mention tells of its entity."""
        if mention.entity_id is None or mention.kind is MentionKind.DEMONYM:
            return
        member = self.members.get(mention.entity_id)
        if member is None:
            member = Member(mention.entity_id, mention.entity_type)
            self.members[mention.entity_id] = member
        member.name = member.name or mention.name
        member.gender = member.gender or mention.gender
        member.country = member.country or mention.country
        member.is_plural = member.is_plural or mention.is_plural
        if mention.role and mention.role not in member.roles:
            member.roles.append(mention.role)
            office = self._offices.of_role(mention.role)
            if office and office not in member.offices:
                member.offices.append(office)
                member.gender = member.gender or office.gender

    def people(self) -> list[Member]:
        """Its persons, in order of their first mention."""
        return [m for m in self.members.values() if m.entity_type is EntityType.PERSON]
