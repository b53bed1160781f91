"""A paragraph as the rules of classification see it: its words, its ends, its case."""

from __future__ import annotations

import re

_FOLD = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‛": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "―": "-",
        "\u00a0": " ",
    }
)
_PUNCTUATION = "\"'.,:;!?()[]{}<>|*•·-–—…/»«›‹→►▶_#=~©"
_DECORATION = " \t*•·-–—>|►▶▸▹→➜➤»›[]()<…#=~■□▪◾●○✓✔\"'"
_TRAILING = " \t.:!…»›>|)]-→*\"',;?"
_OPEN_QUOTES = frozenset("\"'")
_CLOSERS = " )]\"'"
_STOPS = frozenset(".!?…")
_INNER_STOP = re.compile(r"""[.!?]["')]*\s+["'(]*[A-Z]""")
LONGEST_CLASSIFIED = 1_200
"""Characters of the longest paragraph that may be anything but copy."""


class Line:
    """What rules ask about a paragraph. What every rule asks is worked out at once, the rest when asked."""

    __slots__ = ("core", "folded", "plain", "raw", "word_set", "words")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        pieces = (raw if raw.isascii() else raw.translate(_FOLD)).split()
        self.plain = " ".join(pieces)
        """White space collapsed, quotation marks and dashes plain; case as printed."""
        self.folded = self.plain.casefold()
        """The plain text in lower case."""
        self.core = self.folded.lstrip(_DECORATION).rstrip(_TRAILING)
        """The folded text without bullets, brackets and final punctuation."""
        self.words = find_words(self.folded)
        """Its words, in lower case."""
        self.word_set = frozenset(self.words)
        """Its words, each once."""

    @property
    def cased_words(self) -> list[str]:
        """Its words as printed."""
        return find_words(self.plain)

    @property
    def is_sentence_end(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.plain.rstrip(_CLOSERS)[-1:] in _STOPS

    @property
    def has_inner_stop(self) -> bool:
        """Whether a second sentence seems to begin within it."""
        return bool(_INNER_STOP.search(self.plain))

    @property
    def opens_with_quote(self) -> bool:
        """Whether it begins with a quotation mark."""
        return self.plain[:1] in _OPEN_QUOTES

    @property
    def is_capitals(self) -> bool:
        """Whether all its letters are capitals."""
        return self.plain.isupper()

    @property
    def share_capitalised(self) -> float:
        """Share of its longer words that begin with a capital."""
        longer = [word for word in self.cased_words if len(word) > 3]
        return sum(word[0].isupper() for word in longer) / len(longer) if longer else 0.0

    @property
    def share_digits(self) -> float:
        """Share of digits among its characters."""
        return sum(map(str.isdigit, self.plain)) / len(self.plain) if self.plain else 0.0


def find_words(text: str) -> list[str]:
    """What stands between white space, without outer punctuation."""
    return [word for word in [piece.strip(_PUNCTUATION) for piece in text.split()] if word]


def fold_phrase(phrase: str) -> str:
    """A phrase of the reference data as lines are folded."""
    return " ".join(phrase.translate(_FOLD).casefold().split())


def fold_core(phrase: str) -> str:
    """A whole-line phrase as the core of lines is folded."""
    return fold_phrase(phrase).lstrip(_DECORATION).rstrip(_TRAILING)
