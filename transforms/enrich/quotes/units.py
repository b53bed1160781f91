"""Cuts a paragraph into units of reporting: sentences, kept together where a quotation runs over their end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.enrich.article import Article, Sentence
from transforms.enrich.quotes.marks import Marked, opens_with_mark, pair_marks
from transforms.language.chunks import OPAQUE, Chunk, chunk, letters_of
from transforms.language.tokens import Token
from warehouse.contract.codes import BlockKind

_CLAUSE = re.compile(r"[^stqw;:\"().-]+")
_FINITE = frozenset("VMBHO")
KINDS = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BODY})
"""Blocks whose sentences may report."""
_BEFORE_SPEECH = frozenset(",:;-.(s")
_LONGEST_LABEL = 5
_ENDS = frozenset(",.")


@dataclass(slots=True)
class Unit:
    """One or more sentences that are read together.

    `quoted[i]` says whether token `i` is within quotation marks; `speech` are the marked stretches that stand by
    themselves, as speech does (their tokens make one chunk `Q`); the others are fragments.
    """

    text: str
    tokens: list[Token]
    letters: str
    chunks: list[Chunk]
    quoted: list[bool]
    speech: list[Marked]
    fragments: list[Marked]
    kind: BlockKind
    is_first: bool
    """Whether the paragraph begins with it."""

    def lower(self, chunk: Chunk) -> str:
        """The first word of a chunk, in lower case."""
        return self.tokens[chunk.start].lower

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Characters of a run of tokens."""
        return self.tokens[start].start, self.tokens[end - 1].end


@dataclass(slots=True)
class Paragraph:
    """The units of a paragraph; `goes_on` says that a quotation is left open for the next one to go on with."""

    kind: BlockKind
    units: list[Unit]
    goes_on: bool


def read_paragraphs(article: Article, is_verb: Callable[[Token], bool]) -> Iterator[Paragraph]:
    """The paragraphs that may report, in order; `is_verb` knows words that are cues as verbs."""
    groups = [group for group in _group(article) if group[1]]
    for n, (sentences, tokens) in enumerate(groups):
        kind = sentences[0].kind
        following = groups[n + 1] if n + 1 < len(groups) else None
        is_continued = (
            following is not None and following[0][0].kind == kind and opens_with_mark(article.text, following[1])
        )
        marked, goes_on = pair_marks(article.text, tokens, is_continued)
        if _is_labelled(tokens):
            yield Paragraph(kind, [_read_unit(article.text, tokens, 0, len(tokens), (), kind, is_verb)], False)
            continue
        units = [
            _read_unit(article.text, tokens, start, end, marked, kind, is_verb)
            for start, end in _cut(sentences, tokens, marked)
        ]
        yield Paragraph(kind, units, goes_on)


def read_sentence(article: Article, index: int, is_verb: Callable[[Token], bool]) -> Unit:
    """A sentence as a unit of its own, in which quotation marks are marks and hide nothing."""
    tokens = article.tokens[index]
    return _read_unit(article.text, tokens, 0, len(tokens), (), article.sentences[index].kind, is_verb)


def _group(article: Article) -> Iterator[tuple[list[Sentence], list[Token]]]:
    """Sentences of one paragraph, with their tokens."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for sentence, own in zip(article.sentences, article.tokens, strict=True):
        if sentence.kind not in KINDS:
            continue
        if sentences and (sentence.paragraph_no, sentence.kind) != (sentences[-1].paragraph_no, sentences[-1].kind):
            yield sentences, tokens
            sentences, tokens = [], []
        sentences.append(sentence)
        tokens.extend(own)
    if sentences:
        yield sentences, tokens


def _is_labelled(tokens: Sequence[Token]) -> bool:
    """Whether a paragraph begins as in a transcript: NAME, then a colon."""
    start = 1 if tokens[0].tag == "PUQ" else 0
    for n in range(start, min(start + _LONGEST_LABEL, len(tokens) - 2)):
        if tokens[n].text == ":":
            return n > start
        if not (tokens[n].text.isupper() and len(tokens[n].text) > 1):
            return False
    return False


def _cut(sentences: Sequence[Sentence], tokens: Sequence[Token], marked: Sequence[Marked]) -> list[tuple[int, int]]:
    """Where units begin and end: where sentences do, but not within a quotation."""
    cuts = [0]
    position = 0
    for sentence in sentences[:-1]:
        while position < len(tokens) and tokens[position].start < sentence.end:
            position += 1
        is_within = any(m.start < position < m.end for m in marked)
        if position > cuts[-1] and not is_within:
            cuts.append(position)
    if cuts[-1] < len(tokens):
        cuts.append(len(tokens))
    return list(pairwise(cuts))


def _read_unit(
    text: str,
    tokens: Sequence[Token],
    start: int,
    end: int,
    marked: Sequence[Marked],
    kind: BlockKind,
    is_verb: Callable[[Token], bool],
) -> Unit:
    own = list(tokens[start:end])
    letters = _find_verb(own, letters_of(own), is_verb)
    inside = [Marked(m.start - start, m.end - start, m.is_closed) for m in marked if start <= m.start < end]
    quoted = [False] * len(own)
    speech: list[Marked] = []
    fragments: list[Marked] = []
    for mark in inside:
        if not mark.is_closed and _holds_report(own, mark, is_verb):
            continue
        quoted[mark.start : mark.end] = [True] * (mark.end - mark.start)
        if _is_speech(letters, mark, speech):
            speech.append(mark)
            letters = letters[: mark.start] + OPAQUE * (mark.end - mark.start) + letters[mark.end :]
        else:
            fragments.append(mark)
    chunks = chunk(letters) if not speech else _chunk_around(letters, speech)
    return Unit(text, own, letters, chunks, quoted, speech, fragments, kind, start == 0)


def _holds_report(tokens: Sequence[Token], mark: Marked, is_verb: Callable[[Token], bool]) -> bool:
    """Whether a stretch that nothing closes holds who said it, so that its end is not known: “It leaks, he said."""
    return any(
        tokens[n].text == "." and any(token.tag in ("VVD", "VVZ") and is_verb(token) for token in tokens[n - 3 : n])
        for n in range(mark.start + 4, mark.end)
    )


def _find_verb(tokens: Sequence[Token], letters: str, is_verb: Callable[[Token], bool]) -> str:
    """Give a clause without a finite verb the one that was taken for a noun or an adjective: "court rules against"."""
    for match in _CLAUSE.finditer(letters):
        clause = match.group()
        if len(clause) < 3 or not _FINITE.isdisjoint(clause):
            continue
        for n in range(match.start() + 1, match.end()):
            if letters[n] not in "njk" or letters[n - 1] not in "nNr,":
                continue
            is_before_noun = letters[n + 1 : n + 2] == "n"
            if letters[n + 1 : n + 2] in ("o", "c") or (is_before_noun and not _is_past(tokens[n], letters[n])):
                continue
            looks_finite = tokens[n].lower.endswith(("ed", "s")) or letters[n + 1 : n + 2] in ("t", "q", "d")
            if looks_finite and is_verb(tokens[n]):
                letters = letters[:n] + "V" + letters[n + 1 :]
                break
    return _find_last_verb(tokens, letters, is_verb)


def _is_past(token: Token, letter: str) -> bool:
    """Whether what was taken for an adjective between two nouns is a past tense: "police clubbed students"."""
    return letter in "jkn" and token.lower.endswith("ed") and token.text[0].islower()


def _find_last_verb(tokens: Sequence[Token], letters: str, is_verb: Callable[[Token], bool]) -> str:
    """Give a sentence that ends in a noun that could be a verb its postposed report: "…, the daily reports."."""
    last = len(letters) - 1
    while last > 0 and letters[last] == ".":
        last -= 1
    comma = letters.rfind(",", 0, last)
    if comma < 2 or letters[last] != "n" or last - comma < 2 or not tokens[last].lower.endswith("s"):
        return letters
    if not set(letters[comma + 1 : last]) <= set("djnNmgo") or _FINITE.isdisjoint(letters[:comma]):
        return letters
    return letters[:last] + "V" + letters[last + 1 :] if is_verb(tokens[last]) else letters


def _chunk_around(letters: str, speech: Sequence[Marked]) -> list[Chunk]:
    """Chunks, with one for each stretch of speech even where two touch."""
    chunks: list[Chunk] = []
    position = 0
    for mark in speech:
        chunks.extend(
            Chunk(c.kind, c.start + position, c.end + position) for c in chunk(letters[position : mark.start])
        )
        chunks.append(Chunk(OPAQUE, mark.start, mark.end))
        position = mark.end
    chunks.extend(Chunk(c.kind, c.start + position, c.end + position) for c in chunk(letters[position:]))
    return chunks


def _is_speech(letters: str, mark: Marked, before: Sequence[Marked]) -> bool:
    """Whether a marked stretch stands by itself: behind a mark or a verb, and long enough or ended by a mark."""
    inner = mark.end - mark.start - 1 - mark.is_closed
    if inner <= 0:
        return False
    last = letters[mark.end - 2] if mark.is_closed else letters[mark.end - 1]
    first = letters[mark.start - 1] if mark.start else ""
    follows = letters[mark.end] if mark.end < len(letters) else ""
    ends_itself = last in _ENDS
    if not first or first == OPAQUE:
        return ends_itself or inner > 2 or follows in ("", ".")
    if letters[mark.end - 2] == "," and mark.is_closed and inner > 8:
        return True
    if first == "c":
        return ends_itself and inner > 4
    if first in _BEFORE_SPEECH:
        return ends_itself or inner > 4 or follows in ("", ".", ",")
    return first in "VikzH" and ends_itself and inner > 3
