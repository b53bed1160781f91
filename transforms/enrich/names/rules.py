"""Finds every name of an article."""

from __future__ import annotations

from functools import lru_cache

from transforms.enrich.article import Article, Mention
from transforms.enrich.names.capitals import CapitalRules, NamesSeen
from transforms.enrich.names.datelines import DatelineNames
from transforms.enrich.names.evidence import EvidenceRules
from transforms.enrich.names.grammar import NameGrammar
from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.linking import Linker
from transforms.enrich.names.page import CAPITALS, Page, read_page
from transforms.enrich.names.pieces import Piece, Sense
from transforms.enrich.names.tables import TableRules, cover
from transforms.enrich.names.units import UnitRules
from transforms.enrich.places.gazetteer import Gazetteer
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind


class NameRules:
    """Names of persons, organisations, countries, places and groups, linked within the article."""

    def __init__(self, resources: Resources) -> None:
        self.lexicon = Lexicon(resources)
        self._units = UnitRules(self.lexicon)
        self._grammar = NameGrammar(self.lexicon)
        self._tables = TableRules(self.lexicon)
        self._datelines = DatelineNames(self.lexicon)
        self._evidence = EvidenceRules(self.lexicon, Gazetteer.build(resources))
        self._capitals = CapitalRules(self.lexicon)
        self._linker = Linker(self.lexicon)

    @staticmethod
    def build(resources: Resources) -> NameRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def find(self, article: Article) -> list[Mention]:
        """All mentions of kind name, acronym, demonym and metonym, in text order, without overlap."""
        return self.find_on(self.read_page(article))

    def read_page(self, article: Article) -> Page:
        """Lay out an article, with counts that tell of what sort it is."""
        return read_page(article, self.lexicon)

    def find_on(self, page: Page) -> list[Mention]:
        """The same for an article that was laid out."""
        return self._linker.link(page, self.find_pieces(page))

    def find_pieces(self, page: Page) -> list[Piece]:
        """What is named, with its sense, in text order."""
        pieces = [piece for no, line in enumerate(page.lines) for piece in self._read_line(page, no)]
        self._evidence.decide(page, pieces)
        seen = NamesSeen(pieces)
        for no, line in enumerate(page.lines):
            if line.style == CAPITALS:
                held = [piece for piece in pieces if piece.line_no == no]
                if not any(piece.rule.startswith("names.table") for piece in held):
                    pieces += self._capitals.find(page, line, no, self._units.cut(page, line), seen)
        kept = [piece for piece in pieces if piece.sense is not None and piece.sense is not Sense.NONE]
        return sorted(kept, key=lambda piece: (piece.start, piece.end))

    def _read_line(self, page: Page, no: int) -> list[Piece]:
        line = page.lines[no]
        pieces, stop = self._datelines.find(line, no)
        if line.sentence.kind is BlockKind.DATELINE:
            return pieces  # behind its place stand a day and the agency, which is no party to the story
        if not pieces:
            pieces = self._tables.find(page, line, no)
        line.may_name[:stop] = [False] * stop
        for at, is_held in enumerate(cover(pieces, len(line.tokens)) if pieces else ()):
            if is_held:
                line.may_name[at] = False
        if line.style == CAPITALS:
            return pieces
        units = self._units.cut(page, line)
        held = {at for piece in pieces for at in range(piece.first, piece.last)} | set(range(stop))
        found = [
            piece
            for piece in self._grammar.parse(page, line, no, units)
            if piece.first not in held and piece.last - 1 not in held
        ]
        return pieces + found


@lru_cache(maxsize=4)
def _build(resources: Resources) -> NameRules:
    return NameRules(resources)
