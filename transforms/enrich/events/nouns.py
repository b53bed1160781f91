"""Matches the frames of nouns: "talks between A and B", "A's annexation of B", "launched an attack on B"."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.enrich.events.actors import Actor, ActorReader
from transforms.enrich.events.frames import Element, Kind
from transforms.enrich.events.lexicon import EventLexicon, Sense
from transforms.enrich.events.matching import FrameMatcher, Match, find_best
from transforms.enrich.events.syntax import INFINITIVE, NOUN_PHRASE, Item, Predicate, Syntax
from transforms.language.tokens import Token
from warehouse.contract.codes import EventType

_ASIDES = frozenset({"regarding", "concerning", "involving", "including", "following", "as", "than", "like"})
_IN_COURSE_OF = frozenset({"after", "before", "during", "in", "at", "following"})
_WITH_PREPOSITION = {
    "under": frozenset({"come", "be", "fall"}),
    "into": frozenset({"enter", "go", "come"}),
    "in": frozenset({"engage", "take", "participate", "join", "result", "be", "open"}),
    "on": frozenset({"embark", "go", "be", "open"}),
    "for": frozenset({"meet", "gather", "sit"}),
    "out": frozenset({"carry"}),
}
"""Verbs that carry an act behind a preposition."""


class NounMatcher:
    """Reads the acts that are nouns."""

    def __init__(self, syntax: Syntax, actors: ActorReader, lexicon: EventLexicon, verbs: FrameMatcher) -> None:
        self._verbs = verbs
        self.syntax = syntax
        self.actors = actors
        self.lexicon = lexicon
        self._governed: dict[int, tuple[Predicate, str, str]] = {}
        for predicate in syntax.predicates:
            for item in predicate.items:
                if item.kind == NOUN_PHRASE:
                    for position in syntax.list_conjuncts(item.position):
                        self._governed.setdefault(position, (predicate, "object", item.preposition))
            for position in syntax.subjects(predicate):
                self._governed.setdefault(position, (predicate, "subject", ""))

    def governor(self, position: int) -> tuple[Predicate, str, str] | None:
        """The predicate of which a noun phrase is the subject or an object, and the preposition before it."""
        return self._governed.get(position)

    def match(self, position: int) -> Match | None:
        """The best sense of the noun that is the head of a noun phrase."""
        if self.syntax.clauses.kind(position) != "NP":
            return None
        head = self.actors.head_of(position)
        if head is None or self.syntax.unit.letters[head] != "n":
            return None
        if self.lexicon.is_of(self.syntax.tokens[head], "light_noun") and head > self.actors.segment_of(position)[1]:
            head -= 1  # "mediation efforts", "rescue operation"
        if self.actors.mention_at(head) is not None:
            return None
        found = [self._match(sense, position, head) for sense in self.lexicon.noun(self.syntax.tokens[head])]
        return find_best(match for match in found if match is not None)

    def _match(self, sense: Sense, position: int, head: int) -> Match | None:
        if self.actors.is_other_thing(position, sense.event_type):
            return None
        match = Match(sense, "event.noun", head, noun=position)
        items, _, end = self.syntax.read_behind(position)
        items = _until_aside(items)
        match.begin, match.end = position, end
        governed = self._governed.get(position)
        if governed is not None:
            match.predicate = governed[0]
            if governed[1] == "object" and not governed[2]:
                items = [i for i in governed[0].items if i.position > position] or items
            elif self.lexicon.carrier(self.syntax.tokens[governed[0].verb], "subject") is not None:
                items = [*items, *(i for i in governed[0].items if i.preposition != "by")]
        is_carried = self._take_carrier(match, sense, governed)
        self._take_owner(match, sense, position)
        if not self._take_phrases(match, sense, items, position):
            return None
        if sense.is_mutual and match.targets and not match.sources:
            self._take_partner(match, position, governed)
        match.settle()
        if not self._is_told(match, is_carried=is_carried):
            return None
        match.weight += len(match.sources) + 2 * len(match.targets)
        return match

    def _take_partner(self, match: Match, position: int, governed: tuple[Predicate, str, str] | None) -> None:
        """The other side of "said after talks with X": whoever that is said of."""
        if governed is None or governed[1] != "object" or governed[0].subject is None:
            return
        before = self.syntax.clauses.word(position - 1)
        is_ahead = before == "of" and self.syntax.clauses.word(position - 2) == "ahead"
        verb = self.syntax.tokens[governed[0].verb]
        if (before in _IN_COURSE_OF and (before != "in" or self.carries(verb, "in"))) or is_ahead:
            match.sources += self.actors.read_all(self.syntax.subjects(governed[0]))

    def _is_told(self, match: Match, *, is_carried: bool) -> bool:
        """Whether a noun tells an act: a verb carries it, or all its sides are there; others only speak of one."""
        sense = match.sense
        token = self.syntax.tokens[match.trigger]
        if not (match.sources or match.targets) or (not is_carried and self.lexicon.is_of(token, "carried")):
            return False
        if sense.is_mutual:
            return bool(match.sources) and len(match.sources) + len(match.targets) > 1
        if sense.event_type is EventType.COOPERATE and not (match.sources and match.targets):
            return False
        subject = sense.frame.subject
        if subject is not None and subject.kind is not Kind.SOURCE:
            return bool(match.targets)
        if not sense.frame.has_target or match.targets:
            return bool(match.sources) or is_carried
        roots = {other.event_type for other in self.lexicon.noun(token)}
        return is_carried and bool(match.sources) and len(roots) == 1

    def _take_owner(self, match: Match, sense: Sense, position: int) -> None:
        """Whoever stands before the noun: 's, "his", or the adjective of a state."""
        subject = sense.frame.subject
        if subject is None:
            return
        possessor = self.actors.possessor(position)
        if sense.is_mutual:
            named = [name for name in self.actors.modifying_names(position) if name.noun is None]
            match.sources += [possessor] if possessor is not None else named
            return
        owner = possessor or self.actors.attributive_name(position)
        if owner is None:
            return
        if subject.kind is not Kind.SOURCE:
            match.targets.append(owner)
        elif not match.sources:
            match.sources.append(owner)

    def _take_phrases(self, match: Match, sense: Sense, items: Sequence[Item], position: int) -> bool:
        """What follows behind prepositions; whether the things that the frame asks for are there."""
        frame = sense.frame
        is_found = not any(element.kind in (Kind.WORDS, Kind.INFINITIVE) for element in frame.elements)
        subject = frame.subject
        for before, item in zip((None, *items), items, strict=False):
            is_taken = before is not None and before.position in match.used
            if before is not None and not is_taken and self.actors.claims(before, item.preposition):
                continue
            if item.kind == INFINITIVE:
                is_found |= self._take_infinitive(match, frame.elements, item)
            if item.kind != NOUN_PHRASE or not item.preposition:
                continue
            is_done_to = match.rule == "event.carrier" and match.targets and not match.sources
            if is_done_to and item.preposition == "of":
                match.sources += self._read_list(item.position, match, False)  # "won the backing of the premier"
                continue
            for element in frame.elements:
                if item.preposition not in element.prepositions:
                    continue
                if element.kind is Kind.WORDS:
                    head = self.actors.head_of(item.position)
                    if head is not None and self.lexicon.fits(self.syntax.tokens[head], element):
                        match.weight += 3
                        match.used.add(item.position)
                        is_found = True
                        held = self.actors.read(item.position, allow_things=True) or self.actors.owner(item.position)
                        if element.holds_target and held is not None:
                            match.targets.append(held)
                    continue
                found = self._read_list(item.position, match, element.kind in (Kind.SITE, Kind.OWNER))
                if element.kind is Kind.OWNER and not found and (owner := self.actors.owner(item.position)):
                    found = [owner]
                (match.sources if element.kind is Kind.SOURCE else match.targets).extend(found)
                break
            else:
                self._take_implied(match, sense, item, position, subject.kind if subject is not None else None)
        return is_found

    def _take_infinitive(self, match: Match, elements: Sequence[Element], item: Item) -> bool:
        """ "Its refusal to meet the envoy": the target is in the infinitive."""
        if not any(element.kind is Kind.INFINITIVE for element in elements):
            return False
        inner, _, end = self.syntax.read_behind(item.position)
        match.targets += self._verbs.first_actors(inner)
        match.end = max(match.end, end)
        return True

    def _take_implied(self, match: Match, sense: Sense, item: Item, position: int, subject: Kind | None) -> None:
        """By-phrases are the source; "of" what the possessor would be; "between" and "with" both sides."""
        is_first = item.position == position + 2
        is_of = item.preposition == "of" and is_first and sense.event_type is not EventType.CONSULT
        if sense.is_mutual and (item.preposition in ("between", "with", "among") or is_of):
            match.sources += self._read_list(item.position, match, False)
        elif item.preposition == "by":
            if subject is not Kind.SOURCE or not match.sources:
                match.sources += self._read_list(item.position, match, False)
        elif item.preposition == "of" and subject is not None and not sense.is_mutual:
            if subject is Kind.SOURCE and not match.sources and not match.targets:
                match.sources += self._read_list(item.position, match, False)
            elif subject is not Kind.SOURCE and not match.targets:
                match.targets += self._read_list(item.position, match, True)

    def _read_list(self, position: int, match: Match, allow_things: bool) -> list[Actor]:
        conjuncts = self.syntax.list_conjuncts(position)
        match.end = max(match.end, conjuncts[-1] + 1)
        return self.actors.read_all(conjuncts, allow_things=allow_things)

    def _take_carrier(self, match: Match, sense: Sense, governed: tuple[Predicate, str, str] | None) -> bool:
        """ "Launched an attack": the subject of the verb does it; "faces accusations": it is done to the subject.

        Returns whether a verb carries the act.
        """
        if governed is None:
            return False
        predicate, place, preposition = governed
        token = self.syntax.tokens[predicate.verb]
        is_object = (place == "object" and not predicate.is_passive) or (place == "subject" and predicate.is_passive)
        carrier = self.lexicon.carrier(token, "object") if is_object else None
        is_aid = sense.event_type is EventType.AID
        if is_aid and self.lexicon.classes["giving"].isdisjoint(self.lexicon.lemmas(token, "verb")):
            return False  # "declared its loans lost"
        if carrier is None or not self.carries(token, preposition):
            return not is_object and self.lexicon.carrier(token, "subject") is not None
        match.rule = "event.carrier"
        match.begin = min(match.begin, predicate.position)
        match.end = max(match.end, predicate.end)
        heads: list[int] = []
        if place == "object":
            heads = self.syntax.subjects(predicate)
        elif predicate.agent is not None:
            heads = self.syntax.list_conjuncts(predicate.agent.position)
        found = self.actors.read_all(heads)
        if heads:
            match.begin = min(match.begin, heads[0])
        if carrier.side is None or not found:
            if carrier.side is None:
                match.rule = "event.noun"
            return True
        if sense.is_mutual:
            match.sources = [*found, *match.sources]
        elif carrier.side == "S":
            if not match.sources:
                match.sources = found
        elif not match.targets:
            match.targets = found
        return True

    def carries(self, verb: Token, preposition: str) -> bool:
        """Whether a verb carries an act behind a preposition: "came under attack", "engaged in talks"."""
        carriers = _WITH_PREPOSITION.get(preposition, frozenset())
        return not preposition or not carriers.isdisjoint(self.lexicon.lemmas(verb, "verb"))


def _until_aside(items: Sequence[Item]) -> list[Item]:
    """What follows up to a word that says what it is about: what stands behind that belongs to it."""
    stop = next((n for n, item in enumerate(items) if item.preposition in _ASIDES), len(items))
    return list(items[:stop])
