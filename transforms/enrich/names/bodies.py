"""Links organisations and groups of one article: known ones, acronyms with their long forms, short forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from transforms.enrich.names.introductions import STATE_KINDS
from transforms.enrich.names.lexicon import Entry, Lexicon, slugify
from transforms.enrich.names.page import CAPITALS
from transforms.enrich.names.pieces import Piece, Sense

Words = tuple[str, ...]


@dataclass(slots=True)
class Body:
    """An organisation or group: its id behind the type, its fullest name, its country."""

    slug: str
    name: str
    country: str | None
    entity_type: str
    is_known: bool = False


class BodyLinker:
    """Finds which mentions are of one organisation."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._state_tails = lexicon.cues["org_tail_state"]
        self._adjectives = lexicon.adjective_of
        self._suffixes = lexicon.cues["company_suffix"] | {"group", "holdings"}
        self._look_up = lexicon.look_up
        self._minor = lexicon.cues["minor"]

    def link(
        self, pieces: Sequence[Piece], by_line: Mapping[int, Mapping[int, Piece]], countries: Set[str]
    ) -> list[Body]:
        """The body of each piece; `countries` are those that the article names."""
        bodies: dict[Words, Body] = {}
        named = {
            entry.key for piece in pieces for entry in piece.entries if len(piece.entries) == 1 and not entry.is_acronym
        }
        nations: dict[Words, set[str]] = defaultdict(set)
        for piece in pieces:
            if piece.nation is not None:
                nations[piece.words].add(piece.nation)
        states = {*countries, *("USA" for piece in pieces if piece.words[0] == "u.s.")}
        is_american = states == {"USA"}
        keys = [_make_key(piece, nations[piece.words]) for piece in pieces]
        for piece, key in zip(pieces, keys, strict=True):
            if key in bodies:
                continue
            entry = find_entry(piece, named, nations[piece.words], countries)
            if entry is not None and _is_of_another(entry, piece, countries):
                entry = None
            is_generic = entry is not None and entry.country is None and entry.detail in STATE_KINDS
            if (entry is None or is_generic) and piece.nation in {None, "USA"} and is_american:
                entry = self._find_american(piece) or entry
            elif is_generic and piece.nation is not None:
                entry = None
            bodies[key] = self._make(piece, entry, is_generic=is_generic)
        self._join_acronyms(pieces, by_line, bodies)
        self._join_initials(bodies)
        self._join_short(bodies)
        return [bodies[key] for key in keys]

    def _make(self, piece: Piece, entry: Entry | None, *, is_generic: bool) -> Body:
        entry = entry or self._find_bare(piece)
        if entry is not None:
            return Body(entry.key, entry.name, entry.country, str(piece.sense), is_known=True)
        name = print_name(piece)
        if piece.nation and (is_generic or self._is_state_body(piece.words)):
            name = f"{self._adjectives.get(piece.nation, piece.nation)} {name}"
        return Body(slugify(name), name, piece.nation, str(piece.sense))

    def _is_state_body(self, words: Words) -> bool:
        """Whether each country has one of this name, so that the country belongs to it: "Foreign Ministry"."""
        return words[-1] in self._state_tails or words[0] == "ministry" or words[-1] == "court"

    def _find_bare(self, piece: Piece) -> Entry | None:
        """The known company of a name with a form of company behind it: "Unilever Plc", "Procter & Gamble Co"."""
        words = piece.words
        size = len(words)
        while size > 1 and (words[size - 1] in self._suffixes or words[size - 1] in {"&", "and"}):
            size -= 1
        if size == len(words):
            return None
        found = [
            entry for entry in self._look_up(words[:size]) if entry.sort == "organisation" and not entry.is_acronym
        ]
        return found[0] if found else None

    def _find_american(self, piece: Piece) -> Entry | None:
        """ "Senate" where no other country is named than the United States: the U.S. Senate."""
        found = self._look_up(("u.s.", *piece.words))
        return next((entry for entry in found if entry.sort == "organisation" and entry.country == "USA"), None)

    def _join_acronyms(
        self, pieces: Sequence[Piece], by_line: Mapping[int, Mapping[int, Piece]], bodies: dict[Words, Body]
    ) -> None:
        """ "Organization for Security and Cooperation in Europe (OSCE)"."""
        for piece in pieces:
            words = piece.line.words
            if piece.last + 2 >= len(words) or words[piece.last] != "(":
                continue
            other = by_line[piece.line_no].get(piece.last + 1)
            if other is None or other.last >= len(words) or words[other.last] != ")" or other.words not in bodies:
                continue
            if other.sense not in {Sense.ORGANISATION, Sense.GROUP} or piece.words == other.words:
                continue
            long, short = (piece, other) if len(piece.words) >= len(other.words) else (other, piece)
            if len(short.words) == 1 and (
                _fits_initials(short.words[0], long.words, self._minor) or not bodies[short.words].is_known
            ):
                self._join(bodies, long.words, short.words)

    def _join_initials(self, bodies: dict[Words, Body]) -> None:
        """ "BNZ" where the article has the "Bank of New Zealand"."""
        for words in list(bodies):
            if len(words) == 1 and not bodies[words].is_known and 2 <= len(words[0]) <= 7:
                fitting = [
                    w for w in bodies if len(w) > 1 and _make_initials(w, self._minor) == words[0].replace(".", "")
                ]
                if len(fitting) == 1:
                    self._join(bodies, fitting[0], words)

    def _join_short(self, bodies: dict[Words, Body]) -> None:
        """ "Unitog" where the article has the "Unitog Co"."""
        for words in sorted(bodies, key=len):
            if bodies[words].is_known:
                continue
            longer = {bodies[w].slug: w for w in bodies if len(w) > len(words) and w[: len(words)] == words}
            if len(longer) == 1:
                self._join(bodies, next(iter(longer.values())), words)

    @staticmethod
    def _join(bodies: dict[Words, Body], long: Words, short: Words) -> None:
        kept, other = bodies[long], bodies[short]
        if other.is_known and not kept.is_known:
            kept = other
        for words, body in list(bodies.items()):
            if body is bodies[long] or body is other:
                bodies[words] = kept


def _make_key(piece: Piece, nations: Set[str]) -> Words:
    """What tells one body from another: its words, and whose it is where the article has it of two countries."""
    if len(nations) < 2:
        if nations and piece.nation is None:
            piece.nation = next(iter(nations))
        return piece.words
    return (*piece.words, f"@{piece.nation}")


def find_entry(piece: Piece, named: Set[str], nations: Set[str], countries: Set[str]) -> Entry | None:
    """The known organisation that a piece means: the one that the article names in full or by its country, if any."""
    found = [entry for entry in piece.entries if entry.sort == "organisation"]
    if not found:
        return None
    return max(found, key=lambda e: (e.key in named, e.country in nations, e.country in countries, e.weight))


def _is_of_another(entry: Entry, piece: Piece, countries: Set[str]) -> bool:
    """Whether a state body of this name is another country's: the article's nation before it says so."""
    if entry.country is None or entry.detail not in STATE_KINDS:
        return False
    if piece.nation is not None:
        return piece.nation != entry.country
    return "ministry" in piece.words and entry.country not in countries


def print_name(piece: Piece) -> str:
    """The name as printed, in ordinary case."""
    tokens = piece.line.tokens[piece.first : piece.last]
    text = ""
    end = tokens[0].start
    for token in tokens:
        text += (" " if token.start > end else "") + token.text
        end = token.end
    return text.title() if piece.line.style == CAPITALS and len(tokens) > 1 else text


def _make_initials(words: Words, minor: Set[str]) -> str:
    return "".join(word[0] for word in words if word not in minor)


def _fits_initials(acronym: str, words: Words, minor: Set[str]) -> bool:
    """Whether the letters of an acronym begin words of the long form, in order."""
    letters = acronym.replace(".", "").lower()
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
    return at == len(letters) or letters == _make_initials(words, minor)
