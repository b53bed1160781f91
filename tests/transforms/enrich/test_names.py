from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.enrich.helpers import make_article, make_lines
from transforms.enrich.article import Article, Mention
from transforms.enrich.names import NameRules
from transforms.resources import Resources
from warehouse.contract.codes import BlockKind


@pytest.fixture(scope="module")
def names(resources: Resources) -> NameRules:
    return NameRules.build(resources)


def list_names(article: Article, mentions: list[Mention]) -> list[tuple[str, str]]:
    """Text and type of each mention."""
    return [(article.text[m.start : m.end], str(m.entity_type)) for m in mentions]


def find(names: NameRules, resources: Resources, *sentences: str) -> tuple[Article, list[Mention]]:
    article = make_article(resources, sentences)
    return article, names.find(article)


def by_text(article: Article, mentions: list[Mention]) -> dict[str, Mention]:
    """The last mention of each text."""
    return {article.text[m.start : m.end]: m for m in mentions}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Norwegian Prime Minister Ingrid Halvorsen flew to Lisbon.",
            [("Norwegian", "country"), ("Ingrid Halvorsen", "person"), ("Lisbon", "place")],
        ),
        ("Shares of Blandford Widgets Inc fell.", [("Blandford Widgets Inc", "organisation")]),
        ("The Ministry of Defence denied it.", [("Ministry of Defence", "organisation")]),
        ("She taught at the University of Turku.", [("University of Turku", "organisation")]),
        ("Harrowby and Sons closed on Monday.", [("Harrowby and Sons", "organisation")]),
        ("He landed at Tarrow Airport in May.", [("Tarrow Airport", "place")]),
        ("The World Cup begins in June.", []),
        ("A Kenyan farmer won the Nobel Prize.", [("Kenyan", "country")]),
        ("It was a Serb-controlled village.", []),
        ("Give it to us, he said.", []),
        ("The US signed.", [("US", "country")]),
        ("Mark Brown and Bill Gates met.", [("Mark Brown", "person"), ("Bill Gates", "person")]),
        ("He met Gen. Ivo Brandt and Lt. Col. Tess Moor.", [("Ivo Brandt", "person"), ("Tess Moor", "person")]),
        ("Many people left Western Ukraine.", [("Western Ukraine", "place")]),
        ("Police said nothing.", []),
        ("UN envoy Jan Egerton left in January.", [("UN", "organisation"), ("Jan Egerton", "person")]),
        ("The index .QQX and Quorvex (QVX.O) fell.", [("Quorvex", "organisation")]),
    ],
)
def test_names_are_found_with_their_type(
    names: NameRules, resources: Resources, sentence: str, expected: list[tuple[str, str]]
) -> None:
    article, mentions = find(names, resources, sentence)
    assert list_names(article, mentions) == expected


def test_surnames_follow_the_full_name(names: NameRules, resources: Resources) -> None:
    article, mentions = find(
        names, resources, "Chilean Finance Minister Rosa Valdivieso resigned.", "Valdivieso said she was tired."
    )
    last = mentions[-1]
    assert article.text[last.start : last.end] == "Valdivieso"
    assert (last.entity_id, last.role, last.country, last.gender, last.name) == (
        "person:rosa-valdivieso", "Finance Minister", "CHL", "f", "Rosa Valdivieso",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "name", "role", "country"),
    [
        ("Ingrid Halvorsen, the Norwegian prime minister, left.", "Ingrid Halvorsen", "prime minister", "NOR"),
        ("Norway's prime minister, Ingrid Halvorsen, left.", "Ingrid Halvorsen", "prime minister", "NOR"),
        ("The president of Finland, Aino Lahtela, left.", "Aino Lahtela", "president", "FIN"),
        ("Kremlin spokesman Oleg Baturin left.", "Oleg Baturin", "spokesman", "RUS"),
        ("NATO Secretary-General Joos Verbeek left.", "Joos Verbeek", "Secretary-General", None),
        ("Sen. Dana Holloway (R-Ohio) left.", "Dana Holloway", "Sen.", "USA"),
        ("Peru's Rosa Valdivieso won.", "Rosa Valdivieso", None, "PER"),
        ("Rosa Valdivieso of Peru won.", "Rosa Valdivieso", None, "PER"),
        ("Bob Harrowby, 54, a farmer, left.", "Bob Harrowby", "farmer", None),
    ],
)
def test_introductions_give_office_and_country(
    names: NameRules, resources: Resources, sentence: str, name: str, role: str | None, country: str | None
) -> None:
    article, mentions = find(names, resources, sentence)
    found = by_text(article, mentions)[name]
    assert (found.role, found.country) == (role, country)


def test_counterparts_hold_the_office_of_the_other_side(names: NameRules, resources: Resources) -> None:
    article, mentions = find(
        names, resources, "Chilean Finance Minister Rosa Valdivieso met her Bolivian counterpart Hugo Quiroga."
    )
    found = by_text(article, mentions)["Hugo Quiroga"]
    assert (found.role, found.country) == ("Finance Minister", "BOL")


def test_namesakes_stay_apart(names: NameRules, resources: Resources) -> None:
    article, mentions = find(
        names,
        resources,
        "Peter Marlowe and Helen Marlowe run the farm.",
        "Mrs. Marlowe keeps bees.",
        "Marlowe laughed.",
    )
    ids = [m.entity_id for m in mentions]
    assert ids == ["person:peter-marlowe", "person:helen-marlowe", "person:helen-marlowe", None]
    assert article.text[mentions[2].start : mentions[2].end] == "Marlowe"


def test_a_bare_surname_is_linked_only_behind_a_form_of_address(names: NameRules, resources: Resources) -> None:
    _, titled = find(names, resources, "The bank was sued by Mr. Quillfeather.", "Quillfeather said so.")
    _, bare = find(names, resources, "The bank was sued, Quillfeather said.")
    assert [m.entity_id for m in titled] == ["person:quillfeather", "person:quillfeather"]
    assert [m.entity_id for m in bare] == [None]


def test_acronyms_are_joined_with_their_long_form(names: NameRules, resources: Resources) -> None:
    article, mentions = find(
        names,
        resources,
        "The Organisation of Blue Harbours (OBH) met.",
        "OBH officials agreed.",
        "The Organization for Security and Cooperation in Europe (OSCE) did not.",
    )
    assert [(article.text[m.start : m.end], m.entity_id, str(m.kind)) for m in mentions] == [
        ("Organisation of Blue Harbours", "organisation:organisation-of-blue-harbours", "name"),
        ("OBH", "organisation:organisation-of-blue-harbours", "acronym"),
        ("OBH", "organisation:organisation-of-blue-harbours", "acronym"),
        ("Organization for Security and Cooperation in Europe", "organisation:osce", "name"),
        ("OSCE", "organisation:osce", "acronym"),
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "entity_id"),
    [
        ("The envoy said Moscow would not agree.", "metonym", "country:RUS"),
        ("Talks between Kyiv and Moscow stalled.", "metonym", "country:RUS"),
        ("Crowds gathered in Moscow.", "name", "place:moscow"),
        ("A Moscow court ruled.", "name", "place:moscow"),
        ("She lives in Moscow, Russia.", "name", "place:moscow"),
        ("He cut short a trip to Moscow.", "name", "place:moscow"),
        ("They flew from Kyiv to Moscow.", "name", "place:moscow"),
        ("The mayor of Moscow resigned.", "name", "place:moscow"),
        ("Relations between Moscow and Paris cooled.", "metonym", "country:RUS"),
        ("Offices in Berlin and Moscow closed.", "name", "place:moscow"),
        ("Agreements with Berlin and Moscow lapsed.", "metonym", "country:RUS"),
        ("The Moscow metro stood still.", "name", "place:moscow"),
    ],
)
def test_capitals_are_governments_or_places(
    names: NameRules, resources: Resources, sentence: str, kind: str, entity_id: str
) -> None:
    article, mentions = find(names, resources, sentence)
    found = by_text(article, mentions)["Moscow"]
    assert (str(found.kind), found.entity_id) == (kind, entity_id)


def test_names_in_lower_case_as_scraped(names: NameRules, resources: Resources) -> None:
    article, mentions = find(names, resources, "Supplies encouraged kyiv to fight.", "He bought china in a nice shop.")
    assert [(article.text[m.start : m.end], m.entity_id) for m in mentions] == [("kyiv", "country:UKR")]


def test_one_sense_in_an_article(names: NameRules, resources: Resources) -> None:
    article, mentions = find(names, resources, "Marcus Jordan scored twice.", "Jordan was happy.")
    assert by_text(article, mentions)["Jordan"].entity_id == "person:marcus-jordan"
    article, mentions = find(names, resources, "Jordan signed the treaty.")
    assert by_text(article, mentions)["Jordan"].entity_id == "country:JOR"


def test_state_bodies_belong_to_the_country_before_them(names: NameRules, resources: Resources) -> None:
    article, mentions = find(names, resources, "The Peruvian Foreign Ministry agreed.")
    found = by_text(article, mentions)["Foreign Ministry"]
    assert (found.entity_id, found.country) == ("organisation:peruvian-foreign-ministry", "PER")


def test_photo_credits_behind_captions_are_no_names(names: NameRules, resources: Resources) -> None:
    caption = "Rosa Valdivieso waves in Lima, May 4, 2021. REUTERS/Petra Lindqvist/Pool"
    article = make_lines(resources, (BlockKind.CAPTION, caption), (BlockKind.BODY, "Petra sang."))
    assert ("Petra Lindqvist", "person") not in list_names(article, names.find(article))
    article = make_lines(resources, (BlockKind.CAPTION, "Rosa Valdivieso waves. (AP Photo/Petra Lindqvist)"))
    assert list_names(article, names.find(article)) == [("Rosa Valdivieso", "person")]


def test_lines_in_capitals_take_the_names_of_the_article(names: NameRules, resources: Resources) -> None:
    article = make_lines(
        resources,
        (BlockKind.HEADLINE, "VALDIVIESO BACKS QUORVEX BID IN CHILE"),
        (BlockKind.DATELINE, "SANTIAGO, Chile, May 4 (Reuters) -"),
        (BlockKind.BODY, "Minister Rosa Valdivieso backed a bid by Quorvex Corp on Tuesday."),
    )
    assert list_names(article, names.find(article)) == [
        ("VALDIVIESO", "person"),
        ("QUORVEX", "organisation"),
        ("CHILE", "country"),
        ("SANTIAGO", "place"),
        ("Chile", "country"),
        ("Rosa Valdivieso", "person"),
        ("Quorvex Corp", "organisation"),
    ]


def test_results_name_clubs_and_athletes(names: NameRules, resources: Resources) -> None:
    article = make_lines(
        resources,
        (BlockKind.HEADLINE, "SOCCER - WEEKEND RESULTS"),
        (BlockKind.BODY, "Results of league matches on Sunday:"),
        (BlockKind.BODY, "Lisbon Mariners 2 Porto Nova 1"),
        (BlockKind.BODY, "Toulouse 4 3 1 0 9 3 10"),
        (BlockKind.BODY, "Denmark 2 (Bruhn 12, Kvist 80) Peru 0"),
        (BlockKind.BODY, "1. Marek Dolezal (Slovakia) 3 hours"),
    )
    assert list_names(article, names.find(article)) == [
        ("Lisbon Mariners", "organisation"),
        ("Porto Nova", "organisation"),
        ("Toulouse", "organisation"),
        ("Denmark", "country"),
        ("Bruhn", "person"),
        ("Kvist", "person"),
        ("Peru", "country"),
        ("Marek Dolezal", "person"),
        ("Slovakia", "country"),
    ]


def test_an_office_in_the_plural_holds_for_all_names_behind_it(names: NameRules, resources: Resources) -> None:
    article, mentions = find(names, resources, "Sens. Dana Holloway (R-Ohio) and Petra Quill (D-Iowa) left.")
    found = by_text(article, mentions)
    assert {name: (m.role, m.country) for name, m in found.items()} == {
        "Dana Holloway": ("Sens.", "USA"),
        "Petra Quill": ("Sens.", "USA"),
    }


def test_members_of_a_party_stand_for_it(names: NameRules, resources: Resources) -> None:
    article, mentions = find(names, resources, "The bill angered Republicans.")
    found = by_text(article, mentions)["Republicans"]
    assert (str(found.kind), found.entity_id, found.is_plural) == ("demonym", "organisation:republican-party", True)


def test_a_company_is_one_with_and_without_its_form(names: NameRules, resources: Resources) -> None:
    _, mentions = find(names, resources, "Unilever Plc fell.", "Shares of Unilever rose.")
    assert {m.entity_id for m in mentions} == {"organisation:unilever"}
    article, mentions = find(names, resources, "Orion's (ORN.N) shares fell.")
    assert list_names(article, mentions) == [("Orion", "organisation")]
    _, mentions = find(names, resources, "Quorvex Corp fell.", "Shares of Quorvex rose.")
    assert {m.entity_id for m in mentions} == {"organisation:quorvex-corp"}


def test_headlines_with_capitals_on_most_words(names: NameRules, resources: Resources) -> None:
    article = make_lines(
        resources,
        (BlockKind.HEADLINE, "A Curious Plan to Fight Climate Change Worries Valdivieso in Chile"),
        (BlockKind.BODY, "Minister Rosa Valdivieso is worried."),
    )
    assert list_names(article, names.find(article))[:2] == [("Valdivieso", "person"), ("Chile", "country")]


def test_companies_in_headlines_in_capitals(names: NameRules, resources: Resources) -> None:
    article = make_lines(resources, (BlockKind.HEADLINE, "QUORVEX WIDGETS INC <QVXW> BUYS MILL IN PERU"))
    assert list_names(article, names.find(article)) == [("QUORVEX WIDGETS INC", "organisation"), ("PERU", "country")]


@pytest.mark.parametrize("sentence", ["He watched the Tour of Spain.", "Hurricane Petra struck.", "It was Tuesday."])
def test_events_are_no_mentions(names: NameRules, resources: Resources, sentence: str) -> None:
    assert names.find(make_article(resources, [sentence])) == []


# fmt: off
_WORDS = st.sampled_from([
    "the", "of", "and", "The", "Bank", "Ministry", "President", "Mr.", "Rosa", "Valdivieso", "Moscow", "Russian",
    "in", "said", "Inc", "(", ")", ",", ".", "'", "'s", "US", "NATO", "v", "for", "al-Assad", "van", "der", "May",
    "Jordan", "12", "3-1", "COUNCIL", "REUTERS", "/", "-", "—", "“", "”", "St.", "Mount", "&", "Corp.", "AT",
    "counterpart",
])
# fmt: on


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=120), st.sampled_from(list(BlockKind)))
def test_spans_stand_in_order_within_the_text(
    names: NameRules, resources: Resources, text: str, kind: BlockKind
) -> None:
    article = make_lines(resources, (kind, text), (BlockKind.BODY, text))
    mentions = names.find(article)
    ends = [0]
    for mention in mentions:
        assert ends[-1] <= mention.start < mention.end <= len(article.text)
        sentence = article.sentences[mention.sentence_no]
        assert sentence.start <= mention.start
        assert mention.end <= sentence.end
        ends.append(mention.end)
    assert names.find(article) == mentions


@pytest.mark.parametrize(
    "text", ["\u0301", "Bank \u0301 of", "\u00a8 \u037a", "5 \u20dd 4 3 2", "Bank of", "The Bank of the", "("]
)
def test_odd_marks_do_no_harm(names: NameRules, resources: Resources, text: str) -> None:
    for kind in BlockKind:
        names.find(make_lines(resources, (kind, text)))


def test_every_rule_is_declared(names: NameRules, resources: Resources) -> None:
    declared = {row["rule"] for row in resources.reference["rules"].to_pylist() if row["table_name"] == "mentions"}
    article = make_article(resources, ["Russian Foreign Minister Ana Ruiz flew from Paris to NATO with Zorblatt."])
    assert {m.rule for m in names.find(article)} <= declared
