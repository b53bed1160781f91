"""Who did what to whom: sides, status, day and place of acts, and what is no act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.enrich.eventing import Told, find_events, teller
from transforms.resources import Resources

Tell = Callable[..., list[Told]]


@pytest.fixture(scope="module")
def tell(resources: Resources) -> Tell:
    return teller(resources)


def sides(found: list[Told], root: str) -> set[tuple[str | None, str | None]]:
    return {(told.source, told.target) for told in found if told.coded.startswith(root)}


@pytest.mark.parametrize(
    ("text", "root", "expected"),
    [
        (
            "Turkish police detained a Syrian journalist in Ankara.",
            "COERCE",
            {("Turkish police", "a Syrian journalist")},
        ),
        (
            "A Syrian journalist was detained by Turkish police in Ankara.",
            "COERCE",
            {("Turkish police", "A Syrian journalist")},
        ),
        ("Israel launched an attack on Iran on Friday.", "ASSAULT", {("Israel", "Iran")}),
        ("Russia's annexation of Crimea came in 2014.", "ASSAULT", {("Russia", "Crimea")}),
        ("Talks between Serbia and Kosovo resumed on Monday.", "CONSULT", {("Serbia", "Kosovo"), ("Kosovo", "Serbia")}),
        (
            "Serbia and Hungary signed an agreement on Monday.",
            "SUPPORT",
            {("Serbia", "Hungary"), ("Hungary", "Serbia")},
        ),
        (
            "Officials said that Rwandan troops shelled the town of Goma.",
            "ASSAULT",
            {("Rwandan troops", "the town of Goma")},
        ),
        (
            "Rebels attacked a base and abducted two Kenyan soldiers.",
            "ASSAULT/abduct",
            {("Rebels", "two Kenyan soldiers")},
        ),
        ("Norway rejected every offer made by the Taliban.", "REJECT", {("Norway", "the Taliban")}),
        (
            "Chechen gunmen took hundreds of schoolchildren hostage.",
            "ASSAULT",
            {("Chechen gunmen", "hundreds of schoolchildren")},
        ),
        ("At least 81 people were killed by rebels in Congo.", "ASSAULT", {("rebels", "81 people")}),
    ],
)
def test_sides_stand_in_the_clause_of_the_act(
    tell: Tell, text: str, root: str, expected: set[tuple[str | None, str | None]]
) -> None:
    assert sides(tell(text), root) == expected


@pytest.mark.parametrize(
    ("text", "root", "status"),
    [
        ("North Korea shelled a South Korean island.", "ASSAULT", "occurred"),
        ("Egyptian and Sudanese ministers are meeting their Ethiopian counterparts.", "CONSULT", "ongoing"),
        ("Russia could launch another attack on Ukraine.", "ASSAULT", "hypothetical"),
        ("If Russia attacks Ukraine, Poland will protest.", "ASSAULT", "hypothetical"),
        ("Turkish troops did not attack the Kurdish militia.", "ASSAULT", "denied"),
        ("Turkey plans to arrest the rebels.", "COERCE", "planned"),
        ("The premier will meet the Polish president on Monday.", "CONSULT", "planned"),
        ("Washington urged Israel to release the prisoners.", "RETREAT", "demanded"),
        ("The army denied that soldiers killed the villagers.", "ASSAULT", "denied"),
        ("Officials fear an attack by rebels on the capital.", "ASSAULT", "hypothetical"),
        ("There were no talks between Iran and Iraq.", "CONSULT", "denied"),
    ],
)
def test_status_says_whether_it_happened(tell: Tell, text: str, root: str, status: str) -> None:
    assert {told.status for told in tell(text) if told.coded.startswith(root)} == {status}


@pytest.mark.parametrize(
    ("text", "coded"),
    [
        ("Norway will send aid to Malawi.", "AGREE"),
        ("Moscow vowed to crush the rebels.", "THREATEN/violence/138"),
        ("Pretoria will not release the prisoners.", "REJECT/yield"),
        ("Minsk threatened to impose sanctions on Lithuania.", "THREATEN/ban/1312"),
    ],
)
def test_what_is_only_said_to_come_is_coded_as_what_is_said(tell: Tell, text: str, coded: str) -> None:
    found = tell(text)
    assert [told for told in found if told.coded.startswith(coded) and told.status == "occurred"], found


def test_the_day_is_that_of_the_clause_of_its_governor_or_of_the_news(tell: Tell) -> None:
    day = date(2022, 1, 14)
    found = tell(
        "Moscow annexed Crimea in 2014 and backed the rebels in Donbas.\nOn Monday Warsaw criticized Moscow.",
        headline="Poland criticizes Russia",
        dateline_on=day,
    )
    dated = {(told.coded.partition("/")[0], told.basis, told.starts_on) for told in found}
    assert ("ASSAULT", "clause", date(2014, 1, 1)) in dated
    assert ("SUPPORT", "governing clause", date(2014, 1, 1)) in dated
    assert ("ACCUSE", "dateline", day) in dated
    assert ("ACCUSE", "clause", date(2022, 1, 10)) in dated


def test_background_without_a_day_has_none(tell: Tell) -> None:
    lines = [
        "Warsaw criticized Moscow.",
        "A deal was near.",
        "It was late.",
        "It rained.",
        "Georgian rebels attacked a base.",
    ]
    found = tell("\n".join(lines), dateline_on=date(2022, 1, 14))
    assert [told.basis for told in found if told.coded.startswith("ASSAULT")] == [None]


def test_the_place_is_that_of_the_clause(tell: Tell) -> None:
    found = tell("Turkish police arrested a Kurdish lawyer in Diyarbakir.")
    assert [told.place for told in found] == ["Diyarbakır"]


@pytest.mark.parametrize(
    "text",
    [
        "The champions signed a striker from Porto.",
        "Arsenal beat Chelsea on Saturday.",
        "The minister attacked the problem with vigor.",
        "Shares fell under pressure on Monday.",
        "The storm hit the coast on Friday.",
        "The film struck a chord with viewers.",
        "Acme Corp signed an agreement with Bolt Inc on Monday.",
        "The company offered to buy its rival for two billion dollars.",
        "A trade war between the two firms dragged on.",
        "The board rejected the bid on Tuesday.",
        "An earthquake killed 20 villagers on Sunday.",
        "Analysts recommend that investors buy the shares.",
    ],
)
def test_sport_markets_and_metaphor_are_no_events(tell: Tell, text: str) -> None:
    assert tell(text) == []


WORDS = (
    "Iran",
    "attacked",
    "the rebels",
    "and",
    "said",
    "that",
    "talks",
    "with",
    "between",
    "by",
    "to",
    "refused",
    "meet",
)
PIECES = st.sampled_from(
    (*WORDS, "“", "”", ",", ".", "(", "'s", "on Monday", "was", "killed", "will not", "in 2014", "sanctions on")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_text_is_read_and_every_span_is_within_its_clause(resources: Resources, text: str) -> None:
    article, events = find_events(resources, text)
    assert find_events(resources, text)[1] == events
    by_no = {sentence.no: sentence for sentence in article.sentences}
    for event in events:
        assert event.source or event.target
        start, end = event.clause
        sentence = by_no[event.sentence_no]
        assert sentence.start <= start <= event.trigger[0] < event.trigger[1] <= end <= sentence.end
        for side in (event.source, event.target):
            assert side is None or start <= side.start < side.end <= end
