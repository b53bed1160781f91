"""An article laid out for the search for names: its lines, how each is printed, which tokens may be of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.enrich.article import Article, Sentence, Token
from transforms.enrich.names.lexicon import Lexicon, fold_name
from warehouse.contract.codes import BlockKind

TEXT, CAPITALS, TITLE = "text", "capitals", "title"
"""How a line is printed: in ordinary case, all in capitals, with a capital on most words."""
_OPENERS = frozenset({"PUQ", "PUL"})
_MARKS_BEFORE_CAPITAL = frozenset({":", ".", "!", "?", "*", "•", "-", "--", "–", "—", "...", "…", "/", "_"})
_MIN_SPORT_SHARE = 0.02
_MAX_CODE = 5
_MAX_EXCHANGE = 2
"""Letters of an exchange behind the point of a code: "AAPL.O", "SIEGn.DE"."""
_MIN_LEAN = -2.5
_MIN_RESULTS = 4
_MIN_FINANCE_SHARE = 0.03
_SURNAMES_LIKE_PRONOUNS = frozenset({"he", "you", "an"})
"""Before a name they are surnames: no pronoun stands there ("He Qinghua told reporters")."""
_STATE_SORTS = frozenset({"country", "adjective", "capital", "seat", "region"})


@dataclass(slots=True)
class Line:
    """A sentence with what the search asks of each token.

    `words` are folded tokens; `opens[i]` tells that a capital on token i says nothing; `may_name[i]` that the token
    may be part of a name. Tokens from `end` on are not looked at (a credit behind a caption).
    """

    sentence: Sentence
    tokens: Sequence[Token]
    words: list[str]
    style: str
    end: int
    opens: list[bool] = field(default_factory=list)
    may_name: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """The lines of an article, and counts over them.

    `plain` are words seen without a capital; `capital` counts words seen with one where it tells; `pairs` are two
    such words in a row.
    """

    article: Article
    lines: list[Line]
    plain: frozenset[str]
    capital: Counter[str]
    pairs: frozenset[tuple[str, str]]
    is_sport: bool
    is_finance: bool


def read_page(article: Article, lexicon: Lexicon) -> Page:
    """Lay out an article."""
    lines = [
        _read_line(sentence, tokens, lexicon)
        for sentence, tokens in zip(article.sentences, article.tokens, strict=True)
    ]
    plain: set[str] = set()
    capital: Counter[str] = Counter()
    pairs: set[tuple[str, str]] = set()
    counts = [0, 0, 1]
    sport, finance = lexicon.cues["sport_word"], lexicon.cues["finance_word"]
    for line in lines:
        line.opens = _find_opens(line)
        for word in line.words:
            counts[0] += word in sport
            counts[1] += word in finance
        counts[2] += len(line.words)
        if line.style == TEXT:
            _count_words(line, plain, capital, pairs)
    results = sum(_is_result(line) for line in lines)
    page = Page(
        article=article,
        lines=lines,
        plain=frozenset(plain),
        capital=capital,
        pairs=frozenset(pairs),
        is_sport=counts[0] > max(2.0, _MIN_SPORT_SHARE * counts[2])
        or _has_sport_slug(lines, sport)
        or (results > _MIN_RESULTS and counts[0] > 0 and counts[0] > counts[1]),
        is_finance=counts[1] > max(2.0, _MIN_FINANCE_SHARE * counts[2]),
    )
    for line in lines:
        line.may_name = [_may_name(page, line, at, lexicon) for at in range(len(line.tokens))]
    return page


def _read_line(sentence: Sentence, tokens: Sequence[Token], lexicon: Lexicon) -> Line:
    words = [fold_name(token.text) for token in tokens]
    end = len(tokens)
    if sentence.kind == BlockKind.CAPTION:
        end = _find_credit(tokens, lexicon)
    return Line(sentence, tokens, words, _find_style(sentence, tokens, lexicon), end)


def _find_credit(tokens: Sequence[Token], lexicon: Lexicon) -> int:
    """Where the credit behind a caption begins: "REUTERS/…", "(AP Photo/…)", "Photo by …"."""
    for at, token in enumerate(tokens):
        follower = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        if token.lower in {"photo", "photograph", "photographer", "picture", "image"} and follower in {
            "by",
            ":",
            "courtesy",
            "credit",
        }:
            return at
        if token.lower in lexicon.credit_houses and follower in {"/", "photo"} and token.text[0].isupper():
            return at - 1 if at and tokens[at - 1].text in "([" else at
    return len(tokens)


def _find_style(sentence: Sentence, tokens: Sequence[Token], lexicon: Lexicon) -> str:
    words = [token.text for token in tokens if token.text[0].isalpha() and len(token.text) > 1]
    if not words:
        return TEXT
    upper = sum(word.isupper() for word in words)
    if upper >= 0.75 * len(words) and (len(words) > 1 or sentence.kind != BlockKind.BODY):
        return CAPITALS
    if sentence.kind in {BlockKind.HEADLINE, BlockKind.SUBHEAD}:
        longer = [word for word in words if len(word) > 3]
        capitalised = sum(word[0].isupper() for word in longer)
        ordinary = sum(word[0].isupper() and lexicon.is_ordinary(word.lower()) for word in longer[1:])
        if len(longer) >= 3 and capitalised >= 0.75 * len(longer) and ordinary:
            return TITLE
    return TEXT


def _has_sport_slug(lines: list[Line], sport: frozenset[str]) -> bool:
    if not lines or len(lines[0].words) < 3:
        return False
    words = lines[0].words
    at = next((i for i, word in enumerate(words[:5]) if word in {"-", ":"}), 0)
    return at > 0 and lines[0].tokens[0].text.isupper() and any(word in sport for word in words[:at])


def _is_result(line: Line) -> bool:
    """A name and then mostly numbers."""
    numbers = sum(word[0].isdigit() for word in line.words)
    return numbers >= 3 and line.tokens[0].text[0].isupper() and 2 * numbers >= len(line.words)


def _find_opens(line: Line) -> list[bool]:
    """Tokens whose capital says nothing."""
    opens = []
    is_open = True
    for token in line.tokens:
        opens.append(is_open)
        if token.tag in _OPENERS or token.text in _MARKS_BEFORE_CAPITAL:
            is_open = is_open if token.text in "([" else True
        elif is_open and (token.text[0].isdigit() or not token.text[0].isalnum()):
            continue
        else:
            is_open = False
    return opens


def _count_words(line: Line, plain: set[str], capital: Counter[str], pairs: set[tuple[str, str]]) -> None:
    before = ""
    for token, word, is_open in zip(line.tokens, line.words, line.opens, strict=True):
        is_capital = token.text[0].isupper()
        if is_capital and not is_open:
            capital[word] += 1
            if before:
                pairs.add((before, word))
        elif token.text[0].islower():
            plain.add(word)
        before = word if is_capital and not is_open else ""


def _may_name(page: Page, line: Line, at: int, lexicon: Lexicon) -> bool:
    token = line.tokens[at]
    text = token.text
    word = line.words[at]
    cues = lexicon.cues
    if at >= line.end or not text[0].isalpha():
        return False
    if not text[0].isupper():
        head, dash, tail = text.partition("-")
        return bool(dash and tail[:1].isupper() and head in cues["arabic_article"] | cues["name_prefix"])
    if len(text) > 1 and text.isupper() and not text.strip("IVX"):
        return False
    if "-" in text and not (_is_name_compound(text, word, cues["time_word"]) or _is_given_name(line, at, lexicon)):
        return False
    follower = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
    if follower is not None and follower.text in {"$", "£", "€"} and follower.start == token.end:
        return False
    if is_ticker(line, at) or (text[:2] in {"D-", "R-", "I-"} and text[2:3].isupper()):
        return False
    if word == "islam" and at and line.tokens[at - 1].text[0].isupper() and not line.opens[at - 1]:
        return True
    if word in cues["never"] or word in cues["time_word"]:
        return _is_name_like_month(page, line, at, lexicon)
    if line.style == CAPITALS:
        return True
    if line.style == TITLE:
        return _stands_out(page, line, at, lexicon)
    if not line.opens[at]:
        return True
    return _opens_name(page, line, at, lexicon)


def _opens_name(page: Page, line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether the first word of a sentence is of a name."""
    word = line.words[at]
    follower = line.words[at + 1] if at + 1 < len(line.words) else ""
    if not lexicon.is_ordinary(word):
        return True
    if follower in {"of", "for"} and word in lexicon.cues["org_open"] and _has_capital(line, at + 2):
        return True
    if word in lexicon.cues["particle"] and _has_capital(line, at + 1) and not lexicon.is_ordinary(follower):
        return True
    if lexicon.is_function(word):
        is_surname = (
            word in _SURNAMES_LIKE_PRONOUNS and _has_capital(line, at + 1) and not lexicon.is_ordinary(follower)
        )
        return is_surname or (word, follower) in page.pairs
    follows_capital = _has_capital(line, at + 1)
    if follows_capital:
        if (word, follower) in page.pairs or word in lexicon.cues["event_head"]:
            return True
        if word in lexicon.first_names and _is_surname_like(word, follower, lexicon):
            return True
    if follows_capital and _opens_plain_name(line, at, lexicon):
        return True
    if word in page.plain:
        return False
    return page.capital[word] > 0 or (lexicon.is_proper(word) and not follows_capital)


def _stands_out(page: Page, line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether a word of a headline with a capital on most words is of a name."""
    word = line.words[at]
    if not lexicon.is_ordinary(word) or lexicon.is_proper(word):
        return True
    follower = line.words[at + 1] if at + 1 < len(line.words) else ""
    before = line.words[at - 1] if at else ""
    if (word, follower) in page.pairs or (before, word) in page.pairs:
        return True
    if lexicon.is_function(word) or word in page.plain:
        return False
    return page.capital[word] > 1


def _has_capital(line: Line, at: int) -> bool:
    """Whether a word with a capital, or "the" and one, stands here."""
    if at < len(line.words) and line.words[at] == "the":
        at += 1
    return at < len(line.words) and line.tokens[at].text[0].isupper()


def _is_surname_like(word: str, follower: str, lexicon: Lexicon) -> bool:
    """Whether "Mark Brown" opens a sentence, rather than "Will Brown" a question."""
    if not lexicon.is_ordinary(follower):
        return True
    return follower in lexicon.cues["surname_word"] and lexicon.lean_to_name(word) > _MIN_LEAN


def is_ticker(line: Line, at: int) -> bool:
    """Whether it is a code of an exchange: ".SPX", "(AAPL.O)"."""
    token = line.tokens[at]
    head, point, tail = token.text.partition(".")
    if point and tail and len(head) > 1 and len(tail) <= _MAX_EXCHANGE and tail.isupper() and head.upper() == head:
        return True
    if not token.text[:2].isupper():
        return False
    if at and line.tokens[at - 1].text == "<" and at + 1 < len(line.tokens) and line.tokens[at + 1].text in {">", "."}:
        return len(token.text) <= _MAX_CODE
    if at and line.tokens[at - 1].text == "=" and line.tokens[at - 1].end == token.start:
        return True
    if at and line.tokens[at - 1].text == "." and line.tokens[at - 1].end == token.start:
        return at < 2 or line.tokens[at - 2].end < line.tokens[at - 1].start or line.tokens[at - 2].text.isupper()
    if at + 2 >= len(line.tokens) or line.tokens[at + 1].text != ".":
        return False
    return (
        line.tokens[at + 1].start == token.end
        and line.tokens[at + 2].start == line.tokens[at + 1].end
        and line.tokens[at + 2].text.isupper()
    )


def _opens_plain_name(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether two capitalised plain words in a row open a name: "Gateway Data Sciences", "Interior Ministry"."""
    word, follower = line.words[at], line.words[at + 1]
    if line.tokens[at].tag[:2] not in {"NN", "AJ", "NP"} or follower in lexicon.cues["time_word"]:
        return False
    if follower in lexicon.cues["never"] or follower in lexicon.first_names or follower in lexicon.adjectives:
        return False
    if lexicon.match_office([word, follower], 0) or lexicon.match_office([follower], 0):
        return False
    return lexicon.is_ordinary(follower) and not lexicon.is_proper(follower)


def _is_name_compound(text: str, word: str, time_words: frozenset[str]) -> bool:
    """Whether a word with a hyphen may be of a name: "Saint-Germain", not "Serb-controlled" or "Jan-April"."""
    pieces = [piece for piece in text.replace("‑", "-").split("-") if piece]
    if all(piece.lower() in time_words for piece in pieces):
        return False
    return (
        pieces[-1][0].isupper()
        or pieces[-1][0].isdigit()
        or (len(pieces) > 2 and pieces[0][0].isupper() and pieces[1] in {"de", "sur", "en", "le", "la", "aux", "du"})
    )


def _is_given_name(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether a word with a hyphen goes on with a name: "Kang-lip" in "Kim Kang-lip", not "U.S. Navy-led"."""
    if not at or not line.tokens[at - 1].text[0].isupper() or line.opens[at]:
        return False
    pieces = line.words[at].split("-")
    is_state = any(entry.sort in _STATE_SORTS for entry in lexicon.look_up((pieces[0],)))
    if len(pieces) != 2 or line.tokens[at].text[:2].isupper() or is_state:
        return False
    return 2 <= len(pieces[1]) <= 7 and not all(map(lexicon.is_ordinary, pieces))


def _is_name_like_month(page: Page, line: Line, at: int, lexicon: Lexicon) -> bool:
    """Whether "May" is Theresa May: behind a first name, or where the article has such a person."""
    word = line.words[at]
    if word not in lexicon.first_names or line.style == CAPITALS:
        return False
    before = line.words[at - 1] if at else ""
    if before in lexicon.cues["honorific"]:
        return True
    if before in lexicon.first_names and line.tokens[at - 1].text[0].isupper():
        return True
    follower = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
    if follower and follower.text[0].isupper() and not lexicon.is_ordinary(follower.lower):
        return follower.lower not in lexicon.cues["time_word"]
    if follower and (
        follower.text[0].isdigit() or before in lexicon.cues["loc_prep"] or before in {"since", "on", "by", "until"}
    ):
        return False
    return any(first in lexicon.first_names and second == word for first, second in page.pairs)
