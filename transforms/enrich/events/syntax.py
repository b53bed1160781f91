"""One sentence as acts are read from it: its verbs with their subjects, what follows them, and what governs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from transforms.enrich.article import Article
from transforms.enrich.events.frames import PARTICLES
from transforms.enrich.quotes.clauses import VERBS, Run
from transforms.enrich.quotes.subjects import BE, SubjectReader
from transforms.enrich.quotes.units import read_sentence
from transforms.language.tokens import Token
from warehouse.contract.codes import BlockKind

NOUN_PHRASE, INFINITIVE, GERUND, CLAUSE, ADJECTIVE = "NP", "VT", "VG", "that", "j"
_SKIPPED = frozenset('aXI"')
_LIST_WORDS = frozenset({"and", "or", "&"})
_LIKE_PREPOSITIONS = frozenset({"including", "following", "regarding", "concerning", "involving", "according"})
_OPENS_CLAUSE = frozenset({"after", "before", "since", "until", "once", "as", "while", "because", "when"})
_LONGEST_ASIDE = 14
_PURPOSES = frozenset({"designed", "aimed", "intended", "meant", "needed"})
"""Participles before an infinitive that says what something is for: "an effort designed to help"."""
_OBJECT_GERUNDS = frozenset({"of", "with", "for", "from"})
"""Prepositions before what the object of a verb did: "accused them of attacking", "held him for killing"."""


class Item(NamedTuple):
    """What follows a verb or a noun: a noun phrase with the preposition before it, an infinitive, a clause …

    `position` is that of its chunk; for a clause that of its first one.
    """

    kind: str
    preposition: str
    position: int


@dataclass(slots=True)
class Predicate:
    """A verb group: who it is said of, what follows it, and the predicate that it hangs on.

    `verb` is the index of its last token; `link` is how it hangs on its governor: `to`, `that`, `and`, `ing`, or the
    preposition before a gerund. `end` is one past the last chunk that belongs to it.
    """

    position: int
    kind: str
    verb: int
    is_passive: bool
    subject: Run | None = None
    items: list[Item] = field(default_factory=list)
    particles: list[str] = field(default_factory=list)
    governor: Predicate | None = None
    link: str = ""
    end: int = 0

    @property
    def objects(self) -> list[Item]:
        """Noun phrases that follow it without a preposition."""
        return [item for item in self.items if item.kind == NOUN_PHRASE and not item.preposition]

    @property
    def agent(self) -> Item | None:
        """Who does what a passive tells: the noun phrase behind "by"."""
        return next((item for item in self.items if item.preposition == "by" and item.kind == NOUN_PHRASE), None)


class VerbClasses(Protocol):
    """What the lexicon says of verbs."""

    def is_known(self, token: Token) -> bool:
        """Whether a word could be a verb that tells an act."""

    def controls_object(self, token: Token) -> bool:
        """Whether what hangs on a verb is done by its object: "urged them to leave"."""

    def takes_clause(self, token: Token) -> bool:
        """Whether a clause without "that" may follow a verb: "said they left"."""


class Syntax:
    """The predicates of one sentence; positions are those of chunks."""

    def __init__(
        self,
        article: Article,
        index: int,
        words: Mapping[str, frozenset[str]],
        verbs: VerbClasses,
    ) -> None:
        self._asks = verbs
        self.unit = read_sentence(article, index, verbs.is_known)
        self.tokens: Sequence[Token] = self.unit.tokens
        self.chunks = self.unit.chunks
        self._subjects = SubjectReader(self.unit, words)
        self.clauses = self._subjects.clauses
        self.predicates: list[Predicate] = []
        self._at: dict[int, Predicate] = {}
        self._behind: dict[int, tuple[list[Item], list[str], int]] = {}
        self._awaited: dict[int, tuple[Predicate, str]] = {}
        self._read()

    @property
    def is_headline(self) -> bool:
        """Whether it stands in a headline, where capitals and tenses tell other things."""
        return self.unit.kind is not BlockKind.BODY

    def _read(self) -> None:
        clauses = self.clauses
        for position, chunk in enumerate(self.chunks):
            if chunk.kind not in VERBS or clauses.word(position) in _LIKE_PREPOSITIONS:
                continue
            predicate = Predicate(position, chunk.kind, self._verb_of(position), self._is_passive(position))
            predicate.subject = self._subject_of(predicate)
            predicate.items, predicate.particles, predicate.end = self.read_behind(position)
            for item in predicate.items:
                if item.kind in (INFINITIVE, GERUND):
                    link = item.preposition or ("to" if item.kind == INFINITIVE else "ing")
                    self._awaited[item.position] = (predicate, link)
            self.predicates.append(predicate)
            self._at[position] = predicate

    def predicate_at(self, position: int) -> Predicate | None:
        """The predicate whose verb group a chunk is."""
        return self._at.get(position)

    def tokens_of(self, position: int) -> Sequence[Token]:
        """The tokens of a chunk."""
        chunk = self.chunks[position]
        return self.tokens[chunk.start : chunk.end]

    def _verb_of(self, position: int) -> int:
        """The last verb of a group; adverbs may stand behind it."""
        chunk = self.chunks[position]
        for n in range(chunk.end - 1, chunk.start, -1):
            if self.unit.letters[n] not in "aX":
                return n
        return chunk.start

    def _is_passive(self, position: int) -> bool:
        chunk = self.chunks[position]
        if chunk.kind == "VK":
            before = self.predicates[-1] if self.predicates else None
            is_joined = self.clauses.kind(position - 1) == "c" and before is not None and before.kind == "VF"
            return before.is_passive if is_joined and before is not None else True
        if chunk.kind == "VG":
            return chunk.end - chunk.start > 1 and self.tokens[chunk.start].tag in BE
        return self._subjects.is_passive(position)

    def _subject_of(self, predicate: Predicate) -> Run | None:
        """Who a verb is said of; for what hangs on another verb, that one's subject or object."""
        position, kind = predicate.position, predicate.kind
        if position in self._awaited:
            predicate.governor, predicate.link = self._awaited[position]
            return self._controlled(predicate)
        before = position - 1
        while self.clauses.kind(before) in ("a", '"') and before > 0:
            before -= 1
        if self.clauses.kind(before) == "c" and self.predicates and self.clauses.kind(before - 1) != "":
            joined = self._joined_to(kind, before)
            if joined is not None and (kind in ("VI", "VG", "VK", "VT") or self.clauses.subject_of(position) is None):
                predicate.governor, predicate.link = joined, "and"
                if kind == "VF":
                    self._subjects.subject_for(position, kind)
                return joined.subject
        if kind == "VG" and self.clauses.kind(before) in ("t", ";", ":"):
            return None  # "said that massing the fleet was routine"
        run = self._behind_time(self._subjects.subject_for(position, kind))
        run = self._behind_participle(run) if kind == "VF" else run
        if run is None and kind == "VG" and self.clauses.kind(before) == "p" and self.clauses.kind(before - 1) == ",":
            run = self.clauses.subject_of(before - 1)  # "Canada, after evacuating 215 people, flew back"
        if kind == "VF":
            if run is not None:
                self._subjects.note_subject(position, run)
            predicate.governor, predicate.link = self._clause_governor(position)
        return run

    def _behind_time(self, run: Run | None) -> Run | None:
        """A subject without the time that stands between it and its verb: "The premier, …, on Monday said"."""
        while run is not None and self.clauses.kind(run[0]) == "NP" and self.is_time(run[0]) and run[0] > 0:
            before = run[0] - 1
            if self.clauses.kind(before) == "NP":
                return before, run[1]
            if self.clauses.kind(before) != "p":
                return run
            while before > 0 and self.clauses.kind(before - 1) in (",", "a"):
                before -= 1
            run = self.clauses.subject_of(before)
        return run

    def _behind_participle(self, run: Run | None) -> Run | None:
        """A subject without what a participle behind it takes: "the coalition fighting rebels in Yemen has said"."""
        if run is None or run[0] < 2 or self.clauses.kind(run[0]) != "NP":
            return run
        before = run[0] - 1
        if self.clauses.word(before) == "by" and self.clauses.kind(before - 1) in ("VK", "VF"):
            group = self.tokens_of(before - 1)
            is_participle = len(group) == 1 and group[0].tag in ("VVN", "VVD")
            before = before - 1 if is_participle else -1
        elif self.clauses.kind(before) != "VG":
            return run
        if before < 1 or self.clauses.kind(before - 1) != "NP" or self.is_time(before - 1):
            return run
        return self.clauses.subject_of(before) or run

    def _joined_to(self, kind: str, before: int) -> Predicate | None:
        """The predicate that "and" joins another one to: the last of its kind, in the same clause."""
        for other in reversed(self.predicates):
            if any(self.clauses.kind(n) in (";", ":", "t", "s", "w") for n in range(other.position + 1, before)):
                return None
            is_like = (
                other.kind == kind
                or (kind == "VI" and other.kind in ("VT", "VF"))
                or (kind == "VK" and other.is_passive)
            )
            if is_like:
                return other
        return None

    def _clause_governor(self, position: int) -> tuple[Predicate | None, str]:
        """The verb whose that-clause a finite verb stands in."""
        for other in reversed(self.predicates):
            last = other.items[-1] if other.items else None
            if last is not None and last.kind == CLAUSE and last.position <= position:
                is_closed = any(self.clauses.kind(n) in (";", ".") for n in range(last.position, position))
                return (None, "") if is_closed else (other, "that")
        return None, ""

    def _controlled(self, predicate: Predicate) -> Run | None:
        governor = predicate.governor
        if governor is None:
            return None
        is_it = governor.subject is not None and self.clauses.word(governor.subject[0]) == "it"
        if is_it and any(i.kind == ADJECTIVE for i in governor.items):
            return None  # "it is possible to reach an agreement"
        objects = [i for i in governor.items if i.kind == NOUN_PHRASE and i.position < predicate.position]
        direct = [i for i in objects if not i.preposition or i.preposition in ("on", "for", "to", "upon")]
        is_object = self._asks.controls_object(self.tokens[governor.verb])
        if is_object and self.tokens[governor.verb].lower.startswith("call"):
            is_object = any(i.preposition for i in direct)  # "called on them to"; who "called them to" does it himself
        if predicate.link == "to" and is_object and not governor.is_passive and direct:
            return direct[-1].position, direct[-1].position + 1
        if predicate.link in _OBJECT_GERUNDS and not governor.is_passive and governor.objects:
            first = governor.objects[0]
            return first.position, first.position + 1
        return governor.subject

    def read_behind(self, position: int) -> tuple[list[Item], list[str], int]:
        """What follows a verb or a noun, its particles, and one past the last chunk of it."""
        if position not in self._behind:
            self._behind[position] = self._read_behind(position)
        return self._behind[position]

    def _read_behind(self, position: int) -> tuple[list[Item], list[str], int]:
        clauses = self.clauses
        items: list[Item] = []
        particles: list[str] = []
        chunk = self.chunks[position]
        takes_clause = chunk.kind in VERBS and self._asks.takes_clause(self.tokens[chunk.end - 1])
        n = position + 1
        while n < clauses.count:
            kind, word = clauses.kind(n), clauses.word(n)
            if kind == "a" and word in PARTICLES:
                particles.append(word)
                n += 1
            elif kind in _SKIPPED:
                n += 1
            elif kind == "l":
                particles.append(word)
                n += 1
            elif kind == "(":
                n = self._behind_paren(n)
            elif kind == "NP":
                if self.is_time(n):
                    n += 1
                    continue
                if takes_clause and self.opens_clause(n):
                    items.append(Item(CLAUSE, "", n))
                    break
                items.append(Item(NOUN_PHRASE, "", n))
                n = self.list_end(n)
            elif kind in ("p", "o") or word in _LIKE_PREPOSITIONS or (kind == "s" and word == "as"):
                following = clauses.kind(n + 1)
                if following == "NP":
                    if word in _OPENS_CLAUSE and self.opens_clause(n + 1):
                        break
                    if not self.is_time(n + 1):
                        items.append(Item(NOUN_PHRASE, word, n + 1))
                    n = self.list_end(n + 1)
                elif following == "VG" and clauses.word(n + 1) not in _LIKE_PREPOSITIONS:
                    items.append(Item(GERUND, word, n + 1))
                    break
                elif following == "a" and clauses.kind(n + 2) == "NP":
                    items.append(Item(NOUN_PHRASE, word, n + 2))  # "by then President Yeltsin"
                    n = self.list_end(n + 2)
                elif following == "a" and clauses.kind(n + 2) == "VG":
                    items.append(Item(GERUND, word, n + 2))
                    break
                elif following in ("p", "o"):
                    particles.append(word)
                    n += 1
                elif kind == "s":
                    break
                else:
                    particles.append(word)
                    n += 1
            elif kind == "VK" and word in _PURPOSES and clauses.kind(n + 1) == "VT":
                n += 1
            elif kind == "VT":
                items.append(Item(INFINITIVE, "", n))
                break
            elif kind == "t":
                items.append(Item(CLAUSE, "", n))
                break
            elif kind == "j" and clauses.kind(n + 1) == "," and clauses.kind(n + 2) == "NP":
                n += 2  # "direct, high-level talks"
            elif kind == "j":
                items.append(Item(ADJECTIVE, "", n))
                n += 1
            elif kind == "VG":
                items.append(Item(GERUND, "", n))
                break
            elif kind == ",":
                behind = self._behind_aside(n, items)
                if behind is None:
                    break
                n = behind
            else:
                break
        return items, particles, n

    def is_time(self, position: int) -> bool:
        """Whether a noun phrase tells when, and nothing else ("Blinken next week" names somebody too)."""
        if not self.clauses.is_time(position):
            return False
        chunk = self.chunks[position]
        letters = self.unit.letters[chunk.start : chunk.end]
        return not any(
            letter in "nN" and token.lower not in self.clauses.times
            for letter, token in zip(letters, self.tokens_of(position), strict=True)
        )

    def opens_clause(self, position: int) -> bool:
        """Whether a noun phrase is the subject of a finite verb behind it."""
        n = self.clauses.noun_phrase_end(position)
        while self.clauses.kind(n) in ("a", "X"):
            n += 1
        return self.clauses.kind(n) == "VF"

    def _behind_paren(self, position: int) -> int:
        for n in range(position + 1, min(position + 12, self.clauses.count)):
            if self.clauses.kind(n) == ")":
                return n + 1
        return position + 1

    def _behind_aside(self, comma: int, items: Sequence[Item]) -> int | None:
        """Past an apposition or an aside between commas; none where the comma ends what belongs together."""
        clauses = self.clauses
        if clauses.kind(comma + 1) == "a" and clauses.kind(comma + 2) == ",":
            return comma + 3
        if not items or items[-1].kind != NOUN_PHRASE:
            return None
        opens = clauses.kind(comma + 1) == "NP" or clauses.word(comma + 1) in ("including", "such")
        if not opens or self.opens_clause(comma + 1):
            return None
        for n in range(comma + 1, min(comma + _LONGEST_ASIDE, clauses.count)):
            if clauses.kind(n) in ("VF", ";", ":", ".", "s", "t", "Q"):
                return None
            if clauses.kind(n) == ",":
                return n + 1 if clauses.kind(n + 1) in ("p", "o", "VT") else None
        return None

    def list_conjuncts(self, position: int) -> list[int]:
        """The noun phrases that "and" and commas join to one, it first."""
        clauses = self.clauses
        found = [position]
        n = self._behind_parens(position + 1)
        while True:
            is_and = clauses.kind(n) == "c" and clauses.word(n) in _LIST_WORDS
            is_comma = clauses.kind(n) == "," and self._is_list(n)
            if not (is_and or is_comma):
                return found
            following = n + 1
            if is_comma and clauses.kind(following) == "c":
                following += 1
            if clauses.kind(following) != "NP" or self.is_time(following):
                return found
            if self.opens_clause(following) and self._had_verb(position):
                return found
            found.append(following)
            n = self._behind_parens(following + 1)
            if is_and:
                return found

    def _had_verb(self, position: int) -> bool:
        """Whether the clause so far has its finite verb, so that another one opens a clause of its own."""
        clauses = self.clauses
        for n in range(position - 1, -1, -1):
            kind = clauses.kind(n)
            if kind == "VF":
                return True
            if kind in ("s", "t", "q", "w", ";", ":") or (kind == "p" and clauses.word(n) == "between"):
                return False
        return False

    def _behind_parens(self, position: int) -> int:
        return self._behind_paren(position) if self.clauses.kind(position) == "(" else position

    def _is_list(self, comma: int) -> bool:
        """Whether a comma goes on to a list that ends in "and"."""
        clauses = self.clauses
        n = comma
        while clauses.kind(n) == "," and clauses.kind(n + 1) in ("NP", "c"):
            if clauses.kind(n + 1) == "c":
                return clauses.word(n + 1) in _LIST_WORDS and clauses.kind(n + 2) == "NP"
            n = self._behind_parens(n + 2)
            if clauses.kind(n) == "c" and clauses.word(n) in _LIST_WORDS and clauses.kind(n + 1) == "NP":
                return True
        return False

    def _joins_names(self, head: int, inner: int) -> bool:
        """Whether "and" joins two names behind a common noun: "officials from Oslo and Bonn"."""
        joint = inner + 1
        if self.clauses.kind(joint) != "c" or self.clauses.kind(joint + 1) != "NP":
            return False
        last = [self.unit.letters[self.chunks[n].end - 1] for n in (inner, joint + 1)]
        return last == ["N", "N"] and self.tokens_of(head)[-1].tag == "NN2"

    def _joins(self, position: int) -> bool:
        """Whether "and", or a comma in a list, stands here."""
        kind = self.clauses.kind(position)
        is_and = kind == "c" and self.clauses.word(position) in _LIST_WORDS
        return is_and or (kind == "," and self._is_list(position))

    def list_end(self, position: int) -> int:
        """One past the last noun phrase that is joined to one."""
        return self._behind_parens(self.list_conjuncts(position)[-1] + 1)

    def subjects(self, predicate: Predicate) -> list[int]:
        """The noun phrases that a predicate is said of."""
        return self.heads(predicate.subject) if predicate.subject is not None else []

    def heads(self, run: Run) -> list[int]:
        """The noun phrases that a run of chunks is about: its first, with those that "and" joins to it.

        Of a relative pronoun the noun phrase before it.
        """
        start, end = run
        clauses = self.clauses
        if clauses.is_relative(start) and end - start == 1:
            before = start - 1
            while before > 0 and clauses.kind(before) in (",", ")", '"', "a"):
                before -= 1
            return [before] if clauses.kind(before) == "NP" else []
        while start < end and clauses.kind(start) != "NP":
            start += 1
        if start >= end:
            return []
        found = [start]
        n = start + 1
        while n < end:
            kind = clauses.kind(n)
            if kind in ("o", "p") and clauses.kind(n + 1) == "NP":
                is_inner = clauses.word(n) == "between" or self._joins_names(start, n + 1)
                n = self.list_end(n + 1) if is_inner else n + 2
            elif kind == "(":
                n = self._behind_paren(n)
            elif clauses.kind(n + 1) == "NP" and self._joins(n):
                found.append(n + 1)
                n += 2
            elif kind == "," and clauses.kind(n + 1) == "c" and clauses.kind(n + 2) == "NP":
                n += 1
            else:
                break
        return found
