"""Who can hold an attitude: a demand or a judgement needs somebody, or a text that tells of it.

"The minister backed the plan" is his attitude; "the storm blocked the road" and "the format reflects a trend" are
nobody's. Asked only of verbs with a plain object and of labels in headlines, where nothing else shows that something
was said or meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from transforms.enrich.article import Article, Mention, Quote
from transforms.enrich.coreference.scene import find_antecedent
from transforms.language.offices import pluralise
from transforms.language.tokens import Token, token_at
from transforms.resources import Resources
from transforms.tables import iter_rows
from warehouse.contract.codes import Attitude, MentionKind, QuoteKind

PLAIN_FRAMES = frozenset({"obj"})
"""Frames in which a verb has a noun phrase and nothing more."""
HEADLINE_RULE = "quote.headline"
_PRONOUNS = frozenset({"i", "you", "he", "she", "we", "they", "it", "who", "some", "many", "others", "both", "all"})
_DEMONSTRATIVES = frozenset({"This", "That", "These", "Those", "this", "these", "those"})
_RELATIVE = frozenset({"which", "that"})
_AGENT_ENDINGS = ("ers", "ors", "ists", "ians")
_ENDS = frozenset({"PRP", "PRF", "PUN", "PUL", "DTQ", "PNQ", "CJT", "CJC"})


class HolderRules:
    """Tells attitudes that somebody holds from verbs that only look like them."""

    def __init__(self, resources: Resources) -> None:
        reference = resources.reference
        nouns: set[str] = set()
        for (office,) in iter_rows(reference["offices"], "office"):
            for form in (office, *pluralise(office)):
                nouns.add(form.rsplit(" ", 1)[-1])
        nouns.update(noun for (noun,) in iter_rows(reference["descriptions"], "noun"))
        for lemma, part in iter_rows(reference["quote_cues"], "lemma", "part"):
            if part == "noun":
                nouns.update((lemma, *pluralise(lemma)))
        for use, word in iter_rows(reference["clause_words"], "use", "word"):
            if use in ("agent_noun", "document_noun", "voice"):
                nouns.add(word)
        self._nouns = frozenset(nouns)

    @staticmethod
    def build(resources: Resources) -> HolderRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def select(self, article: Article, quotes: Sequence[Quote], names: Sequence[Mention]) -> list[Quote]:
        """The quotes that somebody, or some text, can be the source of; `continues` counts among these."""
        continued = {quote.continues for quote in quotes}
        kept: dict[int, int] = {}
        selected: list[Quote] = []
        for number, quote in enumerate(quotes):
            if number not in continued and quote.continues is None and not self._has_holder(article, quote, names):
                continue
            kept[number] = len(selected)
            quote.continues = None if quote.continues is None else kept[quote.continues]
            selected.append(quote)
        return selected

    def _has_holder(self, article: Article, quote: Quote, names: Sequence[Mention]) -> bool:
        is_plain = quote.frame in PLAIN_FRAMES and quote.attitude is not Attitude.SAY
        if quote.source is not None and article.text[slice(*quote.source)] in _DEMONSTRATIVES:
            return False  # "This means that …" is the reporter's own
        is_label = quote.rule == HEADLINE_RULE  # "Merkel: No talks", not "Factbox: What we know"
        if quote.kind is not QuoteKind.INDIRECT or not (is_plain or is_label):
            return True
        if quote.source is None:
            return False
        start, end = quote.source
        index = article.index_at(start)
        tokens = article.tokens[index]
        first, last = token_at(tokens, start), token_at(tokens, end - 1)
        head = _find_head(tokens[first : last + 1])
        if head is None:
            return tokens[first].lower in _PRONOUNS or (
                tokens[first].lower in _RELATIVE and find_antecedent(tokens, first, names) is not None
            )
        if any(
            name.start <= head.start and head.end <= name.end and name.kind is not MentionKind.DEMONYM for name in names
        ):
            return True
        if head.lower in self._nouns or (head.tag == "NN2" and head.lower.endswith(_AGENT_ENDINGS)):
            return True
        return head.text[:1].isupper() and head.start != article.sentences[index].start and not is_label


@lru_cache(maxsize=4)
def _build(resources: Resources) -> HolderRules:
    return HolderRules(resources)


def _find_head(tokens: Sequence[Token]) -> Token | None:
    """The head of a noun phrase: its last noun before a preposition, a comma or a relative clause."""
    head: Token | None = None
    for token in tokens:
        if token.tag in _ENDS and head is not None:
            break
        if token.tag[:2] in ("NN", "NP"):
            head = token
    return head
