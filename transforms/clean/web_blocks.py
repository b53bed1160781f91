"""Types the blocks of a web page, where markup says what plain text leaves to be guessed."""

from __future__ import annotations

from transforms.clean.blocks import AGENCY_LINE, DATELINE_WITHIN, TITLE, TITLE_AGAIN, Block, Page, trim
from transforms.clean.dateline import Dateline
from transforms.clean.line_rules import LineRules
from transforms.clean.lines import LONGEST_CLASSIFIED, Line, fold_phrase
from transforms.clean.phrases import Verdict
from transforms.markup.page import PlacedBlock, WebPage
from transforms.markup.render import HEADINGS
from warehouse.contract.codes import BlockKind
from warehouse.contract.reference_files import PhraseZone

SECTION_HEADING = Verdict(BlockKind.BODY, "body.heading")
FIGURE = Verdict(BlockKind.CAPTION, "caption.figure")
PULL_QUOTE = Verdict(BlockKind.RELATED, "related.pull-quote")
ASIDE = Verdict(BlockKind.RELATED, "related.aside")
LINKS = Verdict(BlockKind.RELATED, "related.links")
BESIDE = Verdict(BlockKind.RELATED, "related.beside-story")
DECK = Verdict(BlockKind.SUBHEAD, "subhead.deck")
MOSTLY_LINKS = 0.5
LONGEST_PHRASE_LINE = 40
"""Words of the longest block of the story that phrases may take out of it."""
LONGEST_DECK = 60
_QUOTES = "\"'“”„‘’«»"
_NOT_COPY = frozenset({BlockKind.PROMO, BlockKind.RELATED, BlockKind.CREDIT, BlockKind.NOTICE, BlockKind.BYLINE})


class WebBlockRules(LineRules):
    """The order in which rules are asked about a page's blocks."""

    def classify_page(self, page: WebPage) -> Page:
        """Blocks of a page's `source_text`, in order; all but white space is in one."""
        blocks: list[Block] = []
        if page.text_start:
            blocks.append(Block(0, TITLE, *trim(page.text, 0, page.text_start)))
        title = fold_phrase(page.text[: page.text_start])
        copy = "\n".join(b.rendered.key for b in page.blocks if b.is_story and not b.rendered.in_pull_quote)
        dateline_at, dateline = self._find_dateline(page)
        first = next((at for at, block in enumerate(page.blocks) if block.is_story), 0)
        for at, placed in enumerate(page.blocks):
            number = len(blocks) and blocks[-1].paragraph_no + 1
            start = placed.start
            if at == dateline_at and dateline is not None:
                start = trim(page.text, start, dateline.end)[1]
                blocks.append(Block(number, Verdict(BlockKind.DATELINE, dateline.rule), placed.start, start))
                verdict = None
            elif placed.is_story and placed.rendered.in_pull_quote and placed.rendered.key.strip(_QUOTES) in copy:
                verdict = PULL_QUOTE
            else:
                verdict = self._classify(page.text[placed.start : placed.end], placed, title, is_above=at < first)
            if verdict is not None:
                blocks.append(Block(number, verdict, placed.start, placed.end))
                continue
            pieces = self._inline.split(page.text, start, placed.end)
            blocks += [Block(number, p.verdict, p.start, p.end, p.sentences) for p in pieces]
        return Page(blocks, dateline)

    def _find_dateline(self, page: WebPage) -> tuple[int, Dateline | None]:
        for at, placed in enumerate(page.blocks[: 2 * DATELINE_WITHIN]):
            if placed.is_story and placed.rendered.tag not in HEADINGS:
                found = self._datelines.find(page.text, placed.start, placed.end)
                if found is not None and (found.day or found.agency or found.end < placed.end):
                    return at, found
        return -1, None

    def _classify(self, text: str, placed: PlacedBlock, title: str, *, is_above: bool) -> Verdict | None:
        if len(text) > LONGEST_CLASSIFIED:
            return None if placed.is_story else self._classify_place(placed)
        line = Line(text)
        if title and line.folded == title:
            return TITLE_AGAIN
        if placed.is_story:
            return self._classify_story(line, placed)
        return self._classify_clutter(line, placed, is_above=is_above)

    def _classify_story(self, line: Line, placed: PlacedBlock) -> Verdict | None:
        """The extractor's word stands, but for what phrases know: credits, notices, promotions."""
        if placed.rendered.tag == "figcaption":
            return FIGURE
        if mark := self._signs.classify_mark(line):
            return mark
        if len(line.words) <= LONGEST_PHRASE_LINE:
            found = self._book.classify(line)
            if found is not None and found.kind in _NOT_COPY:
                return found
        return SECTION_HEADING if placed.rendered.tag in HEADINGS else None

    def _classify_clutter(self, line: Line, placed: PlacedBlock, *, is_above: bool) -> Verdict:
        found = (
            self._signs.classify_mark(line)
            or self._signs.classify_share_bar(line)
            or (FIGURE if placed.rendered.in_caption else None)
            or self._book.classify(line, PhraseZone.HEAD if is_above else PhraseZone.ANY)
            or self._bylines.classify_time(line)
            or self._captions.classify(line)
            or self._signs.classify_appeal(line)
        )
        if found is None and is_above:
            if self._agencies.find_sign_off(line, is_last=True):
                return AGENCY_LINE
            found = self._bylines.classify_name(line)
            is_plain = placed.rendered.link_share < MOSTLY_LINKS and not placed.rendered.in_aside
            if found is None and is_plain and 4 <= len(line.words) <= LONGEST_DECK:
                found = DECK
        return found or self._classify_place(placed)

    @staticmethod
    def _classify_place(placed: PlacedBlock) -> Verdict:
        if placed.rendered.in_caption:
            return FIGURE
        if placed.rendered.in_pull_quote:
            return PULL_QUOTE
        if placed.rendered.in_aside:
            return ASIDE
        return LINKS if placed.rendered.link_share >= MOSTLY_LINKS else BESIDE
