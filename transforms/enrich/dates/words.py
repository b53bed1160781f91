"""The words of a sentence as parts of time expressions, each as one character that stands for all it can be.

A sentence thus becomes a short string, and a pattern of the grammar a regular expression over it in which `{unit}`
is the class of all words that can be a unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from transforms.enrich.dates.holidays import Holidays
from transforms.language.tokens import Token
from transforms.resources import Resources
from transforms.tables import iter_rows

_DIGITS = re.compile(r"\d+$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+$")
_DECIMAL = re.compile(r"\d+\.\d+$")
_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
_DECADE = re.compile(r"(?:(1[0-9]|20)?(\d0))['’]?s$")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?:[ap]m)?$")
_CLOCK_HALF = re.compile(r"(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?([ap])\.?m\.?$")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
_YEARS = (1000, 2199)
_NUMBER_END = 100_000
"""Greater numbers count no units of time."""
_MOST_WORDS = 100_000
"""Words that are remembered."""
_OUTSIDE = "."
_FIRST_CODE = 0xE000
_MARKS = {",": "comma", "-": "hyphen", "–": "hyphen", "—": "hyphen", "/": "slash", "'": "apostrophe", "’": "apostrophe"}
_TRIGGERS = frozenset(
    (
        *("month", "weekday", "weekdays", "season", "day_part", "day_parts", "day_word", "tonight", "holiday", "iso"),
        *("unit", "units", "quarter", "half", "weekend", "weekends", "year", "decade", "era", "frequency"),
        *("clock", "clock_half", "clock_word", "half_day", "oclock", "now", "some_time", "recent", "period"),
    )
)
"""Without one of these in it a sentence has no time expression."""
_CAPITAL = frozenset({"month", "month_name", "weekday", "weekdays"})
"""Kinds whose words have a capital."""
_ZONE = frozenset({"zone"})
_NUMBER_SAMPLES = (
    *("0", "1", "14", "20", "25", "30", "31", "32", "90", "100", "1999", "2500", "1,000", "1.5", "10.30", "3rd"),
    *("45th", "1990s", "10:30", "6pm", "2021-12-02"),
)
"""One of each sort of numbers in digits, for the characters that stand for them."""
_VERB_TAGS = ("VM", "VV")


class Piece(NamedTuple):
    """A word, a number, a mark, or one side of a hyphen; `values` holds what it stands for by kind."""

    start: int
    end: int
    lower: str
    token: int
    values: Mapping[str, str | int | float]


class Line(NamedTuple):
    """A sentence as pieces, and its codes: one character a piece."""

    pieces: Sequence[Piece]
    codes: str


class TimeWords:
    """Reads sentences as pieces."""

    def __init__(self, resources: Resources) -> None:
        reference = resources.reference
        self.holidays = Holidays(reference["holidays"])
        kinds: dict[str, dict[str, str | int | float]] = defaultdict(dict)
        for word, kind, value in iter_rows(reference["time_words"], "word", "kind", "value"):
            kinds[word][kind] = int(value) if value and value.lstrip("-").isdigit() else value or ""
        for number, language, names in iter_rows(reference["months"], "month", "language", "names"):
            if language == "en":
                for position, name in enumerate(names):
                    for form in (name, f"{name}."):
                        kinds[form.lower()]["month"] = number
                        if not position or form.endswith("."):
                            kinds[form.lower()]["month_name"] = number
        for (zone,) in iter_rows(reference["time_zones"], "zone"):
            kinds[zone.lower()]["zone"] = zone
        self._holiday_words: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for name in self.holidays.names:
            words = re.findall(r"[\w.-]+|'s|'", name)
            self._holiday_words[words[0]].append((words, name))
        for names in self._holiday_words.values():
            names.sort(key=lambda form: len(form[0]), reverse=True)
        self._kinds: Mapping[str, Mapping[str, str | int | float]] = dict(kinds)
        self._codes: dict[frozenset[str], str] = {}
        self._read_numbers: dict[str, Mapping[str, str | int | float]] = {}
        self._gates: dict[str, bool] = {}
        for values in self._kinds.values():
            self.code_of(values)
            self.code_of(_without(values, _CAPITAL))
            self.code_of(_without(values, _ZONE))
        for sample in _NUMBER_SAMPLES:
            self.code_of(_read_digits(sample) or {})
        for kind in (*_MARKS.values(), "holiday", "clitic"):
            self.code_of({kind: ""})

    def code_of(self, values: Mapping[str, str | int | float]) -> str:
        """The character that stands for a set of kinds."""
        key = frozenset(values)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = chr(_FIRST_CODE + len(self._codes))
        return code

    @property
    def triggers(self) -> frozenset[str]:
        """The characters of words of which every expression has one."""
        return frozenset(code for kinds, code in self._codes.items() if not _TRIGGERS.isdisjoint(kinds))

    def class_of(self, kind: str) -> str:
        """A regular expression for the pieces that can be of a kind."""
        found = "".join(code for kinds, code in self._codes.items() if kind in kinds)
        if not found:
            raise ValueError(f"dates: no word is of the kind {kind!r}")
        return f"[{found}]"

    def read(self, tokens: Sequence[Token]) -> Line | None:
        """A sentence as pieces; none where nothing in it can tell a time."""
        if not any(self._may_tell_time(token) for token in tokens):
            return None
        pieces: list[Piece] = []
        for number, token in enumerate(tokens):
            pieces.extend(self._read_token(token, number))
        pieces = self._join_holidays(_join_numbers(pieces))
        if not any(not _TRIGGERS.isdisjoint(piece.values) for piece in pieces):
            return None
        return Line(pieces, "".join(self.code_of(piece.values) if piece.values else _OUTSIDE for piece in pieces))

    def _may_tell_time(self, token: Token) -> bool:
        """Whether a word by itself makes it worth while to read its sentence."""
        lower = token.lower
        known = self._gates.get(lower)
        if known is None:
            known = self._tells_time(token.text, lower)
            if len(self._gates) < _MOST_WORDS:
                self._gates[lower] = known
        return known

    def _tells_time(self, text: str, lower: str) -> bool:
        if lower in self._holiday_words:
            return True
        if "-" in lower or "‑" in lower:
            return any(
                piece.values.keys() & _TRIGGERS
                for piece in self._read_token(Token(0, len(lower), text.title(), lower, ""), 0)
            )
        found = _read_digits(lower) if lower[0].isdigit() else self._kinds.get(lower)
        return found is not None and not _TRIGGERS.isdisjoint(found)

    def _read_token(self, token: Token, number: int) -> Iterator[Piece]:
        lower = token.lower
        values = self._look_up(token.text, lower, token.tag)
        if values is None and ("-" in lower or "‑" in lower):
            parts = re.split("[-‑]", token.text)
            read = [self._look_up(part, part.lower(), "") if part else {} for part in parts]
            if _tells_time(parts, read):
                at = token.start
                for position, (part, values) in enumerate(zip(parts, read, strict=True)):
                    if position:
                        yield Piece(at, at + 1, "-", number, {"hyphen": ""})
                        at += 1
                    if part:
                        yield Piece(at, at + len(part), part.lower(), number, values or {})
                    at += len(part)
                return
        if values is None and lower in ("'s", "’s"):
            values = {"clitic": ""}
        yield Piece(token.start, token.end, lower, number, values or {})

    def _look_up(self, text: str, lower: str, tag: str) -> Mapping[str, str | int | float] | None:
        """What a word can be, by its form, its case and its part of speech."""
        if lower[0].isdigit():
            values = self._read_numbers.get(lower)
            if values is None:
                values = _read_digits(lower) or {}
                if len(self._read_numbers) < _MOST_WORDS:
                    self._read_numbers[lower] = values
            return values or None
        mark = _MARKS.get(lower)
        if mark:
            return {mark: ""}
        found = self._kinds.get(lower)
        if not found:
            return None
        if not _CAPITAL.isdisjoint(found):
            if not text[:1].isupper() or (tag[:2] in _VERB_TAGS and lower in ("may", "march", "mar")):
                return _without(found, _CAPITAL) or None
        elif "season" in found and tag[:2] in _VERB_TAGS:
            return None
        elif "zone" in found and not text.isupper():
            return _without(found, _ZONE) or None
        return found

    def _join_holidays(self, pieces: list[Piece]) -> list[Piece]:
        joined: list[Piece] = []
        at = 0
        while at < len(pieces):
            length, name = self._match_holiday(pieces, at)
            if length:
                last = pieces[at + length - 1]
                joined.append(Piece(pieces[at].start, last.end, name, pieces[at].token, {"holiday": name}))
            else:
                joined.append(pieces[at])
            at += length or 1
        return joined

    def _match_holiday(self, pieces: Sequence[Piece], at: int) -> tuple[int, str]:
        """How many pieces are a holiday's name, and the name as it is listed."""
        for words, name in self._holiday_words.get(pieces[at].lower, ()):
            if [piece.lower.replace("’", "'") for piece in pieces[at : at + len(words)]] == words:
                return len(words), name
        return 0, ""


def _tells_time(parts: Sequence[str], read: Sequence[Mapping[str, str | int | float] | None]) -> bool:
    """Whether the sides of a hyphen are worth reading: "third-quarter", "mid-May", "1914-18", "twenty-four"."""
    if parts[-1].lower() in ("old", "olds"):
        return False
    if any(values and not _TRIGGERS.isdisjoint(values) for values in read):
        return True
    if len(parts) != 2 or not all(values and "number" in values for values in read):
        return False
    is_range = parts[0].isdigit() and parts[1].isdigit() and len(parts[0]) < 4 and len(parts[1]) < 4
    return is_range or not (parts[0][0].isdigit() or parts[1][0].isdigit())


def _without(values: Mapping[str, str | int | float], kinds: frozenset[str]) -> Mapping[str, str | int | float]:
    return {kind: value for kind, value in values.items() if kind not in kinds}


def _read_digits(word: str) -> Mapping[str, str | int | float] | None:
    """What a word that begins with a digit can be."""
    if _DIGITS.match(word):
        number = int(word)
        values: dict[str, str | int | float] = {"number": number} if number < _NUMBER_END else {}
        if 1 <= number <= 31 and len(word) <= 2:
            values["day"] = number
        if number <= 24 and len(word) <= 2:
            values["hour"] = number
        if len(word) == 2:
            values["short_year"] = number
        if len(word) == 4 and _YEARS[0] <= number <= _YEARS[1]:
            values["year"] = number
        return values or None
    nth = _NTH.match(word)
    if nth:
        number = int(nth[1])
        return {"ordinal": number, "nth": number} if 1 <= number <= 31 else {"ordinal": number}
    decade = _DECADE.match(word)
    if decade:
        return {"decade": int((decade[1] or "19") + decade[2])}
    clock = _CLOCK.match(word)
    if clock and ":" in word:
        return {"clock": f"{int(clock[1]):02d}:{clock[2]}"}
    half = _CLOCK_HALF.match(word)
    if half:
        hour = int(half[1]) % 12 + (12 if half[3] == "p" else 0)
        return {"clock_half": f"{hour:02d}:{half[2] or '00'}"}
    iso = _ISO.match(word)
    if iso:
        return {"iso": word}
    if _THOUSANDS.match(word) and len(word) < 7:
        return {"number": int(word.replace(",", ""))}
    if clock:
        return {"number": float(word), "dotted_clock": f"{int(clock[1]):02d}:{clock[2]}"}
    if _DECIMAL.match(word):
        return {"number": float(word)}
    return None


def _join_numbers(pieces: list[Piece]) -> list[Piece]:
    """Numbers of several words as one piece: "twenty-four", "nineteen ninety-four", "2 1/2", "two and a half"."""
    joined: list[Piece] = []
    at = 0
    while at < len(pieces):
        number = pieces[at].values.get("number")
        if not isinstance(number, int):
            joined.append(pieces[at])
            at += 1
            continue
        total, stop, is_word = float(number), at + 1, not pieces[at].lower[0].isdigit()
        if is_word:
            total, stop = _read_words(pieces, at)
        total, stop = _add_fraction(pieces, total, stop)
        if stop == at + 1:
            joined.append(pieces[at])
        else:
            whole = int(total) if total == int(total) else total
            values: dict[str, str | int | float] = {"number": whole}
            if is_word and 1100 <= whole <= 2199 and isinstance(whole, int):
                values["year"] = whole
            lower = pieces[at].lower if stop == at + 1 else str(whole)
            joined.append(Piece(pieces[at].start, pieces[stop - 1].end, lower, pieces[at].token, values))
        at = stop
    return joined


def _read_words(pieces: Sequence[Piece], at: int) -> tuple[float, int]:
    """Value of the number words that begin at a piece, and the piece behind them."""
    total = 0
    current = int(pieces[at].values["number"])
    stop = at + 1
    while stop < len(pieces):
        step = stop + 1 if pieces[stop].lower == "-" and stop + 1 < len(pieces) else stop
        word = pieces[step].lower if step < len(pieces) else ""
        value = pieces[step].values.get("number")
        if not isinstance(value, int) or word[0].isdigit():
            break
        if value in (100, 1000) and step == stop:
            current *= value
            if value == 1000:
                total, current = total + current, 0
        elif value < 10 and current % 10 == 0 and current and current % 100:
            current += value
        elif 10 <= current <= 20 and 10 <= value < 100 and step == stop:
            current = current * 100 + value
        elif value < 100 and current >= 100 and current % 100 == 0:
            current += value
        else:
            break
        stop = step + 1
    return float(total + current), stop


def _add_fraction(pieces: Sequence[Piece], total: float, stop: int) -> tuple[float, int]:
    """With the half or quarter behind it: "2 1/2", "two and a half"."""
    lowers = [piece.lower for piece in pieces[stop : stop + 3]]
    if lowers[:2] == ["1", "/"] and len(lowers) == 3 and lowers[2] in ("2", "4"):
        return total + 1 / int(lowers[2]), stop + 3
    if lowers[:1] == ["-"] and lowers[1:2] == ["1"]:
        rest = [piece.lower for piece in pieces[stop + 2 : stop + 4]]
        if rest in (["/", "2"], ["/", "4"]):
            return total + 1 / int(rest[1]), stop + 4
    if lowers == ["and", "a", "half"]:
        return total + 0.5, stop + 3
    return total, stop
