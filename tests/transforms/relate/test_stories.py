from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
import pytest

from flows.resources import load_resources
from transforms.relate.stories import JOINED, KEYS, LATE, LINKED, StoryRules

RULES = StoryRules(load_resources())
DAY = datetime(2025, 11, 3)
DOCS = pa.array([0, 1], pa.int32())
AGENCY = (
    "The ferry Solvind ran aground off Hestøy before dawn on Monday with 112 passengers, the coast guard said. Captain "
    "Jon Vik struck a shoal in the Skarn Strait while a tanker passed. Lifeboats brought everyone to Varnholm."
)
PAPER = (
    "Nobody was badly hurt when the Solvind hit an uncharted shoal near Hestøy, but the 112 passengers who came ashore "
    "at Varnholm in lifeboats were cold and angry. Skarn Lines would not let its captain, Jon Vik, speak to us."
)
SPANISH = (
    "El transbordador Solvind encalló el lunes cerca de Hestøy con 112 pasajeros. El capitán Jon Vik chocó con un bajo "
    "en el estrecho de Skarn y los botes llevaron a todos a Varnholm, según la guardia costera."
)
OTHER = (
    "Growers in the Orba valley will prune a third of their almond trees after a second dry winter, the cooperative at "
    "Benigembla said. Irrigation from the Isbert reservoir was cut in October, and Amparo Mestre expects half a crop."
)


def compare(one: str, other: str, days: float = 0, languages: tuple[str, str] = ("en", "en")) -> float:
    articles = pa.table(
        {
            "doc": DOCS,
            "headline": pa.nulls(2, pa.string()),
            "body": [one, other],
            "language": list(languages),
            "published_at": [DAY, DAY + timedelta(days=days)],
        }
    )
    keyed = articles.append_column("profile", RULES.key(articles)["profile"])
    likeness = RULES.compare(pa.table({"doc": DOCS[1:], "other": DOCS[:1]}), keyed).to_pylist()[0]
    assert likeness["is_linked"] == (likeness["similarity"] >= LINKED)
    return float(likeness["similarity"])


def test_own_words_on_one_happening_are_alike_and_on_another_are_not() -> None:
    assert compare(AGENCY, PAPER) > JOINED
    assert compare(AGENCY, SPANISH, languages=("en", "es")) > JOINED
    assert compare(AGENCY, OTHER) < LINKED / 2
    assert compare(AGENCY, AGENCY) == pytest.approx(1)


def test_likeness_fades_with_time_but_not_to_nothing() -> None:
    soon, later, late = (compare(AGENCY, PAPER, days) for days in (2, 6, 300))
    assert soon > later > late
    assert late == pytest.approx(LATE * soon)


def test_rare_words_are_keys_and_shorthand_is_not() -> None:
    articles = pa.table({"doc": DOCS[:1], "headline": ["x"], "body": [AGENCY], "language": ["en"]})
    with_shorthand = pa.table(
        {
            "doc": DOCS[:1],
            "headline": ["x"],
            "body": [AGENCY + " Shr 12 cts vs 11 cts, qtly, mln dlrs."],
            "language": ["en"],
        }
    )
    keys = RULES.key(articles).to_pylist()[0]["keys"]
    assert 8 <= len(keys) <= KEYS
    assert keys == RULES.key(with_shorthand).to_pylist()[0]["keys"]


def test_a_few_words_tell_no_story() -> None:
    articles = pa.table({"doc": DOCS[:1], "headline": ["Payout"], "body": ["Pay May 15."], "language": ["en"]})
    assert RULES.key(articles).to_pylist()[0]["keys"] == []
