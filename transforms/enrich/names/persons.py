"""Links the persons of one article: full names, surnames, names with a form of address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.enrich.names.introductions import Introduction
from transforms.enrich.names.lexicon import Lexicon, fold_name, slugify
from transforms.enrich.names.page import CAPITALS
from transforms.enrich.names.pieces import Piece

Words = tuple[str, ...]
_DOMINANT = 3
"""How many times as often one of a surname is named in full as another, where the surname alone means that one."""
_NEAR_LINES = 2


@dataclass(slots=True)
class Person:
    """One person of the article: the words of the fullest name, and all that was said of him or her."""

    words: Words
    name: str
    is_full: bool
    line_nos: list[int] = field(default_factory=list)
    role: str | None = None
    roles: set[str] = field(default_factory=set)
    nation: str | None = None
    gender: str | None = None
    has_title: bool = False
    has_namesake: bool = False
    full_count: int = 0
    first_start: int = 0
    entity_id: str | None = None

    @property
    def surname(self) -> str:
        """The last word of the name."""
        return self.words[-1]


class PersonLinker:
    """Finds which mentions are of one person."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._after = lexicon.cues["kin_after"]
        self._articles = lexicon.cues["arabic_article"]

    def link(self, pieces: Sequence[Piece], introductions: Sequence[Introduction]) -> list[Person | None]:
        """The person of each piece, None where it is not clear who is meant."""
        persons: list[Person] = []
        links: list[Person | None] = [None] * len(pieces)
        order = sorted(
            range(len(pieces)), key=lambda i: (-len(self.core(pieces[i])), pieces[i].line.style == CAPITALS, i)
        )
        for index in order:
            core = self.core(pieces[index])
            if len(core) < 2:
                continue
            person = self._find_full(persons, core)
            if person is None:
                person = Person(core, self._print(pieces[index]), is_full=True, first_start=pieces[index].start)
                persons.append(person)
            person.first_start = min(person.first_start, pieces[index].start)
            links[index] = person
            person.line_nos.append(pieces[index].line_no)
        self._take(persons, introductions, links)
        by_surname: dict[str, list[Person]] = defaultdict(list)
        for person in persons:
            person.full_count = len(person.line_nos)
            by_surname[person.surname].append(person)
        self._link_short(pieces, introductions, links, persons, by_surname)
        self._take(persons, introductions, links)
        for person in persons:
            person.entity_id = self._make_id(person)
        return links

    def core(self, piece: Piece) -> Words:
        """The words that tell one name from another: no initials within, no Jr., standard first name."""
        words = [self._bare(word) for word in piece.words if word not in self._after and word[0].isalpha()]
        if len(words) < 2:
            return tuple(words)
        first = fold_name(self._lexicon.standardise_first(words[0]))
        inner = [w for w in words[1:-1] if len(w.strip(".")) > 1]
        return (first, *inner, words[-1])

    def _find_full(self, persons: list[Person], core: Words) -> Person | None:
        """The person whose fuller name this one shortens."""
        for person in persons:
            if person.words == core:
                return person
        for person in persons:
            words = person.words
            if words[-1] != core[-1]:
                if len(core) < len(words) and (core == words[: len(core)] or core == words[-len(core) :]):
                    return person
                continue
            first, other = core[0], words[0]
            is_initial = len(first.strip(".")) == 1 or "." in first or len(other.strip(".")) == 1 or "." in other
            if first == other or (is_initial and first[0] == other[0]):
                if set(core[1:-1]) <= set(words[1:-1]) or is_initial:
                    return person
            elif len(core) < len(words) and core == words[-len(core) :]:
                return person
        return None

    def _link_short(
        self,
        pieces: Sequence[Piece],
        introductions: Sequence[Introduction],
        links: list[Person | None],
        persons: list[Person],
        by_surname: dict[str, list[Person]],
    ) -> None:
        """Surnames and first names alone."""
        alone: dict[str, list[Person]] = defaultdict(list)
        by_part: dict[str, list[Person]] = defaultdict(list)
        for person in persons:
            for word in dict.fromkeys(person.words[:-1]):
                by_part[word].append(person)
        for index, piece in enumerate(pieces):
            if links[index] is not None:
                continue
            core = self.core(piece)
            if not core:
                continue
            held = by_surname.get(core[-1]) or by_part.get(fold_name(self._lexicon.standardise_first(core[-1]))) or []
            if held:
                meant = held[0] if len(held) == 1 else self._choose(held, piece, introductions[index])
            else:
                meant = self._choose_alone(alone[core[-1]], core, piece, introductions[index])
            links[index] = meant
            if meant is not None:
                meant.line_nos.append(piece.line_no)
        for namesakes in alone.values():
            persons.extend(namesakes)

    def _choose_alone(self, held: list[Person], core: Words, piece: Piece, said: Introduction) -> Person | None:
        """The person of a surname that the article never has in full: Mr. Jones is not Mrs. Jones."""
        fitting = [person for person in held if None in {person.gender, said.gender} or person.gender == said.gender]
        if len(fitting) > 1:
            return None
        if fitting:
            fitting[0].gender = fitting[0].gender or said.gender
            return fitting[0]
        person = Person(core, self._print(piece), is_full=False, gender=said.gender, has_namesake=bool(held))
        held.append(person)
        return person

    def _choose(self, held: list[Person], piece: Piece, said: Introduction) -> Person | None:
        """Which of several of one surname is meant, if one clearly is: the only one named so far, at first."""
        introduced = [p for p in held if p.first_start <= piece.start]
        if len(introduced) == 1 and said.gender in (None, introduced[0].gender):
            return introduced[0]
        if said.role_text is not None:
            matching = [
                p
                for p in held
                if said.role_text.lower() in p.roles or any(said.role_text.lower() in r for r in p.roles)
            ]
            return matching[0] if len(matching) == 1 else None
        if said.gender is not None:
            matching = [p for p in held if p.gender == said.gender]
            if len(matching) == 1:
                return matching[0]
        near = [p for p in held if any(0 <= piece.line_no - no <= _NEAR_LINES for no in p.line_nos)]
        if len(near) == 1:
            return near[0]
        ranked = sorted(held, key=lambda p: -p.full_count)
        return ranked[0] if ranked[0].full_count >= _DOMINANT * ranked[1].full_count else None

    def _take(
        self,
        persons: list[Person],
        introductions: Sequence[Introduction],
        links: Sequence[Person | None],
    ) -> None:
        """Collect what is said of each person, first come first kept."""
        votes: dict[int, Counter[str]] = defaultdict(Counter)
        for person, said in zip(links, introductions, strict=True):
            if person is None:
                continue
            if said.role_text is not None:
                person.role = person.role or said.role_text
                person.roles.add(said.role_text.lower())
            person.nation = person.nation or said.nation
            person.has_title = person.has_title or said.has_title
            if said.gender is not None:
                votes[id(person)][said.gender] += 1
        for person in persons:
            told = votes[id(person)]
            if told:
                person.gender = max(sorted(told), key=lambda g: told[g])
            elif person.is_full and person.gender is None:
                person.gender = self._guess_gender(person.words)

    def _guess_gender(self, words: Words) -> str | None:
        for word in words[:-1]:
            if word in self._lexicon.first_names:
                return self._lexicon.first_names[word]
        return None

    def _make_id(self, person: Person) -> str | None:
        if not person.is_full and not person.has_title:
            return None
        words = person.name.split()
        if len(words) > 1 and person.is_full:
            kept = [w for w in words[1:-1] if len(w.strip(".")) > 1]
            return f"person:{slugify(' '.join([words[0], *kept, words[-1]]))}"
        suffix = f"-{person.gender}" if person.has_namesake else ""
        return f"person:{slugify(person.name)}{suffix}"

    def _bare(self, word: str) -> str:
        """A word without the Arabic article that one mention has and the next leaves out: "al-Assad", "Assad"."""
        head, dash, tail = word.partition("-")
        return tail if dash and head in self._articles and tail else word

    def _print(self, piece: Piece) -> str:
        """The name in ordinary case, without Jr."""
        tokens = [
            token for token in piece.line.tokens[piece.first : piece.last] if token.lower.strip(".") not in self._after
        ]
        text = " ".join(token.text for token in tokens) or piece.line.tokens[piece.first].text
        if piece.line.style == CAPITALS:
            text = text.title().replace("'S", "'s")
        return text
