"""The lexicon of cues: words that tell of speech, thought, will or judgement, and the frames that each takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from transforms.language.lemmas import Lemmatise, americanize, list_verb_lemmas
from transforms.language.tokens import Token
from transforms.tables import iter_rows
from warehouse.contract.codes import Attitude


@dataclass(frozen=True)
class Cue:
    """A word of the lexicon; `objects` are the frames that begin with a noun phrase, without their `obj-`."""

    lemma: str
    part: str
    frames: frozenset[str]
    objects: frozenset[str]
    attitude: str
    addressee: str | None
    frame_attitudes: Mapping[str, str]

    @property
    def takes_quotation(self) -> bool:
        """Whether it may stand behind or within what is said."""
        return "quote" in self.frames or "clause" in self.frames or "obj-quote" in self.frames


class CueLexicon:
    """Cues by dictionary form and part of speech."""

    def __init__(self, quote_cues: pa.Table, lemmatise: Lemmatise) -> None:
        self._lemmatise = lemmatise
        self._cues: dict[tuple[str, str], Cue] = {}
        for lemma, part, frames, attitude, addressee, others in iter_rows(
            quote_cues, "lemma", "part", "frames", "attitude", "addressee", "frame_attitudes"
        ):
            objects = frozenset(frame[4:] for frame in frames if frame.startswith("obj-"))
            by_frame = dict(other.split(":", 1) for other in others or ())
            cue = Cue(lemma, part, frozenset(frames), objects, attitude, addressee, by_frame)
            self._cues[lemma, part] = cue
        self._forms: dict[tuple[str, str], str] = {}
        self._verbs: dict[str, Cue | None] = {}
        self._nouns: dict[str, Cue | None] = {}

    def verb(self, token: Token) -> Cue | None:
        """The cue that a word is as a verb, whatever its form."""
        word = token.lower
        if word in self._verbs:
            return self._verbs[word]
        cue = next(
            (
                found
                for lemma in list_verb_lemmas(token, self._lemmatise)
                if (found := self._find(lemma, "verb", "raising"))
            ),
            None,
        )
        self._verbs[word] = cue
        return cue

    def lemma(self, token: Token) -> str:
        """The dictionary form of any verb."""
        return self._lemmatise(token.lower, token.tag if token.tag.startswith("V") else "VVB")

    def noun(self, token: Token) -> Cue | None:
        """The cue that a word is as a noun."""
        word = token.lower
        if word not in self._nouns:
            lemmas = (self._lemmatise(word, "NN2") if word.endswith("s") else word, word)
            self._nouns[word] = next((found for lemma in lemmas if (found := self._find(lemma, "noun"))), None)
        return self._nouns[word]

    def adjective(self, token: Token) -> Cue | None:
        """The cue that a word is as an adjective."""
        return self._find(token.lower, "adjective")

    def attitude(self, lemma: str, rule: str, frame: str) -> Attitude:
        """What the source does whose cue was found by a rule in a frame; what is no word tells of speech."""
        own = rule if rule in ("noun", "adjective") else "verb"
        cue = self._find(lemma, own, "raising", "verb", "noun", "adjective")
        return Attitude(cue.frame_attitudes.get(frame, cue.attitude)) if cue is not None else Attitude.SAY

    def _find(self, lemma: str, *parts: str) -> Cue | None:
        for form in (lemma, americanize(lemma)):
            for part in parts:
                if (form, part) in self._cues:
                    return self._cues[form, part]
        return None
