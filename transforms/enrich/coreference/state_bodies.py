"""Bodies of a state by what they are: "the French government", "China's foreign ministry", "Iran's parliament"."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from transforms.enrich.article import Mention, Sentence
from transforms.enrich.coreference.phrases import begins_after, is_compound, is_within, read_left
from transforms.enrich.names.lexicon import slugify
from transforms.language.tokens import Token
from transforms.tables import iter_rows
from warehouse.contract.codes import EntityType, MentionKind

_PORTFOLIO_TAGS = frozenset({"NN", "AJ", "NP"})
_MAX_PORTFOLIO = 3
_MAX_NOMINAL = 3


class StateBodyRules:
    """Finds bodies of a state that is named beside them."""

    def __init__(self, descriptions: pa.Table, organisations: pa.Table, country_forms: pa.Table) -> None:
        self._governments: set[str] = set()
        self._ministries: set[str] = set()
        for noun, points_to in iter_rows(descriptions, "noun", "points_to"):
            if points_to == "state":
                self._governments.add(noun)
            elif points_to == "ministry":
                self._ministries.add(noun)
        self._adjectives: dict[str, str] = {}
        for form, country, kind in iter_rows(country_forms, "form", "country", "kind"):
            if kind in ("demonym", "adjective"):
                self._adjectives.setdefault(country, form)
        self._national: dict[tuple[str, str], set[str]] = {}
        self._names: dict[str, str] = {}
        for slug, entity_type, name, country, nominals in iter_rows(
            organisations, "slug", "entity_type", "name", "country", "nominals"
        ):
            self._names[f"{entity_type}:{slug}"] = name
            for nominal in nominals or ():
                if country:
                    self._national.setdefault((nominal, country), set()).add(f"{entity_type}:{slug}")

        self._openers = self._governments | self._ministries | {words.split(" ")[0] for words, _ in self._national}

    def may_begin(self, word: str) -> bool:
        """Whether a body of a state may be named by a word in lower case, or from it on."""
        return word in self._openers

    def match(
        self, tokens: Sequence[Token], at: int, sentence: Sentence, names: Sequence[Mention]
    ) -> tuple[Mention | None, int]:
        """What stands at a token, and its last token."""
        word = tokens[at].lower
        if word in self._governments:
            return self._match_government(tokens, at, sentence, names)
        if word in self._ministries:
            return self._match_ministry(tokens, at, sentence, names)
        return self._match_national(tokens, at, sentence, names)

    def _match_government(
        self, tokens: Sequence[Token], at: int, sentence: Sentence, names: Sequence[Mention]
    ) -> tuple[Mention | None, int]:
        """ "The French government", "Kenya's cabinet", "the Trump administration": a state by its government."""
        if not _is_free_noun(tokens, at, names):
            return None, at
        first, country, _ = read_left(tokens, at, names)
        if country is None and at + 1 < len(tokens) and tokens[at + 1].lower in ("in", "of"):
            country = next((n.country for n in names if begins_after(tokens, at + 2, n)), None)
        if country is None or _is_regional(tokens, first, at, names):
            return None, at
        mention = self._make(tokens, first, at, sentence, "description.government")
        mention.entity_type, mention.entity_id, mention.country = EntityType.COUNTRY, f"country:{country}", country
        return mention, at

    def _match_ministry(
        self, tokens: Sequence[Token], at: int, sentence: Sentence, names: Sequence[Mention]
    ) -> tuple[Mention | None, int]:
        """ "China's foreign ministry", "the health ministry": named by its portfolio, and by its country."""
        if not _is_free_noun(tokens, at, names) or not tokens[at].text.islower():
            return None, at
        first = at
        while first > 0 and at - first < _MAX_PORTFOLIO and _is_portfolio(tokens[first - 1], names):
            first -= 1
        if first == at:
            return None, at
        begins, country, _ = read_left(tokens, first, names)
        if _is_regional(tokens, begins, first, names):
            country = None
        own = " ".join(token.lower for token in tokens[first : at + 1])
        name = f"{self._adjectives[country]} {own}" if country in self._adjectives else own
        mention = self._make(tokens, begins, at, sentence, "description.ministry")
        mention.entity_id = f"organisation:{slugify(name)}"
        mention.country, mention.name = country, name.title()
        return mention, at

    def _match_national(
        self, tokens: Sequence[Token], at: int, sentence: Sentence, names: Sequence[Mention]
    ) -> tuple[Mention | None, int]:
        """ "The Turkish central bank", "Iran's parliament": the one body of the country that is so described."""
        if at == 0 or not tokens[at].text.islower() or not _follows_state(tokens, at, names):
            return None, at
        first, country, _ = read_left(tokens, at, names)
        if country is None or _is_regional(tokens, first, at, names):
            return None, at
        for last in range(min(at + _MAX_NOMINAL, len(tokens)) - 1, at - 1, -1):
            words = " ".join(token.lower for token in tokens[at : last + 1])
            found = self._national.get((words, country), set())
            if len(found) == 1 and _is_free_noun(tokens, last, names):
                mention = self._make(tokens, first, last, sentence, "description.national")
                (mention.entity_id,) = found
                mention.entity_type = EntityType(mention.entity_id.partition(":")[0])
                mention.country, mention.name = country, self._names[mention.entity_id]
                return mention, last
        return None, at

    @staticmethod
    def _make(tokens: Sequence[Token], first: int, last: int, sentence: Sentence, rule: str) -> Mention:
        return Mention(
            sentence_no=sentence.no,
            start=tokens[first].start,
            end=tokens[last].end,
            entity_type=EntityType.ORGANISATION,
            kind=MentionKind.NOMINAL,
            rule=rule,
            gender="n",
        )


def _is_free_noun(tokens: Sequence[Token], at: int, names: Sequence[Mention]) -> bool:
    is_noun = tokens[at].tag.startswith("NN") and not is_compound(tokens, at)
    return is_noun and not is_within(names, tokens[at].start, tokens[at].end)


def _is_portfolio(token: Token, names: Sequence[Mention]) -> bool:
    is_word = token.tag[:2] in _PORTFOLIO_TAGS and token.text.islower()
    return is_word and not any(n.start < token.end and token.start < n.end for n in names)


def _follows_state(tokens: Sequence[Token], at: int, names: Sequence[Mention]) -> bool:
    """Whether a state's adjective, or its name with 's, stands right before a token."""
    before = at - 2 if tokens[at - 1].tag == "POS" else at - 1
    return before >= 0 and any(n.end == tokens[before].end and n.entity_type is EntityType.COUNTRY for n in names)


def _is_regional(tokens: Sequence[Token], first: int, last: int, names: Sequence[Mention]) -> bool:
    """Whether a region or city is named within: its body is not the state's."""
    return any(n.entity_type is EntityType.PLACE and tokens[first].start <= n.start < tokens[last].start for n in names)
