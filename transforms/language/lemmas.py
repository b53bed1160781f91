"""Dictionary forms of words, in American spelling, whatever the tagger took them for."""

from __future__ import annotations

from collections.abc import Callable

from transforms.language.tokens import Token

Lemmatise = Callable[[str, str], str]
"""Gives the dictionary form of a word with a given tag."""


def list_verb_lemmas(token: Token, lemmatise: Lemmatise) -> tuple[str, ...]:
    """Dictionary forms that a word may have as a verb, the likeliest first."""
    word = token.lower
    own = (lemmatise(word, token.tag),) if token.tag.startswith("V") else ()
    if word.endswith("ing"):
        return (*own, lemmatise(word, "VVG"), *_stems(word[:-3] + "ed"))
    if word.endswith("s"):
        return (*own, lemmatise(word, "VVZ"), word)
    listed = (*own, lemmatise(word, "VVD"), lemmatise(word, "VVN"))
    return (*listed, *_stems(word), *_behind_prefix(word, lemmatise), word)


_PREFIXES = ("over", "under", "with", "out", "re", "mis", "fore", "up")
_SHORTEST_STEM = 3


def _behind_prefix(word: str, lemmatise: Lemmatise) -> tuple[str, ...]:
    """What a verb with a prefix comes from, by the verb behind it: retook, overthrew."""
    for prefix in _PREFIXES:
        stem = word.removeprefix(prefix)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            lemmas = {lemmatise(stem, tag) for tag in ("VVD", "VVN")} - {stem}
            return tuple(prefix + lemma for lemma in sorted(lemmas))
    return ()


def _stems(word: str) -> tuple[str, ...]:
    """What a regular past tense may come from, for verbs that the word model does not know."""
    if not word.endswith("ed") or len(word) < 5:
        return ()
    if word.endswith("ied"):
        return (word[:-3] + "y",)
    doubled = (word[:-3],) if word[-3] == word[-4] else ()
    return (*doubled, word[:-2], word[:-1])


def list_noun_lemmas(token: Token, lemmatise: Lemmatise) -> tuple[str, ...]:
    """Dictionary forms that a word may have as a noun: as it stands, and its singular."""
    word = token.lower
    if not word.endswith("s"):
        return (word, lemmatise(word, "NN2")) if token.tag == "NN2" else (word,)
    plain = (word[:-1],) if not word.endswith("ss") else ()
    return tuple(dict.fromkeys((word, lemmatise(word, "NN2"), *plain)))


def americanize(lemma: str) -> str:
    """Criticise, favour, signall as American spelling has them."""
    if lemma.endswith("ise"):
        return lemma[:-3] + "ize"
    if lemma.endswith("yse"):
        return lemma[:-3] + "yze"
    if lemma.endswith("our"):
        return lemma[:-3] + "or"
    return lemma
