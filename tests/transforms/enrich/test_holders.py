"""An attitude needs somebody who holds it; speech is speech, whoever is its source."""

from __future__ import annotations

import pytest

from tests.transforms.enrich.helpers import Named, make_article, make_mentions
from transforms.enrich.holders import HolderRules
from transforms.enrich.quotes import QuoteRules
from transforms.resources import Resources
from warehouse.contract.codes import Attitude, BlockKind

IRAQ = Named("Iraq", "country:IRQ", "Iraq", None, "IRQ", "n")


@pytest.mark.parametrize(
    ("sentence", "is_kept"),
    [
        ("The minister backed the plan.", True),
        ("Iraq backed the plan.", True),
        ("He backed the plan.", True),
        ("The survey showed a gain.", True),
        ("Iraq, which backed the plan, left.", True),
        ("The storm threatens the harvest.", False),
        ("The last winter threatens the harvest.", False),
    ],
)
def test_holders(resources: Resources, sentence: str, is_kept: bool) -> None:
    article = make_article(resources, [sentence])
    quotes = QuoteRules.build(resources).find(article)
    assert quotes
    kept = HolderRules.build(resources).select(article, quotes, make_mentions(article, IRAQ))
    assert bool(kept) is is_kept


@pytest.mark.parametrize(
    ("headline", "is_kept"),
    [
        ("Iraq: Harvest to be small", True),
        ("Harvest to be small - minister", True),
        ("Factbox: Countries with small harvests", False),
        ("Soccer: Norwegian teams to meet in May", False),
    ],
)
def test_labels_of_headlines(resources: Resources, headline: str, is_kept: bool) -> None:
    article = make_article(resources, [headline], kind=BlockKind.HEADLINE)
    quotes = QuoteRules.build(resources).find(article)
    kept = HolderRules.build(resources).select(article, quotes, make_mentions(article, IRAQ))
    assert bool(kept) is is_kept


def test_pieces_keep_their_order(resources: Resources) -> None:
    article = make_article(resources, ["The storm threatens the harvest.", "“We wait,” Ana Ruiz said, “and we hope.”"])
    quotes = QuoteRules.build(resources).find(article)
    kept = HolderRules.build(resources).select(article, quotes, [])
    assert [article.text[q.start : q.end] for q in kept] == ["We wait,", "and we hope."]
    assert [q.continues for q in kept] == [None, 0]


@pytest.mark.parametrize(
    ("sentence", "attitude"),
    [
        ("The union called for higher wages.", Attitude.DEMAND),
        ("The union called the offer an insult.", Attitude.SAY),
        ("The union said the offer was low.", Attitude.SAY),
        ("The union plans to strike.", Attitude.INTEND),
    ],
)
def test_attitudes(resources: Resources, sentence: str, attitude: Attitude) -> None:
    (quote,) = QuoteRules.build(resources).find(make_article(resources, [sentence]))
    assert quote.attitude is attitude
