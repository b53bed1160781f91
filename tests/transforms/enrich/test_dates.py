"""Time expressions: what each pattern reads, and how what is left open is resolved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.resources import load_reference
from tests.transforms.enrich.helpers import Named, make_article, make_mentions
from transforms.enrich.dates import DateRules, TimeExpression
from transforms.enrich.dates.granules import Grain, Granule
from transforms.resources import Resources

THURSDAY = date(2021, 12, 2)
EXAMPLES = [
    (row["rule"], row["pattern"], row["example"], row["value"])
    for row in load_reference()["time_patterns"].to_pylist()
    if row["rule"] != "part"
]


def find(resources: Resources, *paragraphs: list[str], on: date | None = THURSDAY) -> list[tuple[str, TimeExpression]]:
    article = replace(make_article(resources, *paragraphs), dateline_on=on)
    return [(article.text[t.start : t.end], t) for t in DateRules.build(resources).find(article)]


def values(resources: Resources, *sentences: str, on: date | None = THURSDAY) -> list[tuple[str, str | None]]:
    return [(text, time.value) for text, time in find(resources, list(sentences), on=on)]


@pytest.mark.parametrize(("rule", "pattern", "example", "value"), EXAMPLES, ids=[e[2] for e in EXAMPLES])
def test_examples_are_read_as_their_row_says(
    resources: Resources, rule: str, pattern: str, example: str, value: str
) -> None:
    text = example.replace("[", "").replace("]", "")
    start, end = example.index("["), example.index("]") - 1
    article = replace(make_article(resources, [text]), dateline_on=THURSDAY)
    found = [t for t in DateRules.build(resources).find(article) if (t.start, t.end) == (start, end)]
    assert [(t.rule, t.value) for t in found] == [(rule, value)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The ministers met on Tuesday.", "2021-11-30"),
        ("The ministers will meet on Tuesday.", "2021-12-07"),
        ("The ministers agreed to meet on Tuesday.", "2021-12-07"),
        ("A meeting is scheduled for Tuesday.", "2021-12-07"),
        ("Crowds gathered to mark the treaty on Tuesday.", "2021-11-30"),
        ("The truce will hold until Tuesday.", "2021-12-07"),
        ("NATO receives a delegation on Tuesday.", "2021-12-07"),
        ("The move follows Tuesday's vote.", "2021-11-30"),
        ("She will be the first woman in office after winning Tuesday's vote.", "2021-11-30"),
        ("He has been missing since Tuesday.", "2021-11-30"),
        ("The ministers met on Thursday.", "2021-12-02"),
        ("The party won the vote in December.", "2021-12"),
        ("The party won the vote in March.", "2021-03"),
        ("The party will face voters in March.", "2022-03"),
        ("Crowds marked Ashura.", "2021-08-18"),
        ("The truce will start before Eid al-Adha.", "2022-07-09"),
        ("Prices rose ahead of the Lunar New Year.", "2021-02-12"),
        ("The Yom Kippur War of 1973 ended.", "1973"),
        ("The ship sank on Dec. 30.", "2021-12-30"),  # eleven months back, four weeks ahead: a slip of the tense
        ("The ship sank on Nov. 30.", "2021-11-30"),
        ("Thai exports in October were down.", "2021-10"),  # no verb, though taggers take it for one
        ("The June contract fell.", "2022-06"),
        ("The key July platinum delivery fell.", "2022-07"),
        ("Rapeseed was sold for June/early July shipment.", "2022-06,2022-07"),
        ("Platinum deliveries fell in July.", "2021-07"),
    ],
)
def test_tense_chooses_between_past_and_future(resources: Resources, sentence: str, value: str) -> None:
    assert [v for _, v in values(resources, sentence)] == value.split(",")


def test_the_same_year_is_that_named_last(resources: Resources) -> None:
    found = values(resources, "Russia annexed Crimea in 2014 and backed separatists the same year.")
    assert found == [("2014", "2014"), ("the same year", "2014")]


def test_days_later_count_from_the_date_named_last(resources: Resources) -> None:
    found = values(resources, "The army seized power on 3 May 1999.", "Two days later the king fled.")
    assert found == [("3 May 1999", "1999-05-03"), ("Two days later", "1999-05-05")]


def test_an_account_of_history_goes_on_from_its_own_dates(resources: Resources) -> None:
    paragraphs = [
        ["The war began in April 1775.", "In June 1775 the armies met."],
        ["Boston fell on March 17, 1776.", "In July the colonies declared independence."],
        ["The last battle was in 1781.", "The treaty was signed in 1783."],
    ]
    article = replace(make_article(resources, *paragraphs), published_on=THURSDAY)
    found = DateRules.build(resources).find(article)
    assert [t.value for t in found] == ["1775-04", "1775-06", "1776-03-17", "1776-07", "1781", "1783"]


def test_a_wire_story_full_of_years_is_no_account_of_history(resources: Resources) -> None:
    years = [f"Output fell in {year} and rose in {year + 1}." for year in range(1980, 1990, 2)]
    found = find(resources, [*years, "The minister told reporters so this morning, and again last July."])
    assert [t.value for _, t in found][-2:] == ["2021-12-02TMO", "2021-07"]


def test_a_year_earlier_is_read_from_the_latest_month_spoken_of(resources: Resources) -> None:
    found = values(resources, "Prices fell in October from September, and by 9 percent from a year earlier.")
    assert found[-1] == ("a year earlier", "2020-10")


def test_without_any_date_of_its_own_an_article_leaves_open_what_it_leaves_open(resources: Resources) -> None:
    found = find(resources, ["The ministers met on Tuesday and last month.", "They met in May."], on=None)
    assert [(t.value, t.starts_on) for _, t in found] == [("XXXX-WXX-2", None), (None, None), ("XXXX-05", None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The march to the capital may go on.",
        "He earned 2000 roubles and 1800 shares.",
        "The fall of the city was sudden.",
        "The 34-year-old man is 52 years old.",
        "It was signed on February 30, 2021.",
        "Flight 1987 was late.",
        "A second minister spring to his defence.",
    ],
)
def test_what_tells_no_time(resources: Resources, sentence: str) -> None:
    assert [t for _, t in find(resources, [sentence]) if t.starts_on is not None] == []


def test_names_tell_no_time(resources: Resources) -> None:
    article = replace(make_article(resources, ["The Sunday Times said so on Monday."]), dateline_on=THURSDAY)
    names = make_mentions(article, Named("Sunday Times", "organisation:sunday-times", "Sunday Times"))
    found = DateRules.build(resources).find(article, names)
    assert [article.text[t.start : t.end] for t in found] == ["Monday"]


def test_periods_have_their_first_and_last_day(resources: Resources) -> None:
    found = find(resources, ["Prices rose last week, in March, in 2014, in the 1990s and for three weeks."])
    assert [(t.starts_on, t.ends_on) for _, t in found] == [
        (date(2021, 11, 22), date(2021, 11, 28)),
        (date(2021, 3, 1), date(2021, 3, 31)),
        (date(2014, 1, 1), date(2014, 12, 31)),
        (date(1990, 1, 1), date(1999, 12, 31)),
        (None, None),
    ]


WORDS = """
    on in the last next May March Monday 5 12 1999 2021 weeks year ago later - , 's first quarter half of BC a few
    noon p.m. today night mid-May 1914-18 third-quarter Easter every now 31 February hours and two times to between
    0.2 35.0 1.5 minutes minute months decade through from 10:30 a.m. day-long 0 several fiscal
    contract century end turn Ramadan past week weekend Dec.
"""
COUNT = r"(X|\d+(\.\d+)?)"
LENGTH = "P(?=.)" + "".join(f"({COUNT}{unit})?" for unit in ("DE", "CE", "Y", "Q", "M", "W", "D"))
LENGTH += "(T(?=.)" + "".join(f"({COUNT}{unit})?" for unit in "HMS") + ")?"
PERIOD = r"[\dX]{2,4}(-(\d\d|W[\dX]{2}|Q\d|H\d|SP|SU|FA|WI|XX)(-(\d\d?|XX|WE))?)?(T(\d\d:\d\d|[A-Z]{2}))?"
TIMEX = re.compile(rf"{LENGTH}|{PERIOD}|(PAST|PRESENT|FUTURE)_REF|BC\d{{2,4}}(-\d\d|-[A-Z]{{2}})?")
DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2800, 12, 31))


@given(st.sampled_from(Grain), DAYS)
def test_the_period_that_holds_a_day_begins_and_ends_around_it(grain: Grain, day: date) -> None:
    period = Granule.holding(grain, day)
    assert period.starts_on <= period.ends_on
    if grain is not Grain.WEEKEND:  # which is part of a week
        assert period.starts_on <= day <= period.ends_on


@given(st.sampled_from([g for g in Grain if g is not Grain.WEEKEND]), DAYS, st.integers(-300, 300))
def test_periods_follow_one_another_without_a_gap(grain: Grain, day: date, by: int) -> None:
    period = Granule.holding(grain, day)
    assert period.shift(1).starts_on == period.ends_on + timedelta(days=1)
    if grain not in (Grain.DECADE, Grain.CENTURY):
        assert period.shift(by).shift(-by) == period


@given(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14), st.sampled_from((THURSDAY, date.min, date.max))
)
def test_any_row_of_words_gives_spans_in_order_and_days_that_exist(words: list[str], on: date) -> None:
    from flows.resources import load_resources

    text = " ".join(words)
    found = find(load_resources(), [text], on=on)
    assert all(shown == text[t.start : t.end] for shown, t in found)
    assert all(a.end <= b.start for (_, a), (_, b) in pairwise(found))
    for _, time in found:
        assert (time.starts_on is None) == (time.ends_on is None)
        assert time.starts_on is None or time.ends_on is None or time.starts_on <= time.ends_on
        assert time.value is None or TIMEX.fullmatch(time.value)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It is payable to holders of record June one.", [("June one", "2022-06-01")]),
        ("The post begins on January one, 2023.", [("January one, 2023", "2023-01-01")]),
        ("In March nine people died.", [("March", "2021-03")]),
        ("Since March nine people died.", [("March", "2021-03")]),
        ("Feb one hundred lots were sold.", []),
        ("It was bought this past weekend.", [("this past weekend", "2021-W47-WE")]),
        ("It comes as part of the 2022 budget.", [("2022", "2022")]),
        ("Under the five year pact, it flew daily.", [("the five year", "P5Y"), ("daily", "P1D")]),
        ("Stocks rose in the week ended Nov. 26.", [("the week", "P1W"), ("Nov. 26", "2021-11-26")]),
        ("The town was founded at the turn of the century.", [("the turn of the century", "2000")]),
    ],
)
def test_what_real_copy_says_of_time(
    resources: Resources, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    assert values(resources, sentence) == expected


def test_a_holiday_that_lasts_has_its_days_and_no_value(resources: Resources) -> None:
    ((text, time),) = find(resources, ["Fighting eased during Ramadan."])
    assert (text, time.value, time.starts_on, time.ends_on) == (
        "Ramadan",
        None,
        date(2021, 4, 13),
        date(2021, 5, 12),
    )
    ((_, time),) = find(resources, ["The feast begins with Hanukkah."], on=date(2024, 12, 20))
    assert (time.starts_on, time.ends_on) == (date(2024, 12, 26), date(2025, 1, 2))
    assert find(resources, ["They fasted during Ramadan."], on=date(1800, 1, 1)) == []  # beyond the tables


def test_a_sum_is_of_a_unit_and_its_parts(resources: Resources) -> None:
    assert values(resources, "The call lasted two hours and 20 minutes.", "The leave is a year and six months.") == [
        ("two hours and 20 minutes", "PT2H20M"),
        ("a year and six months", "P1Y6M"),
    ]
    assert [v for _, v in values(resources, "Exposure ran from 0.2 hours to 35.0 hours.")] == ["PT12M", "PT35H"]


@pytest.mark.parametrize(
    "words", ["at least", "more than", "about", "some", "the early", "a few", "March 5", "no more than"]
)
def test_words_in_a_row_cost_no_more_than_their_number(resources: Resources, words: str) -> None:
    found = find(resources, [" ".join([words] * 400) + " 12 days ago."])  # a pattern that tries all ways never ends
    assert found[-1][1].value == "2021-11-20"
