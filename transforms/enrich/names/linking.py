"""Makes the mentions of an article from its pieces: each with its entity, role and country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from transforms.enrich.article import Mention
from transforms.enrich.names.bodies import Body, BodyLinker, print_name
from transforms.enrich.names.forms import sense_of
from transforms.enrich.names.introductions import Introduction, IntroductionRules, index_line
from transforms.enrich.names.lexicon import Entry, Lexicon, slugify
from transforms.enrich.names.page import CAPITALS, Page
from transforms.enrich.names.persons import Person, PersonLinker
from transforms.enrich.names.pieces import Piece, Sense
from transforms.enrich.names.states import StateRules
from warehouse.contract.codes import EntityType, MentionKind

_BODIES = frozenset({Sense.ORGANISATION, Sense.GROUP})
_PARTNER_KINDS = frozenset(
    {"head_of_state", "head_of_government", "royal", "minister", "diplomat", "military", "official"}
)
_STATE_SORTS = ("country", "adjective")


class Linker:
    """Makes mentions of pieces."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._introductions = IntroductionRules(lexicon)
        self._persons = PersonLinker(lexicon)
        self._bodies = BodyLinker(lexicon)
        self._states = StateRules(lexicon)
        self._lexicon = lexicon

    def link(self, page: Page, pieces: Sequence[Piece]) -> list[Mention]:
        """The mentions of an article, in text order, without overlap."""
        kept: list[Piece] = []
        for piece in pieces:
            if not kept or piece.start >= kept[-1].end:
                kept.append(piece)
        by_line: dict[int, list[Piece]] = defaultdict(list)
        for piece in kept:
            by_line[piece.line_no].append(piece)
        indexes = {no: index_line(found) for no, found in by_line.items()}
        self._give_nations(kept, indexes)
        countries = {e.country for p in kept if p.sense is Sense.COUNTRY for e in p.entries if e.country}
        bodies = [piece for piece in kept if piece.sense in _BODIES]
        starts = {no: starts for no, (_, starts) in indexes.items()}
        body_of = {id(p): body for p, body in zip(bodies, self._bodies.link(bodies, starts, countries), strict=True)}
        for piece in bodies:
            body = body_of[id(piece)]
            if not body.is_known:
                piece.nation = piece.nation or body.country
        persons = [piece for piece in kept if piece.sense is Sense.PERSON]
        said = [self._introductions.read(piece, *indexes[piece.line_no]) for piece in persons]
        self._give_counterparts(persons, said)
        self._share_offices(persons, said)
        person_of = {id(p): link for p, link in zip(persons, self._persons.link(persons, said), strict=True)}
        said_of = {id(p): words for p, words in zip(persons, said, strict=True)}
        mentions: list[Mention] = []
        for piece in kept:
            if piece.sense is Sense.PERSON:
                mentions.append(self._make_person(piece, person_of[id(piece)], said_of[id(piece)]))
            elif piece.sense in _BODIES:
                mentions.append(self._make_body(piece, body_of[id(piece)]))
            else:
                mentions.append(self._make_state(piece))
        return mentions

    def _give_nations(
        self, pieces: Sequence[Piece], indexes: dict[int, tuple[dict[int, Piece], dict[int, Piece]]]
    ) -> None:
        """ "Russian" before "Defence Ministry" tells whose it is."""
        for piece in pieces:
            if piece.sense is not Sense.ORGANISATION:
                continue
            ends = indexes[piece.line_no][0]
            words = piece.line.words
            at = piece.first
            owner = ends.get(at)
            if owner is None and at > 1 and words[at - 1] in {"'s", "’s"}:
                owner = ends.get(at - 1)
            if owner is not None and owner.sense is Sense.COUNTRY:
                piece.nation = next((e.country for e in owner.entries if e.country), None)

    @staticmethod
    def _give_counterparts(persons: Sequence[Piece], said: Sequence[Introduction]) -> None:
        """ "his Lebanese counterpart" holds the office of the person named before."""
        for index, found in enumerate(said):
            if not found.is_counterpart or found.role_text is not None:
                continue
            holders = [source for source in reversed(said[:index]) if source.role_text is not None]
            source = next((holder for holder in holders if holder.kind in _PARTNER_KINDS), None)
            source = source or next(iter(holders), None)
            if source is not None:
                found.role_text, found.kind = source.role_text, source.kind

    def _share_offices(self, persons: Sequence[Piece], said: Sequence[Introduction]) -> None:
        """ "Sens. Jon Tester and David Vitter": an office in the plural holds for the names that follow."""
        for at in range(1, len(persons)):
            before, piece = persons[at - 1], persons[at]
            shared = said[at - 1]
            if piece.line_no != before.line_no or said[at].has_title or not self._is_plural(shared.role_text):
                continue
            if all(self._is_between(token.lower) for token in piece.line.tokens[before.last : piece.first]):
                said[at].role_text, said[at].kind = shared.role_text, shared.kind
                said[at].nation = said[at].nation or shared.nation

    def _is_plural(self, role: str | None) -> bool:
        word = (role or "").split(" ")[-1].lower().rstrip(".")
        return word.endswith("s") and bool(
            self._lexicon.match_office([word[:-1]], 0) or self._lexicon.match_office([f"{word[:-1]}."], 0)
        )

    @staticmethod
    def _is_between(word: str) -> bool:
        return word in {",", "and", "(", ")", ".", "&"} or word[:2] in {"d-", "r-", "i-"}

    def _make_person(self, piece: Piece, person: Person | None, said: Introduction) -> Mention:
        mention = self._make(piece, MentionKind.NAME, EntityType.PERSON)
        mention.role, mention.country, mention.gender = said.role_text, said.nation, said.gender
        if person is not None:
            mention.entity_id = person.entity_id
            mention.name = person.name
            mention.role = mention.role or person.role
            mention.country = mention.country or person.nation
            mention.gender = person.gender or mention.gender
        return mention

    def _make_body(self, piece: Piece, body: Body) -> Mention:
        tokens = piece.line.tokens[piece.first : piece.last]
        is_acronym = len(tokens) == 1 and tokens[0].text.replace(".", "").isupper() and " " in body.name
        is_acronym = is_acronym and piece.line.style != CAPITALS
        is_listed = any(entry.is_acronym for entry in piece.entries if entry.sort == "organisation")
        kind = MentionKind.ACRONYM if is_acronym or (is_listed and len(tokens) == 1) else MentionKind.NAME
        mention = self._make(piece, kind, EntityType(body.entity_type))
        mention.entity_id = f"{body.entity_type}:{body.slug}" if body.slug else None
        mention.name = body.name
        mention.country = body.country or piece.nation
        mention.gender = "n"
        mention.is_plural = body.entity_type == EntityType.GROUP
        if self._is_member_word(piece):
            mention.kind = MentionKind.DEMONYM
            mention.is_plural = piece.words[-1].endswith("s")
        return mention

    def _is_member_word(self, piece: Piece) -> bool:
        """Whether the members of a party stand for it: "Democrats"."""
        word = piece.words[-1]
        is_party = any(entry.detail == "party" for entry in piece.entries)
        return is_party and len(piece.words) == 1 and word in self._lexicon.cues["group_word"]

    def _make_state(self, piece: Piece) -> Mention:
        """A country, a place, or a seat that stands for its country."""
        for entry in piece.entries:
            if entry.sort in {"capital", "seat"} and self._states.is_government(piece, entry):
                return self._make_country(piece, entry, MentionKind.METONYM)
        if piece.sense is Sense.COUNTRY:
            for sort in _STATE_SORTS:
                for entry in piece.entries:
                    if entry.sort == sort:
                        kind = MentionKind.DEMONYM if sort == "adjective" else MentionKind.NAME
                        return self._make_country(piece, entry, kind)
        mention = self._make(piece, MentionKind.NAME, EntityType.PLACE)
        best = max(
            (entry for entry in piece.entries if sense_of(entry) in {Sense.PLACE, Sense.COUNTRY}),
            key=lambda entry: entry.weight,
            default=None,
        )
        name = (
            best.name
            if best is not None and best.sort not in {"capital", "seat", "country"}
            else self._print_place(piece)
        )
        mention.name = name
        mention.entity_id = f"place:{slugify(name)}" if slugify(name) else None
        mention.country = best.country if best is not None else None
        mention.gender = "n"
        return mention

    @staticmethod
    def _print_place(piece: Piece) -> str:
        """A place as printed, in ordinary case."""
        text = print_name(piece)
        return text.title() if text.isupper() or text.islower() else text

    def _make_country(self, piece: Piece, entry: Entry, kind: MentionKind) -> Mention:
        mention = self._make(piece, kind, EntityType.COUNTRY)
        mention.entity_id = f"country:{entry.country}"
        mention.country = entry.country
        mention.name = self._lexicon.country_names.get(entry.country or "", entry.name)
        mention.gender = "n"
        if kind is MentionKind.DEMONYM:
            token = piece.line.tokens[piece.last - 1]
            mention.is_plural = token.tag == "NN2" or token.lower.endswith("ns") or token.lower.endswith("is")
            mention.gender = None if mention.is_plural else "n"
        return mention

    @staticmethod
    def _make(piece: Piece, kind: MentionKind, entity_type: EntityType) -> Mention:
        return Mention(
            sentence_no=piece.line.sentence.no,
            start=piece.start,
            end=piece.end,
            entity_type=entity_type,
            kind=kind,
            rule=piece.rule,
            name=print_name(piece),
        )
