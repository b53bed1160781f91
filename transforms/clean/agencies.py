"""Names of news agencies in datelines, credits, sign-offs and notices."""

from __future__ import annotations

import re

import pyarrow as pa

from transforms.clean.lines import Line, fold_core

_PARTS = re.compile(r"[/,&+–—-]|\band\b")
_SPOKEN_SHORT = frozenset(
    {"AP", "AFP", "dpa", "DPA", "EFE", "UPI", "TASS", "ANSA", "PTI", "ANI", "IANS", "Fars", "Trend"}
)
"""Short names that mean the agency even in the middle of a sentence."""
_SHORTEST_SPOKEN = 6


class AgencyIndex:
    """Looks up agencies by the forms of the reference data."""

    def __init__(self, agencies: pa.Table) -> None:
        self._forms: dict[str, str] = {}
        self.sign_offs: dict[str, str] = {}
        spoken: dict[str, str] = {}
        for row in agencies.to_pylist():
            for form in (row["agency"], row["name"], *(row["aliases"] or [])):
                self._forms.setdefault(form.casefold(), row["agency"])
                if len(form) >= _SHORTEST_SPOKEN or form in _SPOKEN_SHORT:
                    spoken.setdefault(form, row["agency"])
            for sign_off in row["sign_offs"] or []:
                self.sign_offs.setdefault(fold_core(sign_off), row["agency"])
        self._spoken = spoken
        ordered = sorted(spoken, key=len, reverse=True)
        self._spoken_any = re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b")

    @property
    def names(self) -> frozenset[str]:
        """Every form, folded."""
        return frozenset(self._forms)

    def find_in_brackets(self, text: str) -> str | None:
        """The agency of "(Reuters)", "(AP Sports)", "/TASS/"; the first where there are two."""
        whole = " ".join(text.casefold().split())
        if whole in self._forms:
            return self._forms[whole]
        for part in _PARTS.split(whole):
            words = part.split()
            for length in range(len(words), 0, -1):
                found = self._forms.get(" ".join(words[:length]))
                if found:
                    return found
        return None

    def find_in_line(self, text: str) -> str | None:
        """The first agency that a credit, notice or byline names."""
        match = self._spoken_any.search(text)
        return self._spoken[match.group()] if match else None

    def find_sign_off(self, line: Line, *, is_last: bool = False) -> str | None:
        """The agency whose sign-off the line is; below the copy any of its names will do."""
        found = self.sign_offs.get(line.core)
        return found or (self._forms.get(line.core) if is_last else None)
