"""Which language an article is in: as its record says, else as its letters tell."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa

from transforms.tables import iter_rows

_WORD = re.compile(r"[^\W\d_]+")
SAMPLE = 600
"""Characters whose words the detector sees; figures and marks only confuse it."""
MIN_LETTERS = 25
"""Below this the detector guesses, so it is not asked."""
SURE_SCORE = 0.4
"""From here a detection counts."""
SHORT_TEXT = 80
"""Below this many characters a detection must be surer."""
SURE_SCORE_SHORT = 0.7
PROSE_WORDS = 5
"""A line of fewer words is not asked alone."""


class Languages:
    """Languages of the reference data: their codes and names, and which of them are enriched."""

    def __init__(self, languages: pa.Table, detect: Callable[[str], tuple[str, float]]) -> None:
        self._codes: dict[str, str] = {}
        supported = set()
        for code, names, is_supported in iter_rows(languages, "language", "names", "is_supported"):
            for name in (code, *names):
                self._codes[name] = code
            if is_supported == "yes":
                supported.add(code)
        self.supported = frozenset(supported)
        self._detect = detect

    def normalise(self, value: str | None) -> str | None:
        """ISO 639-1 of "en-US", "English" or "eng"; none where it is no language that we know."""
        if not value:
            return None
        name = value.strip().casefold()
        return self._codes.get(name) or self._codes.get(name.replace("_", "-").split("-")[0].split(" ")[0])

    def detect(self, text: str) -> str | None:
        """The language of a text; none where it is too short or the detector unsure.

        Where names outnumber words, as in tables and lists of results, the lines of prose are asked alone.
        """
        return self._ask(text) or self._ask(" ".join(filter(_is_prose, text[:SAMPLE].split("\n"))))

    def _ask(self, text: str) -> str | None:
        if len(text) < MIN_LETTERS or sum(map(str.isalpha, text[:400])) < MIN_LETTERS:
            return None
        code, score = self._detect(" ".join(_WORD.findall(text[:SAMPLE].casefold())))
        if score < (SURE_SCORE_SHORT if len(text) < SHORT_TEXT else SURE_SCORE):
            return None
        return self._codes.get(code)


def _is_prose(line: str) -> bool:
    """Whether most words of a line are in lower case."""
    words = _WORD.findall(line)
    return len(words) >= PROSE_WORDS and sum(map(str.islower, words)) > len(words) / 2
