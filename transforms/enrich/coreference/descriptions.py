"""Descriptions: "the minister", "the alliance", "Ukrainian officials", "a senior US diplomat".

A description is linked where it points to one party that was named before; else it stands unresolved, with the
country that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from transforms.enrich.article import Mention, Sentence
from transforms.enrich.coreference.cast import Cast, Member
from transforms.enrich.coreference.phrases import (
    introduces_name,
    is_compound,
    is_noun,
    is_within,
    read_left,
    read_right,
    span_text,
)
from transforms.enrich.coreference.state_bodies import StateBodyRules
from transforms.language.offices import FoundOffice, Office, OfficeIndex, fits
from transforms.language.tokens import Token
from transforms.tables import iter_rows
from warehouse.contract.codes import EntityType, MentionKind

_POINTING = frozenset({"the", "this", "that"})


class Noun(NamedTuple):
    """A row of descriptions.csv for an organisation: it points to names with one of the words, or to the kinds."""

    name_words: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """A sentence, and what copy has told before it.

    `names` are the sentence's mentions by name; `seen` maps the entities named before it, or in it, to the position
    of their first mention; `subjects` are the entities that this sentence and those before it are about, the nearest
    first.
    """

    sentence: Sentence
    tokens: Sequence[Token]
    names: Sequence[Mention]
    cast: Cast
    seen: dict[str, int]
    subjects: Sequence[str]

    def is_known(self, member: Member, start: int) -> bool:
        """Whether an entity was named before a position."""
        return self.seen.get(member.entity_id, start) < start

    def take(self, mention: Mention) -> None:
        """Takes in what a description tells of its entity."""
        if mention.entity_id is not None:
            self.cast.add(mention)
            self.seen.setdefault(mention.entity_id, mention.start)


class DescriptionRules:
    """Finds descriptions of people and of organisations, and what they point to."""

    def __init__(
        self, offices: OfficeIndex, descriptions: pa.Table, organisations: pa.Table, country_forms: pa.Table
    ) -> None:
        self._offices = offices
        self._states = StateBodyRules(descriptions, organisations, country_forms)
        self._people: dict[str, str | None] = {}
        self._nouns: dict[str, Noun] = {}
        for noun, points_to, words, kinds, gender in iter_rows(
            descriptions, "noun", "points_to", "name_words", "kinds", "gender"
        ):
            if points_to == "person":
                self._people[noun] = gender
            elif points_to == "organisation":
                self._nouns[noun] = Noun(frozenset(words), frozenset(kinds))
        self._listed: dict[str, set[str]] = {}
        self._kinds: dict[str, str] = {}
        for slug, entity_type, kind, nominals in iter_rows(organisations, "slug", "entity_type", "kind", "nominals"):
            entity_id = f"{entity_type}:{slug}"
            self._kinds[entity_id] = kind
            for nominal in nominals or ():
                self._listed.setdefault(nominal.removeprefix("the "), set()).add(entity_id)

    def find(self, scope: Scope) -> list[Mention]:
        """Descriptions in a sentence, in text order."""
        found: list[Mention] = []
        at = 0
        while at < len(scope.tokens):
            mention, last = self._match(scope, at) if self._may_begin(scope.tokens, at) else (None, at)
            if mention is None:
                at += 1
                continue
            scope.take(mention)
            found.append(mention)
            at = last + 1
        return found

    def _match(self, scope: Scope, at: int) -> tuple[Mention | None, int]:
        mention, last = self._states.match(scope.tokens, at, scope.sentence, scope.names)
        if mention is None:
            mention, last = self._match_person(scope, at)
        if mention is None:
            mention, last = self._match_organisation(scope, at)
        return mention, last

    def _may_begin(self, tokens: Sequence[Token], at: int) -> bool:
        """A quick no for most words: none that is described begins there."""
        word = tokens[at].lower
        return (
            word in _POINTING or word in self._people or self._offices.may_begin(word) or self._states.may_begin(word)
        )

    # -- people

    def _match_person(self, scope: Scope, at: int) -> tuple[Mention | None, int]:
        tokens, names = scope.tokens, scope.names
        office = self._offices.match(tokens, at) or self._match_person_noun(tokens, at)
        if office is None or not is_noun(tokens, office):
            return None, at
        if is_within(names, tokens[office.first].start, tokens[office.last].end):
            return None, at
        if introduces_name(tokens, office.last, names) or is_compound(tokens, office.last):
            return None, office.last
        first, country, is_definite = read_left(tokens, office.first, names)
        of_country, is_of_another = read_right(tokens, office.last, names)
        country = country or of_country
        if first == office.first and not office.is_plural:
            return None, office.last  # a bare singular noun is a predicate: "was elected president"
        mention = Mention(
            sentence_no=scope.sentence.no,
            start=tokens[first].start,
            end=tokens[office.last].end,
            entity_type=EntityType.PERSON,
            kind=MentionKind.NOMINAL,
            rule="description.unnamed",
            role=span_text(tokens, office) if office.office.kind != "person" else None,
            country=country,
            gender=office.office.gender,
            is_plural=office.is_plural,
        )
        if is_definite and office.office.is_definite and not office.is_plural and not is_of_another:
            holder = self._find_holder(office.office, country, scope, tokens[first].start)
            if holder:
                mention.kind, mention.rule = MentionKind.TITLE, "description.office"
                mention.entity_id, mention.name = holder.entity_id, holder.name
                mention.country = holder.country or country
                mention.gender = holder.gender or mention.gender
        return mention, office.last

    def _match_person_noun(self, tokens: Sequence[Token], at: int) -> FoundOffice | None:
        word = tokens[at].lower
        if word not in self._people:
            return None
        return FoundOffice(Office(word, "person", self._people[word], False), at, at, tokens[at].tag == "NN2")

    def _find_holder(self, wanted: Office, country: str | None, scope: Scope, start: int) -> Member | None:
        """The one person named before who holds the office, in that country if one is named."""
        holders = [
            member
            for member in scope.cast.people()
            if scope.is_known(member, start)
            and any(fits(wanted, held) for held in member.offices)
            and (country is None or member.country is None or member.country == country)
            and (wanted.gender is None or member.gender in (None, wanted.gender))
        ]
        exact = [m for m in holders if any(held.name == wanted.name for held in m.offices)]
        for chosen in (exact, holders):
            if len(chosen) == 1:
                return chosen[0]
            if len(chosen) > 1:
                return None
        return None

    # -- organisations

    def _match_organisation(self, scope: Scope, at: int) -> tuple[Mention | None, int]:
        tokens = scope.tokens
        if tokens[at].lower not in _POINTING:
            return None, at
        for length in (3, 2, 1):
            last = at + length
            if last >= len(tokens) or not tokens[last].tag.startswith("NN"):
                continue
            words = " ".join(token.lower for token in tokens[at + 1 : last + 1])
            candidates = self._find_parties(words, scope, tokens[at].start)
            if not candidates:
                continue
            if is_within(scope.names, tokens[at].start, tokens[last].end) or is_compound(tokens, last):
                return None, at
            party = self._choose(words, candidates, scope, tokens[at].start)
            if party is None:
                return None, last
            return (
                Mention(
                    sentence_no=scope.sentence.no,
                    start=tokens[at].start,
                    end=tokens[last].end,
                    entity_type=party.entity_type,
                    kind=MentionKind.NOMINAL,
                    rule="description.party",
                    entity_id=party.entity_id,
                    country=party.country,
                    name=party.name,
                    gender="n",
                    is_plural=party.is_plural,
                ),
                last,
            )
        return None, at

    def _find_parties(self, words: str, scope: Scope, start: int) -> list[Member]:
        listed = self._listed.get(words, set())
        noun = self._nouns.get(words)
        if not listed and noun is None:
            return []
        return [
            member
            for member in scope.cast.members.values()
            if member.entity_type in (EntityType.ORGANISATION, EntityType.GROUP)
            and scope.is_known(member, start)
            and (member.entity_id in listed or (noun is not None and self._is_such(member, noun)))
        ]

    def _choose(self, words: str, candidates: Sequence[Member], scope: Scope, start: int) -> Member | None:
        """The one party that fits and has no rival of unknown kind; of several, the one that copy speaks of."""
        noun = self._nouns.get(words)
        rivals = {member.entity_id: member for member in candidates}
        if noun is not None and "company" in noun.kinds:
            for member in scope.cast.members.values():
                is_unknown = member.entity_type is EntityType.ORGANISATION and member.entity_id not in self._kinds
                if is_unknown and scope.is_known(member, start) and not self._has_other_head(member):
                    rivals[member.entity_id] = member
        if len(rivals) == 1:
            return candidates[0]
        return next((rivals[subject] for subject in scope.subjects if subject in rivals), None)

    def _has_other_head(self, member: Member) -> bool:
        """Whether its name says that it is something else than a company: a ministry, a party."""
        words = set((member.name or "").split())
        return any(
            not noun.name_words.isdisjoint(words) for noun in self._nouns.values() if "company" not in noun.kinds
        )

    def _is_such(self, member: Member, noun: Noun) -> bool:
        if self._kinds.get(member.entity_id) in noun.kinds:
            return True
        return not noun.name_words.isdisjoint((member.name or "").split())
