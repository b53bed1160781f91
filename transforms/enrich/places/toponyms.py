"""The toponyms of an article: which mentions name a place, and whether something is or happens there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.enrich.article import Article, Mention
from transforms.enrich.places.gazetteer import Gazetteer, Place
from transforms.language.tokens import Token, token_at
from transforms.language.toponyms import fold_place
from transforms.resources import Resources
from transforms.tables import group_words
from warehouse.contract.codes import BlockKind, EntityType, MentionKind, ToponymSense

_TYPES = frozenset({EntityType.PLACE, EntityType.COUNTRY})
_KINDS = frozenset({MentionKind.NAME, MentionKind.ACRONYM})
_TOWN_RULES = frozenset({"names.capital", "names.city"})
"""Rules of names that are towns first, though a division may be called so too."""
_BRACKETS = frozenset({",", "(", "in"})
_LISTED = frozenset({",", "and", "or", "&", "/"})
_ORDINARY = -13.0
"""Log likelihood from which a word in lower case counts as known."""
_WELL_KNOWN = 300_000
"""Inhabitants of a city whose name is one even where it is a word besides."""
_MOST_WORDS_BEFORE = 2
"""Words of a name before the one with the hyphen: "New York-based"."""
_CLITICS = frozenset({"'s", "’s", "'", "’"})


@dataclass
class Toponym:
    """A mention that names a place.

    `senses` is all that the name may mean; `within` are the countries and regions printed behind it ("Paris, Texas"),
    each a country code or a GeoNames id of a division; `asks_division` where a noun behind it asks for one ("Kyiv
    region"), `asks_country` is the country whose adjective stands before ("the Georgian town of …").
    """

    mention: Mention
    key: str
    senses: Sequence[Place]
    sense: ToponymSense
    is_dateline: bool = False
    follows_place: bool = False
    within: set[str | int] = field(default_factory=set)
    asks_division: bool = False
    asks_country: str | None = None


class ToponymRules:
    """Tells which mentions are toponyms and reads what is printed around them."""

    def __init__(self, resources: Resources, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._tag_word = resources.tag_word
        words = group_words(resources.reference["name_words"], "cue")
        self._inside = words["in_place"]
        self._locative = words["in_place"] | words["loc_prep"]
        self._place_nouns = words["place_noun_before"]
        self._directions = words["direction_word"]
        self._divisions = words["division_noun"]
        self._grounds = words["ground_noun"]
        self._seat = re.compile(rf"(.+)-(?:{'|'.join(sorted(words['seat_ending']))})$")
        self._motions = words["motion_verb"] | words["motion_noun"]
        self._parts = self._place_nouns | self._directions | self._grounds | self._inside | words["part_noun"]

    def list_toponyms(self, article: Article, mentions: Sequence[Mention]) -> list[Toponym]:
        """The toponyms of an article in text order, with what stands around them."""
        found: list[Toponym] = []
        for number, mention in enumerate(mentions):
            if mention.entity_type not in _TYPES or mention.kind not in _KINDS or mention.rule == "names.seat":
                continue
            index = article.index_at(mention.start)
            tokens = article.tokens[index]
            first, last = token_at(tokens, mention.start), token_at(tokens, mention.end - 1)
            text = article.text[mention.start : mention.end]
            senses = self._find_senses(mention, text)
            if not senses or (last == first and self._is_word(tokens, first, senses)):
                continue
            is_dateline = article.sentences[index].kind is BlockKind.DATELINE or mention.rule == "names.dateline"
            toponym = Toponym(
                mention, fold_place(text), senses, self._tell_sense(mention, senses, tokens, first, last), is_dateline
            )
            if is_dateline:
                toponym.sense = ToponymSense.LITERAL
            toponym.follows_place = bool(found) and is_dateline and found[-1].is_dateline
            self._read_right(toponym, tokens, last, mentions[number + 1 :], article)
            self._read_left(toponym, tokens, first, mentions[:number])
            if toponym.within:
                toponym.sense = ToponymSense.LITERAL
            found.append(toponym)
        found += self._list_seats(article, mentions)
        found.sort(key=lambda toponym: toponym.mention.start)
        self._share_lists(article, found)
        return found

    def _list_seats(self, article: Article, mentions: Sequence[Mention]) -> Iterator[Toponym]:
        """Places before a hyphen: "London-based", "New York-area". No mention holds them."""
        held = [(mention.start, mention.end) for mention in mentions]
        for sentence, tokens in zip(article.sentences, article.tokens, strict=True):
            for at, token in enumerate(tokens):
                match = self._seat.match(token.text) if "-" in token.text else None
                if match is None or not token.text[0].isupper():
                    continue
                end = token.start + match.end(1)
                for first in range(max(0, at - _MOST_WORDS_BEFORE), at + 1):
                    start = tokens[first].start
                    senses = self._gazetteer.find(article.text[start:end])
                    is_name = all(word.text[0].isupper() for word in tokens[first:at])
                    if is_name and any(place.is_own_name or place.is_area for place in senses):
                        if not any(begin < end and start < stop for begin, stop in held):
                            mention = Mention(
                                sentence.no, start, end, EntityType.PLACE, MentionKind.NAME, "places.seat"
                            )
                            yield Toponym(mention, fold_place(article.text[start:end]), senses, ToponymSense.LITERAL)
                        break

    def _is_word(self, tokens: Sequence[Token], at: int, senses: Sequence[Place]) -> bool:
        """Whether an ordinary word with a capital is no place: "the Bank", "Police"; "in Reading" is one."""
        lower = tokens[at].lower
        if any(place.is_area or place.population >= _WELL_KNOWN or place.feature == "A.PCLI" for place in senses):
            return False
        scores = self._tag_word(lower)
        is_ordinary = bool(scores) and scores[0][1] > _ORDINARY and scores[0][0] != "NP0"
        before = tokens[at - 1].lower if at else ""
        after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        return is_ordinary and before not in self._locative and after != ","

    def _find_senses(self, mention: Mention, text: str) -> Sequence[Place]:
        """What the name may mean; a direction before it leads to the whole ("Western Ukraine")."""
        if mention.entity_type is EntityType.COUNTRY:
            return self._gazetteer.find_country(text, mention.country or "")
        senses = self._gazetteer.find(text)
        if not senses:
            head, _, rest = text.partition(" ")
            if rest and head.lower() in self._directions:
                senses = self._gazetteer.find(rest)
            elif rest and rest.rpartition(" ")[2].lower() in self._divisions:
                senses = tuple(p for p in self._gazetteer.find(text.rpartition(" ")[0]) if (p.feature or "")[:1] == "A")
        return senses

    def _tell_sense(
        self, mention: Mention, senses: Sequence[Place], tokens: Sequence[Token], first: int, last: int
    ) -> ToponymSense:
        """Literal where something is or happens there; a state that acts, or a name beside a noun, is associative."""
        before = tokens[first - 1].lower if first else ""
        if before == "the" and first > 1:
            before = tokens[first - 2].lower
        after = tokens[last + 1].lower if last + 1 < len(tokens) else ""
        at = first - 2 if first and tokens[first - 1].lower == "the" else first - 1
        two = tokens[at - 1].lower if at > 0 else ""
        is_place = before in self._locative or before in self._place_nouns
        if before == "of":
            is_place = two in self._parts
        is_modifier = _is_modifier(tokens, last)
        if mention.entity_type is EntityType.COUNTRY or senses[0].feature == "L.CONT":
            is_inside = before in self._inside or before in self._place_nouns or (before == "of" and is_place)
            is_place = (is_inside or (before == "to" and two in self._motions)) and not is_modifier
            if after in _CLITICS:
                is_place = any(token.lower in self._grounds for token in tokens[last + 2 : last + 5])
            return ToponymSense.LITERAL if is_place else ToponymSense.ASSOCIATIVE
        if mention.rule == "names.capital":
            return ToponymSense.LITERAL if is_place else ToponymSense.ASSOCIATIVE
        return ToponymSense.ASSOCIATIVE if is_modifier and not is_place else ToponymSense.LITERAL

    def _read_right(
        self, toponym: Toponym, tokens: Sequence[Token], last: int, following: Sequence[Mention], article: Article
    ) -> None:
        if last + 1 >= len(tokens):
            return
        after = tokens[last + 1]
        if after.lower in self._divisions:
            toponym.asks_division = True
        if after.lower not in _BRACKETS or last + 2 >= len(tokens):
            return
        at = last + 2
        if tokens[at].lower == "the" and at + 1 < len(tokens):
            at += 1
        area = next((m for m in following[:2] if m.start == tokens[at].start), None)
        text = article.text[area.start : area.end] if area is not None else tokens[at].text
        if area is not None and area.entity_type is EntityType.COUNTRY and area.country:
            if area.kind in _KINDS:
                if toponym.mention.entity_type is not EntityType.COUNTRY:  # else a list of countries
                    toponym.within.add(area.country)
                toponym.within.update(p.region for p in self._gazetteer.find_region(text) if p.region is not None)
        elif area is None or area.entity_type is EntityType.PLACE:
            for place in self._gazetteer.find_region(text):
                if place.region is not None and (after.lower != "in" or area is not None):
                    toponym.within.add(place.region)
            if area is not None and after.lower == "," and not toponym.within and area.rule not in _TOWN_RULES:
                for place in self._gazetteer.find(text):
                    if place.feature == "A.ADM1" and place.region is not None:
                        toponym.within.add(place.region)
                    elif place.feature == "A.ADM2" and place.district is not None:
                        toponym.within.add(place.district)

    def _read_left(self, toponym: Toponym, tokens: Sequence[Token], first: int, before: Sequence[Mention]) -> None:
        """ "The Georgian town of X", "Georgia's capital X"."""
        if not before or first < 2:
            return
        owner = before[-1]
        gap = [token for token in tokens[max(0, first - 5) : first] if token.start >= owner.end]
        if owner.country is None or owner.entity_type is not EntityType.COUNTRY or not 1 <= len(gap) <= 4:
            return
        if gap[0].start - owner.end > 1 or not any(token.lower in self._place_nouns for token in gap):
            return
        toponym.asks_country = owner.country

    def _share_lists(self, article: Article, toponyms: Sequence[Toponym]) -> None:
        """What holds of the first of a list holds of the rest: "in Paris and London", "in Stockholm, Sweden"."""
        for left, right in pairwise(toponyms):
            between = article.text[left.mention.end : right.mention.start].lower().replace(",", " , ").split()
            gap = " ".join(word for word in between if word not in self._divisions)
            if left.sense is not ToponymSense.LITERAL or gap not in _LISTED:
                continue
            is_same_type = left.mention.entity_type is right.mention.entity_type
            areas = {right.mention.country, *(place.region for place in right.senses[:1])}
            holds_it = bool((left.within | {place.country or "" for place in left.senses}) & areas)
            if is_same_type or (gap == "," and holds_it):
                right.sense = ToponymSense.LITERAL


def _is_modifier(tokens: Sequence[Token], last: int) -> bool:
    """Whether the name stands before a noun: "Geneva talks", "the UK commercial sector"."""
    tags = [token.tag[:2] for token in tokens[last + 1 : last + 3]]
    return tags[:1] == ["NN"] or tags == ["AJ", "NN"]
