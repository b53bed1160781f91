"""Groups the tagged words of a sentence into chunks: noun phrases, verb groups, and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.language.tokens import Token
from transforms.language.weekdays import TIMES_OF_DAY, WEEKDAYS


class Chunk(NamedTuple):
    """A run of tokens, `start` to `end` (half-open, counted in tokens).

    Kinds: `NP` noun phrase without what follows its head; `VF` finite verb group, `VT` with "to", `VG` in -ing,
    `VK` a participle or `VI` an infinitive by itself. Any other chunk is one token, and its kind the letter of
    its part of speech (see `LETTERS`) or its mark.
    """

    kind: str
    start: int
    end: int


LETTERS: dict[str, str] = {
    **dict.fromkeys(("AT0", "DPS", "DT0"), "d"),
    **dict.fromkeys(("AJ0", "AJC", "AJS", "ORD"), "j"),
    "CRD": "m",
    **dict.fromkeys(("NN0", "NN1", "NN2", "ZZ0", "UNC"), "n"),
    "NP0": "N",
    **dict.fromkeys(("PNP", "PNI", "PNX", "EX0"), "r"),
    **dict.fromkeys(("PNQ", "DTQ"), "w"),
    "AVQ": "q",
    "POS": "g",
    "PRF": "o",
    "PRP": "p",
    "CJC": "c",
    "CJS": "s",
    "CJT": "t",
    "TO0": "T",
    "VM0": "M",
    **dict.fromkeys(("VBB", "VBD", "VBZ"), "B"),
    **dict.fromkeys(("VHB", "VHD", "VHZ"), "H"),
    **dict.fromkeys(("VDB", "VDD", "VDZ"), "O"),
    **dict.fromkeys(("VBG", "VHG"), "G"),
    **dict.fromkeys(("VBI", "VBN", "VHI", "VHN"), "b"),
    **dict.fromkeys(("VVD", "VVZ", "VVB"), "V"),
    **dict.fromkeys(("VVI", "VDI"), "i"),
    **dict.fromkeys(("VVN", "VDN"), "k"),
    **dict.fromkeys(("VVG", "VDG"), "z"),
    "AV0": "a",
    "AVP": "l",
    "XX0": "X",
    "ITJ": "I",
    "PUL": "(",
    "PUR": ")",
    "PUQ": '"',
}
"""A letter for each part of speech; marks stand for themselves, all dashes as `-`, all ends of a sentence as `.`."""

_MARKS = {",": ",", "/": "c", ";": ";", ":": ":", **dict.fromkeys((".", "!", "?", "...", "…"), ".")}
OPAQUE = "Q"
"""The letter of tokens that no chunk may look into: quoted speech."""

_MODIFIED = r"""(?:["jm]|[kz](?=["jmkz]*[nN])|a(?=[jm])|j[,c](?=j))*"""
_HEAD = r"[nN]+m?(?:(?<=N)j+[nN]+)*"
_CHUNK = re.compile(
    rf"""
    (?P<Q>Q+)
  | (?P<NP>
        r
      | d+{_MODIFIED}{_HEAD}(?:gd?{_MODIFIED}{_HEAD})*
      | (?:["jm]|a(?=[jm]["jm]*[nN])|(?<=j)c(?=j+[nN]))*{_HEAD}(?:gd?{_MODIFIED}{_HEAD})*
      | d+(?:["jm])*
      | m+
    )
  | (?P<VF>
        [MBHO]a?X?[aX]*(?:[bG][aX]*)*[ikzV]
      | [MBHO]X?(?:[aX]*[bG])*
      | V
    )
  | (?P<VT>T[aX]*(?:b[aX]*)*[ikz]|T[aX]*b)
  | (?P<VG>[zG](?:[aX]*k)?)
  | (?P<VK>k)
  | (?P<VI>[ib])
    """,
    re.VERBOSE,
)


def letters_of(tokens: Sequence[Token]) -> str:
    """One letter for each token, with what the tagger often errs in put right."""
    letters = [LETTERS.get(token.tag) or _MARKS.get(token.text, "-") for token in tokens]
    for n, letter in enumerate(letters):
        if letter == "m":
            _mark_bounds(tokens, letters, n)
        elif letter == "p" and n and letters[n - 1] == "B" and tokens[n].lower.endswith("ing"):
            letters[n] = "z"  # "is considering asking"
        elif letter == "z" and n + 1 < len(tokens) and letters[n + 1] in "jnN" and tokens[n].lower in _ATTRIBUTES:
            letters[n] = "j"
        elif letter in "iV" and n + 1 < len(tokens) and (tokens[n].lower, tokens[n + 1].lower) in _COMPOUNDS:
            letters[n] = "n"
    for n, letter in enumerate(letters):
        if letter in "nj" and n and letters[n - 1] == "T":
            letters[n] = "i"
        elif letter in "jikV":
            letters[n] = _mend(tokens, letters, n)
        elif letter == "N" and tokens[n].lower in WEEKDAYS and _stands_alone(tokens, letters, n):
            letters[n] = "r"
        elif letter == "n" and len(tokens[n].text) > 1 and tokens[n].text.isupper():
            letters[n] = "N"
    return "".join(letters)


def _mark_bounds(tokens: Sequence[Token], letters: list[str], number: int) -> None:
    """Take the words that bound a number for adverbs: "at least 81 people", "more than 200", "as many as 30"."""
    if number >= 2 and tokens[number - 1].lower in _ABOUT and letters[number - 2] in "Vkiz":
        letters[number - 1] = "a"
    if number >= 2 and (tokens[number - 2].lower, tokens[number - 1].lower) in _BOUNDS:
        letters[number - 2] = letters[number - 1] = "a"
        if tokens[number - 1].lower == "as" and number >= 3 and tokens[number - 3].lower == "as":
            letters[number - 3] = "a"


def _stands_alone(tokens: Sequence[Token], letters: Sequence[str], n: int) -> bool:
    """Whether a day of the week is a phrase of its own: "said on Tuesday two soldiers …", not "Tuesday night"."""
    if n + 1 >= len(tokens) or tokens[n + 1].lower in TIMES_OF_DAY:
        return False
    return letters[n + 1] == "m" or (n > 0 and tokens[n - 1].lower == "on" and letters[n + 1] in "jnNd")


def _last_finite(letters: Sequence[str], before: int) -> str:
    """The finite verb of the clause so far, or a blank."""
    for n in range(before, -1, -1):
        if letters[n] in _FINITE:
            return letters[n]
        if letters[n] in ";:.":
            break
    return " "


def _is_lower(tokens: Sequence[Token], n: int) -> bool:
    return n < len(tokens) and tokens[n].text[0].islower()


def _has_later_verb(letters: Sequence[str], behind: int) -> bool:
    """Whether the clause has its finite verb further on, behind a time: "a poll released last year found"."""
    if behind >= len(letters) or letters[behind] not in "pjnm":
        return False
    for n in range(behind, len(letters)):
        if letters[n] in "VMBHO":
            return True
        if letters[n] in ',stc;:."-wrdNq':
            return False
    return False


_FINITE = frozenset("VMBHO")
_NOMINAL = frozenset("nNr")
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "their"})
_BOUNDS = frozenset(
    {("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("fewer", "than"), ("up", "to")}
    | {("many", "as"), ("much", "as"), ("few", "as"), ("close", "to"), ("well", "over"), ("upwards", "of")}
)
"""Words before a number that say whether it is a lower or an upper bound."""
_ABOUT = frozenset({"around", "about", "over", "under", "nearly"})
"""Words before a number that say it is a rough one, behind a verb: "held around 20,000 civilians"."""
_COMPOUNDS = frozenset({("tear", "gas"), ("hunger", "strike"), ("cease", "fire")})
"""Nouns whose first word looks like a verb."""
_ATTRIBUTES = frozenset(
    {"visiting", "outgoing", "incoming", "acting", "ruling", "warring", "neighboring", "neighbouring", "invading"}
    | {"striking", "protesting", "retreating", "fleeing", "advancing", "opposing", "surviving", "sitting"}
)
"""Participles that are adjectives before a noun."""
_PAST_AND_PARTICIPLE = frozenset(
    {"said", "told", "found", "thought", "shot", "fought", "held", "met", "sent", "led", "won", "lost", "hit", "struck"}
    | {
        "brought",
        "caught",
        "sought",
        "taught",
        "kept",
        "left",
        "paid",
        "built",
        "spent",
        "sold",
        "fled",
        "hung",
        "dealt",
    }
)
"""Verbs whose past tense is also their participle, beside the regular ones."""
_CAUSATIVE = frozenset(
    {"make", "makes", "made", "making", "let", "lets", "letting", "help", "helps", "helped", "helping"}
    | {"have", "has", "had", "see", "saw", "seen", "hear", "heard", "watch", "watched"}
)
_CLAUSE_ENDS = frozenset('st;:."-')


def _mend(tokens: Sequence[Token], letters: Sequence[str], n: int) -> str:
    """The letter of an adjective in a name, of a finite verb taken for an infinitive or a participle."""
    letter = letters[n]
    token = tokens[n]
    before = n - 1
    while before >= 0 and letters[before] in "aX":
        before -= 1
    previous = letters[before] if before >= 0 else ""
    following = letters[n + 1] if n + 1 < len(letters) else ""
    if letter == "j":
        is_name = n > 0 and token.text[0].isupper() and not tokens[n - 1].text.endswith(":")
        return "N" if is_name else "j"
    if letter == "V":
        if n and letters[n - 1] == "N" and token.text[0].isupper() and _is_lower(tokens, n + 1):
            return "N"
        is_name = (
            (following in _FINITE or (following == "k" and n == 0))
            and token.text[0].isupper()
            and not token.text.isupper()
        )
        return "N" if is_name else "V"
    if letter == "i":
        if previous == "V" and tokens[before].lower not in _CAUSATIVE:
            return "n"
        if n and tokens[n - 1].lower in _ARTICLES:
            return "n"
        if previous not in _NOMINAL:
            return "i"
        return "i" if any(tokens[m].lower in _CAUSATIVE for m in range(max(0, before - 4), before)) else "V"
    if previous in ("B", "b", "H", "G"):
        return "k"
    if token.lower == "said" and previous in ("n", "N", "r", ",", ")", '"', "m"):
        return "V"
    if previous == "c":
        return "V" if following and following in 'tdpN"rn' and _last_finite(letters, before) in "VH" else "k"
    if previous not in _NOMINAL and previous != ",":
        return "k"
    behind = n + 1
    while behind < len(letters) - 1 and letters[behind] in "aX":
        behind += 1
    following = letters[behind] if behind < len(letters) else ""
    if _has_later_verb(letters, behind):
        return "k"
    is_open = following == "p" and previous in _NOMINAL and tokens[behind].lower != "by"
    if not (is_open or following in 'dNrnjmt"' or (previous == "," and following in "pl")) or not following:
        return "k"
    for m in range(before, -1, -1):
        if letters[m] in _FINITE:
            return "k"
        if letters[m] in _CLAUSE_ENDS:
            break
    return "V" if token.lower.endswith("ed") or token.lower in _PAST_AND_PARTICIPLE else "k"


def chunk(letters: str) -> list[Chunk]:
    """Group the tokens that the letters stand for; every token is in one chunk."""
    chunks: list[Chunk] = []
    append = chunks.append
    match = _CHUNK.match
    position = 0
    end = len(letters)
    while position < end:
        found = match(letters, position)
        if found is None or found.end() == position:
            append(Chunk(letters[position], position, position + 1))
            position += 1
        else:
            append(Chunk(found.lastgroup or "", position, found.end()))
            position = found.end()
    return chunks
