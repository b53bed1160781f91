"""Articles of a few sentences, with names given by hand: what the tests of enrichment are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.enrich.article import Article, Mention, Sentence
from transforms.language.tagging import TagRules
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind, EntityType, MentionKind


@dataclass(frozen=True)
class Named:
    """A name that stands in a text, wherever it does."""

    text: str
    entity_id: str
    name: str
    role: str | None = None
    country: str | None = None
    gender: str | None = None
    kind: MentionKind = MentionKind.NAME
    is_plural: bool = False


def make_article(resources: Resources, *paragraphs: Sequence[str], kind: BlockKind = BlockKind.BODY) -> Article:
    """An article of body copy, or of another kind: a paragraph is its sentences."""
    return _make_blocks(resources, [(kind, paragraph) for paragraph in paragraphs])


def make_lines(resources: Resources, *lines: tuple[BlockKind, str]) -> Article:
    """An article of lines, each a block of its kind with one sentence."""
    return _make_blocks(resources, [(kind, [line]) for kind, line in lines])


def _make_blocks(resources: Resources, blocks: Iterable[tuple[BlockKind, Sequence[str]]]) -> Article:
    tags = TagRules.build(resources)
    text, sentences = "", []
    for number, (kind, block) in enumerate(blocks):
        text += "\n\n" if text else ""
        for position, sentence in enumerate(block):
            text += " " if position else ""
            sentences.append(Sentence(len(sentences), kind, number, len(text), len(text) + len(sentence)))
            text += sentence
    return Article("doc", text, sentences, [tags.tag(text, s.start, s.end) for s in sentences])


def make_mentions(article: Article, *names: Named) -> list[Mention]:
    """Each name's mentions, the longest name first where two overlap; the role stands at the first mention alone."""
    found: list[Mention] = []
    for named in sorted(names, key=lambda n: -len(n.text)):
        at, role = article.text.find(named.text), named.role
        while at >= 0:
            end = at + len(named.text)
            if not any(m.start < end and at < m.end for m in found):
                sentence = next(s for s in article.sentences if s.start <= at < s.end)
                mention = Mention(
                    sentence.no,
                    at,
                    end,
                    EntityType(named.entity_id.partition(":")[0]),
                    named.kind,
                    "test",
                    entity_id=named.entity_id,
                    role=role,
                    country=named.country,
                    name=named.name,
                    gender=named.gender,
                    is_plural=named.is_plural,
                )
                found.append(mention)
                role = None
            at = article.text.find(named.text, end)
    return sorted(found, key=lambda m: m.start)
