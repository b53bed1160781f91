"""Offices as words in running text: which office stands at a token, and of what sort it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa

from transforms.language.tokens import Token
from transforms.tables import iter_rows


class Office(NamedTuple):
    """A row of the reference data: `name` in lower case, singular; `gender` m, f or null."""

    name: str
    kind: str
    gender: str | None
    is_definite: bool


class FoundOffice(NamedTuple):
    """An office in running text: tokens `first` to `last` (included)."""

    office: Office
    first: int
    last: int
    is_plural: bool


_LEADERS = frozenset({"head_of_state", "head_of_government", "party", "rebel", "royal"})


class OfficeIndex:
    """Finds the longest office that begins at a token."""

    def __init__(self, offices: pa.Table) -> None:
        self.by_name: dict[str, Office] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], Office, bool]]] = {}
        for name, kind, gender, is_definite in iter_rows(offices, "office", "kind", "gender", "is_definite"):
            if kind == "honorific":
                continue
            office = Office(name, kind, gender, is_definite == "yes")
            self.by_name[name] = office
            for form, is_plural in ((name, False), *((form, True) for form in pluralise(name))):
                words = tuple(form.split())
                self._by_first.setdefault(words[0], []).append((words, office, is_plural))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))

    def may_begin(self, word: str) -> bool:
        """Whether an office begins with a word in lower case."""
        return word in self._by_first

    def match(self, tokens: Sequence[Token], at: int) -> FoundOffice | None:
        """The longest office whose first word is token `at`."""
        for words, office, is_plural in self._by_first.get(tokens[at].lower, ()):
            last = at + len(words) - 1
            if last < len(tokens) and all(tokens[at + i].lower == word for i, word in enumerate(words[1:], start=1)):
                return FoundOffice(office, at, last, is_plural)
        return None

    def of_role(self, role: str) -> Office | None:
        """The office that a role as written ends with: "acting foreign minister" is a foreign minister."""
        words = role.lower().split()
        for start in range(len(words)):
            found = self.by_name.get(" ".join(words[start:]))
            if found:
                return found
        for end in range(len(words) - 1, 0, -1):  # "minister of finance and planning"
            found = self.by_name.get(" ".join(words[:end]))
            if found:
                return found
        return None


def fits(wanted: Office, held: Office) -> bool:
    """Whether "the WANTED" may point to a holder of an office: "the minister" to a foreign minister."""
    if wanted.name == held.name:
        return True
    if wanted.name in ("leader", "chief", "head"):
        return held.kind in _LEADERS
    if held.name.startswith(("vice ", "deputy ", "former ", "ex-")) or wanted.kind != held.kind:
        return False
    return held.name.endswith(" " + wanted.name)


def pluralise(name: str) -> Iterable[str]:
    """Plural forms of an office: spokesmen, ministers, deputies, secretaries of state."""
    head, of, rest = name.partition(" of ")
    if head.endswith("man"):
        yield head[:-3] + "men" + of + rest
    elif head.endswith("y") and head[-2:-1] not in "aeou":
        yield head[:-1] + "ies" + of + rest
    elif head.endswith(("s", "ch", "sh", "x")):
        yield head + "es" + of + rest
    else:
        yield head + "s" + of + rest
