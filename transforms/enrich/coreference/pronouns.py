"""Pronouns outside direct speech: he and she, and it and they where they are the subject of what is said.

Candidates are looked for sentence by sentence, backwards. In the nearest sentence that has any, the subject is
taken (after centering theory, Grosz, Joshi and Weinstein 1995: the subject is what the next sentence is likeliest
about); without one a single candidate; of several none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.enrich.article import Mention
from warehouse.contract.codes import EntityType, MentionKind

GENDERS: Mapping[str, str] = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
"""Pronouns of persons, and their gender."""
Span = tuple[int, int]
REACH_SENTENCES = 4
"""How many sentences back a person may have been named."""
REACH_PARAGRAPHS = 2
"""How many paragraphs back."""


@dataclass
class Line:
    """What a sentence offers to the pronouns behind it: who is named in it, and who is its subject.

    `people` are in text order; `open_genders` are those of pronouns that point to nobody who is known.
    """

    paragraph_no: int
    people: list[Mention] = field(default_factory=list)
    subject: Mention | None = None
    open_genders: set[str] = field(default_factory=set)


def find_person(
    gender: str, before: int, lines: Sequence[Line], said: Sequence[Span] = (), barred: str | None = None
) -> Mention | None:
    """The mention that he or she at `before` points to; `lines` end with the pronoun's own sentence.

    `said` is what the pronoun says, if it is the source of a quote: who is named in that is not who says it.
    `barred` is an entity that cannot be meant: the subject of a verb is not its object ("Berg assured him").
    """
    here = lines[-1].paragraph_no
    for line in reversed(lines[-1 - REACH_SENTENCES :]):
        if here - line.paragraph_no > REACH_PARAGRAPHS:
            return None
        people = [
            p
            for p in line.people
            if p.end <= before and not p.is_plural and p.gender in (gender, None) and not _is_in(p, said)
            if barred is None or p.entity_id != barred
        ]
        if people:
            return _choose(people, [p for p in people if p.gender == gender], line.subject)
        if gender in line.open_genders and line is not lines[-1]:
            return None  # there too somebody is meant who could not be found
    return None


def find_party(
    is_plural: bool, before: int, lines: Sequence[Line], *, is_first: bool, said: Sequence[Span] = ()
) -> Mention | None:
    """What it or they, as a subject, point to.

    Where a verb stands before the pronoun in its sentence (not `is_first`), the subject of that verb; else the
    subject of the sentence before. What is no mention ("the deal", "Berg's government") points to nothing.
    """
    line = lines[-1]
    if is_first or said:
        if len(lines) < 2 or line.paragraph_no - lines[-2].paragraph_no > 1:
            return None
        line = lines[-2]
    subject = line.subject
    if subject is None or subject.end > before or _is_in(subject, said):
        return None
    if is_plural:
        return subject if subject.is_plural or subject.entity_type is EntityType.GROUP else None
    is_party = subject.entity_type in (EntityType.ORGANISATION, EntityType.COUNTRY, EntityType.GROUP)
    return subject if is_party and not subject.is_plural and subject.kind is not MentionKind.DEMONYM else None


def _is_in(mention: Mention, spans: Sequence[Span]) -> bool:
    return any(start <= mention.start < end for start, end in spans)


def _choose(people: Sequence[Mention], sure: Sequence[Mention], subject: Mention | None) -> Mention | None:
    """The subject, if it fits; else the one person whose gender is known to fit, or the one who may fit."""
    ids = {p.entity_id or f"@{p.start}" for p in people}
    if subject is not None and (any(p is subject for p in people) or subject.entity_id in ids):
        return subject
    likely = sure or people
    return likely[-1] if len({p.entity_id or f"@{p.start}" for p in likely}) == 1 else None
