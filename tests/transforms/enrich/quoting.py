"""Articles of a few lines, and what is found in them, for the tests of quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transforms.clean.rules import CleanRules
from transforms.enrich.article import Article, Quote, Sentence
from transforms.enrich.quotes import QuoteRules
from transforms.language.tagging import TagRules
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind


@dataclass(frozen=True)
class Line:
    """A quote with its spans read out."""

    text: str
    source: str | None
    cue: str | None
    kind: str
    lemma: str | None
    addressee: str | None
    continues: int | None
    rule: str
    frame: str | None
    sentence_no: int


def make_article(resources: Resources, text: str, headline: str = "") -> Article:
    """An article whose paragraphs are the lines of the text."""
    split = CleanRules.build(resources).sentences.split
    whole = f"{headline}\n{text}" if headline else text
    sentences: list[Sentence] = []
    start = 0
    for paragraph, line in enumerate(whole.split("\n")):
        kind = BlockKind.HEADLINE if headline and paragraph == 0 else BlockKind.BODY
        for begin, end in split(whole, start, start + len(line)):
            sentences.append(Sentence(len(sentences), kind, paragraph, begin, end))
        start += len(line) + 1
    tag = TagRules.build(resources).tag
    tokens = [tag(whole, sentence.start, sentence.end) for sentence in sentences]
    return Article("a", whole, sentences, tokens)


def finder(resources: Resources) -> Callable[..., list[Line]]:
    """A function from text to the quotes in it."""
    rules = QuoteRules.build(resources)

    def find(text: str, headline: str = "") -> list[Line]:
        article = make_article(resources, text, headline)
        return [read_out(article.text, quote) for quote in rules.find(article)]

    return find


def read_out(text: str, quote: Quote) -> Line:
    """The texts of a quote's spans."""

    def cut(span: tuple[int, int] | None) -> str | None:
        return text[slice(*span)] if span else None

    return Line(
        text=text[quote.start : quote.end],
        source=cut(quote.source),
        cue=cut(quote.cue),
        kind=quote.kind.value,
        lemma=quote.cue_lemma,
        addressee=cut(quote.addressee),
        continues=quote.continues,
        rule=quote.rule,
        frame=quote.frame,
        sentence_no=quote.sentence_no,
    )
