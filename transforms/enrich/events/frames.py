"""The language in which `event_senses` says where the two sides of an act stand around its verb, noun or adjective."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an element of a frame asks for.

    `SOURCE` and `TARGET` are the sides; `OWNER` (`T*`) a target or a thing of the target's; `SITE` (`T+`) a target
    that may also be a place, a building or a vehicle; `WORDS` a noun phrase by its head; `ANY` any noun phrase;
    `INFINITIVE`, `GERUND` and `CLAUSE` are what they say.
    """

    SOURCE = "S"
    TARGET = "T"
    OWNER = "T*"
    SITE = "T+"
    WORDS = "words"
    ANY = "*"
    INFINITIVE = "to-do"
    GERUND = "doing"
    CLAUSE = "that"


@dataclass(frozen=True)
class Element:
    """One element, with the prepositions of which one stands before it.

    `classes` and `words` are what its head may be (both empty: anything); `holds_target` says that the target is
    whoever a thing belongs to, or stands in the infinitive; `is_source` that a subject of some words is the source.
    """

    kind: Kind
    prepositions: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    holds_target: bool = False
    is_source: bool = False

    @property
    def is_side(self) -> bool:
        """Whether it is the source or the target itself."""
        return self.kind in (Kind.SOURCE, Kind.TARGET, Kind.OWNER, Kind.SITE)


@dataclass(frozen=True)
class Frame:
    """A frame as read: what the subject is, the particles of the verb, and what follows it in order."""

    text: str
    subject: Element | None
    particles: frozenset[str]
    elements: tuple[Element, ...]

    @cached_property
    def weight(self) -> int:
        """How much a match tells: the more a frame asks for, the surer it is."""
        return (
            2 * bool(self.particles)
            + 2 * bool(self.subject is not None and self.subject.kind is Kind.WORDS)
            + sum(2 + bool(e.prepositions) + (e.kind is Kind.WORDS) + bool(e.words) for e in self.elements)
            - sum(element.kind is Kind.ANY for element in self.elements)
        )

    @cached_property
    def has_target(self) -> bool:
        """Whether it says where the target stands."""
        sides = (*self.elements, *((self.subject,) if self.subject else ()))
        return any(e.holds_target or (e.is_side and e.kind is not Kind.SOURCE) for e in sides)


_ELEMENT = re.compile(
    r"(?P<side>[ST][+*]?)(?:'s)?"
    r"|(?P<any>\*)(?P<t2>:T)?"
    r"|(?P<clause>to-do|doing)(?:\((?P<verbs>[a-z|-]+)\))?(?P<t3>:T)?"
    r"|(?P<that>that)(?:\((?P<modals>[a-z|-]+)\))?(?P<t4>:T)?"
    r"|(?P<words>(?:<[a-z_]+>|[a-z'-]+)(?:\|(?:<[a-z_]+>|[a-z'-]+))*)(?:(?P<t1>:T)|(?P<source>:S))?"
)

PREPOSITIONS = frozenset(
    {
        "about",
        "across",
        "against",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "beside",
        "between",
        "by",
        "during",
    }
    | {"for", "from", "in", "inside", "into", "near", "of", "off", "on", "onto", "out", "over", "past", "through"}
    | {"to", "toward", "towards", "under", "upon", "with", "within", "without", "along", "alongside", "outside", "up"}
)
PARTICLES = frozenset(
    {
        "away",
        "back",
        "down",
        "off",
        "on",
        "out",
        "over",
        "up",
        "together",
        "aside",
        "in",
        "apart",
        "forward",
        "forth",
        "through",
    }
)


class FrameError(ValueError):
    """A frame that cannot be read; the message says why."""


def read_frame(text: str) -> Frame:
    """Read a frame of `event_senses`, such as `S ~ <aid> to T`; raise `FrameError` where it is none."""
    pieces = text.split()
    if pieces.count("~") != 1:
        raise FrameError(f"{text!r}: a frame has ~ for its word exactly once")
    at = pieces.index("~")
    subject = _read_subject(text, pieces[:at])
    particles: frozenset[str] = frozenset()
    elements: list[Element] = []
    waiting: frozenset[str] = frozenset()
    behind = pieces[at + 1 :]
    for number, piece in enumerate(behind):
        match = _match_piece(text, piece)
        words = frozenset(piece.split("|"))
        is_last = number + 1 == len(behind)
        if (
            match["words"]
            and not match["t1"]
            and words <= PREPOSITIONS
            and not (is_last or _is_particle(behind, number))
        ):
            waiting = frozenset(f"{a} {b}" for a in waiting for b in words) if waiting else words
            continue
        if match["words"] and words <= PARTICLES and (number == 0 or is_last):
            particles |= words
            continue
        if is_last and match["words"] and not match["t1"] and words <= PREPOSITIONS:
            raise FrameError(f"{text!r}: nothing follows the preposition {piece!r}")
        elements.append(_make_element(match, waiting))
        waiting = frozenset()
    if waiting:
        raise FrameError(f"{text!r}: nothing follows the preposition")
    return Frame(text, subject, particles, tuple(elements))


def _is_particle(behind: list[str], number: int) -> bool:
    """Whether a word that could be either stands as a particle: before a preposition, right behind the verb."""
    words = frozenset(behind[number].split("|"))
    following = frozenset(behind[number + 1].split("|"))
    return number == 0 and words <= PARTICLES and following <= PREPOSITIONS


def _read_subject(text: str, pieces: list[str]) -> Element | None:
    """What stands before the word: a subject, and for nouns the owner."""
    subject: Element | None = None
    for piece in pieces:
        subject = _make_element(_match_piece(text, piece), frozenset())
    return subject


def _match_piece(text: str, piece: str) -> re.Match[str]:
    match = _ELEMENT.fullmatch(piece)
    if match is None:
        raise FrameError(f"{text!r}: {piece!r} is no element of a frame")
    return match


def _make_element(match: re.Match[str], prepositions: frozenset[str]) -> Element:
    holds = any(match[name] for name in ("t1", "t2", "t3", "t4"))
    if match["side"]:
        return Element(Kind(match["side"]), prepositions)
    if match["any"]:
        return Element(Kind.ANY, prepositions, holds_target=holds)
    if match["clause"]:
        verbs = frozenset(match["verbs"].split("|")) if match["verbs"] else frozenset()
        kind = Kind.INFINITIVE if match["clause"] == "to-do" else Kind.GERUND
        return Element(kind, prepositions, words=verbs, holds_target=holds)
    if match["that"]:
        modals = frozenset(match["modals"].split("|")) if match["modals"] else frozenset()
        return Element(Kind.CLAUSE, prepositions, words=modals, holds_target=holds)
    alternatives = match["words"].split("|")
    classes = frozenset(word[1:-1] for word in alternatives if word.startswith("<"))
    words = frozenset(word for word in alternatives if not word.startswith("<"))
    return Element(Kind.WORDS, prepositions, classes, words, holds_target=holds, is_source=bool(match["source"]))
