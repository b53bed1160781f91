"""Turns what was found in each unit into quotes, and links pieces of one statement across units and paragraphs."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.enrich.article import Article, Quote, find_first_pieces
from transforms.enrich.quotes.cues import CueLexicon
from transforms.enrich.quotes.found import Found, Span, UnitReading
from transforms.enrich.quotes.reading import UnitReader
from transforms.enrich.quotes.units import Paragraph, Unit, read_paragraphs
from warehouse.contract.codes import QuoteKind

_MARKS = '"“”„«»'
_EDGES = " \t\n\r\u00a0,.;:-–—―"


class StatementBuilder:
    """Builds the quotes of one article."""

    def __init__(self, article: Article, lexicon: CueLexicon, words: Mapping[str, frozenset[str]]) -> None:
        self._article = article
        self._lexicon = lexicon
        self._words = words
        self._quotes: list[Quote] = []
        self._last_speech: int | None = None
        """Index of the quote that a paragraph of speech alone goes on with: the last one in quotation marks."""
        self._last_quote: int | None = None
        """Index of the quote that speech in the same paragraph goes on with."""
        self._pending: tuple[Unit, Found] | None = None
        """A clause that ended in a colon, and what it would be the cue of."""

    def build(self) -> list[Quote]:
        """All quotes, in text order."""
        for paragraph in read_paragraphs(self._article, lambda token: self._lexicon.verb(token) is not None):
            self._read_paragraph(paragraph)
        return self._in_order()

    def _read_paragraph(self, paragraph: Paragraph) -> None:
        before = self._last_speech
        self._last_speech = None
        for number, unit in enumerate(paragraph.units):
            if number:
                before = self._last_quote
            if self._pending is not None and self._is_all_speech(unit):
                before = self._answer(unit)
            elif before is not None and self._is_all_speech(unit):
                for mark in unit.speech:
                    before = self._continue(unit, (mark.start, mark.end), before)
                self._last_quote = self._last_speech = before
            else:
                if number == 0:
                    self._last_quote = None
                self._read_unit(unit)

    def _is_all_speech(self, unit: Unit) -> bool:
        return bool(unit.speech) and all(letter in "Q.," for letter in unit.letters)

    def _answer(self, unit: Unit) -> int | None:
        """The speech that a colon at the end of the paragraph before led to."""
        waiting, self._pending = self._pending, None
        if waiting is None:
            return None
        cue_unit, found = waiting
        mark = unit.speech[0]
        quote = self._make(unit, (mark.start, mark.end), found.rule)
        if quote is None:
            return None
        self._attribute(quote, cue_unit, found)
        self._quotes.append(quote)
        index = len(self._quotes) - 1
        for further in unit.speech[1:]:
            index = self._continue(unit, (further.start, further.end), index)
        self._last_quote = self._last_speech = index
        return index

    def _await_speech(self, unit: Unit, reader: UnitReader, reading: UnitReading) -> None:
        """Keep a clause that ends in a colon, for the next paragraph."""
        self._pending = None
        if not unit.letters.endswith(":"):
            return
        found = reader.introduction()
        if found is not None:
            self._pending = (unit, found)

    def _read_unit(self, unit: Unit) -> None:
        reader = UnitReader(unit, self._lexicon, self._words)
        reading = reader.read()
        self._await_speech(unit, reader, reading)
        if reading.found:
            self._last_speech = None
        for found in reading.found:
            self._add(unit, found)
        for span in reading.leftover:
            if self._last_quote is not None:
                self._last_quote = self._last_speech = self._continue(unit, span, self._last_quote)

    def _add(self, unit: Unit, found: Found) -> None:
        before: int | None = None
        for piece in found.pieces:
            quote = self._make(unit, piece, found.rule)
            if quote is None:
                continue
            self._attribute(quote, unit, found)
            quote.continues = before
            self._quotes.append(quote)
            before = self._last_quote = len(self._quotes) - 1
            if quote.kind != QuoteKind.INDIRECT:
                self._last_speech = before

    def _attribute(self, quote: Quote, unit: Unit, found: Found) -> None:
        quote.cue = unit.span(*found.cue)
        quote.cue_lemma = found.lemma
        quote.attitude = self._lexicon.attitude(found.lemma, found.rule, found.frame)
        quote.source = unit.span(*found.source) if found.source else None
        quote.addressee = unit.span(*found.addressee) if found.addressee else None
        quote.frame = found.frame

    def _continue(self, unit: Unit, span: Span, before: int) -> int:
        quote = self._make(unit, span, "continued")
        if quote is None:
            return before
        quote.continues = before
        self._quotes.append(quote)
        return len(self._quotes) - 1

    def _make(self, unit: Unit, piece: Span, rule: str) -> Quote | None:
        first, last = piece
        marks = [m for m in (*unit.speech, *unit.fragments) if first < m.end and m.start < last]
        start, end = unit.span(first, last)
        kind = QuoteKind.INDIRECT
        if marks:
            within = all(
                any(m.start <= n < m.end for m in marks) or unit.letters[n] in ",.;:" for n in range(first, last)
            )
            kind = QuoteKind.DIRECT if within else QuoteKind.MIXED
            if within:
                opening, closing = marks[0], marks[-1]
                start = unit.tokens[opening.start + 1].start if opening.start + 1 < closing.end else start
                final = closing.end - 1 - closing.is_closed
                end = unit.tokens[final].end if final > opening.start else end
        text = self._article.text
        if kind != QuoteKind.DIRECT:
            while end > start and text[end - 1] in _EDGES and not self._ends_abbreviation(unit, last, end):
                end -= 1
            edges = _EDGES + _MARKS if kind == QuoteKind.INDIRECT else _EDGES
            while start < end and text[start] in edges:
                start += 1
        if end <= start:
            return None
        sentence = self._article.sentences[self._article.index_at(start)]
        return Quote(sentence_no=sentence.no, kind=kind, start=start, end=end, rule=f"quote.{rule}")

    def _ends_abbreviation(self, unit: Unit, last: int, end: int) -> bool:
        token = unit.tokens[last - 1]
        return token.end == end and len(token.text) > 1

    def _in_order(self) -> list[Quote]:
        """The quotes in text order; each piece of a statement continues the one that stands before it."""
        first_of = find_first_pieces(self._quotes)
        order = sorted(range(len(self._quotes)), key=lambda n: (self._quotes[n].start, self._quotes[n].end, n))
        before: dict[int, int] = {}
        for new, old in enumerate(order):
            self._quotes[old].continues = before.get(first_of[old])
            before[first_of[old]] = new
        return [self._quotes[n] for n in order]
