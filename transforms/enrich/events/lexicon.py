"""The lexicon of acts: senses of verbs, nouns and adjectives, classes of nouns, words that tell what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from transforms.enrich.events.frames import Element, Frame, read_frame
from transforms.language.lemmas import Lemmatise, americanize, list_noun_lemmas, list_verb_lemmas
from transforms.language.tokens import Token
from transforms.tables import group_words, iter_rows
from warehouse.contract.codes import EventStatus, EventType


@dataclass(frozen=True)
class Sense:
    """A row of `event_senses`; `number` is its place in the file."""

    number: int
    lemma: str
    part: str
    frame: Frame
    is_mutual: bool
    event_type: EventType
    mode: str | None
    cameo_code: str


@dataclass(frozen=True)
class Carrier:
    """What a verb does with an act that is a noun: whose subject is which side (S, T or neither), and its status.

    `status` is null where the verb says that it happened.
    """

    side: str | None
    status: EventStatus | None


class EventLexicon:
    """Senses by dictionary form and part of speech."""

    def __init__(self, reference: Mapping[str, pa.Table], lemmatise: Lemmatise) -> None:
        self._lemmatise = lemmatise
        self._senses: dict[tuple[str, str], list[Sense]] = {}
        columns = ("lemma", "part", "frame", "sides", "event_type", "mode", "cameo_code")
        for number, row in enumerate(iter_rows(reference["event_senses"], *columns)):
            lemma, part, frame, sides, event_type, mode, code = row
            sense = Sense(number, lemma, part, read_frame(frame), sides == "mutual", EventType(event_type), mode, code)
            self._senses.setdefault((lemma, part), []).append(sense)
        self.classes: Mapping[str, frozenset[str]] = _read_classes(reference)
        self.goldstein: Mapping[str, float] = dict(iter_rows(reference["cameo_codes"], "cameo_code", "goldstein"))
        self.quad_classes: Mapping[str, int] = dict(iter_rows(reference["event_types"], "event_type", "quad_class"))
        governors = iter_rows(reference["event_governors"], "lemma", "part", "status")
        carriers = iter_rows(reference["event_carriers"], "lemma", "act", "side", "status")
        self._governors = {(lemma, part): EventStatus(status) for lemma, part, status in governors}
        self._carriers = {
            (lemma, act): Carrier(side, EventStatus(status) if status else None)
            for lemma, act, side, status in carriers
        }
        self._nations = _read_nations(reference)
        forms = iter_rows(reference["country_forms"], "form", "kind")
        self.adjectives = frozenset(form.lower() for form, kind in forms if kind in ("adjective", "demonym"))
        cues = iter_rows(reference["quote_cues"], "lemma", "part", "frames")
        self._clausal = frozenset(
            lemma
            for lemma, part, frames in cues
            if part in ("verb", "raising") and {"clause", "obj-clause"} & set(frames)
        )
        self._found: dict[tuple[str, str, str], tuple[Sense, ...]] = {}
        self._lemmas: dict[tuple[str, str], tuple[str, ...]] = {}

    def verb(self, token: Token) -> tuple[Sense, ...]:
        """The senses of a word as a verb, in the order of the file."""
        return self._look_up(token, "verb")

    def noun(self, token: Token) -> tuple[Sense, ...]:
        """The senses of a word as a noun."""
        return self._look_up(token, "noun")

    def adjective(self, token: Token) -> tuple[Sense, ...]:
        """The senses of a word as an adjective."""
        return self._look_up(token, "adjective")

    def _look_up(self, token: Token, part: str) -> tuple[Sense, ...]:
        key = (token.lower, token.tag, part)
        found = self._found.get(key)
        if found is None:
            lemmas = self.lemmas(token, part)
            found = next((tuple(self._senses[lemma, part]) for lemma in lemmas if (lemma, part) in self._senses), ())
            self._found[key] = found
        return found

    def lemmas(self, token: Token, part: str) -> tuple[str, ...]:
        """Dictionary forms that a word may have, the likeliest first."""
        if part == "adjective":
            return (token.lower,)
        key = (token.lower, token.tag if part == "verb" else part)
        lemmas = self._lemmas.get(key)
        if lemmas is None:
            listed = (list_verb_lemmas if part == "verb" else list_noun_lemmas)(token, self._lemmatise)
            lemmas = tuple(dict.fromkeys((*listed, *map(americanize, listed))))
            self._lemmas[key] = lemmas
        return lemmas

    def is_of(self, token: Token, name: str) -> bool:
        """Whether a noun is of a class."""
        words = self.classes.get(name, frozenset())
        return any(lemma in words for lemma in self.lemmas(token, "noun"))

    def has_word(self, word: str, name: str) -> bool:
        """Whether a word in lower case, or its singular, is of a class."""
        words = self.classes.get(name, frozenset())
        return word in words or word.removesuffix("s") in words or word.replace("men", "man") in words

    def fits(self, token: Token, element: Element) -> bool:
        """Whether a noun is of the words and classes of an element."""
        if not element.classes and not element.words:
            return True
        lemmas = self.lemmas(token, "noun")
        if any(lemma in element.words for lemma in lemmas):
            return True
        return any(lemma in self.classes.get(name, ()) for name in element.classes for lemma in lemmas)

    def claims(self, token: Token, preposition: str) -> bool:
        """Whether a noun that tells an act takes what stands behind a preposition: talks with, an attack on."""
        is_joint = preposition in ("with", "between")
        return any(
            (sense.is_mutual and is_joint) or any(preposition in e.prepositions for e in sense.frame.elements)
            for sense in self.noun(token)
        )

    def halves(self, token: Token) -> list[tuple[int, int, str]]:
        """The two states of a word such as "U.S.-China" or "Sino-Indian": where each stands, and its country."""
        first, mark, second = token.text.partition("-")
        one, other = self._nations.get(first.lower()), self._nations.get(second.lower())
        if not mark or one is None or other is None:
            return []
        middle = token.start + len(first)
        return [(token.start, middle, one), (middle + 1, token.end, other)]

    def governor(self, token: Token, part: str) -> EventStatus | None:
        """What a verb, noun, adjective or conjunction says of the act that hangs on it; null: that it happened."""
        lemmas: Iterable[str] = self.lemmas(token, part) if part in ("verb", "noun") else (token.lower,)
        return next((self._governors[lemma, part] for lemma in lemmas if (lemma, part) in self._governors), None)

    def carrier(self, token: Token, position: str) -> Carrier | None:
        """What a verb does with an act that is its `subject` or its `object`."""
        lemmas = self.lemmas(token, "verb")
        return next((self._carriers[lemma, position] for lemma in lemmas if (lemma, position) in self._carriers), None)

    def is_making(self, token: Token) -> bool:
        """Whether a participle tells who a thing comes from: "proposals put forward by"."""
        makers = self.classes.get("making", frozenset())
        return any(lemma in makers for lemma in self.lemmas(token, "verb"))

    def is_known(self, token: Token) -> bool:
        """Whether a word could be a verb of the lexicon."""
        return bool(self._look_up(token, "verb"))

    def controls_object(self, token: Token) -> bool:
        """Whether what hangs on a verb is done by its object."""
        return any(lemma in self.classes.get("object_control", ()) for lemma in self.lemmas(token, "verb"))

    def takes_clause(self, token: Token) -> bool:
        """Whether a clause without "that" may follow a verb."""
        return any(lemma in self._clausal for lemma in self.lemmas(token, "verb"))


def _read_nations(reference: Mapping[str, pa.Table]) -> dict[str, str]:
    """Countries by their names and adjectives, in lower case."""
    nations: dict[str, str] = {}
    for form, country, kind in iter_rows(reference["country_forms"], "form", "country", "kind"):
        if kind in ("name", "adjective", "demonym"):
            nations.setdefault(form.lower(), country)
    for country, name, others in iter_rows(reference["countries"], "country", "name", "other_names"):
        for form in (name, *(others or ())):
            nations.setdefault(form.lower(), country)
    return nations


def _read_classes(reference: Mapping[str, pa.Table]) -> dict[str, frozenset[str]]:
    """Words by class; to the agents belong those who can hold an office, or want and judge."""
    classes = group_words(reference["event_words"], "class")
    offices = {office.rsplit(" ", 1)[-1] for (office,) in iter_rows(reference["offices"], "office")}
    holders = group_words(reference["clause_words"], "use")["agent_noun"]
    classes["agent"] = (classes.get("agent", frozenset()) | offices | holders) - classes.get("no_agent", frozenset())
    return classes
