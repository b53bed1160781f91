"""Who said what: sources, cues and contents of reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.transforms.enrich.quoting import Line, finder
from transforms.resources import Resources

Find = Callable[..., list[Line]]


@pytest.fixture(scope="module")
def find(resources: Resources) -> Find:
    return finder(resources)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind"),
    [
        (
            "Finnish Transport Minister Aino Salmela said on Monday that Helsinki would close the tunnel.",
            "Finnish Transport Minister Aino Salmela",
            "said",
            "that Helsinki would close the tunnel",
            "indirect",
        ),
        ("Salmela said the tunnel was unsafe.", "Salmela", "said", "the tunnel was unsafe", "indirect"),
        ("Salmela has also said it would “never” open.", "Salmela", "has also said", "it would “never” open", "mixed"),
        ("“The tunnel is unsafe,” Salmela said.", "Salmela", "said", "The tunnel is unsafe,", "direct"),
        ("“The tunnel is unsafe,” said Salmela.", "Salmela", "said", "The tunnel is unsafe,", "direct"),
        (
            "“It leaks,” said Nils Lund, an engineer who built it.",
            "Nils Lund, an engineer who built it",
            "said",
            "It leaks,",
            "direct",
        ),
        (
            "Nils Lund, an engineer at the port of Oslo, said the tunnel leaked.",
            "Nils Lund, an engineer at the port of Oslo",
            "said",
            "the tunnel leaked",
            "indirect",
        ),
        ("Salmela said: “It leaks.”", "Salmela", "said", "It leaks.", "direct"),
        ("The tunnel will close, Salmela said on Monday.", "Salmela", "said", "The tunnel will close", "indirect"),
        ("The tunnel, Salmela said, will close.", "Salmela", "said", "The tunnel", "indirect"),
        (
            "The tunnel leaks, according to a report by the city.",
            "a report by the city",
            "according to",
            "The tunnel leaks",
            "indirect",
        ),
        ("According to Salmela, the tunnel leaks.", "Salmela", "According to", "the tunnel leaks", "indirect"),
        (
            "As Salmela put it, “nobody is safe down there.”",
            "Salmela",
            "put it",
            "nobody is safe down there.",
            "direct",
        ),
        ("Said Salmela: “It leaks and it stinks.”", "Salmela", "Said", "It leaks and it stinks.", "direct"),
        (
            "Salmela called for new pumps in an interview.",
            "Salmela",
            "called for",
            "new pumps",
            "indirect",
        ),
        ("kyiv has denied having such pumps.", "kyiv", "has denied", "having such pumps", "indirect"),
        (
            "Salmela expressed concern that the pumps would fail.",
            "Salmela",
            "expressed concern",
            "that the pumps would fail",
            "indirect",
        ),
        ("Salmela's claim that the pumps failed was false.", "Salmela's", "claim", "that the pumps failed", "indirect"),
        ("Engineers are convinced that it leaks.", "Engineers", "are convinced", "that it leaks", "indirect"),
        ("The study found that pumps fail in winter.", "The study", "found", "that pumps fail in winter", "indirect"),
        ("Lund was quoted as saying the pumps failed.", "Lund", "was quoted as saying", "the pumps failed", "indirect"),
        ("The paper quoted Lund as saying the pumps failed.", "Lund", "saying", "the pumps failed", "indirect"),
        ("He made it clear that taxes would rise.", "He", "made it clear", "that taxes would rise", "indirect"),
        ("It was unclear whether the pumps worked.", None, "It was unclear", "whether the pumps worked", "indirect"),
        ("The claim that pumps fail is old.", None, "The claim", "that pumps fail", "indirect"),
        (
            "The council issued a statement calling the tunnel a trap.",
            "The council",
            "issued a statement calling",
            "the tunnel a trap",
            "indirect",
        ),
    ],
)
def test_a_report_is_read(find: Find, text: str, source: str | None, cue: str, content: str, kind: str) -> None:
    first = find(text)[0]
    assert (first.source, first.cue, first.text, first.kind) == (source, cue, content, kind)


def test_who_is_spoken_to(find: Find) -> None:
    told = find("Lund told the council that the pumps had failed.")[0]
    assert (told.addressee, told.text) == ("the council", "that the pumps had failed")
    warned = find("He warned Sweden against building a second tunnel.")[0]
    assert (warned.addressee, warned.lemma) == ("Sweden", "warn")
    quoted = find("“We failed,” Lund told the council.")[0]
    assert (quoted.addressee, quoted.source) == ("the council", "Lund")
    said = find("Lund said to reporters that the pumps had failed.")[0]
    assert said.addressee == "reporters"


def test_two_reports_of_one_sentence_share_their_subject(find: Find) -> None:
    quotes = find("In a speech to the council, Lund said the tunnel was shut and said he hoped pumps would come.")
    assert [(q.source, q.text) for q in quotes] == [
        ("Lund", "the tunnel was shut"),
        ("Lund", "he hoped pumps would come"),
    ]


def test_a_participle_has_the_subject_of_the_main_clause(find: Find) -> None:
    quotes = find("Lund criticised the council, saying it had slept. The mayor resigned, citing ill health.")
    assert [(q.source, q.cue, q.text) for q in quotes][:2] == [
        ("Lund", "criticised", "the council"),
        ("Lund", "saying", "it had slept"),
    ]
    assert (quotes[-1].source, quotes[-1].text) == ("The mayor", "ill health")


def test_what_is_said_is_not_read_for_further_reports(find: Find) -> None:
    assert len(find("Lund has said he wants guarantees that Sweden will never say it was warned.")) == 1


def test_being_told_and_being_expected(find: Find) -> None:
    told = find("Residents were told that the tunnel was shut.")
    assert [(q.source, q.text) for q in told] == [(None, "that the tunnel was shut")]
    accused = find("Lund was accused by the council of hiding leaks.")
    assert [(q.text, q.source) for q in accused] == [("Lund", "the council"), ("of hiding leaks", "the council")]
    expected = find("The tunnel is expected to reopen.")
    assert [(q.text, q.continues) for q in expected] == [("The tunnel", None), ("to reopen", 0)]


@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Minister: tunnel to stay shut", "Minister", "tunnel to stay shut"),
        ("Tunnel to stay shut - minister", "minister", "Tunnel to stay shut"),
        ("Poll: most want the tunnel shut", "Poll", "most want the tunnel shut"),
        ("Salmela says tunnel unsafe", "Salmela", "tunnel unsafe"),
    ],
)
def test_headlines(find: Find, headline: str, source: str, content: str) -> None:
    first = find("Nothing is told here.", headline)[0]
    assert (first.source, first.text) == (source, content)


def test_a_transcript_names_its_speakers(find: Find) -> None:
    quotes = find("LUND: It leaks. It always did.\nSALMELA: I was not told.")
    assert [(q.source, q.text) for q in quotes] == [
        ("LUND", "It leaks. It always did"),
        ("SALMELA", "I was not told"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge opened in 1932 and carries two lanes.",
        "After the vote, the council left.",
        "The so-called “ghost line” runs under the river.",
        "He opened the hatch, and water came in.",
    ],
)
def test_no_report_is_found_where_there_is_none(find: Find, text: str) -> None:
    assert find(text) == []
