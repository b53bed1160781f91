"""Matches the frames of verbs and adjectives on the predicates of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transforms.enrich.events.actors import Actor, ActorReader
from transforms.enrich.events.frames import PARTICLES, Element, Frame, Kind
from transforms.enrich.events.lexicon import EventLexicon, Sense
from transforms.enrich.events.syntax import ADJECTIVE, CLAUSE, GERUND, INFINITIVE, NOUN_PHRASE, Item, Predicate, Syntax
from transforms.enrich.quotes.subjects import BE
from warehouse.contract.codes import EventType

_MOST_ACTORS = 4
"""Actors of one side that are told apart; of a longer list the first ones."""
_FORCE = frozenset({EventType.ASSAULT, EventType.COERCE})
_SPOKEN = frozenset(
    {EventType.ACCUSE, EventType.REQUEST, EventType.THREATEN, EventType.SUPPORT, EventType.REJECT, EventType.AGREE}
)
"""What may be said by a text of the one who acts."""
_SOURCE = Element(Kind.SOURCE)
_BELONGING = frozenset({"of", "by", "from", "on", "against", "for", "to", "with"})
_TOWARDS = frozenset({"to", "with", "for", "from", "against", "on", "between"})
_AIMED = frozenset({"on", "against", "to", "for", "from", "with", "between"})


@dataclass(slots=True)
class Match:
    """A sense that was found: its trigger (a token), its sides, the chunks that it used up."""

    sense: Sense
    rule: str
    trigger: int
    sources: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    predicate: Predicate | None = None
    noun: int | None = None
    used: set[int] = field(default_factory=set)
    begin: int = 0
    end: int = 0
    """Chunks that say it."""
    weight: int = 0
    coded: tuple[EventType, str | None, str] | None = None
    """Root, mode and CAMEO code, where they are not those of the sense."""

    def settle(self) -> None:
        """Name each actor once, on one side, and of a long list the first ones."""
        self.sources = _distinct(self.sources)[:_MOST_ACTORS]
        keys = {source.key for source in self.sources}
        self.targets = [target for target in _distinct(self.targets) if target.key not in keys][:_MOST_ACTORS]


def find_best(matches: Iterable[Match]) -> Match | None:
    """The match that tells most; of equals the first in the file."""
    return max(matches, key=lambda match: (match.weight, -match.sense.number), default=None)


class FrameMatcher:
    """Tries the senses of each verb; the frame that asks for most wins."""

    def __init__(self, syntax: Syntax, actors: ActorReader, lexicon: EventLexicon) -> None:
        self.syntax = syntax
        self.actors = actors
        self.lexicon = lexicon

    def match_verb(self, predicate: Predicate) -> Match | None:
        """The best sense of a verb group."""
        token = self.syntax.tokens[predicate.verb]
        found = [self._match(sense, predicate, predicate.items) for sense in self.lexicon.verb(token)]
        return find_best(match for match in found if match is not None)

    def match_adjective(self, predicate: Predicate) -> Match | None:
        """The best sense of an adjective behind a form of "be"; a participle may be one ("was outraged by")."""
        items: Sequence[Item] = predicate.items
        if predicate.is_passive:
            adjective = predicate.verb
        elif self.syntax.tokens[predicate.verb].tag in BE and items and items[0].kind == ADJECTIVE:
            adjective, items = self.syntax.chunks[items[0].position].start, items[1:]
        else:
            return None
        found: list[Match] = []
        for sense in self.lexicon.adjective(self.syntax.tokens[adjective]):
            match = self._match(sense, predicate, items)
            if match is not None:
                match.trigger, match.rule = adjective, "event.adjective"
                found.append(match)
        return find_best(found)

    def _match(self, sense: Sense, predicate: Predicate, items: Sequence[Item]) -> Match | None:
        frame = sense.frame
        particles = frozenset(predicate.particles) | {item.preposition for item in items if item.preposition}
        if frame.particles and not frame.particles & particles:
            return None
        phrasal = self._particle_behind(predicate.position)
        if sense.part == "verb" and phrasal and phrasal not in frame.particles and not _awaits(frame, phrasal):
            return None  # another verb: "backed off", "fell back on"
        match = Match(sense, "event.verb", predicate.verb, predicate=predicate, weight=frame.weight)
        match.begin, match.end = predicate.position, predicate.end
        elements = list(frame.elements)
        if predicate.is_passive and sense.part == "verb":
            match.rule = "event.passive"
            if not self._match_passive(match, elements, predicate, items):
                return None
        elif not (
            self._take_subject(match, frame.subject, predicate) and self._take_all(match, elements, items, predicate)
        ):
            return None
        return self._finish(match)

    def _reports(self, predicate: Predicate) -> bool:
        """Whether what looks like a participle is the verb of a report that stands behind what is said."""
        clauses = self.syntax.clauses
        before = predicate.subject[0] - 1 if predicate.subject is not None else -1
        return clauses.kind(predicate.position + 1) in (".", "") and clauses.kind(before) == ","

    def _particle_behind(self, position: int) -> str:
        """The particle right behind a verb."""
        clauses = self.syntax.clauses
        word = clauses.word(position + 1)
        is_particle = clauses.kind(position + 1) == "l" or (clauses.kind(position + 1) == "a" and word in PARTICLES)
        return word if is_particle else ""

    def _finish(self, match: Match) -> Match | None:
        match.settle()
        frame = match.sense.frame
        if not match.sources and not match.targets:
            return None
        if not frame.has_target and not match.sources:
            return None
        if match.targets:
            match.weight += 2
        elif match.sense.is_mutual:
            match.weight += 1 if len(match.sources) > 1 else -2
        return match

    def _match_passive(
        self, match: Match, elements: list[Element], predicate: Predicate, items: Sequence[Item]
    ) -> bool:
        """The first thing that the verb takes is the subject; who does it stands behind "by"."""
        first = next(
            (
                n
                for n, e in enumerate(elements)
                if not e.prepositions and e.kind not in (Kind.INFINITIVE, Kind.GERUND, Kind.CLAUSE)
            ),
            None,
        )
        if first is None:
            return False  # "was called for by": only with the preposition left behind
        token = self.syntax.tokens[predicate.verb]
        if items and items[0].preposition == "to" and self.lexicon.adjective(token):
            return False  # "is opposed to"
        if predicate.kind == "VK" and self._reports(predicate):
            return False  # "…, the government charged."
        element = elements.pop(first)
        heads = self.syntax.subjects(predicate)
        if not heads or not self._take(match, element, heads):
            return False
        agent, doer = predicate.agent, match.sense.frame.subject
        rest = [item for item in items if item is not agent]
        if agent is not None and doer is not None:
            self._take(match, doer, self.syntax.list_conjuncts(agent.position))
        return self._take_all(match, elements, rest, predicate)

    def _take_subject(self, match: Match, element: Element | None, predicate: Predicate) -> bool:
        if element is None:
            return True
        heads = self.syntax.subjects(predicate)
        if not heads:
            return element.kind is Kind.SOURCE and match.sense.frame.has_target
        match.begin = min(match.begin, heads[0])
        if element.is_source:
            fitting = [
                p
                for p in heads
                if (head := self.actors.head_of(self.actors.counted(p) or p))
                and self.lexicon.fits(self.syntax.tokens[head], element)
            ]
            return self._take(match, _SOURCE, fitting)
        if self._take(match, element, heads):
            return True
        if element.kind is not Kind.SOURCE:
            return False
        if match.sense.event_type in _FORCE:
            return self._take_instrument(match, heads[0])
        return match.sense.event_type in _SPOKEN and self._take_speaker(match, heads[0])

    def _take_speaker(self, match: Match, position: int) -> bool:
        """A text as subject ("a U.S. congressional report criticized"): who speaks is whose it is."""
        head = self.actors.head_of(position)
        if head is None or not self.lexicon.is_of(self.syntax.tokens[head], "mouthpiece"):
            return False
        owner = self.actors.owner(position, frozenset({"by", "from", "of"}))
        if owner is not None:
            match.sources.append(owner)
        return owner is not None

    def _take_instrument(self, match: Match, position: int) -> bool:
        """An act or a weapon as subject ("an Israeli air strike killed two"): who did it is whose it is."""
        head = self.actors.head_of(position)
        if head is None:
            return False
        token = self.syntax.tokens[head]
        is_act = any(sense.event_type in _FORCE for sense in self.lexicon.noun(token))
        if not (is_act or self.lexicon.is_of(token, "weapon") or self.lexicon.is_of(token, "force")):
            return False
        owner = self.actors.owner(position, frozenset({"by"}))
        if owner is not None:
            match.sources.append(owner)
        return True

    def _take_all(self, match: Match, elements: Sequence[Element], items: Sequence[Item], predicate: Predicate) -> bool:
        """Elements in their order; what stands behind a preposition may be passed over, a bare noun phrase may not."""
        if not elements and any(not self._can_pass(item) for item in predicate.objects):
            return False  # "met the requirement"
        at = 0
        particles = frozenset(predicate.particles)
        is_consumed = False
        last = -1
        for number, element in enumerate(elements):
            if is_consumed:
                is_consumed = False
                continue
            behind = _closing_words(elements, number)
            taken = False
            while at < len(items) and not taken:
                item = items[at]
                at += 1
                is_next = at - 2 == last
                if item.preposition and at > 1 and not is_next and self.actors.claims(items[at - 2], item.preposition):
                    continue
                is_consumed = (
                    bool(behind) and item.kind == NOUN_PHRASE and self.actors.closes_with(item.position, behind)
                )
                taken = self._take_item(match, element, item, particles, behind if is_consumed else frozenset())
                if (
                    not taken
                    and number + 1 < len(elements)
                    and self._take_double(match, element, elements[number + 1], item)
                ):
                    taken = is_consumed = True
                if not taken and item.kind == NOUN_PHRASE and not item.preposition and not self._can_pass(item):
                    return False
            if not taken:
                return False
            last = at - 1
        return True

    def _take_double(self, match: Match, element: Element, following: Element, item: Item) -> bool:
        """Two objects that stand as one noun phrase: "sold Thailand fighter jets"."""
        is_double = (
            element.is_side and following.kind is Kind.WORDS and not (element.prepositions or following.prepositions)
        )
        if not is_double or item.kind != NOUN_PHRASE or item.preposition:
            return False
        head = self.actors.head_of(item.position)
        if head is None or not self.lexicon.fits(self.syntax.tokens[head], following):
            return False
        first = self.actors.leading_actor(item.position, head)
        if first is None:
            return False
        match.used.add(item.position)
        match.targets.append(first)
        return True

    def _can_pass(self, item: Item) -> bool:
        """Whether a bare noun phrase is no object: a reflexive, or a part of the one that follows it."""
        following = item.position + 1
        while self.syntax.clauses.kind(following) == "a":
            following += 1
        is_part = self.syntax.clauses.kind(following) == "NP" and not self.syntax.is_time(following)
        return is_part or self.syntax.clauses.word(item.position).endswith(("self", "selves"))

    def _take_item(
        self, match: Match, element: Element, item: Item, particles: frozenset[str], without: frozenset[str]
    ) -> bool:
        if element.kind in (Kind.INFINITIVE, Kind.GERUND, Kind.CLAUSE):
            return self._take_clause(match, element, item)
        if item.kind == ADJECTIVE and element.kind is Kind.WORDS and not element.prepositions:
            return self.syntax.clauses.word(item.position) in element.words
        if item.kind == GERUND and element.kind is Kind.ANY and item.preposition in element.prepositions:
            return True
        if item.kind != NOUN_PHRASE:
            return False
        if element.prepositions:
            held = {item.preposition} if item.preposition else set(particles)
            if item.preposition and particles:
                held |= {f"{particle} {item.preposition}" for particle in particles}
            if not held & element.prepositions:
                return False
        elif item.preposition:
            return False
        return self._take(match, element, self.syntax.list_conjuncts(item.position), without)

    def _take_clause(self, match: Match, element: Element, item: Item) -> bool:
        wanted = {Kind.INFINITIVE: INFINITIVE, Kind.GERUND: GERUND, Kind.CLAUSE: CLAUSE}[element.kind]
        if item.kind != wanted or (element.prepositions and item.preposition not in element.prepositions):
            return False
        if element.kind is Kind.CLAUSE:
            return self._take_that(match, element, item)
        inner = self.syntax.predicate_at(item.position)
        verb = self.syntax.chunks[item.position].end - 1 if inner is None else inner.verb
        if element.words and not element.words & set(self.lexicon.lemmas(self.syntax.tokens[verb], "verb")):
            return False
        if element.holds_target:
            items, _, end = self.syntax.read_behind(item.position)
            match.end = max(match.end, end)
            match.targets += self.first_actors(items)
        return True

    def _take_that(self, match: Match, element: Element, item: Item) -> bool:
        """A that-clause: the target is its subject, and its verb has one of the modal verbs that are asked for."""
        if not element.words and not element.holds_target:
            return True
        inner = next((p for p in self.syntax.predicates if p.governor is match.predicate and p.link == "that"), None)
        if inner is None:
            return False
        tokens = self.syntax.tokens_of(inner.position)
        if element.words and not any(token.lower in element.words for token in tokens):
            return False
        if not element.holds_target or inner.subject is None:
            return not element.holds_target
        if self.syntax.tokens[inner.verb].tag[:2] in ("VB", "VH") or inner.is_passive:
            return False  # says what somebody should be, not what he should do
        found = self.actors.read_all(self.syntax.subjects(inner))
        match.targets += found
        match.end = max(match.end, inner.position + 1)
        return bool(found)

    def first_actors(self, items: Sequence[Item]) -> list[Actor]:
        """Who stands first in an infinitive: its object, whoever owns that, or behind a preposition."""
        for item in items:
            if item.kind == NOUN_PHRASE and (not item.preposition or item.preposition in _TOWARDS):
                found = [
                    a
                    for p in self.syntax.list_conjuncts(item.position)
                    if not self.actors.is_own(p) and (a := self.actors.read(p, allow_things=not item.preposition))
                ]
                if not found and not item.preposition:
                    owner = self.actors.owner(item.position, frozenset({"by", "of"}))
                    found = [owner] if owner is not None else []
                if found:
                    return found
            elif item.kind == CLAUSE and self.syntax.clauses.kind(item.position) == "NP":
                actor = self.actors.read(item.position, allow_things=True)
                if actor is not None:
                    return [actor]
            elif item.kind in (INFINITIVE, GERUND):
                return self.first_actors(self.syntax.read_behind(item.position)[0])
        return []

    def _take(
        self, match: Match, element: Element, positions: Sequence[int], without: frozenset[str] = frozenset()
    ) -> bool:
        """Bind an element to noun phrases; whether it fits."""
        if element.kind is Kind.ANY or element.kind is Kind.WORDS:
            return self._take_thing(match, element, positions)
        is_force = match.sense.event_type in _FORCE
        found: list[Actor] = []
        for position in positions:
            actor = self.actors.read(
                position,
                allow_things=element.kind is Kind.SITE,
                allow_numbers=is_force and element.kind is not Kind.SOURCE,
                without=without,
            )
            if actor is None and element.kind is Kind.OWNER:
                actor = self._owner_of(position)
            if actor is None:
                if not found:
                    break
                continue
            if element.kind is Kind.SOURCE and actor.is_thing:
                continue
            found.append(actor)
        if not found:
            return False
        (match.sources if element.kind is Kind.SOURCE else match.targets).extend(found)
        return True

    def _owner_of(self, position: int) -> Actor | None:
        """Whom a thing belongs to; of an act that is named, who does it."""
        head = self.actors.head_of(position)
        if head is not None and self.lexicon.noun(self.syntax.tokens[head]):
            return self.actors.owner(position, frozenset({"by"}))
        return self.actors.owner(position)

    def _take_thing(self, match: Match, element: Element, positions: Sequence[int]) -> bool:
        for counted in positions:
            position = self.actors.counted(counted) or counted
            head = self.actors.head_of(position)
            if head is None:
                continue
            place = self._fitting(element, position, head, match.sense.event_type)
            if place is None:
                continue
            match.used.add(place)
            if element.holds_target:
                owner = self.actors.read(place, allow_things=True) or self.actors.owner(place, _BELONGING)
                if owner is not None:
                    match.targets.append(owner)
                elif element.kind is Kind.ANY:
                    return False
            elif not match.sense.frame.has_target and element.kind is Kind.WORDS:
                match.targets += self._aimed_at(place)
            return True
        return False

    def _aimed_at(self, position: int) -> list[Actor]:
        """Whom a thing is for, or against: "lifted sanctions on Iran", "sanctions imposed on Iran"."""
        items, _, _ = self.syntax.read_behind(position)
        clauses = self.syntax.clauses
        is_participle = clauses.kind(position + 1) in ("VK", "VF") and clauses.kind(position + 2) == "p"
        if is_participle and self.lexicon.is_making(self.syntax.tokens_of(position + 1)[-1]):
            items, _, _ = self.syntax.read_behind(position + 1)
        for item in items[:2]:
            if item.kind == NOUN_PHRASE and item.preposition in _AIMED:
                conjuncts = self.syntax.list_conjuncts(item.position)
                found = self.actors.read_all(conjuncts)
                if found and not (item.preposition == "between" and len(conjuncts) < 2):
                    return found
        return []

    def _fitting(self, element: Element, position: int, head: int, event_type: EventType) -> int | None:
        """The noun phrase whose head fits: this one, or what it is an amount of ("tons of food", "$2 in aid")."""
        if self.lexicon.fits(self.syntax.tokens[head], element):
            return None if self.actors.is_other_thing(position, event_type) else position
        clauses = self.syntax.clauses
        n = position + 1
        if clauses.kind(n) in ("o", "p") and clauses.word(n) in ("of", "in", "worth") and clauses.kind(n + 1) == "NP":
            inner = self.actors.head_of(n + 1)
            if inner is not None and self.lexicon.fits(self.syntax.tokens[inner], element):
                return n + 1
        return None


def _awaits(frame: Frame, particle: str) -> bool:
    """Whether a frame has a word among its prepositions ("out of")."""
    return any(particle in prepositions.split() for e in frame.elements for prepositions in e.prepositions)


def _closing_words(elements: Sequence[Element], number: int) -> frozenset[str]:
    """The literal words that a frame has right behind an element: `hostage` in `S ~ T hostage`."""
    if number + 1 >= len(elements):
        return frozenset()
    following = elements[number + 1]
    is_literal = following.kind is Kind.WORDS and following.words and not following.prepositions
    return following.words if is_literal and not following.holds_target else frozenset()


def _distinct(actors: Sequence[Actor]) -> list[Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.key, actor)
    return list(found.values())
