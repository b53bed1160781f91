"""Decides what a name means from its form and from all its occurrences in the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from transforms.enrich.names.lexicon import Lexicon
from transforms.enrich.names.page import CAPITALS, Line, Page, is_ticker
from transforms.enrich.names.pieces import FIRM, Piece, Sense
from transforms.enrich.places.gazetteer import Gazetteer

Words = tuple[str, ...]
Votes = dict[Sense, float]

_ORDER = (Sense.PERSON, Sense.ORGANISATION, Sense.COUNTRY, Sense.PLACE, Sense.GROUP, Sense.NONE)
_SURNAME_OF_PERSON = 6.0
_PART_OF_ORGANISATION = 4.0
_ACRONYM_OF_ORGANISATION = 5.0
_CAP = 5.0
"""Most that occurrences may add to one sense."""
_VERB_TAGS = frozenset({"VVD", "VVZ", "VBD", "VBZ", "VHD", "VHZ", "VM0", "VDD", "VDZ"})


class EvidenceRules:
    """Weighs the context of each occurrence."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        cues = lexicon.cues
        self._lexicon = lexicon
        self._loc_prep = cues["loc_prep"]
        self._place_noun = cues["place_noun_before"]
        self._team_verb = cues["team_verb"]
        self._person_verb = cues["person_verb"]
        self._org_before = cues["org_noun_before"]
        self._org_after = cues["org_noun_after"]
        self._person_before = cues["person_noun_before"]
        self._person_after = cues["person_noun_after"]
        self._site_after = cues["site_noun_after"]
        self._motion = cues["motion_verb"]
        self._makers = cues["maker"]
        self._of_place = cues["person_of_place"]
        self._gazetteer = gazetteer

    def decide(self, page: Page, pieces: Sequence[Piece]) -> None:
        """Give every piece its sense."""
        for piece in pieces:
            piece.evidence = self.weigh(page, piece)
        known = _Known(pieces)
        groups: dict[Words, list[Piece]] = defaultdict(list)
        for piece in pieces:
            groups[piece.words].append(piece)
        for words, group in groups.items():
            votes = self._sum_votes(page, words, group, known)
            for piece in group:
                piece.sense = self._choose(page, piece, votes)

    def _sum_votes(self, page: Page, words: Words, group: list[Piece], known: _Known) -> Votes:
        """What the whole article speaks for."""
        votes: Votes = dict.fromkeys(_ORDER, 0.0)
        for sense in _ORDER:
            total = sum(piece.evidence.get(sense, 0.0) for piece in group)
            votes[sense] = max(-_CAP, min(_CAP, total))
        for sense, value in known.vote(words).items():
            votes[sense] += value
        return votes

    def _choose(self, page: Page, piece: Piece, votes: Votes) -> Sense:
        best, best_value = Sense.NONE, -99.0
        for sense in _ORDER:
            prior = piece.scores.get(sense, -3.0)
            value = prior + votes[sense] + piece.evidence.get(sense, 0.0) * 0.5
            if value > best_value:
                best, best_value = sense, value
        return best

    def weigh(self, page: Page, piece: Piece) -> Votes:
        """What the words around one occurrence speak for."""
        line = piece.line
        if line.style == CAPITALS:
            return {}
        votes: Votes = defaultdict(float)
        self._weigh_left(page, piece, line, votes)
        self._weigh_right(page, piece, line, votes)
        if not page.is_sport and piece.scores.get(Sense.PERSON, -3.0) < FIRM:
            self._weigh_town(piece, line, votes)
        return dict(votes)

    def _weigh_town(self, piece: Piece, line: Line, votes: Votes) -> None:
        """Where towns stand: behind a preposition, behind somebody's age ("41, of Elkhart"), before "counties"."""
        at = piece.first - 1
        before = line.words[at] if at >= 0 else ""
        after = line.words[piece.last] if piece.last < len(line.words) else ""
        if after == "counties" or (after in {",", "and"} and self._leads_to_counties(line, piece.last)):
            votes[Sense.PLACE] += 4.0
            votes[Sense.PERSON] -= 2.0
            return
        is_of_somebody = (
            before in {"of", "from"} and at > 1 and line.words[at - 1] == "," and line.words[at - 2].isdigit()
        )
        if is_of_somebody:
            votes[Sense.PLACE] += 2.5
            votes[Sense.PERSON] -= 2.0
        is_inside = is_of_somebody or before in {"in", "near", "outside", "at"}
        if is_inside and not piece.office and self._gazetteer.is_town(" ".join(piece.words)):
            votes[Sense.PLACE] += 2.0
            votes[Sense.PERSON] -= 1.0

    def _leads_to_counties(self, line: Line, at: int) -> bool:
        """Whether a list of names goes on to "counties"."""
        for word, token in zip(line.words[at : at + 10], line.tokens[at : at + 10], strict=True):
            if word == "counties":
                return True
            if word not in {",", "and"} and not token.text[0].isupper():
                return False
        return False

    def _weigh_left(self, page: Page, piece: Piece, line: Line, votes: Votes) -> None:
        at = piece.first - 1
        if piece.office is not None:
            votes[Sense.PERSON] += 4.0
        if at < 0:
            return
        word = line.words[at]
        two = line.words[at - 1] if at else ""
        if word[0].isdigit() and not piece.entries and line.tokens[piece.first].text.isupper():
            votes[Sense.NONE] += 2.0
            return
        if word == "the":
            votes[Sense.PERSON] -= 3.0
            votes[Sense.ORGANISATION] += 0.8
            votes[Sense.PLACE] -= 0.5
            votes[Sense.NONE] += 0.5
            if two in self._org_before:
                votes[Sense.ORGANISATION] += 1.0
        elif word in self._loc_prep:
            votes[Sense.PLACE] += {"in": 1.6, "near": 1.6, "from": 0.4, "to": 0.3, "at": 0.8}.get(word, 1.0)
            votes[Sense.PERSON] -= 0.7 if word in {"in", "at", "near"} else 0.0
            if word == "to" and two in self._motion:
                votes[Sense.PLACE] += 1.5
            if word == "for" and two in self._motion:
                votes[Sense.PLACE] += 1.5
        elif word == "of":
            if two in self._place_noun or two in self._of_place:
                votes[Sense.PLACE] += 2.5
        elif page.is_sport and word == ")" and self._follows_country(line, at):
            votes[Sense.ORGANISATION] += 2.5
        elif word in {"and", ","} and self._follows_place(line, at):
            votes[Sense.PLACE] += 1.0
        elif word in self._person_before or (
            self._lexicon.match_office([word], 0) and line.tokens[at].tag.startswith("NN")
        ):
            votes[Sense.PERSON] += 2.5
        elif word in self._org_before:
            votes[Sense.ORGANISATION] += 2.0
        elif word in self._place_noun:
            votes[Sense.PLACE] += 1.5
        elif word in self._person_verb:
            votes[Sense.PERSON] += 0.8
        elif page.is_sport and word in self._team_verb:
            votes[Sense.ORGANISATION] += 1.0
            votes[Sense.PERSON] += 0.6
        elif page.is_sport and word in {"against", "over", "with", "for", "by"}:
            votes[Sense.ORGANISATION] += 0.7
            votes[Sense.PERSON] += 0.3

    def _weigh_right(self, page: Page, piece: Piece, line: Line, votes: Votes) -> None:
        at = piece.last
        if at >= len(line.words):
            return
        word = line.words[at]
        after = line.words[at + 1] if at + 1 < len(line.words) else ""
        third = line.words[at + 2] if at + 2 < len(line.words) else ""
        tag = line.tokens[at].tag
        if page.is_sport and word[0].isdigit():
            self._weigh_number(line, piece, votes)
        elif word[0].isdigit():
            if piece.words[-1] in self._makers:
                votes[Sense.NONE] += 9.0
        elif page.is_sport and word == ":" and line.opens[piece.first] and piece.entries:
            votes[Sense.PLACE] += 2.5
            votes[Sense.ORGANISATION] -= 2.0
        elif word in self._site_after:
            votes[Sense.PLACE] += 2.0
            votes[Sense.PERSON] -= 1.0
        elif word in self._person_after:
            votes[Sense.PERSON] += 4.0
        elif word in {"'s", "’s"} and after:
            if after in {"<", "("} and third and is_ticker(line, at + 2):  # "Apple's (AAPL.O)"
                votes[Sense.ORGANISATION] += 12.0
            elif after in self._org_after:
                votes[Sense.ORGANISATION] += 0.7
        elif word == ",":
            self._weigh_comma(page, piece, line, at, after, third, votes)
        elif word == "<" and at + 1 < len(line.words) and is_ticker(line, at + 1):
            votes[Sense.ORGANISATION] += 12.0
        elif word == "(":
            self._weigh_bracket(line, at, after, third, votes)
        elif word in self._person_verb:
            votes[Sense.PERSON] += 1.0
            votes[Sense.ORGANISATION] += 0.6
            votes[Sense.PLACE] -= 0.5
        elif word in self._org_after:
            votes[Sense.ORGANISATION] += 1.8
            votes[Sense.PERSON] -= 0.5
        elif word == "who":
            votes[Sense.PERSON] += 2.0
        elif page.is_sport and word in self._team_verb:
            votes[Sense.ORGANISATION] += 0.9
            votes[Sense.PERSON] += 0.7
            votes[Sense.PLACE] -= 1.0
        elif tag in _VERB_TAGS:
            votes[Sense.PERSON] += 0.5
            votes[Sense.ORGANISATION] += 0.5
            votes[Sense.PLACE] -= 0.3

    def _weigh_number(self, line: Line, piece: Piece, votes: Votes) -> None:
        """On a page of sport: a side with its score; in brackets, a scorer with the minute."""
        opened = [i for i in range(piece.first) if line.words[i] in {"(", ")"}]
        if line.words[piece.last].count("-") > 1:
            votes[Sense.PERSON] += 4.0
            votes[Sense.ORGANISATION] -= 2.0
        elif (opened and line.words[opened[-1]] == "(") or (not opened and self._closes_bracket(line, piece.last)):
            votes[Sense.PERSON] += 3.0
            votes[Sense.ORGANISATION] -= 2.0
        else:
            votes[Sense.ORGANISATION] += 1.5
        votes[Sense.PLACE] -= 2.5

    @staticmethod
    def _closes_bracket(line: Line, at: int) -> bool:
        """Whether the next bracket closes one of the line before."""
        return next((word == ")" for word in line.words[at:] if word in {"(", ")"}), False)

    def _follows_country(self, line: Line, at: int) -> bool:
        """Whether a bracket that holds a country closes here: "1. Jan Svorada (Czech Republic) Panaria"."""
        first = next((i for i in range(at - 1, max(-1, at - 4), -1) if line.words[i] == "("), None)
        if first is None:
            return False
        return any(entry.sort == "country" for entry in self._lexicon.look_up(tuple(line.words[first + 1 : at])))

    def _follows_place(self, line: Line, at: int) -> bool:
        """Whether the word before a comma or "and" is a known place."""
        if at < 1:
            return False
        return any(
            entry.sort in {"country", "capital", "city", "region", "place"} and entry.weight >= 2.0
            for entry in self._lexicon.look_up((line.words[at - 1],))
        )

    def _weigh_comma(self, page: Page, piece: Piece, line: Line, at: int, after: str, third: str, votes: Votes) -> None:
        if after.isdigit() and len(after) <= 2 and third in {",", ".", ")"}:
            votes[Sense.PERSON] += 3.0
        elif after == "who":
            votes[Sense.PERSON] += 1.5
        elif after == "where":
            votes[Sense.PLACE] += 2.0
        elif (
            after in {"a", "an"}
            and third
            and self._lexicon.match_office(line.words, at + 3 if at + 3 < len(line.words) else at + 2)
        ):
            votes[Sense.PERSON] += 1.0
        elif after and at + 1 < len(line.words):
            for match in self._lexicon.match(line.words, at + 1):
                if (
                    any(entry.sort in {"country", "region"} for entry in match.entries)
                    and line.tokens[at + 1].text[0].isupper()
                ):
                    stop = at + 1 + match.length
                    if (
                        stop >= len(line.words)
                        or line.words[stop] in {",", ".", ")", "-", ";"}
                        or line.tokens[stop].text[0].isdigit()
                    ):
                        votes[Sense.PLACE] += 1.5
                break

    def _weigh_bracket(self, line: Line, at: int, after: str, third: str, votes: Votes) -> None:
        if not after:
            return
        is_code = third == "." and at + 3 < len(line.words) and after.isdigit()
        if is_code or is_ticker(line, at + 1):
            votes[Sense.ORGANISATION] += 12.0
            return
        for match in self._lexicon.match(line.words, at + 1):
            stop = at + 1 + match.length
            if stop < len(line.words) and line.words[stop] == ")" and any(e.sort == "country" for e in match.entries):
                votes[Sense.PERSON] += 3.0
                return
        if third == ")" and line.tokens[at + 1].text.isupper() and len(after) > 1 and after.isalpha():
            votes[Sense.ORGANISATION] += 2.0


class _Known:
    """What firm pieces of the article tell of the rest."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._surnames: set[str] = set()
        self._firsts: set[str] = set()
        self._parts: dict[Words, bool] = {}
        self._acronyms: set[str] = set()
        self._last_parts: set[Words] = set()
        for piece in pieces:
            words = piece.words
            if piece.is_firm(Sense.PERSON) or (len(words) > 1 and _leads(piece, Sense.PERSON)):
                self._add_person(piece, words)
            elif piece.is_firm(Sense.ORGANISATION) or any(e.sort == "organisation" for e in piece.entries):
                self._add_organisation(piece, words)

    def _add_person(self, piece: Piece, words: Words) -> None:
        if len(words) == 1 and not piece.is_firm(Sense.PERSON):
            return
        self._surnames.add(words[-1])
        if len(words) > 1:
            self._firsts.add(words[0])
            for at in range(1, len(words)):
                self._last_parts.add(words[at:])

    def _add_organisation(self, piece: Piece, words: Words) -> None:
        for size in range(1, len(words)):
            self._parts[words[:size]] = True
        initials = "".join(word[0] for word in words if word not in {"of", "the", "for", "and", "in", "'s", "&", "on"})
        if len(initials) > 1:
            self._acronyms.add(initials)

    def vote(self, words: Words) -> Votes:
        """What the article's firm names speak for, for a name of these words."""
        votes: Votes = {}
        if (len(words) == 1 and words[0] in self._surnames) or (len(words) > 1 and words in self._last_parts):
            votes[Sense.PERSON] = _SURNAME_OF_PERSON
        elif len(words) == 1 and words[0] in self._firsts:
            votes[Sense.PERSON] = 1.5
        if words in self._parts:
            votes[Sense.ORGANISATION] = _PART_OF_ORGANISATION
        if len(words) == 1 and words[0].replace(".", "") in self._acronyms:
            votes[Sense.ORGANISATION] = _ACRONYM_OF_ORGANISATION
        return votes


def _leads(piece: Piece, sense: Sense) -> bool:
    """Whether form and context of this occurrence speak for a sense first."""
    totals = {other: piece.scores.get(other, -3.0) + piece.evidence.get(other, 0.0) for other in _ORDER}
    return max(_ORDER, key=lambda other: totals[other]) == sense
