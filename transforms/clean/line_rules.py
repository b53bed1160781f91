"""What the rules of plain text and of web pages ask about a line, held once for both."""

from __future__ import annotations

from transforms.clean.agencies import AgencyIndex
from transforms.clean.bylines import BylineRules
from transforms.clean.captions import CaptionRules
from transforms.clean.dateline import DatelineRules
from transforms.clean.inline import InlineRules
from transforms.clean.phrases import PhraseBook
from transforms.clean.signs import SignRules


class LineRules:
    """The rules of single lines, for those that type the lines of a page."""

    def __init__(
        self,
        book: PhraseBook,
        captions: CaptionRules,
        bylines: BylineRules,
        signs: SignRules,
        datelines: DatelineRules,
        agencies: AgencyIndex,
        inline: InlineRules,
    ) -> None:
        self._book = book
        self._captions = captions
        self._bylines = bylines
        self._signs = signs
        self._datelines = datelines
        self._agencies = agencies
        self._inline = inline
