"""Descriptions: "the minister", "the alliance", "Ukrainian officials", "a senior US diplomat".

A description is linked where it points to one party that was named before; else it stands unresolved, with the
country that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa

from transforms.enrich.article import Article, Mention, Sentence
from transforms.enrich.coreference.cast import Cast, Member
from transforms.enrich.coreference.scene import token_at
from transforms.language.offices import FoundOffice, Office, OfficeIndex, fits
from transforms.language.tokens import Token
from transforms.tables import iter_rows
from warehouse.contract.codes import EntityType, MentionKind

_DEFINITE = frozenset({"the"})
_POINTING = frozenset({"the", "this", "that"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "some", "several", "many", "two", "three", "four", "one", "another", "other", "its", "their"}
)
_MODIFIER_TAGS = frozenset({"AJ0", "AJC", "AJS", "NN1", "NN0", "NP0", "ORD", "CRD", "VVN", "VVG"})


class Noun(NamedTuple):
    """A row of descriptions.csv for an organisation: it points to names with one of the words, or to the kinds."""

    name_words: frozenset[str]
    kinds: frozenset[str]


class DescriptionRules:
    """Finds descriptions of people and of organisations, and what they point to."""

    def __init__(self, offices: OfficeIndex, descriptions: pa.Table, organisations: pa.Table) -> None:
        self._offices = offices
        self._people: dict[str, str | None] = {}
        self._nouns: dict[str, Noun] = {}
        self._governments: set[str] = set()
        for noun, points_to, words, kinds, gender in iter_rows(
            descriptions, "noun", "points_to", "name_words", "kinds", "gender"
        ):
            if points_to == "person":
                self._people[noun] = gender
            elif points_to == "state":
                self._governments.add(noun)
            else:
                self._nouns[noun] = Noun(frozenset(words), frozenset(kinds))
        self._listed: dict[str, set[str]] = {}
        self._kinds: dict[str, str] = {}
        for slug, entity_type, kind, nominals in iter_rows(organisations, "slug", "entity_type", "kind", "nominals"):
            entity_id = f"{entity_type}:{slug}"
            self._kinds[entity_id] = kind
            for nominal in nominals or ():
                self._listed.setdefault(nominal.removeprefix("the "), set()).add(entity_id)

    def find_in_sentence(
        self,
        article: Article,
        index: int,
        names: Sequence[Mention],
        cast: Cast,
        seen: Mapping[str, int],
        subjects: Sequence[str],
    ) -> list[Mention]:
        """Descriptions in a sentence, in text order.

        `names` are the sentence's mentions by name; `seen` maps the entities named before it, or in it, to the
        position of their first mention; `subjects` are the entities that this sentence and those before it are
        about, the nearest first.
        """
        tokens, sentence = article.tokens[index], article.sentences[index]
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention, last = self._match_government(tokens, at, sentence, names, cast)
            if mention is None:
                mention, last = self._match_person(tokens, at, sentence, names, cast, seen)
            if mention is None:
                mention, last = self._match_organisation(tokens, at, sentence, names, cast, seen, subjects)
            if mention is not None:
                found.append(mention)
                at = last + 1
            else:
                at += 1
        return found

    # -- states

    def _match_government(
        self, tokens: Sequence[Token], at: int, sentence: Sentence, names: Sequence[Mention], cast: Cast
    ) -> tuple[Mention | None, int]:
        """ "The French government", "Kenya's cabinet", "the Trump administration": a state by its government."""
        if tokens[at].lower not in self._governments or not tokens[at].tag.startswith("NN") or _is_compound(tokens, at):
            return None, at
        if _is_within(names, tokens[at].start, tokens[at].end):
            return None, at
        first, country, _ = _read_left(tokens, at, names)
        if country is None and at + 1 < len(tokens) and tokens[at + 1].lower in ("in", "of"):
            country = next((n.country for n in names if _begins_after(tokens, at + 2, n)), None)
        if country is None:
            return None, at
        if any(n.entity_type is EntityType.PLACE for n in names if tokens[first].start <= n.start < tokens[at].start):
            return None, at  # a region's or a city's
        mention = Mention(
            sentence_no=sentence.no,
            start=tokens[first].start,
            end=tokens[at].end,
            entity_type=EntityType.COUNTRY,
            kind=MentionKind.NOMINAL,
            rule="description.government",
            entity_id=f"country:{country}",
            country=country,
            gender="n",
        )
        return mention, at

    # -- people

    def _match_person(
        self,
        tokens: Sequence[Token],
        at: int,
        sentence: Sentence,
        names: Sequence[Mention],
        cast: Cast,
        seen: Mapping[str, int],
    ) -> tuple[Mention | None, int]:
        office = self._offices.match(tokens, at) or self._match_person_noun(tokens, at)
        if office is None or not _is_noun(tokens, office):
            return None, at
        if _is_within(names, tokens[office.first].start, tokens[office.last].end):
            return None, at
        if _introduces_name(tokens, office.last, names) or _is_compound(tokens, office.last):
            return None, office.last
        first, country, is_definite = _read_left(tokens, office.first, names)
        of_country, is_of_another = _read_right(tokens, office.last, names)
        country = country or of_country
        if first == office.first and not office.is_plural:
            return None, office.last  # a bare singular noun is a predicate: "was elected president"
        mention = Mention(
            sentence_no=sentence.no,
            start=tokens[first].start,
            end=tokens[office.last].end,
            entity_type=EntityType.PERSON,
            kind=MentionKind.NOMINAL,
            rule="description.unnamed",
            role=_span_text(tokens, office) if office.office.kind != "person" else None,
            country=country,
            gender=office.office.gender,
            is_plural=office.is_plural,
        )
        if is_definite and office.office.is_definite and not office.is_plural and not is_of_another:
            holder = self._find_holder(office.office, country, cast, seen, tokens[first].start)
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

    def _find_holder(
        self, wanted: Office, country: str | None, cast: Cast, seen: Mapping[str, int], start: int
    ) -> Member | None:
        """The one person named before who holds the office, in that country if one is named."""
        holders = [
            member
            for member in cast.people()
            if seen.get(member.entity_id, start) < start
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

    def _match_organisation(
        self,
        tokens: Sequence[Token],
        at: int,
        sentence: Sentence,
        names: Sequence[Mention],
        cast: Cast,
        seen: Mapping[str, int],
        subjects: Sequence[str],
    ) -> tuple[Mention | None, int]:
        if tokens[at].lower not in _POINTING:
            return None, at
        for length in (3, 2, 1):
            last = at + length
            if last >= len(tokens) or not tokens[last].tag.startswith("NN"):
                continue
            words = " ".join(token.lower for token in tokens[at + 1 : last + 1])
            candidates = self._find_parties(words, cast, seen, tokens[at].start)
            if not candidates:
                continue
            if _is_within(names, tokens[at].start, tokens[last].end) or _is_compound(tokens, last):
                return None, at
            party = self._choose(words, candidates, cast, seen, tokens[at].start, subjects)
            if party is None:
                return None, last
            return (
                Mention(
                    sentence_no=sentence.no,
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

    def _find_parties(self, words: str, cast: Cast, seen: Mapping[str, int], start: int) -> list[Member]:
        listed = self._listed.get(words, set())
        noun = self._nouns.get(words)
        if not listed and noun is None:
            return []
        return [
            member
            for member in cast.members.values()
            if member.entity_type in (EntityType.ORGANISATION, EntityType.GROUP)
            and seen.get(member.entity_id, start) < start
            and (member.entity_id in listed or (noun is not None and self._is_such(member, noun)))
        ]

    def _choose(
        self,
        words: str,
        candidates: Sequence[Member],
        cast: Cast,
        seen: Mapping[str, int],
        start: int,
        subjects: Sequence[str],
    ) -> Member | None:
        """The one party that fits and has no rival of unknown kind; of several, the one that copy speaks of."""
        noun = self._nouns.get(words)
        rivals = {member.entity_id: member for member in candidates}
        if noun is not None and "company" in noun.kinds:
            for member in cast.members.values():
                is_unknown = member.entity_type is EntityType.ORGANISATION and member.entity_id not in self._kinds
                if is_unknown and seen.get(member.entity_id, start) < start and not self._has_other_head(member):
                    rivals[member.entity_id] = member
        if len(rivals) == 1:
            return candidates[0]
        return next((rivals[subject] for subject in subjects if subject in rivals), None)

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


def _is_noun(tokens: Sequence[Token], office: FoundOffice) -> bool:
    return tokens[office.last].tag[:2] in ("NN", "NP", "AJ")


def _is_within(names: Iterable[Mention], start: int, end: int) -> bool:
    return any(name.start < end and start < name.end for name in names if name.kind is not MentionKind.DEMONYM)


def _introduces_name(tokens: Sequence[Token], last: int, names: Iterable[Mention]) -> bool:
    """ "Foreign Minister Sergei Lavrov", "the minister, Sergei Lavrov,", "regulator FINMA": the name says who it is."""
    if last + 1 >= len(tokens):
        return False
    has_comma = tokens[last + 1].text == "," and last + 2 < len(tokens)
    start = tokens[last + 2 if has_comma else last + 1].start
    return any(n.start == start and (n.entity_type is EntityType.PERSON or not has_comma) for n in names)


def _is_compound(tokens: Sequence[Token], last: int) -> bool:
    """ "the president party": the noun only modifies another."""
    return last + 1 < len(tokens) and tokens[last + 1].tag in ("NN1", "NN2", "NN0") and tokens[last + 1].text.islower()


def _begins_after(tokens: Sequence[Token], at: int, name: Mention) -> bool:
    """Whether a name begins at a token, or behind a "the" there."""
    return any(tokens[i].start == name.start for i in range(at, min(at + 2, len(tokens))))


def _read_left(tokens: Sequence[Token], first: int, names: Sequence[Mention]) -> tuple[int, str | None, bool]:
    """Where the phrase begins, the country that it names, and whether it is definite."""
    country: str | None = None
    at = first - 1
    while at >= 0:
        token = tokens[at]
        name = next((n for n in names if n.start <= token.start and token.end <= n.end), None)
        if name is not None:
            country = country or name.country
            at = token_at(tokens, name.start) - 1
            continue
        if token.tag == "POS" or (token.tag in _MODIFIER_TAGS and token.lower not in _DETERMINERS):
            at -= 1
            continue
        break
    begins = at + 1
    is_definite = False
    if at >= 0 and tokens[at].lower in _DETERMINERS:
        is_definite = tokens[at].lower in _DEFINITE
        begins = at
    elif at >= 0 and tokens[at].tag in ("DPS", "DT0"):
        begins = at
    elif country is not None:
        is_definite = at < 0 or any(token.tag == "POS" for token in tokens[begins:first])  # "Russia's president"
    return begins, country, is_definite


def _read_right(tokens: Sequence[Token], last: int, names: Sequence[Mention]) -> tuple[str | None, bool]:
    """The country of "the president of Chile"; and whether the office is of something that names no country."""
    if last + 1 >= len(tokens) or tokens[last + 1].lower not in ("of", "for"):
        return None, False
    at = last + 2
    while at < len(tokens) and tokens[at].tag in ("AT0", "DPS", "AJ0"):
        at += 1
    if at >= len(tokens):
        return None, True
    name = next((n for n in names if n.start <= tokens[at].start < n.end), None)
    is_state = name is not None and name.entity_type in (EntityType.COUNTRY, EntityType.PLACE)
    return (name.country, name.country is None) if name is not None and is_state else (None, True)


def _span_text(tokens: Sequence[Token], office: FoundOffice) -> str:
    return " ".join(token.text for token in tokens[office.first : office.last + 1])
