"""Co-reference: descriptions and pronouns point to one party, or to none; who speaks in a quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.transforms.enrich.helpers import Named, make_article, make_mentions
from transforms.enrich.article import Mention, Quote
from transforms.enrich.coreference import CoreferenceRules, Resolution
from transforms.resources import Resources
from warehouse.contract.codes import MentionKind, QuoteKind

RUIZ = Named("Ana Ruiz", "person:ana-ruiz", "Ana Ruiz", "Foreign Minister", "CHL", "f")
RUIZ_ALONE = Named("Ruiz", "person:ana-ruiz", "Ana Ruiz", None, "CHL", "f")
BERG = Named("Nils Berg", "person:nils-berg", "Nils Berg", "Foreign Minister", "NOR", "m")
BERG_ALONE = Named("Berg", "person:nils-berg", "Nils Berg", None, "NOR", "m")
HOLM = Named("Jon Holm", "person:jon-holm", "Jon Holm", "President", "NOR", "m")
NATO = Named("NATO", "organisation:nato", "NATO", kind=MentionKind.ACRONYM, gender="n")
NORWEGIAN = Named("Norwegian", "country:NOR", "Norway", None, "NOR", None, MentionKind.DEMONYM)
BURKINABE = Named("Burkinabè", "country:BFA", "Burkina Faso", None, "BFA", None, MentionKind.DEMONYM)
OSLO = Named("Oslo", "country:NOR", "Norway", None, "NOR", "n", MentionKind.METONYM)
MINISTRY = Named("Ministry of Fisheries", "organisation:ministry-of-fisheries", "Ministry of Fisheries", gender="n")
BUREAU = Named("Ministry of Trade", "organisation:ministry-of-trade", "Ministry of Trade", gender="n")

Resolve = Callable[..., Resolution]


@pytest.fixture
def resolve(resources: Resources) -> Resolve:
    """Resolves paragraphs (each a list of sentences) with these names; quotes as (cue, source, content, kind)."""

    def run(
        paragraphs: Sequence[Sequence[str]], *names: Named, quotes: Sequence[tuple[str | None, str]] = ()
    ) -> Resolution:
        article = make_article(resources, *paragraphs)
        made: list[Quote] = []
        for source, content in quotes:
            start = article.text.index(content)
            sentence = next(s for s in article.sentences if s.start <= start < s.end)
            kind = QuoteKind.DIRECT if article.text[start - 1] == "“" else QuoteKind.INDIRECT
            quote = Quote(sentence.no, kind, start, start + len(content), "test")
            if source is not None:
                at = article.text.index(source, sentence.start)
                quote.source = (at, at + len(source))
            made.append(quote)
        return CoreferenceRules.build(resources).resolve(article, make_mentions(article, *names), made)

    return run


def pointed(resolution: Resolution, kind: MentionKind) -> list[str | None]:
    return [m.entity_id for m in resolution.mentions if m.kind is kind]


def spans(resolution: Resolution, kind: MentionKind) -> list[Mention]:
    return [m for m in resolution.mentions if m.kind is kind]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ([["Nils Berg arrived in Lima.", "He is to meet officials."]], "person:nils-berg"),
        ([["Nils Berg met Ana Ruiz in Lima.", "He left at noon."]], "person:nils-berg"),
        ([["Nils Berg met Ana Ruiz in Lima.", "She left at noon."]], "person:ana-ruiz"),
        ([["Nils Berg arrived."], ["Rain fell on the port."], ["Ships lay there."], ["Snow fell."], ["He left"]], None),
        ([["Nils Berg met Jon Holm in Lima.", "Jon Holm assured him of help."]], "person:nils-berg"),
        ([["Nils Berg said that the port had thanked him."]], "person:nils-berg"),
        ([["The port is full.", "He left at noon."]], None),
        ([["Ana Ruiz arrived in Lima.", "He left at noon."]], None),
        ([["In a letter to Nils Berg and to Jon Holm the port thanked them.", "He left at noon."]], None),
        ([["A farmer met Nils Berg.", "He left at noon."]], None),
    ],
)  # fmt: skip
def test_he_and_she(resolve: Resolve, paragraphs: list[list[str]], expected: str | None) -> None:
    resolution = resolve(paragraphs, RUIZ, BERG, HOLM)
    assert pointed(resolution, MentionKind.PRONOUN) == [expected]


def test_pronouns_in_direct_speech_stay_open(resolve: Resolve) -> None:
    resolution = resolve([["“He will come,” Nils Berg said."]], BERG, quotes=[("Nils Berg", "He will come,")])
    assert pointed(resolution, MentionKind.PRONOUN) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The minister left at noon.", None),  # two of them
        ("The Norwegian minister left at noon.", "person:nils-berg"),
        ("The president left at noon.", "person:jon-holm"),
        ("The vice president left at noon.", None),
        ("A minister left at noon.", None),
    ],
)
def test_offices(resolve: Resolve, sentence: str, expected: str | None) -> None:
    resolution = resolve(
        [["Nils Berg, Ana Ruiz and Jon Holm met."], ["Rain fell.", sentence]], RUIZ, BERG, HOLM, NORWEGIAN
    )
    assert pointed(resolution, MentionKind.TITLE) == ([expected] if expected else [])


def test_an_office_before_its_holder_is_named_is_nobody(resolve: Resolve) -> None:
    resolution = resolve([["The president left."], ["Jon Holm flew to Lima."]], HOLM)
    assert pointed(resolution, MentionKind.TITLE) == []


def test_an_introduction_is_no_description(resolve: Resolve) -> None:
    resolution = resolve([["Norwegian Foreign Minister Nils Berg left."]], BERG, NORWEGIAN)
    assert [m.kind for m in resolution.mentions] == [MentionKind.DEMONYM, MentionKind.NAME]


def test_officials_without_a_name_keep_their_country(resolve: Resolve) -> None:
    resolution = resolve([["A senior Norwegian diplomat met Norwegian officials."]], NORWEGIAN)
    unnamed = spans(resolution, MentionKind.NOMINAL)
    assert [(m.role, m.country, m.entity_id, m.is_plural) for m in unnamed] == [
        ("diplomat", "NOR", None, False),
        ("officials", "NOR", None, True),
    ]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["NATO met in Lima.", "The alliance will decide in May."], ["organisation:nato"]),
        (["The alliance will decide in May.", "NATO met in Lima."], []),
        (["The Ministry of Fisheries met.", "The ministry will decide."], ["organisation:ministry-of-fisheries"]),
        (["The Ministry of Fisheries and the Ministry of Trade met.", "The ministry will decide."], []),
    ],
)
def test_descriptions_of_parties(resolve: Resolve, sentences: list[str], expected: list[str]) -> None:
    resolution = resolve([sentences], NATO, MINISTRY, BUREAU)
    assert [e for e in pointed(resolution, MentionKind.NOMINAL) if e] == expected


def test_it_is_the_party_that_was_the_subject(resolve: Resolve) -> None:
    resolution = resolve([["NATO met in Lima.", "It said that it was ready."]], NATO)
    assert pointed(resolution, MentionKind.PRONOUN) == ["organisation:nato"] * 2


@pytest.mark.parametrize(
    ("source", "sentence", "expected"),
    [
        ("Nils Berg", "Nils Berg said rain fell.", "person:nils-berg"),
        ("Norwegian Premier Nils Berg", "Norwegian Premier Nils Berg said rain fell.", "person:nils-berg"),
        ("Oslo", "Oslo said rain fell.", "country:NOR"),
        ("NATO", "NATO said rain fell.", "organisation:nato"),
        ("A spokesman for Nils Berg", "A spokesman for Nils Berg said rain fell.", None),
        ("Nils Berg and Jon Holm", "Nils Berg and Jon Holm said rain fell.", None),
        ("Nils Berg's spokesman Jon Holm", "Nils Berg's spokesman Jon Holm said rain fell.", "person:jon-holm"),
        ("NATO officials", "NATO officials said rain fell.", None),
        ("Her lawyer, Nils Berg", "Her lawyer, Nils Berg, said rain fell.", "person:nils-berg"),
        ("The envoy to the port, Nils Berg", "The envoy to the port, Nils Berg, said rain fell.", "person:nils-berg"),
        ("An envoy of Jon Holm", "An envoy of Jon Holm said rain fell.", None),
        ("Norwegian officials", "Norwegian officials said rain fell.", None),
    ],
)  # fmt: skip
def test_speaker_is_the_head_of_the_source(resolve: Resolve, source: str, sentence: str, expected: str | None) -> None:
    resolution = resolve([[sentence]], BERG, HOLM, NATO, OSLO, NORWEGIAN, quotes=[(source, "rain fell")])
    assert resolution.speakers[0].entity_id == expected


def test_an_envoy_is_not_of_where_he_is_sent(resolve: Resolve) -> None:
    resolution = resolve(
        [["The NATO envoy for Oslo said rain fell."]], NATO, OSLO, quotes=[("The NATO envoy for Oslo", "rain fell")]
    )
    assert resolution.speakers[0] == (None, None, "organisation:nato")


def test_what_is_known_of_an_unnamed_source(resolve: Resolve) -> None:
    resolution = resolve(
        [["Norwegian officials said rain fell.", "NATO officials said snow fell."]],
        NATO,
        NORWEGIAN,
        quotes=[("Norwegian officials", "rain fell"), ("NATO officials", "snow fell")],
    )
    assert [(s.entity_id, s.country, s.organisation_id) for s in resolution.speakers] == [
        (None, "NOR", None),
        (None, None, "organisation:nato"),
    ]


def test_he_after_a_quote_is_its_speaker(resolve: Resolve) -> None:
    resolution = resolve(
        [["“Rain fell,” Nils Berg told Jon Holm."], ["“Snow fell,” he said."]],
        BERG,
        HOLM,
        quotes=[("Nils Berg", "Rain fell,"), ("he", "Snow fell,")],
    )
    assert [s.entity_id for s in resolution.speakers] == ["person:nils-berg"] * 2


def test_surnames_and_full_names_are_one_speaker(resolve: Resolve) -> None:
    resolution = resolve(
        [["Nils Berg said rain fell."], ["Berg said snow fell."]],
        BERG,
        BERG_ALONE,
        quotes=[("Nils Berg", "rain fell"), ("Berg", "snow fell")],
    )
    assert {s.entity_id for s in resolution.speakers} == {"person:nils-berg"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Norwegian government met.", ["country:NOR"]),
        ("Nils Berg's cabinet met.", ["country:NOR"]),
        ("The government met.", []),
        ("The Norwegian government building burned.", []),
    ],
)
def test_a_government_is_its_state(resolve: Resolve, sentence: str, expected: list[str]) -> None:
    resolution = resolve([[sentence]], BERG, NORWEGIAN)
    assert [m.entity_id for m in resolution.mentions if m.rule == "description.government"] == expected


def test_who_is_the_name_before_it(resolve: Resolve) -> None:
    resolution = resolve([["A letter came from Nils Berg, who said rain fell."]], BERG, quotes=[("who", "rain fell")])
    assert resolution.speakers[0].entity_id == "person:nils-berg"


def test_it_said_is_not_who_is_spoken_of(resolve: Resolve) -> None:
    resolution = resolve(
        [["NATO met in Lima."], ["Oslo was ready, it said."]], NATO, OSLO, quotes=[("it", "Oslo was ready")]
    )
    assert resolution.speakers[0].entity_id == "organisation:nato"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["The Norwegian fisheries ministry met."], ["organisation:norwegian-fisheries-ministry"]),
        (["The Burkinabè defence ministry met."], ["organisation:burkinabe-defence-ministry"]),
        (["The health ministry met.", "The ministry was full."], ["organisation:health-ministry"] * 2),
        (["The ministry was full."], []),
        (["The Norwegian central bank met."], ["organisation:norges-bank"]),
        (["A central bank met."], []),
    ],
)
def test_bodies_of_a_state(resolve: Resolve, sentences: list[str], expected: list[str]) -> None:
    resolution = resolve([sentences], NORWEGIAN, BURKINABE)
    assert [e for e in pointed(resolution, MentionKind.NOMINAL) if e] == expected


def test_a_later_piece_is_told_to_whom_the_first_was(resources: Resources) -> None:
    text = "“We will stay,” Ruiz told Berg, “and we will talk.”"
    article = make_article(resources, [text])
    at = text.index
    first = Quote(0, QuoteKind.DIRECT, at("We"), at(",”"), "test", source=(at("Ruiz"), at(" told")))
    first.addressee = (at("Berg"), at(", “and"))
    second = Quote(0, QuoteKind.DIRECT, at("and we"), at(".”"), "test", continues=0)
    names = make_mentions(article, RUIZ_ALONE, BERG_ALONE)
    resolution = CoreferenceRules.build(resources).resolve(article, names, [first, second])
    assert [speaker.entity_id for speaker in resolution.speakers] == ["person:ana-ruiz"] * 2
    assert resolution.addressees == ["person:nils-berg"] * 2
