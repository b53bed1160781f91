"""Cuts a stretch of text into sentences, by punctuation, abbreviations and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from transforms.tables import iter_rows

_END = re.compile(r"""[.!?…]+[)\]"'”’»]*(?=\s)|[。！？]+[」』”’"]*""")
_DASHES = re.compile(r"[/—–(\[]")
_NEXT = re.compile(r"\s*")
_WORDS = re.compile(r"[\w'’.]+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}$")
_OPENERS = "\"“‘'«„([¿¡`"
_TOKEN_REACH = 30
"""Characters before a point that may belong to its abbreviation."""
_REACH = 60
"""Characters behind a point that are looked at."""

Span = tuple[int, int]


class SentenceRules:
    """Sentence boundaries by the abbreviations and words of the reference data."""

    def __init__(self, abbreviations: pa.Table, openers: Iterable[str], saying: Iterable[str]) -> None:
        self._abbreviations: dict[str, str] = dict(iter_rows(abbreviations, "abbreviation", "ends"))
        self._openers = frozenset(openers)
        self._saying = frozenset(saying)

    def split(self, text: str, start: int, end: int) -> list[Span]:
        """Spans of the sentences of `text[start:end]`, in order, without outer white space."""
        spans: list[Span] = []
        begin = _NEXT.match(text, start, end).end()  # type: ignore[union-attr]
        for match in _END.finditer(text, start, end):
            following = _NEXT.match(text, match.end(), end).end()  # type: ignore[union-attr]
            if following >= end:
                break
            if match.end() > begin and self._is_boundary(text, begin, match, following, end):
                spans.append((begin, match.end()))
                begin = following
        while end > begin and text[end - 1].isspace():
            end -= 1
        if end > begin:
            spans.append((begin, end))
        return spans

    def _is_boundary(self, text: str, begin: int, match: re.Match[str], following: int, end: int) -> bool:
        mark = match.group()
        if mark[0] in "。！？":
            return True
        after = text[following]
        is_stop = mark[0] == "." and not mark.startswith("..")
        if after.islower():
            return is_stop and len(mark) == 1 and self._ends_in_plain_word(text, begin, match.start())
        if not (after.isalnum() or after in _OPENERS):
            return False
        if not is_stop:
            return not (mark[0] in "!?" and len(mark) > 1 and self._goes_on_with_speaker(text, following, end))
        return self._stop_ends_sentence(text, begin, match, following, end)

    def _ends_in_plain_word(self, text: str, begin: int, stop: int) -> bool:
        """Before a lower-case word a point ends a sentence only behind an ordinary word: "by force. kyiv has …"."""
        token = self._token_before(text, begin, stop)
        return len(token) > 2 and token.isalpha() and token.islower() and token not in self._abbreviations

    def _goes_on_with_speaker(self, text: str, following: int, end: int) -> bool:
        """“Are you sure?” Lavrov asked. is one sentence."""
        words = _WORDS.findall(text[following : min(end, following + _REACH)])[:4]
        return any(word.strip(".").casefold() in self._saying for word in words[1:3])

    def _stop_ends_sentence(self, text: str, begin: int, match: re.Match[str], following: int, end: int) -> bool:
        stop = match.start()
        token = self._token_before(text, begin, stop)
        if not token or len(match.group()) > 1:
            return True
        ends = self._abbreviations.get(token)
        if ends is None and _DOTTED.match(token):
            ends = "maybe"
        if ends == "never":
            return False
        if ends == "number":
            return not text[following].isdigit()
        if ends == "maybe":
            return self._opens_sentence(text, following, end)
        if len(token) == 1 and token.isupper():
            before = text[max(begin, stop - 1 - _TOKEN_REACH) : stop - 1].rstrip()
            word = before.rsplit(None, 1)[-1] if before else ""
            return bool(word) and word[0].islower() and self._opens_sentence(text, following, end)
        is_list_number = token.isdigit() and len(token) <= 2 and stop - len(token) == begin
        return not is_list_number

    def _opens_sentence(self, text: str, following: int, end: int) -> bool:
        if text[following] in '"“‘«„':
            return True
        word = _WORDS.match(text, following, min(end, following + _REACH))
        return bool(word) and word.group().casefold() in self._openers  # type: ignore[union-attr]

    @staticmethod
    def _token_before(text: str, begin: int, stop: int) -> str:
        window = text[max(begin, stop - _TOKEN_REACH) : stop]
        if not window or window[-1].isspace():
            return ""
        token = window.rsplit(None, 1)[-1].lstrip(_OPENERS + "[")
        return _DASHES.split(token)[-1] if not token.isalpha() else token
