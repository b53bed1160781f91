"""Tags the words of a sentence with their parts of speech (CLAWS C5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from transforms.language.tokens import Token, TokenRules
from transforms.resources import Resources, TagScores
from transforms.tables import iter_rows

Candidates = tuple[tuple[str, float], ...]
"""Tags of a word with the logarithm of how likely each is to show as this word."""

State = tuple[float, str, Mapping[str, float], "State | None"]
"""A way to tag the words so far: its score, its last tag, what may follow, and the way that it goes on from."""

MAX_CANDIDATES = 4
"""Tags of one word that are weighed."""
BEAM = 6
"""Ways to tag the words so far that are kept."""
_MARGIN = 7.5
"""How far below the likeliest tag of a word another may be."""
_UNSEEN = -13.0
"""For a tag that never followed two others."""
_KNOWN = -18.0
"""Below this score the model guesses from the word's form."""
_RARE = -16.5
"""Below this score a word with a capital is likelier a name that looks like a word ("Biden") than that word."""
_NAME = -9.0
"""That a name shows as one unknown word."""
_OPEN_TAGS = frozenset(
    {"NN1", "NN2", "NP0", "AJ0", "VVD", "VVN", "VVG", "VVZ", "VVB", "VVI", "AV0", "UNC", "CRD", "NN0"}
)
_GUESSED_AT_START = frozenset({"NN2", "VVG", "AV0", "AJ0"})
"""What an unknown word with a capital may be at the start of a sentence, beside a name."""

_MARKS: dict[str, str] = {
    **dict.fromkeys("\"'“”„«»‘’‚‹›", "PUQ"),
    **dict.fromkeys(("''", "``", ",,"), "PUQ"),
    **dict.fromkeys("([{", "PUL"),
    **dict.fromkeys(")]}", "PUR"),
    **dict.fromkeys(
        (".", ",", ";", ":", "!", "?", "-", "–", "—", "―", "/", "|", "•", "*", "--", "---", "...", "…"), "PUN"
    ),
}
_FIXED: dict[str, Candidates] = {mark: ((tag, 0.0),) for mark, tag in _MARKS.items()} | {
    "'": (("PUQ", -0.7), ("POS", -0.7)),
    "’": (("PUQ", -0.7), ("POS", -0.7)),
    "%": (("NN0", 0.0),),
    "cannot": (("VM0", 0.0),),
    "gonna": (("VVG", 0.0),),
    "&": (("CJC", 0.0),),
    "me": (("PNP", 0.0),),
    "former": (("AJ0", 0.0),),
    "several": (("DT0", 0.0),),
}
_STRAIGHT = str.maketrans("’‑", "'-")


class TagRules:
    """A trigram tagger over the word model of the resources, with corrections for names."""

    def __init__(self, resources: Resources) -> None:
        self._tokens = TokenRules(
            abbreviation for (abbreviation,) in iter_rows(resources.reference["abbreviations"], "abbreviation")
        )
        self._tag_word: Callable[[str], TagScores] = resources.tag_word
        self._priors = resources.tag_priors
        self._sequences = resources.tag_sequences
        self._inner: dict[str, Candidates] = dict(_FIXED)
        self._lowered: dict[str, Candidates] = dict(_FIXED)
        self._start = self._sequences["", "^"]

    @staticmethod
    def build(resources: Resources) -> TagRules:
        """The tagger for these resources; the same object for the same resources."""
        return _build(resources)

    def tag(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of the sentence `text[start:end]`, each with its tag."""
        spans = self._tokens.tokenise(text, start, end)
        words = [text[begin:stop] for begin, stop in spans]
        tags = self.tag_words(words)
        return [
            Token(begin, stop, word, word.lower(), tag)
            for (begin, stop), word, tag in zip(spans, words, tags, strict=True)
        ]

    def tag_words(self, words: list[str]) -> list[str]:
        """The likeliest tags of the words of one sentence."""
        inner = self._inner
        lowered = self._lowered
        sequences = self._sequences
        capitals_tell = not _is_all_capitalised(words)
        is_first = True
        states: list[State] = [(0.0, "^", self._start, None)]
        for word in words:
            if is_first or not capitals_tell:
                candidates = lowered.get(word) or self._weigh_lowered(word)
                if is_first and word[0].isalnum():
                    is_first = False
            else:
                candidates = inner.get(word) or self._weigh(word)
                if candidates[0][0] == "PUQ" or word == ":":
                    is_first = True
            if len(candidates) == 1 and len(states) == 1:
                state = states[0]
                tag = candidates[0][0]
                states = [(0.0, tag, sequences.get((state[1], tag)) or {}, state)]
                continue
            ways: dict[tuple[str, str], State] = {}
            for state in states:
                score, last, followers, _ = state
                for tag, emission in candidates:
                    value = score + emission + followers.get(tag, _UNSEEN)
                    key = (last, tag)
                    held = ways.get(key)
                    if held is None or value > held[0]:
                        ways[key] = (value, tag, sequences.get(key) or {}, state)
            states = list(ways.values())
            if len(states) > BEAM:
                states = sorted(states, key=_score, reverse=True)[:BEAM]
        return _trace(max(states, key=_score))

    def _weigh(self, word: str) -> Candidates:
        """Tags of a word within a sentence, where a capital speaks for a name."""
        scores = self._tag_word(word.translate(_STRAIGHT))
        if word[0].isupper() and (not scores or scores[0][1] < _KNOWN):
            candidates: Candidates = (("NP0", 0.0),)
        else:
            candidates = self._cut(scores, word)
        self._inner[word] = candidates
        return candidates

    def _weigh_lowered(self, word: str) -> Candidates:
        """Tags of a word where a capital says nothing: at the start of a sentence, in a headline in capitals."""
        lower = word.translate(_STRAIGHT).lower()
        is_plain = not word[0].isupper()
        candidates = self._inner.get(word) or self._weigh(word) if is_plain else self._weigh_both(lower)
        self._lowered[word] = candidates
        return candidates

    def _weigh_both(self, lower: str) -> Candidates:
        """Tags of a word that may be a name or an ordinary word."""
        if lower in _FIXED:
            return _FIXED[lower]
        scores = self._tag_word(lower)
        if not scores or scores[0][1] < _KNOWN:
            guesses = [tag for tag, _ in self._cut(scores, lower) if tag in _GUESSED_AT_START]
            return (("NP0", _NAME), *((tag, _NAME - 4.0) for tag in guesses[:2]))
        if scores[0][1] < _RARE:
            return (("NP0", _NAME), *self._cut(scores, lower))
        merged = dict(scores)
        merged.update(
            (tag, score) for tag, score in self._tag_word(lower.capitalize()) if tag == "NP0" and score > _KNOWN
        )
        return self._cut(tuple(sorted(merged.items(), key=lambda item: (-item[1], item[0]))), lower)

    def _cut(self, scores: TagScores, word: str) -> Candidates:
        """The few tags that are worth weighing, as likelihoods of the word given the tag."""
        if not scores:
            return (("NN1", 0.0),)
        best = scores[0][1]
        if best < _KNOWN and not word[0].isupper():
            scores = tuple((tag, score) for tag, score in scores if tag in _OPEN_TAGS) or (("NN1", best),)
            scores = tuple(("NN1" if tag == "UNC" else tag, score) for tag, score in scores)
        if best >= _KNOWN:
            scores = tuple((tag, score) for tag, score in scores if tag != "UNC") or scores
        kept = [(tag, score - self._priors.get(tag, -5.0)) for tag, score in scores if score > best - _MARGIN]
        return tuple(kept[:MAX_CANDIDATES])


def _score(state: State) -> float:
    return state[0]


def _trace(state: State) -> list[str]:
    tags: list[str] = []
    while state[3] is not None:
        tags.append(state[1])
        state = state[3]
    tags.reverse()
    return tags


def _is_all_capitalised(words: list[str]) -> bool:
    """Whether nearly all longer words have a capital, as in many a headline."""
    longer = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitalised = sum(1 for word in longer if word[0].isupper())
    return len(longer) >= 3 and capitalised >= 0.8 * len(longer)


@lru_cache(maxsize=4)
def _build(resources: Resources) -> TagRules:
    return TagRules(resources)
