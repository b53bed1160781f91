from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
import pytest

from flows.resources import load_resources
from transforms.relate.copies import CopyRules

RULES = CopyRules(load_resources())
DAY = datetime(2025, 11, 3)
STORY = (
    "The ferry Solvind ran aground off Hestøy at 4.20 on Monday with 112 people on board, the coast guard said. "
    "Captain Jon Vik had turned north to let a tanker pass when the ship struck a shoal that is not on the charts. "
    "All passengers were taken off by boat before noon, and 9 of them were brought to the clinic at Varnholm. "
    "The owner, Skarn Lines, said that divers would look at the hull on Wednesday and that no oil had been seen. "
    "It was the third grounding in the strait since 2019, and fishermen have asked for a new light on the shoal."
)
PARTS = STORY.split(". ")
WITH_A_SENTENCE = [PARTS[0], PARTS[2], "The mayor of Varnholm thanked the crews of the boats", *PARTS[3:]]


def template(name: str, place: str, rate: str) -> str:
    return (
        f"The bank said on Monday that its governors had met in {place} and left the rate at {rate} per cent, as all "
        f"the economists who had been asked by this agency had foreseen. {name}, who leads the bank, told reporters "
        "after the meeting that prices would be watched closely and that the next step could go either way."
    )


def read(*articles: tuple[str, str | None, datetime | None]) -> pa.Table:
    return pa.table(
        {
            "doc": pa.array(range(len(articles)), pa.int32()),
            "headline": pa.array([headline for _, headline, _ in articles], pa.string()),
            "body": [body for body, _, _ in articles],
            "published_at": pa.array([published_at for _, _, published_at in articles], pa.timestamp("us")),
        }
    )


def compare(
    one: str, other: str, days: float | None = 0.5, headlines: tuple[str, str] = ("A", "B")
) -> dict[str, object]:
    later = None if days is None else DAY + timedelta(days=days)
    articles = read((other, headlines[1], later), (one, headlines[0], DAY))
    keyed = articles.append_column("profile", RULES.key(articles)["profile"])
    pairs = pa.table({"doc": pa.array([0], pa.int32()), "other": pa.array([1], pa.int32())})
    return dict(RULES.compare(pairs, keyed).to_pylist()[0])


@pytest.mark.parametrize(
    ("other", "days"),
    [
        (STORY, 20.0),
        (STORY.replace("Monday", "Monday morning").replace("ran aground", "grounded"), 1.0),
        (". ".join(PARTS[:2]), 1.0),
        (". ".join(PARTS[:2]), None),
        (". ".join(WITH_A_SENTENCE), 2.0),
    ],
    ids=["republished late", "edited", "cut", "cut and undated", "a part dropped and a sentence put in"],
)
def test_a_copy_is_told(other: str, days: float | None) -> None:
    assert compare(STORY, other, days)["is_linked"]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (template("Ann Lake", "Bergen", "4.25"), template("Kari Moen", "Oslo", "3.75"), 1.0),
        (STORY, ". ".join(PARTS[:2]), 9.0),
        (STORY, "A new light will stand on the shoal off Hestøy by May, the harbour board said. " + PARTS[4], 1.0),
        ("Payout 12 cents against 12 cents. Pay May 15.", "Payout 12 cents against 11. Pay June 3.", 0.1),
    ],
    ids=["a template", "a serial's next", "shared background", "too short"],
)
def test_what_looks_like_a_copy_is_none(one: str, other: str, days: float) -> None:
    assert not compare(one, other, days)["is_linked"]


def test_a_short_text_is_known_by_its_headline() -> None:
    body = "Quarterly payout 12 cents against 12 cents. Pay May 15."
    same, other = ("Fjord Steel sets payout for spring quarter", "Skarn Paper holds its dividend at last year's")
    assert compare(body, body, headlines=(same, same))["is_linked"]
    assert not compare(body, body, headlines=(same, other))["is_linked"]


def test_how_much_was_kept_and_added() -> None:
    cut = compare(STORY, ". ".join(PARTS[:2]))
    assert cut["added"] == 0
    assert cut["kept"] == cut["similarity"]
    assert 0.3 < float(str(cut["kept"])) < 0.5
    longer = compare(". ".join(PARTS[:2]), STORY)
    assert (longer["kept"], longer["added"]) == (1, pytest.approx(1 - float(str(cut["kept"]))))


def test_keys_of_a_cut_are_among_those_of_the_whole() -> None:
    rows = RULES.key(read((STORY, None, DAY), (". ".join(PARTS[:3]), None, DAY), ("", None, DAY))).to_pylist()
    assert len(set(rows[0]["keys"]) & set(rows[1]["keys"])) >= 3
    assert rows[2]["keys"] == []
