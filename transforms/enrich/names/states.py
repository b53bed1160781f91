"""Tells the government from the place: "Moscow said" and "in Moscow"."""

from __future__ import annotations

from transforms.enrich.names.lexicon import Entry, Lexicon
from transforms.enrich.names.pieces import Piece
from warehouse.contract.codes import BlockKind

_NEAR = 4
"""Words before a capital in which a trip or a list that leads to it is looked for."""
_VERB_TAGS = frozenset({"VVD", "VVZ", "VVB", "VBD", "VBZ", "VHD", "VHZ", "VM0", "VDD", "VDZ", "VBB", "VHB"})


class StateRules:
    """Decides whether a seat of government stands for its country."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._in_place = lexicon.cues["in_place"]
        self._state_before = lexicon.cues["state_before"]
        self._state_nouns = lexicon.cues["state_noun"]
        self._local_nouns = lexicon.cues["local_noun"]
        self._motions = lexicon.cues["motion_verb"] | lexicon.cues["motion_noun"]

    def is_government(self, piece: Piece, capital: Entry) -> bool:
        """Whether this mention of a capital or a government house means the government."""
        line = piece.line
        if line.sentence.kind == BlockKind.DATELINE:
            return False
        before = line.words[piece.first - 1] if piece.first else ""
        if before == "the" and piece.first > 1:
            before = line.words[piece.first - 2]
        after = line.words[piece.last] if piece.last < len(line.words) else ""
        if before in self._in_place or (
            before == "of"
            and piece.first > 1
            and line.words[piece.first - 2] in self._lexicon.cues["place_noun_before"]
        ):
            return False
        if before in self._lexicon.cues["place_noun_before"]:
            return False
        if capital.sort == "seat":
            return True
        if self._is_told_as_place(piece, before):
            return False
        if after == "," and piece.last + 1 < len(line.words) and self._is_area(piece, piece.last + 1):
            return False
        if after in {"'s", "’s"}:
            noun = line.words[piece.last + 1] if piece.last + 1 < len(line.words) else ""
            return noun in self._state_nouns or (noun not in self._local_nouns and before in self._state_before)
        if after in self._local_nouns:
            return False
        if after == "and" and self._is_state(piece, piece.last + 1):
            return True
        if piece.last < len(line.tokens) and line.tokens[piece.last].tag in _VERB_TAGS:
            return True
        if after in {"-", "–"}:
            return True
        if before in {"to", "on"}:
            return after in {"to", "over", "for"}
        return before in self._state_before and (before not in {"and", "by"} or self._joins_state(piece))

    def _is_told_as_place(self, piece: Piece, before: str) -> bool:
        """Whether a trip leads there, a list of places goes on to it, or the noun beside it is no word for a state."""
        line, first = piece.line, piece.first
        words = line.words
        near = words[max(0, first - _NEAR) : first]
        if before == "to" and ("from" in near or not self._motions.isdisjoint(near)):
            return True
        two = words[first - 2] if first > 1 else ""
        if before == "of":
            return two not in self._state_nouns and two not in self._state_before
        after = words[piece.last] if piece.last < len(words) else ""
        if before == "between":
            return after != "and" or not self._is_state(piece, piece.last + 1)
        if first and words[first - 1] in {"and", ","}:
            return self._continues_places(piece)
        is_modifier = piece.last < len(words) and line.tokens[piece.last].tag[:2] == "NN"
        return bool(first) and words[first - 1] == "the" and is_modifier and after not in self._state_nouns

    def _continues_places(self, piece: Piece) -> bool:
        """Whether a list of places goes on: "in Kyiv and Berlin"."""
        line = piece.line
        for start in range(max(0, piece.first - _NEAR), piece.first - 1):
            if start and line.words[start - 1] in self._in_place:
                for match in self._lexicon.match(line.words, start):
                    if start + match.length == piece.first - 1:
                        return any(entry.sort in {"capital", "city", "country"} for entry in match.entries)
        return False

    def _is_area(self, piece: Piece, at: int) -> bool:
        for match in self._lexicon.match(piece.line.words, at):
            return any(entry.sort in {"country", "region"} for entry in match.entries)
        return False

    def _is_state(self, piece: Piece, at: int) -> bool:
        """Whether a capital or a country begins here."""
        if at >= len(piece.line.words):
            return False
        for match in self._lexicon.match(piece.line.words, at):
            return any(entry.sort in {"country", "capital", "seat"} for entry in match.entries)
        return False

    def _joins_state(self, piece: Piece) -> bool:
        """Whether "and" joins it to another capital or country: "Kyiv and Moscow"."""
        line = piece.line
        if line.words[piece.first - 1] == "by":
            return True
        for start in range(max(0, piece.first - 4), piece.first - 1):
            for match in self._lexicon.match(line.words, start):
                if start + match.length == piece.first - 1 and any(
                    entry.sort in {"country", "capital", "seat"} for entry in match.entries
                ):
                    return True
        return False
