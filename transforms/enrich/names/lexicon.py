"""What is known of words and names before an article is read."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from transforms.language.tokens import TokenRules
from transforms.resources import Resources, TagScores
from transforms.tables import group_words, iter_rows
from warehouse.contract.codes import EntityType

SPORT_ONLY = "sport only"
"""Detail of an entry that counts on pages of sport alone."""
_KNOWN = -17.5
"""Below this likelihood the word model guesses from the form of a word."""
_PLACE_WEIGHTS = ((5_000_000, 4.0), (1_000_000, 3.5), (300_000, 3.0), (100_000, 2.2), (40_000, 1.5), (0, 1.0))
_SHARED_OFFICES = frozenset({"head_of_state", "head_of_government", "minister", "legislator", "royal"})
"""Offices that two names may share in the plural: "Presidents Putin and Biden"."""
_CONTENT_TAGS = frozenset({"NN", "NP", "AJ", "VV", "UN", "CR", "OR", "!!"})


class Entry(NamedTuple):
    """One meaning of a name that is known beforehand.

    `sort` is country, adjective, capital, seat, city, region, place, organisation, thing (an event, an index: no
    mention). `key` is the part of the entity id behind its colon; `weight` tells how far the name means this where
    nothing else speaks; `shape` is how it is printed, where its case matters.
    """

    sort: str
    entity_type: EntityType | None
    key: str
    name: str
    country: str | None = None
    weight: float = 3.0
    is_acronym: bool = False
    shape: str | None = None
    detail: str | None = None


class Match(NamedTuple):
    """A known name of so many tokens."""

    length: int
    entries: tuple[Entry, ...]


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """A name in lower case without accents."""
    if name.isascii():
        return name.lower()
    name = name.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("ß", "ss")
    name = name.replace("đ", "d").replace("ı", "i").replace("æ", "ae").replace("Æ", "Ae")
    decomposed = unicodedata.normalize("NFKD", name)
    folded = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).replace("’", "'").lower()
    return folded.strip() or "?"


@lru_cache(maxsize=50_000)
def slugify(name: str) -> str:
    """A name as part of an entity id: lower case, ASCII, hyphens for all else."""
    folded = fold_name(name).replace("'s ", "s ").replace("'", "").replace(".", "")
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in folded).split())


class Lexicon:
    """Names, offices, cue words and first names, keyed by tokens in lower case."""

    def __init__(self, resources: Resources) -> None:
        reference = resources.reference
        abbreviations = (word for (word,) in iter_rows(reference["abbreviations"], "abbreviation"))
        self._tokens = TokenRules(abbreviations)
        self._tag_word = resources.tag_word
        self.cues = group_words(reference["name_words"], "cue")
        self.credit_houses = frozenset(
            w for cue, w in iter_rows(reference["cue_words"], "cue", "word") if cue == "credit_house"
        )
        self.first_names, self.standards = _read_first_names(resources)
        self._names: dict[str, dict[tuple[str, ...], list[Entry]]] = defaultdict(dict)
        for phrase, entry in _list_entries(resources, self.cues):
            self._add(phrase, entry)
        self._lengths = {first: sorted({len(key) for key in keys}, reverse=True) for first, keys in self._names.items()}
        self.offices = self._index_offices(resources)
        self._office_lengths = _list_lengths(self.offices)
        self.office_genders: dict[str, str] = {
            office: gender for office, gender in iter_rows(reference["offices"], "office", "gender") if gender
        }
        self.adjectives: dict[str, str] = {}
        self.adjective_of: dict[str, str] = {}
        for form, country, kind in iter_rows(reference["country_forms"], "form", "country", "kind"):
            if kind in {"adjective", "demonym"}:
                self.adjectives.setdefault(form.lower(), country)
                self.adjective_of.setdefault(country, form)
        self.country_names: dict[str, str] = dict(iter_rows(reference["countries"], "country", "name"))
        self._ordinary: dict[str, bool] = {}
        self._leans: dict[str, float] = {}
        self._functions: dict[str, bool] = {}

    def cut(self, phrase: str) -> list[str]:
        """The tokens of a phrase."""
        if phrase.replace(" ", "").isalpha():
            return phrase.split()  # most are plain words, and there are a hundred thousand
        return [phrase[start:end] for start, end in self._tokens.tokenise(phrase + " ,", 0, len(phrase) + 2)][:-1]

    def _add(self, phrase: str, entry: Entry) -> None:
        words = [fold_name(word) for word in self.cut(phrase)]
        if not words:
            return
        held = self._names[words[0]].setdefault(tuple(words), [])
        if entry.sort in {"city", "capital", "place"} and any(old.sort == "country" for old in held):
            return
        if not any(old.sort == entry.sort and old.key == entry.key for old in held):
            held.append(entry)

    def match(self, words: list[str], at: int) -> Iterator[Match]:
        """Known names that start at a token, the longest first; words are folded."""
        keys = self._names.get(words[at])
        if keys is None:
            return
        left = len(words) - at
        for length in self._lengths[words[at]]:
            if length <= left:
                entries = keys.get(tuple(words[at : at + length]))
                if entries:
                    yield Match(length, tuple(entries))

    def look_up(self, words: tuple[str, ...]) -> tuple[Entry, ...]:
        """Meanings of exactly these folded tokens."""
        keys = self._names.get(words[0])
        return tuple(keys.get(words, ())) if keys else ()

    def match_office(self, lowers: list[str], at: int) -> int:
        """How many tokens from here are an office or a form of address; 0 if none."""
        lengths = self._office_lengths.get(lowers[at])
        if lengths:
            for length in lengths:
                if tuple(lowers[at : at + length]) in self.offices:
                    return length
        return 0

    def _index_offices(self, resources: Resources) -> dict[tuple[str, ...], str]:
        offices: dict[tuple[str, ...], str] = {}
        for office, kind, titles in iter_rows(resources.reference["offices"], "office", "kind", "titles"):
            for form in (office, *(titles or ())):
                words = tuple(word.lower() for word in self.cut(form))
                offices.setdefault(words, kind)
                if words and kind in _SHARED_OFFICES:
                    offices.setdefault((*words[:-1], words[-1] + "s"), kind)
        for word in sorted(self.cues["honorific"]):
            offices.setdefault((word,), "honorific")
        for word in sorted(self.cues["office_lower"]):
            offices.setdefault((word,), "official")
        offices.pop((), None)
        return offices

    def is_ordinary(self, lower: str) -> bool:
        """Whether a word in lower case is a known word of English and not first of all a name."""
        known = self._ordinary.get(lower)
        if known is None:
            scores: TagScores = self._tag_word(lower)
            known = bool(scores) and scores[0][1] > _KNOWN and scores[0][0] != "NP0"
            self._ordinary[lower] = known
        return known

    def is_function(self, lower: str) -> bool:
        """Whether a word is first of all an article, a pronoun, a preposition, an auxiliary or their like."""
        known = self._functions.get(lower)
        if known is None:
            scores = self._tag_word(lower)
            known = bool(scores) and scores[0][1] > _KNOWN and scores[0][0][:2] not in _CONTENT_TAGS
            self._functions[lower] = known
        return known

    def is_proper(self, lower: str) -> bool:
        """Whether a capital makes the word a known name more often than the plain word occurs."""
        return self.lean_to_name(lower) > 0.0

    def lean_to_name(self, lower: str) -> float:
        """How much likelier the word with a capital is as a name than the plain word is, as a logarithm."""
        lean = self._leans.get(lower)
        if lean is None:
            capital = dict(self._tag_word(lower.capitalize())).get("NP0", -99.0)
            plain = max((score for tag, score in self._tag_word(lower) if tag != "NP0"), default=-99.0)
            lean = capital - plain if capital > _KNOWN else -99.0
            self._leans[lower] = lean
        return lean

    def standardise_first(self, name: str) -> str:
        """The spelling of a first name that stands for its variants."""
        return self.standards.get(fold_name(name), name)


def _list_lengths(keys: Mapping[tuple[str, ...], object]) -> dict[str, list[int]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        lengths[key[0]].add(len(key))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def _read_first_names(resources: Resources) -> tuple[dict[str, str | None], dict[str, str]]:
    """Gender of each first name, and standard spellings, by folded name."""
    genders: dict[str, str | None] = {}
    standards: dict[str, str] = {}
    for name, gender in iter_rows(resources.first_names, "name", "gender"):
        genders[fold_name(name)] = gender
    for name, gender, standard in iter_rows(resources.reference["first_names"], "name", "gender", "standard"):
        genders[fold_name(name)] = gender
        if standard:
            standards[fold_name(name)] = standard
    return genders, standards


def _list_entries(resources: Resources, cues: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Entry]]:
    """Every known name with one of its meanings."""
    yield from sorted(_list_countries(resources), key=lambda row: row[1].sort != "country")
    yield from _list_organisations(resources)
    yield from _list_clubs(resources)
    yield from _list_agencies(resources)
    for phrase in sorted(cues["event_phrase"]):
        yield phrase, Entry("thing", None, slugify(phrase), phrase, weight=5.0)
    for place, country in iter_rows(resources.reference["name_places"], "name", "country"):
        yield place, Entry("place", EntityType.PLACE, slugify(place), place, country, 5.0)
    for country, name, abbreviations in iter_rows(resources.reference["regions"], "country", "name", "abbreviations"):
        entry = Entry("region", EntityType.PLACE, slugify(name), name, country, weight=4.0)
        yield name, entry
        for form in abbreviations or ():
            yield form, entry._replace(weight=0.5, is_acronym=True, shape=form, detail="abbreviation")
    yield from _list_cities(resources)


def _list_countries(resources: Resources) -> Iterator[tuple[str, Entry]]:
    names: dict[str, str] = {}
    for country, name, others in iter_rows(resources.reference["countries"], "country", "name", "other_names"):
        names[country] = name
        for form in (name, *(others or ())):
            yield form, _make_country(form, country, name, "country")
    for form, country, kind in iter_rows(resources.reference["country_forms"], "form", "country", "kind"):
        sort = {"name": "country", "demonym": "adjective"}.get(kind, kind)
        yield form, _make_country(form, country, names.get(country, form), sort)


def _make_country(form: str, country: str, name: str, sort: str) -> Entry:
    is_acronym = form.replace(".", "").isupper()
    shape = form if is_acronym else None
    return Entry(sort, EntityType.COUNTRY, country, name, country, 5.0, is_acronym, shape)


def _list_organisations(resources: Resources) -> Iterator[tuple[str, Entry]]:
    columns = ("slug", "name", "entity_type", "kind", "country", "acronyms", "other_names")
    for slug, name, entity_type, kind, country, acronyms, others in iter_rows(
        resources.reference["organisations"], *columns
    ):
        entry = Entry("organisation", EntityType(entity_type), slug, name, country, 5.0, detail=kind)
        for form in (name, *(others or ())):
            yield form, entry
        for form in acronyms or ():
            yield form, entry._replace(is_acronym=True, shape=form)


def _list_clubs(resources: Resources) -> Iterator[tuple[str, Entry]]:
    """Cities and plain words that name a club on pages of sport."""
    for name, country, others in iter_rows(resources.reference["sport_names"], "name", "country", "other_names"):
        entry = Entry("organisation", EntityType.ORGANISATION, slugify(name), name, country, 4.2, detail=SPORT_ONLY)
        for form in (name, *(others or ())):
            yield form, entry._replace(is_acronym=True, shape=form) if form.isupper() else entry


def _list_agencies(resources: Resources) -> Iterator[tuple[str, Entry]]:
    """News agencies, by the names that datelines and credits give them too."""
    agencies = resources.reference["agencies"]
    for agency, name, country, aliases in iter_rows(agencies, "agency", "name", "country", "aliases"):
        entry = Entry("organisation", EntityType.ORGANISATION, slugify(name), name, country, 5.0, detail="agency")
        for form in (agency, name, *(aliases or ())):
            yield form, entry._replace(is_acronym=True, shape=form) if form.isupper() else entry


def _list_cities(resources: Resources) -> Iterator[tuple[str, Entry]]:
    """Cities by size, the largest of a name only."""
    seen: set[str] = set()
    columns = iter_rows(resources.cities, "name", "other_names", "country", "population")
    rows = sorted(columns, key=lambda row: (-row[3], row[2], row[0]))
    for name, _, country, population in rows:
        if fold_name(name) not in seen:
            seen.add(fold_name(name))
            yield name, _make_city(name, country, population)
    for place, country in iter_rows(resources.reference["dateline_places"], "place", "country"):
        if fold_name(place) not in seen:
            seen.add(fold_name(place))
            yield place, Entry("city", EntityType.PLACE, slugify(place), place, country, 3.0)
    for name, others, country, population in rows:
        city = _make_city(name, country, population)._replace(weight=1.0) if others else None
        for other in others:
            folded = fold_name(other)
            if city is not None and folded not in seen:
                seen.add(folded)
                yield other, city


def _make_city(name: str, country: str, population: int) -> Entry:
    weight = next(weight for least, weight in _PLACE_WEIGHTS if population >= least)
    return Entry("city", EntityType.PLACE, slugify(name), name, country, weight)
