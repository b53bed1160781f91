"""Whether an act happened: by the verb group that tells it, by what governs that, by who says it."""

from __future__ import annotations

from collections.abc import Iterable

from transforms.enrich.article import Quote
from transforms.enrich.events.actors import ActorReader
from transforms.enrich.events.lexicon import EventLexicon
from transforms.enrich.events.matching import Match
from transforms.enrich.events.nouns import NounMatcher
from transforms.enrich.events.syntax import Predicate, Syntax
from warehouse.contract.codes import Attitude, EventStatus, QuoteKind

_WEAKEST_FIRST = (
    EventStatus.DENIED,
    EventStatus.HYPOTHETICAL,
    EventStatus.DEMANDED,
    EventStatus.PLANNED,
    EventStatus.ONGOING,
    EventStatus.OCCURRED,
)
_BE_NOW = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
_WILL = frozenset({"will", "wo", "would", "'ll", "’ll"})
_BY_ATTITUDE = {
    Attitude.ASK: EventStatus.HYPOTHETICAL,
    Attitude.THINK: EventStatus.HYPOTHETICAL,
    Attitude.FEEL: EventStatus.HYPOTHETICAL,
    Attitude.INTEND: EventStatus.PLANNED,
    Attitude.DEMAND: EventStatus.DEMANDED,
    Attitude.REFUSE: EventStatus.DENIED,
}
"""What a report without quotation marks says of an act in it, by its cue."""
_DEPTH = 6
_FACTUAL = frozenset({"VVD", "VVZ", "VBD", "VBZ", "VHD", "VHZ"})


def weakest(statuses: Iterable[EventStatus | None]) -> EventStatus:
    """The least real of some statuses; what says nothing counts as occurred."""
    found = {status for status in statuses if status is not None}
    return next((status for status in _WEAKEST_FIRST if status in found), EventStatus.OCCURRED)


class StatusReader:
    """Statuses of the acts of one sentence."""

    def __init__(self, syntax: Syntax, actors: ActorReader, nouns: NounMatcher, lexicon: EventLexicon) -> None:
        self.syntax = syntax
        self._actors = actors
        self._nouns = nouns
        self._lexicon = lexicon

    def of_predicate(self, predicate: Predicate, depth: int = 0) -> EventStatus:
        """The status of what a verb group says."""
        own = self._own(predicate)
        if depth > _DEPTH:
            return own
        return weakest((own, self._conjunction(predicate), self._of_governor(predicate, depth)))

    def _own(self, predicate: Predicate) -> EventStatus:
        """By the modal verbs and the negation of a verb group."""
        tokens = self.syntax.tokens_of(predicate.position)
        statuses: list[EventStatus | None] = []
        start = self.syntax.chunks[predicate.position].start
        before = self.syntax.tokens[start - 1] if start else None
        is_negated = any(token.tag == "XX0" or token.lower in ("never", "cannot") for token in tokens)
        if before is not None and (before.tag == "XX0" or before.lower == "never"):
            is_negated = True
        if is_negated:
            statuses.append(EventStatus.DENIED)
        for token in tokens:
            if token.tag == "VM0":
                is_told = token.lower == "would" and self._is_told_later(predicate)
                statuses.append(EventStatus.PLANNED if is_told else self._lexicon.governor(token, "modal"))
        if predicate.kind == "VF" and not predicate.is_passive and self._is_progressive(predicate):
            statuses.append(EventStatus.ONGOING)
        if predicate.subject is not None and self._is_nobody(predicate.subject[0]):
            statuses.append(EventStatus.DENIED)
        return weakest(statuses)

    def _is_told_later(self, predicate: Predicate) -> bool:
        """Whether "would" is the "will" of what somebody said: "said he would meet them"."""
        governor = predicate.governor
        if governor is None or predicate.link != "that":
            return False
        verb = self.syntax.tokens[governor.verb]
        return verb.tag in ("VVD", "VVN", "VVG") and self._lexicon.governor(verb, "verb") is None

    def intent_of(self, match: Match, status: EventStatus) -> EventStatus | None:
        """`planned` or `denied` where the one who acts says that he will, or will not; none where others say so."""
        predicate = match.predicate
        if status is EventStatus.PLANNED:
            return status if match.noun is not None or predicate is None or self._is_meant(predicate) else None
        if status is not EventStatus.DENIED or predicate is None:
            return None
        tokens = self.syntax.tokens_of(predicate.position)
        return status if any(token.lower in _WILL for token in tokens) else None

    def _is_meant(self, predicate: Predicate) -> bool:
        """Whether "will", or a verb, adjective or noun of intention, says so; an infinitive of purpose does not."""
        if any(token.tag == "VM0" for token in self.syntax.tokens_of(predicate.position)):
            return True
        governor = predicate.governor
        if governor is None:
            return predicate.kind != "VG"
        if predicate.link == "and":
            return self._is_meant(governor)
        token = self.syntax.tokens[governor.verb]
        is_expected = governor.is_passive and "expect" in self._lexicon.lemmas(token, "verb")
        is_planned = self._lexicon.governor(token, "verb") is EventStatus.PLANNED and not is_expected
        has_adjective = any(item.kind == "j" for item in governor.items)
        return is_planned or has_adjective or self._noun_before(predicate.position) is EventStatus.PLANNED

    def _is_nobody(self, position: int) -> bool:
        return self.syntax.clauses.word(position) in ("no", "nobody", "neither", "none")

    def _is_progressive(self, predicate: Predicate) -> bool:
        tokens = self.syntax.tokens_of(predicate.position)
        verb = self.syntax.tokens[predicate.verb]
        if verb.tag in ("VVG", "VDG"):
            return tokens[0].lower in _BE_NOW or tokens[0].lower in ("has", "have")
        return verb.tag in ("VVZ", "VVB") and not self.syntax.is_headline and len(tokens) == 1

    def _conjunction(self, predicate: Predicate) -> EventStatus | None:
        """What "if", "unless", "whether" before the clause say."""
        if predicate.kind != "VF":
            return None
        start = predicate.position if predicate.subject is None else min(predicate.subject[0], predicate.position)
        n = start - 1
        clauses = self.syntax.clauses
        while n >= 0 and clauses.kind(n) in ("a", '"', "NP") and start - n < 3:
            if clauses.kind(n) == "NP" and not clauses.is_time(n):
                break
            n -= 1
        if n < 0:
            return None
        return self._lexicon.governor(self.syntax.tokens[self.syntax.chunks[n].start], "conjunction")

    def _of_governor(self, predicate: Predicate, depth: int) -> EventStatus | None:
        """What the verb, adjective or noun says that an infinitive, a gerund or a that-clause hangs on."""
        governor = predicate.governor
        clauses = self.syntax.clauses
        if governor is None:
            if predicate.kind == "VT":
                return self._of_free_infinitive(predicate)
            if predicate.kind == "VG" and clauses.word(predicate.position - 1) == "without":
                return EventStatus.DENIED
            return None
        token = self.syntax.tokens[governor.verb]
        above = self.of_predicate(governor, depth + 1)
        if predicate.link == "and":
            return above if predicate.kind != "VF" else None
        said = self._lexicon.governor(token, "verb")
        adjective = next((i for i in governor.items if i.kind == "j"), None)
        if adjective is not None and predicate.link == "to":
            word = self.syntax.tokens[self.syntax.chunks[adjective.position].end - 1]
            said = self._lexicon.governor(word, "adjective") or said or EventStatus.HYPOTHETICAL
        noun = self._noun_before(predicate.position)
        if noun is not None:
            said = noun
            if clauses.word(predicate.position - 1) == "no":
                return EventStatus.DENIED  # "saw no need to close the border"
        is_own_wish = said is EventStatus.DEMANDED and predicate.subject == governor.subject and not governor.is_passive
        if predicate.link == "to" and (said is None or (is_own_wish and noun is None)):
            said = EventStatus.PLANNED
        if predicate.link == "that":
            is_fact = said is EventStatus.DEMANDED and self.syntax.tokens[predicate.verb].tag in _FACTUAL
            return None if is_fact else said  # "told them that he left"; not "demanded that he leave"
        if predicate.link == "without":
            return EventStatus.DENIED
        return weakest((said, above if above is not EventStatus.ONGOING else None))

    def _noun_before(self, position: int) -> EventStatus | None:
        """ "A plan to attack", "calls to withdraw": what a noun says of the infinitive behind it."""
        if self.syntax.clauses.kind(position - 1) != "NP":
            return None
        head = self._actors.head_of(position - 1)
        return self._lexicon.governor(self.syntax.tokens[head], "noun") if head is not None else None

    def _of_free_infinitive(self, predicate: Predicate) -> EventStatus:
        return self._noun_before(predicate.position) or EventStatus.PLANNED

    def of_noun(self, position: int) -> EventStatus:
        """The status of an act that is a noun phrase."""
        ahead = EventStatus.PLANNED if self._lies_ahead(position) else None
        return weakest((*self._modifiers(position), self._noun_above(position), self._verb_above(position), ahead))

    def _lies_ahead(self, position: int) -> bool:
        """ "Ahead of talks", "before the meeting"."""
        clauses = self.syntax.clauses
        before = clauses.word(position - 1)
        return before == "before" or (before == "of" and clauses.word(position - 2) == "ahead")

    def _modifiers(self, position: int) -> list[EventStatus | None]:
        """ "A possible attack", "no talks"."""
        chunk = self.syntax.chunks[position]
        found: list[EventStatus | None] = []
        for token in self.syntax.tokens[chunk.start : chunk.end - 1]:
            found.append(self._lexicon.governor(token, "adjective"))
            if token.lower == "no":
                found.append(EventStatus.DENIED)
            elif token.lower == "any":
                found.append(EventStatus.HYPOTHETICAL)
        return found

    def _noun_above(self, position: int) -> EventStatus | None:
        """ "The threat of an attack", "plans for talks"."""
        clauses = self.syntax.clauses
        if clauses.kind(position - 1) not in ("o", "p") or clauses.kind(position - 2) != "NP":
            return None
        head = self._actors.head_of(position - 2)
        if head is None:
            return None
        return self._lexicon.governor(self.syntax.tokens[head], "noun")

    def _verb_above(self, position: int) -> EventStatus | None:
        governed = self._nouns.governor(position)
        if governed is None:
            return EventStatus.PLANNED if self._has_free_infinitive(position) else None
        predicate, place, preposition = governed
        token = self.syntax.tokens[predicate.verb]
        is_object = (place == "object") != (place == "subject" and predicate.is_passive)
        if place == "object" and predicate.is_passive and preposition:
            is_object = True
        position_name = "object" if is_object or predicate.is_passive else "subject"
        carrier = self._lexicon.carrier(token, position_name) if self._nouns.carries(token, preposition) else None
        own = self.of_predicate(predicate)
        if carrier is not None:
            return weakest((carrier.status, own))
        said = (
            self._lexicon.governor(token, "verb")
            if is_object and preposition in ("", "for", "to", "out", "against", "from", "on")
            else None
        )
        if said is not None:
            return said
        if preposition in ("in", "into"):
            return own  # "will not take part in talks"
        is_open = self.syntax.clauses.word(position) in ("a", "an", "any", "further", "another", "more", "new")
        if is_open and own in (EventStatus.HYPOTHETICAL, EventStatus.PLANNED, EventStatus.DEMANDED):
            return EventStatus.HYPOTHETICAL
        return None

    def _has_free_infinitive(self, position: int) -> bool:
        """ "Talks to begin on Monday": a headline's infinitive that a noun is the subject of."""
        n = position + 1
        clauses = self.syntax.clauses
        while clauses.kind(n) in ("o", "p", "NP", "c") and n < position + 8:
            n += 1
        if clauses.kind(n) != "VT" or not self.syntax.is_headline:
            return False
        return self._lexicon.carrier(self.syntax.tokens[self.syntax.chunks[n].end - 1], "subject") is not None


_CLAUSES = frozenset(
    {"that", "clause", "wh", "quote", "obj-that", "obj-clause", "obj-wh", "obj-quote", "out-that", "clear"}
)
"""Frames of cues whose content is a clause of its own."""


def is_report(quote: Quote) -> bool:
    """Whether a quote reports what is in it: speech, or a clause; "imposed sanctions" says nothing."""
    return quote.kind is not QuoteKind.INDIRECT or quote.frame is None or quote.frame in _CLAUSES


def of_report(status: EventStatus, quote: Quote | None) -> EventStatus:
    """The status of an act within a report: as the cue says where the reporter gives it in his own words."""
    if quote is None or quote.kind is QuoteKind.DIRECT or quote.attitude is None:
        return status
    return weakest((status, _BY_ATTITUDE.get(quote.attitude)))
