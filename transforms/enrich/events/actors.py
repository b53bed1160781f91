"""Who acts and who is acted on: names, and nouns for people and bodies, with the state that they belong to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.enrich.article import Mention
from transforms.enrich.events.lexicon import EventLexicon
from transforms.enrich.events.standing import BY_FORCE, Standing, StandingRules
from transforms.enrich.events.syntax import NOUN_PHRASE, Item, Syntax
from transforms.language.tokens import Token
from warehouse.contract.codes import EntityType, EventType, MentionKind

_PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "who", "whom"})
_REFERRING = frozenset({"he", "she", "they", "it"})
_OWNERS = frozenset({"of", "by", "from"})
_NUMBERS = frozenset("ma")
_LONGEST_ACRONYM = 4
_DIRECTIONS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})


@dataclass(frozen=True, slots=True)
class Actor:
    """One side of an act: its span in the article, and the entity and country where they are known.

    `is_thing` tells a place, a building or a vehicle; `noun` is its head where it is no name; `standing` what it is to
    public affairs.
    """

    start: int
    end: int
    entity_id: str | None
    country: str | None
    entity_type: EntityType | None = None
    is_thing: bool = False
    noun: str | None = None
    standing: Standing = Standing.PEOPLE

    @property
    def key(self) -> str:
        """Tells two actors of a clause apart."""
        return self.entity_id or f"{self.start}"


class ActorReader:
    """The actors of one sentence; positions are those of chunks."""

    def __init__(
        self,
        syntax: Syntax,
        mentions: Sequence[Mention],
        lexicon: EventLexicon,
        standing: StandingRules,
        *,
        is_business: bool,
    ) -> None:
        self._is_business = is_business
        self.syntax = syntax
        self._standing = standing
        self._lexicon = lexicon
        self._no_heads = syntax.clauses.times | _DIRECTIONS
        self._mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [mention.start for mention in self._mentions]

    def mention_at(self, token: int) -> Mention | None:
        """The mention that covers a token; a name before an adjective of a state."""
        start = self.syntax.tokens[token].start
        found: Mention | None = None
        at = bisect_right(self._starts, start)
        for mention in self._mentions[max(0, at - 4) : at]:
            if mention.end > start and (found is None or found.kind is MentionKind.DEMONYM or mention.entity_id):
                found = mention
        return found

    def head_of(self, position: int, without: frozenset[str] = frozenset()) -> int | None:
        """The head noun of a noun phrase: its last noun, but for a time or a direction behind it.

        `without` are words behind it that belong to the verb ("took two guards hostage").
        """
        chunk = self.syntax.chunks[position]
        letters = self.syntax.unit.letters
        skipped = self._no_heads | without if without else self._no_heads
        for n in range(chunk.end - 1, chunk.start - 1, -1):
            if letters[n] in "nNr" and (n == chunk.start or self.syntax.tokens[n].lower not in skipped):
                return n
        return None

    def segment_of(self, position: int, without: frozenset[str] = frozenset()) -> tuple[int, int, int]:
        """Tokens of a noun phrase: where it begins, where its head's own part begins (behind 's), where it ends."""
        chunk = self.syntax.chunks[position]
        start = self.syntax.clauses.behind_time(chunk.start, chunk.end)
        head = self.head_of(position, without)
        end = chunk.end if head is None else head + 1
        letters = self.syntax.unit.letters
        while start + 1 < end and letters[start] == "a" and letters[start + 1] in "am":
            start += 1  # what bounds a number: "at least 81 people"
        if end - start > 1 and self.syntax.tokens[start].lower == "that" and self.syntax.tokens[end - 1].tag == "NN2":
            start += 1  # the conjunction: "said that officials"
        own = start
        for n in range(start, end):
            if self.syntax.unit.letters[n] == "g":
                own = n + 1
        return start, own, end

    def is_other_thing(self, position: int, event_type: EventType) -> bool:
        """Whether a word before its head makes an act another thing: a trade war, a press conference."""
        head = self.head_of(position)
        if head is None or head == self.syntax.chunks[position].start:
            return False
        before = self.syntax.tokens[head - 1]
        if event_type is EventType.CONSULT:
            return self._lexicon.is_of(before, "private_talk")
        return event_type in BY_FORCE and self._lexicon.is_of(before, "figurative")

    def claims(self, item: Item, preposition: str) -> bool:
        """Whether an act that stands behind a preposition of its own takes what follows: "at a summit with X"."""
        if item.kind != NOUN_PHRASE or not item.preposition:
            return False
        head = self.head_of(item.position)
        return head is not None and self._lexicon.claims(self.syntax.tokens[head], preposition)

    def is_own(self, position: int) -> bool:
        """Whether a noun phrase begins with "his", "its" or "their"."""
        return self.syntax.tokens[self.segment_of(position)[0]].tag == "DPS"

    def closes_with(self, position: int, words: frozenset[str]) -> bool:
        """Whether a noun phrase, or what it is an amount of, has one of some words behind its head."""
        tokens = self.syntax.tokens_of(self.counted(position) or position)
        return len(tokens) > 1 and tokens[-1].lower in words

    def counted(self, position: int) -> int | None:
        """The noun phrase that one is an amount of: "hundreds of schoolchildren", "two of the hostages"."""
        clauses = self.syntax.clauses
        if clauses.word(position + 1) != "of" or clauses.kind(position + 2) != "NP":
            return None
        head = self.head_of(position)
        chunk = self.syntax.chunks[position]
        is_amount = (
            set(self.syntax.unit.letters[chunk.start : chunk.end]) <= set("mdja")
            if head is None
            else self._lexicon.is_of(self.syntax.tokens[head], "quantity")
        )
        return position + 2 if is_amount else None

    def read(
        self,
        position: int,
        *,
        allow_things: bool = False,
        allow_numbers: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> Actor | None:
        """The actor that a noun phrase is."""
        if self.syntax.clauses.kind(position) != "NP":
            return None
        inner = self.counted(position)
        if inner is not None:
            counted = self.read(inner, allow_things=allow_things, allow_numbers=allow_numbers, without=without)
            if counted is not None and counted.start >= self.syntax.tokens[self.syntax.chunks[position].start].start:
                return replace(counted, start=self.syntax.tokens[self.segment_of(position)[0]].start)
        head = self.head_of(position, without)
        start, own, end = self.segment_of(position, without)
        tokens = self.syntax.tokens
        if head is None:
            chunk = self.syntax.chunks[position]
            letters = self.syntax.unit.letters[chunk.start : chunk.end]
            if allow_numbers and set(letters) <= _NUMBERS | {"d"}:
                return Actor(tokens[chunk.start].start, tokens[chunk.end - 1].end, None, None)
            return None
        span = tokens[start].start, tokens[end - 1].end
        mention = self.mention_at(head)
        if mention is not None and mention.kind is MentionKind.PRONOUN:
            return self._from_pronoun(position, span, head)
        if mention is not None:
            return self._from_mention(mention, position, span, head)
        if self.syntax.unit.letters[head] == "r":
            return self._from_pronoun(position, span, head)
        is_agent = self._lexicon.is_of(tokens[head], "agent") or self._is_people(head) or self._is_named(own, head)
        is_thing = not is_agent and allow_things and self._lexicon.is_of(tokens[head], "asset")
        if not (is_agent or is_thing):
            return None
        return self._from_noun(position, span, (start, own, head), is_thing=is_thing)

    def read_all(self, positions: Sequence[int], *, allow_things: bool = False) -> list[Actor]:
        """The actors among some noun phrases."""
        found = [self.read(position, allow_things=allow_things) for position in positions]
        return [actor for actor in found if actor is not None]

    def _is_people(self, head: int) -> bool:
        """Whether a noun is the plural of a capitalised one within a sentence: Hutus, Maoists, Tutsis."""
        token = self.syntax.tokens[head]
        is_plural = token.tag in ("NN2", "NP0") and token.lower.endswith("s") and not token.text.isupper()
        return (
            is_plural and head > 0 and token.text[0].isupper() and len(token.text) > 4 and not self.syntax.is_headline
        )

    def _is_named(self, own: int, head: int) -> bool:
        """Whether an unknown name stands behind what it is a name of: "the weekly newspaper Opinar"."""
        is_name = self.syntax.unit.letters[head] == "N"
        return is_name and head > own and self._lexicon.is_of(self.syntax.tokens[head - 1], "agent")

    def _from_mention(self, mention: Mention, position: int, span: tuple[int, int], head: int) -> Actor | None:
        tokens = self.syntax.tokens
        is_adjective = mention.kind is MentionKind.DEMONYM and tokens[head].tag not in ("NN2", "NP0", "NN0", "NN1")
        if is_adjective:
            return None
        if mention.kind is MentionKind.NOMINAL:
            modifier = self._modifier(self.syntax.chunks[position].start, head)
            standing = self._standing_of(tokens[head], modifier)
            return replace(self._named(mention, *span), noun=tokens[head].lower, standing=standing)
        return self._named(mention, min(span[0], mention.start), max(span[1], mention.end))

    def _standing_of(self, noun: Token, owner: Mention | None) -> Standing:
        lemmas = self._lexicon.lemmas(noun, "noun")
        return self._standing.of_noun(lemmas, owner, is_business=self._is_business)

    def _named(self, mention: Mention, start: int, end: int) -> Actor:
        """The actor that a name is."""
        standing = self._standing.of_mention(mention, is_business=self._is_business)
        return Actor(start, end, mention.entity_id, mention.country, mention.entity_type, standing=standing)

    def _from_pronoun(self, position: int, span: tuple[int, int], head: int) -> Actor | None:
        """Whoever a pronoun points to: by name where the same sentence has one before it, else as it stands."""
        word = self.syntax.tokens[head].lower
        mention = self.mention_at(head)
        if mention is not None and mention.entity_id is not None:
            named = next(
                (
                    m
                    for m in reversed(self._mentions)
                    if m.end <= span[0] and m.entity_id == mention.entity_id and m.kind is not MentionKind.PRONOUN
                ),
                None,
            )
            start, end = (named.start, named.end) if named is not None else span
            return self._named(mention, start, end)
        said_by = self._sayer(position) if word in _REFERRING else None
        if said_by is not None and (word == "they") >= (said_by.entity_type is EntityType.GROUP):
            is_person = said_by.entity_type is EntityType.PERSON
            if word == "they" or (word == "it") != is_person:
                return said_by
        return Actor(*span, None, None, EntityType.PERSON) if word in _PERSONAL else None

    def _sayer(self, position: int) -> Actor | None:
        """The subject of the verb of saying right before a pronoun: "Japan said it would lift the ban"."""
        before = [p for p in self.syntax.predicates if p.position < position and p.kind == "VF"]
        if not before or before[-1].subject is None:
            return None
        between = range(before[-1].position + 1, position)
        if any(self.syntax.clauses.kind(n) in (";", ":", "s", "w", ".") for n in between):
            return None
        heads = self.syntax.heads(before[-1].subject)
        return self.read(heads[0]) if heads and heads[0] < before[-1].position else None

    def _from_noun(self, position: int, span: tuple[int, int], parts: tuple[int, int, int], *, is_thing: bool) -> Actor:
        start, own, head = parts
        tokens = self.syntax.tokens
        noun = tokens[head]
        holder = self.mention_at(start) if tokens[start].tag == "DPS" else None
        modifier = holder if holder is not None and holder.country else self._modifier(own, head)
        if modifier is None and own > start:
            modifier = self._modifier(start, own)
        end = span[1]
        if modifier is None:
            items, _, _ = self.syntax.read_behind(position)
            for item in items[:2]:
                is_of = item.preposition == "of" or (is_thing and item.preposition in ("in", "at", "near"))
                if item.kind != NOUN_PHRASE or not (is_of or item.preposition in ("in", "from")):
                    break
                inner = self.head_of(item.position)
                found = self.mention_at(inner) if inner is not None else None
                if item.preposition == "of":
                    end = tokens[self.segment_of(item.position)[2] - 1].end
                if found is not None and is_of:
                    modifier = found
                    break
        entity_id = country = None
        if modifier is not None:
            country = modifier.country
            is_state = modifier.entity_type is EntityType.COUNTRY
            speaks_for = not is_thing and (
                self._lexicon.is_of(noun, "state_agent")
                if is_state
                else modifier.entity_type in (EntityType.ORGANISATION, EntityType.GROUP)
            )
            entity_id = modifier.entity_id if speaks_for else None
        standing = Standing.PLACE if is_thing else self._standing_of(noun, modifier or holder)
        return Actor(span[0], end, entity_id, country, None, is_thing, noun.lower, standing)

    def _modifier(self, start: int, end: int) -> Mention | None:
        """The last name or adjective of a state among some tokens."""
        for n in range(end - 1, start - 1, -1):
            mention = self.mention_at(n)
            if mention is not None and (mention.entity_id or mention.country):
                return mention
        return None

    def owner(self, position: int, prepositions: frozenset[str] = _OWNERS) -> Actor | None:
        """Whom a thing belongs to: "Iran's demand", "an Iranian demand", "a demand by Iran"."""
        if self.syntax.clauses.kind(position) != "NP":
            return None
        possessor = self.possessor(position)
        if possessor is not None:
            return possessor
        maker = self._maker(position)
        if maker is not None:
            return maker
        modifier = self.attributive_name(position)
        items, _, _ = self.syntax.read_behind(position)
        for item in items[:2]:
            if item.kind == NOUN_PHRASE and item.preposition in prepositions:
                found = self.read(item.position)
                if found is not None:
                    return found
        return modifier

    def _maker(self, position: int) -> Actor | None:
        """Who made a thing: "every offer made by the Taliban"."""
        clauses = self.syntax.clauses
        n = position + 1
        if clauses.kind(n) not in ("VK", "VF") or not self._lexicon.is_making(self.syntax.tokens_of(n)[-1]):
            return None
        n += 1
        while clauses.kind(n) in ("a", "l"):
            n += 1
        return self.read(n + 1) if clauses.word(n) == "by" and clauses.kind(n + 1) == "NP" else None

    def possessor(self, position: int) -> Actor | None:
        """Whoever stands before 's, or whom "his" or "their" points to."""
        start, own, end = self.segment_of(position)
        tokens = self.syntax.tokens
        if own > start:
            last = own - 2
            mention = self.mention_at(last)
            if mention is not None:
                begin = min(tokens[start].start, mention.start)
                return self._named(mention, begin, mention.end)
            if self._lexicon.is_of(tokens[last], "agent"):
                modifier = self._modifier(start, last)
                country = modifier.country if modifier else None
                noun, standing = tokens[last].lower, self._standing_of(tokens[last], modifier)
                return Actor(tokens[start].start, tokens[last].end, None, country, noun=noun, standing=standing)
            return None
        if end > start and tokens[start].tag == "DPS":
            mention = self.mention_at(start)
            if mention is not None and mention.entity_id:
                return self._named(mention, mention.start, mention.end)
        return None

    def leading_name(self, position: int) -> Actor | None:
        """The name that a noun phrase begins with, where it is no adjective and owns nothing."""
        start, own, end = self.segment_of(position)
        if own > start:
            return None
        if self.syntax.unit.letters[start] == "d":
            start += 1
        mention = self.mention_at(start) if start < end else None
        is_name = mention is not None and mention.kind in (MentionKind.NAME, MentionKind.METONYM)
        if mention is None or not is_name or mention.end >= self.syntax.tokens[end - 1].start:
            return None
        return self._named(mention, mention.start, mention.end)

    def leading_actor(self, position: int, head: int) -> Actor | None:
        """The first of two objects that stand as one noun phrase: "sold Thailand jets", "gave the rebels arms"."""
        named = self.leading_name(position)
        if named is not None or not self._lexicon.is_of(self.syntax.tokens[head - 1], "agent"):
            return named
        return self.read(position, without=frozenset({self.syntax.tokens[head].lower}))

    def attributive_name(self, position: int) -> Actor | None:
        """Whose a thing is by the name before its head: "Iranian demand", "EU decision"; not where: "Kabul bombing"."""
        found = [actor for actor in self.modifying_names(position) if not self._tells_where(actor)]
        return found[-1] if found else None

    def _tells_where(self, actor: Actor) -> bool:
        mention = next((m for m in self._mentions if m.start == actor.start and m.end == actor.end), None)
        if mention is None or mention.kind is not MentionKind.NAME or actor.end - actor.start <= _LONGEST_ACRONYM:
            return False
        text = self.syntax.unit.text[actor.start : actor.end]
        is_place = mention.entity_type in (EntityType.COUNTRY, EntityType.PLACE)
        return is_place and text.lower() not in self._lexicon.adjectives

    def modifying_names(self, position: int) -> list[Actor]:
        """All of these, in order ("U.S.-China talks")."""
        _, own, end = self.segment_of(position)
        tokens = self.syntax.tokens
        first, last = tokens[own].start, tokens[max(own, end - 1)].start
        named = [
            self._named(m, m.start, m.end)
            for m in self._mentions
            if first <= m.start < last and (m.entity_id or m.country) and m.kind is not MentionKind.PRONOUN
        ]
        for token in tokens[own : max(own, end - 1)]:
            halves = self._lexicon.halves(token)
            if halves:
                named = [actor for actor in named if actor.end <= token.start or actor.start >= token.end]
                named += [
                    Actor(a, b, f"country:{country}", country, EntityType.COUNTRY, standing=Standing.PUBLIC)
                    for a, b, country in halves
                ]
        is_noun = end - own > 1 and self.syntax.unit.letters[end - 2] == "n"
        if not named and is_noun and self._lexicon.is_of(tokens[end - 2], "agent"):
            noun = tokens[end - 2]  # "police harassment", "opposition rallies"
            standing = self._standing_of(noun, None)
            named.append(Actor(noun.start, noun.end, None, None, noun=noun.lower, standing=standing))
        return sorted(named, key=lambda actor: actor.start)
