"""Who speaks: the head of a source phrase, and the entity that it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transforms.enrich.article import Mention
from transforms.enrich.coreference.scene import FINITE, find_antecedent, is_possessor
from transforms.language.tokens import Token, token_at
from warehouse.contract.codes import EntityType, MentionKind

_BREAKS = frozenset({"PRP", "PRF", "CJS", "CJT", "DTQ", "PNQ", "PUN"})
_RELATIVE = frozenset({"who", "which", "that"})
_NAMES = frozenset({MentionKind.NAME, MentionKind.ACRONYM})
_OFFICE_TAGS = frozenset({"NN", "NP", "AJ", "AT", "OR"})
_PEOPLE = (MentionKind.NOMINAL, MentionKind.TITLE)


class Speaker(NamedTuple):
    """Who speaks: the entity, or of an unnamed source its country and organisation."""

    entity_id: str | None = None
    country: str | None = None
    organisation_id: str | None = None


NOBODY = Speaker()


def find_speaker(span: tuple[int, int], tokens: Sequence[Token], mentions: Sequence[Mention]) -> Speaker:
    """The speaker of a source phrase, by the mentions of its sentence."""
    inside = [m for m in mentions if span[0] < m.end <= span[1]]
    if not inside:
        return _read_relative(span, tokens, mentions)
    head = _find_head(span, tokens, inside)
    if head is None or head.kind is MentionKind.DEMONYM:
        return _describe(tokens, inside)
    if _is_joint(head, tokens, inside, span[1]):
        return Speaker(country=head.country if len({m.country for m in inside}) == 1 else None)
    if head.entity_id is not None:
        return Speaker(head.entity_id, head.country, _organisation_of(head, inside))
    return _describe(tokens, inside, head)


def _read_relative(span: tuple[int, int], tokens: Sequence[Token], mentions: Sequence[Mention]) -> Speaker:
    """Who "who", "which" or "that" is: the name right before it."""
    at = token_at(tokens, span[0])
    if at == 0 or at >= len(tokens) or tokens[at].end < span[1] or tokens[at].lower not in _RELATIVE:
        return NOBODY
    named = find_antecedent(tokens, at, mentions)
    if named is None or named.kind is MentionKind.DEMONYM:
        return NOBODY
    return Speaker(named.entity_id, named.country)


def _find_head(span: tuple[int, int], tokens: Sequence[Token], inside: Sequence[Mention]) -> Mention | None:
    """The mention that the phrase is about: the first that owns nothing and hangs on no preposition.

    Where that is a description without a name, and a name stands in apposition to it, the name.
    """
    start = token_at(tokens, span[0])
    head: Mention | None = None
    for mention in inside:
        if _only_modifies(mention, tokens, span[1]):
            continue
        left = tokens[start : token_at(tokens, mention.start)]
        if head is None:
            if any(token.tag in _BREAKS for token in left) and not (_is_introduced(mention, left) or _is_apposed(left)):
                return None  # "a spokesman for Lavrov"
            head = mention
        elif head.entity_id is None and mention.kind in _NAMES and _names_the_head(tokens, head, mention, span[1]):
            return mention
    return head


def _only_modifies(mention: Mention, tokens: Sequence[Token], end: int) -> bool:
    """ "Russian …", "Lavrov's …", "his …", "NATO officials", "Kremlin spokesman Dmitry Peskov"."""
    if mention.kind is MentionKind.DEMONYM or is_possessor(tokens, mention.end):
        return True
    after = token_at(tokens, mention.end)
    if mention.kind is MentionKind.PRONOUN:
        return after > 0 and tokens[after - 1].tag == "DPS"
    if mention.entity_type is EntityType.PERSON or after >= len(tokens) or tokens[after].start >= end:
        return False
    return tokens[after].tag[:2] in ("NN", "NP", "AJ", "VV") and tokens[after].tag not in FINITE


def _names_the_head(tokens: Sequence[Token], head: Mention, name: Mention, end: int) -> bool:
    """ "the ambassador to the body, Michael Carpenter": a comma, at most an office, and the name to the end."""
    left = tokens[token_at(tokens, head.end) : token_at(tokens, name.start)]
    if not any(token.text == "," for token in left) or not _is_apposed(left):
        return False
    after = token_at(tokens, name.end)
    return after >= len(tokens) or tokens[after].start >= end or tokens[after].text == ","


def _is_introduced(mention: Mention, left: Sequence[Token]) -> bool:
    """ "Minister of Energy Prince Abdulaziz": the office of the person ends right before the name, or a title does."""
    if not left or mention.entity_type is not EntityType.PERSON or mention.kind is not MentionKind.NAME:
        return False
    words = {word.lower() for word in (mention.role or "").split()}
    return any(token.lower in words for token in left[-2:]) or (
        left[-1].text[:1].isupper() and left[-1].tag[:2] in ("NN", "NP")
    )


def _is_apposed(left: Sequence[Token]) -> bool:
    """ "the minister, Sergei Lavrov", "the mediator, ex-president Obasanjo": a comma, perhaps an office, the name."""
    if not left:
        return False
    comma = max((i for i, token in enumerate(left) if token.text in (",", "(")), default=None)
    if comma is not None and all(token.tag[:2] in _OFFICE_TAGS for token in left[comma + 1 :]):
        return True
    return left[0].tag == "PRP"


def _is_joint(head: Mention, tokens: Sequence[Token], inside: Sequence[Mention], end: int) -> bool:
    """ "Putin and Lavrov": more than one speaks."""
    after = token_at(tokens, head.end)
    for mention in inside:
        if mention.start <= head.end or mention.end > end:
            continue
        between = tokens[after : token_at(tokens, mention.start)]
        if between and any(t.lower == "and" for t in between) and not any(t.tag in _BREAKS - {"PUN"} for t in between):
            return mention.entity_type is head.entity_type or mention.kind in _PEOPLE
    return False


def _describe(tokens: Sequence[Token], inside: Sequence[Mention], head: Mention | None = None) -> Speaker:
    """What is known of a source without a name: its country, and the organisation that it speaks for."""
    organisations = [m for m in inside if m.entity_type is EntityType.ORGANISATION and m.entity_id]
    own = [m.country for m in inside if m.country and not _is_errand(tokens, m)]
    country = head.country if head and head.country else next(iter(own), None)
    return Speaker(None, country, organisations[0].entity_id if organisations else None)


def _is_errand(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether it is what somebody is sent to: "the U.N. envoy for Libya", "the ambassador to Chad"."""
    at = token_at(tokens, mention.start) - 1
    return at >= 0 and tokens[at].lower in ("for", "to")


def _organisation_of(head: Mention, inside: Sequence[Mention]) -> str | None:
    if head.entity_type is not EntityType.PERSON:
        return None
    return next(
        (m.entity_id for m in inside if m.entity_type is EntityType.ORGANISATION and m.entity_id is not None), None
    )
