"""Co-reference within an article: descriptions and pronouns, and who speaks in each quote. Nothing on a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transforms.enrich.article import Article, Mention, Quote, Sentence, find_first_pieces
from transforms.enrich.coreference.cast import Cast
from transforms.enrich.coreference.descriptions import DescriptionRules, Scope
from transforms.enrich.coreference.pronouns import GENDERS, Line, find_party, find_person
from transforms.enrich.coreference.scene import FINITE, Scene, find_subject
from transforms.enrich.coreference.speakers import NOBODY, Speaker, find_speaker
from transforms.language.offices import OfficeIndex
from transforms.language.tokens import Token, token_at
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind, EntityType, MentionKind

__all__ = ["CoreferenceRules", "Resolution", "Speaker"]

_PARTY_PRONOUNS: Mapping[str, bool] = {"it": False, "they": True}
_FLOW = frozenset({BlockKind.BODY, BlockKind.SUBHEAD})
"""Blocks that tell one story from sentence to sentence; a caption or a headline stands alone."""


@dataclass(frozen=True)
class Resolution:
    """Every mention of an article in text order, and for each quote, in its order, who speaks and who is told."""

    mentions: list[Mention]
    speakers: list[Speaker]
    addressees: list[str | None]


class CoreferenceRules:
    """Resolves descriptions, pronouns and speakers."""

    def __init__(self, resources: Resources) -> None:
        reference = resources.reference
        self._offices = OfficeIndex(reference["offices"])
        self._descriptions = DescriptionRules(
            self._offices, reference["descriptions"], reference["organisations"], reference["country_forms"]
        )

    @staticmethod
    def build(resources: Resources) -> CoreferenceRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def resolve(self, article: Article, names: Sequence[Mention], quotes: Sequence[Quote]) -> Resolution:
        """Read an article from top to bottom; what is said of whom depends on what stands before it only."""
        reading = _Reading(article, names, quotes, self._offices, self._descriptions)
        for index in range(len(article.sentences)):
            reading.read_sentence(index)
        return reading.finish()


@lru_cache(maxsize=4)
def _build(resources: Resources) -> CoreferenceRules:
    return CoreferenceRules(resources)


class _Reading:
    """One article while it is read."""

    def __init__(
        self,
        article: Article,
        names: Sequence[Mention],
        quotes: Sequence[Quote],
        offices: OfficeIndex,
        descriptions: DescriptionRules,
    ) -> None:
        self._article = article
        self._scene = Scene(quotes)
        self._cast = Cast(names, offices)
        self._descriptions = descriptions
        self._quotes = quotes
        self._names: dict[int, list[Mention]] = _by_sentence(names)
        self._quotes_at: dict[int, list[int]] = {}
        for number, quote in enumerate(quotes):
            at = article.index_at(quote.start if quote.source is None else quote.source[0])
            self._quotes_at.setdefault(at, []).append(number)
        self._said_by: dict[int, list[tuple[int, int]]] = {}
        for quote in quotes:
            if quote.source is not None:
                self._said_by.setdefault(quote.source[0], []).append((quote.start, quote.end))
        self._seen: dict[str, int] = {}
        self._kind = BlockKind.HEADLINE
        self._lines: list[Line] = []
        self._mentions: list[Mention] = []
        self._speakers: list[Speaker] = [NOBODY] * len(quotes)
        self._addressees: list[str | None] = [None] * len(quotes)

    def read_sentence(self, index: int) -> None:
        sentence, tokens = self._article.sentences[index], self._article.tokens[index]
        if sentence.kind not in _FLOW or self._kind not in _FLOW:
            self._lines = []
        self._kind = sentence.kind
        names = self._names.get(sentence.no, [])
        for name in names:
            if name.entity_id is not None:
                self._seen.setdefault(name.entity_id, name.start)
            member = self._cast.members.get(name.entity_id or "")
            if member is not None:
                name.gender = name.gender or member.gender
        subject = find_subject(tokens, [n for n in names if not self._scene.is_spoken(n.start)])
        about = [subject, *(line.subject for line in reversed(self._lines[-2:]))]
        subjects = [s.entity_id for s in about if s is not None and s.entity_id is not None]
        scope = Scope(sentence, tokens, names, self._cast, self._seen, subjects)
        found = [
            d
            for d in self._descriptions.find(scope)
            if not self._scene.is_spoken(d.start) or d.kind is MentionKind.NOMINAL
        ]
        here = sorted([*names, *found], key=lambda m: (m.start, -m.end))
        line = Line(sentence.paragraph_no)
        self._lines.append(line)
        here = self._read_pronouns(sentence, tokens, here, line)
        self._mentions += here
        self._read_quotes(index, tokens, here, line)

    def _read_pronouns(
        self, sentence: Sentence, tokens: Sequence[Token], here: list[Mention], line: Line
    ) -> list[Mention]:
        """Walks the sentence; each pronoun sees what stands before it."""
        all_here: list[Mention] = []
        waiting = list(here)
        free = [m for m in here if not self._scene.is_spoken(m.start)]
        line.subject = find_subject(tokens, free)
        for at, token in enumerate(tokens):
            while waiting and waiting[0].start <= token.start:
                mention = waiting.pop(0)
                all_here.append(mention)
                if not self._scene.is_spoken(mention.start):
                    _offer(line, mention)
            is_pronoun = token.lower in GENDERS or token.lower in _PARTY_PRONOUNS
            is_pronoun = is_pronoun and not (all_here and all_here[-1].end > token.start)  # "He" of "He Qinghua"
            pronoun = self._read_pronoun(sentence, tokens, at, line) if is_pronoun else None
            if pronoun is not None:
                all_here.append(pronoun)
                if pronoun.entity_id is None and pronoun.gender is not None:
                    line.open_genders.add(pronoun.gender)
                    continue
                _offer(line, pronoun)
                if line.subject is None or line.subject.start > pronoun.start:
                    line.subject = pronoun if _is_subject_form(token.lower) else line.subject
        all_here += waiting
        return all_here

    def _read_pronoun(self, sentence: Sentence, tokens: Sequence[Token], at: int, line: Line) -> Mention | None:
        token = tokens[at]
        if self._scene.is_spoken(token.start):
            return None
        said = self._said_by.get(token.start, ())
        gender = GENDERS.get(token.lower)
        if gender is not None:
            barred = _find_barred(tokens, at, line)
            person = find_person(gender, token.start, self._lines, said, barred)
            mention = Mention(
                sentence.no, token.start, token.end, EntityType.PERSON, MentionKind.PRONOUN, "pronoun.person"
            )
            mention.gender = gender
            return _point(mention, person)
        if token.lower in _PARTY_PRONOUNS and at + 1 < len(tokens) and tokens[at + 1].tag in FINITE:
            is_first = not any(t.tag in FINITE for t in tokens[:at])
            party = find_party(_PARTY_PRONOUNS[token.lower], token.start, self._lines, is_first=is_first, said=said)
            if party is None or party.entity_id is None:
                return None
            mention = Mention(
                sentence.no, token.start, token.end, party.entity_type, MentionKind.PRONOUN, "pronoun.party"
            )
            mention.is_plural = party.is_plural
            return _point(mention, party)
        return None

    def _read_quotes(self, index: int, tokens: Sequence[Token], here: Sequence[Mention], line: Line) -> None:
        for number in self._quotes_at.get(index, ()):
            quote = self._quotes[number]
            if quote.source is not None:
                self._speakers[number] = find_speaker(quote.source, tokens, here)
                source = [m for m in here if quote.source[0] < m.end <= quote.source[1]]
                head = next((m for m in source if m.entity_id == self._speakers[number].entity_id), None)
                if head is not None and head.entity_id is not None:
                    line.subject = head
            if quote.addressee is not None:
                self._addressees[number] = find_speaker(quote.addressee, tokens, here).entity_id

    def finish(self) -> Resolution:
        self._share_speakers()
        mentions = sorted(self._mentions, key=lambda m: (m.start, m.end))
        return Resolution(mentions, self._speakers, self._addressees)

    def _share_speakers(self) -> None:
        """The pieces of a statement have one speaker, whichever of them names it."""
        first_of = find_first_pieces(self._quotes)
        known: dict[int, tuple[Speaker, str | None]] = {}
        for number, first in enumerate(first_of):
            if self._speakers[number] != NOBODY:
                known.setdefault(first, (self._speakers[number], self._addressees[number]))
        for number, first in enumerate(first_of):
            if self._speakers[number] == NOBODY and self._quotes[number].source is None and first in known:
                self._speakers[number] = known[first][0]
                self._addressees[number] = self._addressees[number] or known[first][1]


def _by_sentence(mentions: Sequence[Mention]) -> dict[int, list[Mention]]:
    grouped: dict[int, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        grouped.setdefault(mention.sentence_no, []).append(mention)
    return grouped


def _offer(line: Line, mention: Mention) -> None:
    if mention.entity_type is EntityType.PERSON:
        line.people.append(mention)


def _point(mention: Mention, to: Mention | None) -> Mention:
    if to is not None and to.entity_id is not None:
        mention.entity_id, mention.name, mention.country, mention.role = to.entity_id, to.name, to.country, to.role
        if to.gender is None:
            to.gender = mention.gender
    return mention


def _find_barred(tokens: Sequence[Token], at: int, line: Line) -> str | None:
    """The subject of the verb whose object a pronoun is, where one verb alone stands between them."""
    subject = line.subject
    if tokens[at].lower not in ("him", "her") or tokens[at].tag == "DPS" or subject is None:
        return None
    between = tokens[token_at(tokens, subject.end) : at]
    is_one_verb = sum(t.tag in FINITE for t in between) == 1 and sum(t.tag[:2] == "VV" for t in between) <= 1
    is_one_clause = is_one_verb and not any(token.tag in ("CJT", "CJS") for token in between)
    return subject.entity_id if is_one_clause and subject.start < tokens[at].start else None


def _is_subject_form(word: str) -> bool:
    return word in ("he", "she", "it", "they")
