"""Finds the events of an article: one row for each report of an act, with its sides, its status, when and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from transforms.enrich.article import Article, Mention, Quote
from transforms.enrich.dates import TimeExpression
from transforms.enrich.events.actors import Actor, ActorReader
from transforms.enrich.events.frames import Kind
from transforms.enrich.events.intent import as_intent, as_threat
from transforms.enrich.events.lexicon import EventLexicon
from transforms.enrich.events.matching import FrameMatcher, Match
from transforms.enrich.events.nouns import NounMatcher
from transforms.enrich.events.setting import SettingReader, When
from transforms.enrich.events.standing import Standing, StandingRules, is_public_affair
from transforms.enrich.events.status import StatusReader, is_report, of_report
from transforms.enrich.events.syntax import Syntax
from transforms.enrich.places import ResolvedPlace
from transforms.enrich.quotes.units import KINDS
from transforms.language.tokens import Token
from transforms.resources import Resources
from transforms.tables import group_words
from warehouse.contract.codes import EntityType, EventStatus, EventType

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Event:
    """A row of `events` in the making; spans are (start, end) into the article's text.

    `quote` is the index, in the article's list of quotes, of the statement that reports it.
    """

    sentence_no: int
    clause: Span
    trigger: Span
    event_type: EventType
    mode: str | None
    cameo_code: str
    quad_class: int
    goldstein: float
    source: Actor | None
    target: Actor | None
    status: EventStatus
    when: When
    place: ResolvedPlace | None
    quote: int | None
    rule: str


class EventRules:
    """Reads acts by the lexicon of the resources."""

    def __init__(self, resources: Resources) -> None:
        reference = resources.reference
        self._lexicon = EventLexicon(reference, resources.lemmatise)
        self._standing = StandingRules(reference, self._lexicon.classes)
        self._words = group_words(reference["clause_words"], "use")

    @staticmethod
    def build(resources: Resources) -> EventRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def find(
        self,
        article: Article,
        mentions: Sequence[Mention],
        quotes: Sequence[Quote],
        times: Sequence[TimeExpression],
        places: Sequence[ResolvedPlace],
        *,
        is_sport: bool = False,
        is_business: bool = False,
    ) -> list[Event]:
        """The events of an article, in text order; `mentions` are all of it, resolved.

        A page of sport has none: what it tells is done in play; on one of business a body of which nothing is known is
        a firm.
        """
        if is_sport:
            return []
        by_sentence: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_sentence[mention.sentence_no].append(mention)
        found: list[Event] = []
        for index, sentence in enumerate(article.sentences):
            if sentence.kind not in KINDS or not self._has_trigger(article.tokens[index]):
                continue
            reading = _SentenceReading(
                self._lexicon,
                self._standing,
                self._words,
                article,
                index,
                by_sentence[sentence.no],
                is_business=is_business,
            )
            setting = SettingReader(
                article,
                index,
                reading.syntax,
                [time for time in times if time.sentence_no == sentence.no],
                [place for place in places if place.sentence_no == sentence.no],
            )
            found += reading.events(setting, quotes)
        return found

    def _has_trigger(self, tokens: Sequence[Token]) -> bool:
        lexicon = self._lexicon
        return any(
            lexicon.verb(t) or lexicon.noun(t) or lexicon.adjective(t)
            for t in tokens
            if t.text[0].isalpha() and len(t.text) > 2
        )


@lru_cache(maxsize=4)
def _build(resources: Resources) -> EventRules:
    return EventRules(resources)


class _SentenceReading:
    """One sentence while it is read."""

    def __init__(
        self,
        lexicon: EventLexicon,
        standing: StandingRules,
        words: dict[str, frozenset[str]],
        article: Article,
        index: int,
        mentions: Sequence[Mention],
        *,
        is_business: bool,
    ) -> None:
        self._lexicon = lexicon
        self._article = article
        self._index = index
        self.syntax = Syntax(article, index, words, lexicon)
        self._actors = ActorReader(self.syntax, mentions, lexicon, standing, is_business=is_business)
        self._verbs = FrameMatcher(self.syntax, self._actors, lexicon)
        self._nouns = NounMatcher(self.syntax, self._actors, lexicon, self._verbs)
        self._statuses = StatusReader(self.syntax, self._actors, self._nouns, lexicon)

    def events(self, setting: SettingReader, quotes: Sequence[Quote]) -> list[Event]:
        """The events of the sentence, in the order of their triggers."""
        events = [event for match in self._matches() for event in self._make(match, setting, quotes)]
        return sorted(events, key=lambda e: (e.trigger, e.event_type, e.source.start if e.source else -1))

    def _matches(self) -> list[Match]:
        """What is told, by verbs first; what another act is about is told with that one."""
        found: list[Match] = []
        for predicate in self.syntax.predicates:
            match = self._verbs.match_verb(predicate) or self._verbs.match_adjective(predicate)
            if match is not None:
                found.append(match)
        users = {position: m for m in found for position in m.used}
        for position in range(self.syntax.clauses.count):
            match = self._nouns.match(position)
            if match is None:
                continue
            user = users.get(position)
            if user is None:
                found.append(match)
            elif user.sense.event_type is match.sense.event_type:
                _complete(user, match)
        return _join_nested(found)

    def _make(self, match: Match, setting: SettingReader, quotes: Sequence[Quote]) -> Iterator[Event]:
        syntax = self.syntax
        trigger = syntax.tokens[match.trigger]
        sense = match.sense
        quote_no = _find_quote(quotes, trigger.start)
        quote = quotes[quote_no] if quote_no is not None else None
        if match.noun is None and match.predicate is not None:
            status = self._statuses.of_predicate(match.predicate)
        else:
            status = self._statuses.of_noun(match.noun if match.noun is not None else match.begin)
        status = of_report(status, quote)
        intent = as_intent(sense.event_type, sense.cameo_code, self._statuses.intent_of(match, status))
        is_recoded = intent is not None and bool(match.sources)
        event_type, mode, cameo_code = match.coded or (sense.event_type, sense.mode, sense.cameo_code)
        if intent is not None and is_recoded:
            event_type, mode, cameo_code = intent
        anchor = match.noun if match.noun is not None else match.begin
        if match.noun is None and match.predicate is not None:
            anchor = match.predicate.position
        if is_recoded:
            # the day that is told is the day of what is promised, not of the promise
            status, when = EventStatus.OCCURRED, setting.of_telling()
        else:
            when = setting.when(anchor, match.end, match.predicate, status)
        place = setting.where(anchor, match.end)
        made = Event(
            sentence_no=self._article.sentences[self._index].no,
            clause=(0, 0),
            trigger=(trigger.start, trigger.end),
            event_type=event_type,
            mode=mode,
            cameo_code=cameo_code,
            quad_class=self._lexicon.quad_classes[event_type],
            goldstein=self._lexicon.goldstein[cameo_code],
            source=None,
            target=None,
            status=status,
            when=when,
            place=place,
            quote=quote_no,
            rule=match.rule,
        )
        if not self._is_evident(match):
            return
        for source, target in _pair(match):
            if cameo_code == "042" and not self._visits(source):
                continue
            if event_type in _NOT_OF_ONES_OWN and self._is_own(source, target):
                continue
            if not is_public_affair(event_type, _standing(source), _standing(target)):
                continue
            yield replace(made, source=source, target=target, clause=self._clause(match, source, target))

    def _visits(self, source: Actor | None) -> bool:
        """Whether somebody who goes somewhere does so for a state or a body, and is no tourist."""
        if source is None or source.standing not in (Standing.PUBLIC, Standing.PERSON):
            return False
        return source.noun is None or not self._lexicon.has_word(source.noun, "tourist")

    def _is_own(self, source: Actor | None, target: Actor | None) -> bool:
        """Whether a thing or a body is the actor's own ("shut its office")."""
        if source is None or target is None or target.entity_type is EntityType.PERSON:
            return False
        noun = target.noun or ""
        if not (
            target.is_thing or any(self._lexicon.has_word(noun, name) for name in ("asset", "dependent", "medium"))
        ):
            return False
        return any(token.start == target.start and token.tag == "DPS" for token in self.syntax.tokens)

    def _is_evident(self, match: Match) -> bool:
        """Whether harm of which nobody is said to be the cause was done, and is no accident or disaster."""
        tokens = self.syntax.tokens
        trigger = tokens[match.trigger]
        if match.sense.event_type is not EventType.ASSAULT or match.sources:
            return True
        is_open = self._lexicon.is_of(trigger, "accidental") or any(
            lemma in self._lexicon.classes["accidental"] for lemma in self._lexicon.lemmas(trigger, "verb")
        )
        if not is_open or any(target.standing is Standing.PUBLIC for target in match.targets):
            return True
        return any(self._lexicon.is_of(token, "conflict") for token in tokens if token is not trigger)

    def _clause(self, match: Match, source: Actor | None, target: Actor | None) -> Span:
        """From the first to the last character that says it."""
        chunks = self.syntax.chunks
        start, end = self.syntax.unit.span(chunks[match.begin].start, chunks[min(match.end, len(chunks)) - 1].end)
        for side in (source, target):
            if side is not None:
                start, end = min(start, side.start), max(end, side.end)
        trigger = self.syntax.tokens[match.trigger]
        return min(start, trigger.start), max(end, trigger.end)


_NOT_OF_ONES_OWN = frozenset({EventType.COERCE, EventType.THREATEN, EventType.SANCTION})
"""Acts that nobody does to what is his own."""
_SPEECH_ACTS = frozenset({EventType.AGREE, EventType.REJECT, EventType.THREATEN})
"""Acts that are about another act of the same actor's: what is agreed to, refused, threatened."""


def _join_nested(matches: Sequence[Match]) -> list[Match]:
    """Leaves out what an actor agrees to, refuses or threatens to do; its target is that of the agreement."""
    kept: list[Match] = []
    verbs = {m.predicate.position: m for m in matches if m.noun is None and m.predicate is not None}
    for match in matches:
        above = match.predicate.governor if match.predicate is not None else None
        link = match.predicate.link if match.predicate is not None else ""
        said = verbs.get(above.position) if above is not None and link not in ("and", "that") else None
        if said is None:
            kept.append(match)
            continue
        if link == "to" and match.noun is None and said.sense.event_type is match.sense.event_type:
            continue  # "met to discuss"
        is_speech = said.sense.event_type in _SPEECH_ACTS
        is_part = any(e.kind in (Kind.INFINITIVE, Kind.GERUND) for e in said.sense.frame.elements)
        is_own = {s.key for s in match.sources} == {s.key for s in said.sources}
        if not (is_speech and is_part and is_own):
            kept.append(match)
            continue
        threat = as_threat(match.sense.event_type, match.sense.cameo_code)
        is_plain_threat = said.sense.event_type is EventType.THREATEN and said.sense.mode is None
        if threat is not None and (said.sense.event_type is EventType.AGREE or is_plain_threat):
            said.coded = threat
        is_free = not any(e.is_side and e.kind is not Kind.SOURCE for e in said.sense.frame.elements)
        if match.targets and (is_free or not said.targets):
            said.targets = list(match.targets)
            said.end = max(said.end, match.end)
    return kept


def _complete(verb: Match, noun: Match) -> None:
    """Gives an act that a verb and its object tell together what the noun alone says: its finer code, its target."""
    if not verb.targets and noun.targets:
        sources = {source.key for source in verb.sources}
        verb.targets = [target for target in noun.targets if target.key not in sources]
        verb.end = max(verb.end, noun.end)
    code = verb.sense.cameo_code
    if code.endswith("0") and noun.sense.cameo_code.startswith(code.rstrip("0")) and noun.sense.mode == verb.sense.mode:
        verb.coded = (noun.sense.event_type, noun.sense.mode, noun.sense.cameo_code)


def _standing(actor: Actor | None) -> Standing | None:
    return actor.standing if actor is not None else None


def _pair(match: Match) -> Iterator[tuple[Actor | None, Actor | None]]:
    """Each source with each target; of what is mutual both ways."""
    sources: list[Actor | None] = list(match.sources)
    targets: list[Actor | None] = list(match.targets)
    is_joint = match.sense.event_type in (EventType.AGREE, EventType.REJECT)  # "Oslo and Bonn failed to agree"
    is_among = match.sense.is_mutual or is_joint
    if is_among and not targets and len(sources) > 1:
        yield from ((a, b) for a in sources for b in sources if a is not b)
        return
    for source in sources or [None]:
        for target in targets or [None]:
            yield source, target
            if match.sense.is_mutual and source is not None and target is not None:
                yield target, source


def _find_quote(quotes: Sequence[Quote], position: int) -> int | None:
    """The innermost quote that holds a character."""
    inside = [(q.end - q.start, n) for n, q in enumerate(quotes) if q.start <= position < q.end and is_report(q)]
    return min(inside)[1] if inside else None
