"""Types every paragraph of a page, and cuts those that hold more than one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.clean.dateline import Dateline
from transforms.clean.inline import COPY
from transforms.clean.line_rules import LineRules
from transforms.clean.lines import LONGEST_CLASSIFIED, Line, fold_phrase
from transforms.clean.paragraphs import Paragraph, find_paragraphs
from transforms.clean.phrases import Verdict
from transforms.clean.signs import REPEATED, SIGN_OFF, find_repeats
from transforms.language.sentences import Span
from warehouse.contract.codes import BlockKind
from warehouse.contract.reference_files import PhraseZone

SHORTEST_COPY = 9
"""A sentence of so many words is copy unless a rule says otherwise."""
SHORTEST_LATER_COPY = 4
"""The same below the first paragraph of copy."""
SURELY_COPY = 25
"""So many words are copy even without a full stop."""
SHORTEST_OPEN_COPY = 15
"""The same for sentences behind which something stands that does not end as one."""
LONGEST_HEADLINE = 40
LONGEST_CLOSED_HEADLINE = 25
"""Words of the longest headline with a full stop."""
DATELINE_WITHIN = 15
"""Paragraphs from the top among which the dateline is looked for."""
COPY_BEFORE_DATELINE = 4
"""After so many paragraphs of the length of copy no dateline comes any more."""
COPY_LENGTH = 200
TITLE = Verdict(BlockKind.HEADLINE, "headline.title-field")
FIRST_LINE = Verdict(BlockKind.HEADLINE, "headline.first-line")
TITLE_AGAIN = Verdict(BlockKind.HEADLINE, "headline.repeated")
AGENCY_LINE = Verdict(BlockKind.BYLINE, "byline.author")
DECK = Verdict(BlockKind.SUBHEAD, "subhead.deck")
QUESTION = Verdict(BlockKind.SUBHEAD, "subhead.short-line")
LIST_ITEM = Verdict(BlockKind.RELATED, "related.list-item")
TAIL_HEADLINE = Verdict(BlockKind.RELATED, "related.headline-at-end")
LONGEST_ABOUT = 45
"""Words of the longest line that says who the author is."""
_ABOUT_AUTHOR = frozenset({"credit.about", "credit.contact", "credit.source"})
_WEAK_AT_TOP = frozenset(
    {
        "related.link",
        "related.topics",
        "notice.correction",
        "promo.appeal",
        "promo.repeated-line",
        "related.list-title",
    }
)
"""Rules that yield to the headline in the first line of a page."""


@dataclass(slots=True)
class Block:
    """A row of `blocks` in the making, with its sentences where they are known already."""

    paragraph_no: int
    verdict: Verdict
    start: int
    end: int
    sentences: list[Span] | None = None


@dataclass(slots=True)
class Page:
    """The blocks of an article, and its dateline."""

    blocks: list[Block]
    dateline: Dateline | None


@dataclass(slots=True)
class _Draft:
    """What is known of the paragraphs of a page while they are being typed."""

    text: str
    paragraphs: list[Paragraph]
    lines: list[Line | None]
    verdicts: list[Verdict | None]
    dateline: Dateline | None = None
    dateline_at: int = -1
    headline_at: int = -1
    first_copy: int = 0
    last_copy: int = -1
    repeats: set[str] = field(default_factory=set)
    is_wire: bool = False
    """Hard-wrapped, as a wire prints it: no pictures, promotions or links stand in it, but tables do."""


class BlockRules(LineRules):
    """The order in which rules are asked."""

    def classify_page(self, text: str, text_start: int) -> Page:
        """Blocks of a whole `source_text`, in order; all but white space is in one."""
        paragraphs = find_paragraphs(text, text_start, self._agencies.sign_offs)
        lines = [_make_line(text, paragraph) for paragraph in paragraphs]
        draft = _Draft(text, paragraphs, lines, [None] * len(lines), repeats=find_repeats(lines))
        draft.is_wire = any(paragraph.lines > 1 for paragraph in paragraphs)
        title = trim(text, 0, text_start) if text_start else None
        self._find_dateline(draft, has_title=title is not None)
        self._classify_anywhere(draft, fold_phrase(text[slice(*title)]) if title else None)
        self._find_headline(draft, has_title=title is not None)
        self._bound_copy(draft)
        self._classify_head(draft)
        self._classify_tail(draft)
        self._classify_between(draft)
        return Page(self._cut_blocks(draft, title), draft.dateline)

    def _find_dateline(self, draft: _Draft, *, has_title: bool) -> None:
        """The first dateline near the top; a first line that looks like a headline yields to a later one."""
        passed = 0
        for at, paragraph in enumerate(draft.paragraphs[:DATELINE_WITHIN]):
            if passed >= COPY_BEFORE_DATELINE:
                return
            passed += paragraph.end - paragraph.start >= COPY_LENGTH
            found = self._datelines.find(draft.text, paragraph.start, paragraph.end)
            if found is None:
                continue
            line = draft.lines[at]
            may_be_headline = at == 0 and not has_title and line is not None and not line.is_sentence_end
            if found.end >= paragraph.end and found.place is None:
                continue
            if may_be_headline and (found.end >= paragraph.end or not (found.agency or found.day)):
                continue
            if draft.dateline_at < 0 or found.day or found.agency:
                draft.dateline, draft.dateline_at = found, at
            if not may_be_headline or found.agency:
                return

    def _classify_anywhere(self, draft: _Draft, title: str | None) -> None:
        for at, line in enumerate(draft.lines):
            if line is None or at == draft.dateline_at:
                continue
            if title and line.folded == title:
                draft.verdicts[at] = TITLE_AGAIN
            else:
                draft.verdicts[at] = self._classify_wire_line(line) if draft.is_wire else self._classify_line(line)

    def _classify_wire_line(self, line: Line) -> Verdict | None:
        """By phrases and marks alone: what a line looks like says little where tables are set in letters."""
        verdict = self._signs.classify_mark(line) or self._book.classify(line)
        return verdict if verdict or "  " in line.raw else self._bylines.classify_time(line)

    def _classify_line(self, line: Line) -> Verdict | None:
        return (
            self._signs.classify_mark(line)
            or self._signs.classify_share_bar(line)
            or self._book.classify(line)
            or self._bylines.classify_time(line)
            or self._captions.classify(line)
            or self._signs.classify_appeal(line)
        )

    def _find_headline(self, draft: _Draft, *, has_title: bool) -> None:
        if has_title or len(draft.lines) < 2:
            return
        for at, line in enumerate(draft.lines[:DATELINE_WITHIN]):
            verdict = draft.verdicts[at]
            if verdict is not None and not (at == 0 and verdict.rule in _WEAK_AT_TOP):
                continue
            if line is not None and at != draft.dateline_at and self._may_be_headline(draft, at, line):
                draft.verdicts[at], draft.headline_at = FIRST_LINE, at
            return

    def _may_be_headline(self, draft: _Draft, at: int, line: Line) -> bool:
        count = len(line.words)
        if not 1 <= count <= LONGEST_HEADLINE:
            return False
        ends_open = not line.is_sentence_end or line.plain[-1] in "?!"
        ends_in_quote = line.plain[-1] in "'\"" and line.plain[-2:-1] not in ".,"
        if (ends_open or ends_in_quote) and not (line.has_inner_stop and count > LONGEST_CLOSED_HEADLINE):
            return True
        before_dateline = at < draft.dateline_at <= at + 3
        return count <= LONGEST_CLOSED_HEADLINE and (before_dateline or line.share_capitalised >= 0.6)

    def _bound_copy(self, draft: _Draft) -> None:
        """Between which paragraphs the copy stands."""
        count = len(draft.lines)
        draft.first_copy = count
        draft.first_copy = next((at for at in range(count) if self._is_copy(draft, at)), count)
        last = next((at for at in reversed(range(count)) if self._is_copy(draft, at)), count)
        while draft.first_copy < last < count and self._tells_of_author(draft, last):
            last = next((at for at in reversed(range(last)) if self._is_copy(draft, at)), draft.first_copy)
        draft.last_copy = last

    def _tells_of_author(self, draft: _Draft, at: int) -> bool:
        """A sentence below the copy that says who the author is reads as copy, but is none."""
        line = draft.lines[at]
        if line is None or at == draft.dateline_at or len(line.words) > LONGEST_ABOUT:
            return False
        found = self._book.classify(line, PhraseZone.TAIL)
        return found is not None and found.rule in _ABOUT_AUTHOR

    def _is_copy(self, draft: _Draft, at: int) -> bool:
        line = draft.lines[at]
        if line is None or at == draft.dateline_at:
            return True
        if draft.verdicts[at] is not None:
            return False
        count = len(line.words)
        shortest = SHORTEST_COPY if at < draft.first_copy else SHORTEST_LATER_COPY
        if count >= SURELY_COPY or (count >= shortest and line.is_sentence_end):
            return True
        return count >= SHORTEST_OPEN_COPY and line.has_inner_stop and at >= draft.first_copy

    def _classify_head(self, draft: _Draft) -> None:
        for at in range(min(draft.first_copy, len(draft.lines))):
            line = draft.lines[at]
            verdict = draft.verdicts[at]
            if line is None or (verdict is not None and verdict.rule != "credit.reporting"):
                continue
            above = self._book.classify(line, PhraseZone.HEAD)
            draft.verdicts[at] = above or verdict or self._classify_above_copy(draft, line)

    def _classify_above_copy(self, draft: _Draft, line: Line) -> Verdict | None:
        if draft.first_copy >= len(draft.lines):
            return None
        if line.core in draft.repeats and not draft.is_wire:
            return REPEATED
        if self._agencies.find_sign_off(line, is_last=True):
            return AGENCY_LINE
        return self._bylines.classify_name(line) or (None if line.is_sentence_end or draft.is_wire else DECK)

    def _classify_tail(self, draft: _Draft) -> None:
        for at in range(draft.last_copy + 1, len(draft.lines)):
            line = draft.lines[at]
            if draft.verdicts[at] is not None or line is None:
                continue
            verdict = (
                (SIGN_OFF if self._agencies.find_sign_off(line, is_last=True) else None)
                or self._signs.classify_initials(line)
                or self._book.classify(line, PhraseZone.TAIL)
            )
            if verdict is None and not draft.is_wire:
                if line.core in draft.repeats:
                    verdict = REPEATED
                elif self._is_headline_at_end(draft, at, line):
                    verdict = TAIL_HEADLINE
            draft.verdicts[at] = verdict

    def _is_headline_at_end(self, draft: _Draft, at: int, line: Line) -> bool:
        """Below the copy, behind other clutter, a line without a full stop is another story's headline."""
        before = draft.verdicts[at - 1] if at else None
        if line.has_inner_stop and len(line.words) >= SHORTEST_OPEN_COPY:
            return False
        is_open = not line.is_sentence_end and len(line.words) >= 3 and line.share_digits < 0.1
        is_table = "  " in line.raw or line.raw[-1] in ":,;-"
        follows_clutter = before is not None and before.kind is not BlockKind.HEADLINE
        follows_copy = at == draft.last_copy + 1 and draft.first_copy < draft.last_copy and len(line.words) <= 14
        return is_open and not is_table and line.plain[0].isalnum() and (follows_clutter or follows_copy)

    def _classify_between(self, draft: _Draft) -> None:
        for at in range(draft.first_copy, min(draft.last_copy + 1, len(draft.lines))):
            line = draft.lines[at]
            if line is None or draft.verdicts[at] is not None:
                continue
            if self._is_copy(draft, at):
                if self._signs.is_question_subhead(line) and self._stands_alone(draft, at):
                    draft.verdicts[at] = QUESTION
                continue
            if draft.is_wire:
                if line.is_capitals and "  " not in line.raw and self._stands_alone(draft, at):
                    draft.verdicts[at] = self._signs.classify_subhead(line)
                continue
            before = draft.verdicts[at - 1] if at else None
            if line.core in draft.repeats and not line.is_sentence_end:
                draft.verdicts[at] = REPEATED
            elif before and before.rule in ("related.list-title", "related.list-item") and _is_list_item(line):
                draft.verdicts[at] = LIST_ITEM
            elif self._stands_alone(draft, at):
                draft.verdicts[at] = self._captions.classify_open_scene(line) or self._signs.classify_subhead(line)

    def _stands_alone(self, draft: _Draft, at: int) -> bool:
        """Copy follows, and what comes before is no list of short lines."""
        following = self._next_open(draft, at, 1)
        before = self._next_open(draft, at, -1)
        return (
            following is not None
            and self._is_copy(draft, following)
            and (before is None or self._is_copy(draft, before) or draft.verdicts[before] is not None)
        )

    def _next_open(self, draft: _Draft, at: int, step: int) -> int | None:
        """The nearest paragraph that no rule has taken out of the copy."""
        at += step
        while 0 <= at < len(draft.lines):
            if draft.verdicts[at] is None or draft.verdicts[at].kind is BlockKind.SUBHEAD:  # type: ignore[union-attr]
                return at
            at += step
        return None

    def _cut_blocks(self, draft: _Draft, title: Span | None) -> list[Block]:
        blocks: list[Block] = []
        number = 0
        if title is not None:
            blocks.append(Block(0, TITLE, *title))
            number = 1
        for at, paragraph in enumerate(draft.paragraphs):
            verdict = draft.verdicts[at]
            if verdict is not None:
                blocks.append(Block(number, verdict, paragraph.start, paragraph.end))
                number += 1
                continue
            start = paragraph.start
            if at == draft.dateline_at and draft.dateline is not None:
                end = trim(draft.text, start, draft.dateline.end)[1]
                blocks.append(Block(number, Verdict(BlockKind.DATELINE, draft.dateline.rule), start, end))
                start = end
            pieces = self._inline.split(draft.text, start, paragraph.end)
            blocks += [Block(number, p.verdict, p.start, p.end, p.sentences) for p in pieces]
            if pieces or not self._copy_follows(draft, at):
                number += 1
        return blocks

    @staticmethod
    def _copy_follows(draft: _Draft, at: int) -> bool:
        """A dateline on its own line belongs to the paragraph below it."""
        return at + 1 < len(draft.verdicts) and draft.verdicts[at + 1] is None


def _is_list_item(line: Line) -> bool:
    return not line.is_sentence_end and len(line.words) >= 4 and not line.is_capitals


def _make_line(text: str, paragraph: Paragraph) -> Line | None:
    """None for what is too long to be anything but copy."""
    if paragraph.end - paragraph.start > LONGEST_CLASSIFIED:
        return None
    return Line(text[paragraph.start : paragraph.end])


def trim(text: str, start: int, end: int) -> Span:
    """A span without the white space at its ends."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def join_body(text: str, blocks: Sequence[Block]) -> str:
    """Clean text: a blank line between paragraphs, a space between pieces of one."""
    paragraphs: list[str] = []
    last = -1
    for block in blocks:
        if block.verdict.kind is not BlockKind.BODY:
            continue
        piece = " ".join(text[block.start : block.end].split())
        if block.paragraph_no == last:
            paragraphs[-1] += " " + piece
        else:
            paragraphs.append(piece)
        last = block.paragraph_no
    return "\n\n".join(paragraphs)


__all__ = ["COPY", "Block", "BlockRules", "Page", "join_body", "trim"]
