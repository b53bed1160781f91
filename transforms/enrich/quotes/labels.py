"""Attribution by layout: "Minister: …" and "… – minister" in headlines, "NAME: …" in transcripts."""

from __future__ import annotations

from transforms.enrich.quotes.clauses import ClauseReader
from transforms.enrich.quotes.found import Found
from transforms.enrich.quotes.units import Unit
from warehouse.contract.codes import BlockKind

_LONGEST_NAME = 5


class LabelReader:
    """Reads labels of one unit; `voices` are nouns that speak in headlines, such as "poll"."""

    def __init__(self, unit: Unit, clauses: ClauseReader, voices: frozenset[str]) -> None:
        self.unit = unit
        self.clauses = clauses
        self._voices = voices

    def read(self) -> Found | None:
        """The attribution that a label makes of the whole unit, if it has one."""
        if self.unit.kind == BlockKind.BODY:
            return self._read_transcript()
        return self._read_leading() or self._read_trailing()

    def _read_leading(self) -> Found | None:
        """Minister: taxes to fall."""
        clauses = self.clauses
        colon = 1 if clauses.kind(0) == "NP" else 0
        if clauses.kind(colon) != ":" or not self._is_voice(0):
            return None
        return self._make("headline", 0, colon, colon + 1, clauses.count)

    def _read_trailing(self) -> Found | None:
        """Taxes to fall – minister."""
        clauses = self.clauses
        last = clauses.count - 1
        while last > 0 and clauses.kind(last) == ".":
            last -= 1
        mark = last - 1
        if mark < 2 or clauses.kind(mark) not in ("-", ":") or not self._is_voice(last):
            return None
        if not any(clauses.kind(n) in ("VF", "VT", "VG", "VI", "VK", "Q") for n in range(mark)):
            return None
        return self._make("headline", last, mark, 0, mark)

    def _read_transcript(self) -> Found | None:
        """SMITH: I disagree."""
        tokens = self.unit.tokens
        start = 1 if tokens[0].tag == "PUQ" else 0
        colon = next((n for n in range(start, min(start + _LONGEST_NAME, len(tokens))) if tokens[n].text == ":"), 0)
        if colon <= start or not self.unit.is_first:
            return None
        is_capitals = all(word.text.isupper() and len(word.text) > 1 for word in tokens[start:colon])
        if not is_capitals and not self._names_person(start, colon):
            return None
        end = len(tokens)
        while end > colon and tokens[end - 1].tag in ("PUQ", "PUN"):
            end -= 1
        if end - colon < 3:
            return None
        return Found("transcript", "quote", ":", (colon, colon + 1), [(colon + 1, end)], (start, colon))

    def _names_person(self, start: int, end: int) -> bool:
        words = self.unit.tokens[start:end]
        return end - start > 1 and all(word.tag == "NP0" and word.text[0].isupper() for word in words)

    def _is_voice(self, position: int) -> bool:
        chunk = self.clauses.chunks[position]
        if self.clauses.kind(position) != "NP" or chunk.end - chunk.start > _LONGEST_NAME:
            return False
        word = self.unit.tokens[chunk.end - 1]
        return word.lower in self._voices or (word.tag == "NP0" and word.lower not in self.clauses.times)

    def _make(self, rule: str, source: int, mark: int, first: int, end: int) -> Found | None:
        chunks = self.clauses.chunks
        while end > first and self.clauses.kind(end - 1) == ".":
            end -= 1
        if end - first < 1 or chunks[end - 1].end - chunks[first].start < 2:
            return None
        start = chunks[source].start
        while self.unit.letters[start] == '"':
            start += 1
        return Found(
            rule,
            "quote",
            self.unit.tokens[chunks[mark].start].text,
            (chunks[mark].start, chunks[mark].end),
            [(chunks[first].start, chunks[end - 1].end)],
            (start, chunks[source].end),
        )
