"""Noun phrases around a word of running text: where one begins, what it names on its left and right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transforms.enrich.article import Mention
from transforms.language.offices import FoundOffice
from transforms.language.tokens import Token, token_at
from warehouse.contract.codes import EntityType, MentionKind

_DEFINITE = frozenset({"the"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "some", "several", "many", "two", "three", "four", "one", "another", "other", "its", "their"}
)
_MODIFIER_TAGS = frozenset({"AJ0", "AJC", "AJS", "NN1", "NN0", "NP0", "ORD", "CRD", "VVN", "VVG"})


def is_noun(tokens: Sequence[Token], office: FoundOffice) -> bool:
    """Whether an office stands as a noun."""
    return tokens[office.last].tag[:2] in ("NN", "NP", "AJ")


def is_within(names: Iterable[Mention], start: int, end: int) -> bool:
    """Whether a span touches a name; the adjective of a state does not count."""
    return any(name.start < end and start < name.end for name in names if name.kind is not MentionKind.DEMONYM)


def introduces_name(tokens: Sequence[Token], last: int, names: Iterable[Mention]) -> bool:
    """ "Foreign Minister Sergei Lavrov", "the minister, Sergei Lavrov,", "regulator FINMA": the name says who it is."""
    if last + 1 >= len(tokens):
        return False
    has_comma = tokens[last + 1].text == "," and last + 2 < len(tokens)
    start = tokens[last + 2 if has_comma else last + 1].start
    return any(n.start == start and (n.entity_type is EntityType.PERSON or not has_comma) for n in names)


def is_compound(tokens: Sequence[Token], last: int) -> bool:
    """ "the president party": the noun only modifies another."""
    return last + 1 < len(tokens) and tokens[last + 1].tag in ("NN1", "NN2", "NN0") and tokens[last + 1].text.islower()


def begins_after(tokens: Sequence[Token], at: int, name: Mention) -> bool:
    """Whether a name begins at a token, or behind a "the" there."""
    return any(tokens[i].start == name.start for i in range(at, min(at + 2, len(tokens))))


def read_left(tokens: Sequence[Token], first: int, names: Sequence[Mention]) -> tuple[int, str | None, bool]:
    """Where the phrase begins, the country that it names, and whether it is definite."""
    country: str | None = None
    at = first - 1
    while at >= 0:
        token = tokens[at]
        name = next((n for n in names if n.start <= token.start and token.end <= n.end), None)
        if name is not None:
            country = country or name.country
            at = token_at(tokens, name.start) - 1
            continue
        if token.tag == "POS" or (token.tag in _MODIFIER_TAGS and token.lower not in _DETERMINERS):
            at -= 1
            continue
        break
    begins = at + 1
    is_definite = False
    if at >= 0 and tokens[at].lower in _DETERMINERS:
        is_definite = tokens[at].lower in _DEFINITE
        begins = at
    elif at >= 0 and tokens[at].tag in ("DPS", "DT0"):
        begins = at
    elif country is not None:
        is_definite = at < 0 or any(token.tag == "POS" for token in tokens[begins:first])  # "Russia's president"
    return begins, country, is_definite


def read_right(tokens: Sequence[Token], last: int, names: Sequence[Mention]) -> tuple[str | None, bool]:
    """The country of "the president of Chile"; and whether the office is of something that names no country."""
    if last + 1 >= len(tokens) or tokens[last + 1].lower not in ("of", "for"):
        return None, False
    at = last + 2
    while at < len(tokens) and tokens[at].tag in ("AT0", "DPS", "AJ0"):
        at += 1
    if at >= len(tokens):
        return None, True
    name = next((n for n in names if n.start <= tokens[at].start < n.end), None)
    is_state = name is not None and name.entity_type in (EntityType.COUNTRY, EntityType.PLACE)
    is_state = is_state and tokens[last + 1].lower == "of"  # an envoy for Libya is of another
    return (name.country, name.country is None) if name is not None and is_state else (None, True)


def span_text(tokens: Sequence[Token], office: FoundOffice) -> str:
    """An office as written."""
    return " ".join(token.text for token in tokens[office.first : office.last + 1])
