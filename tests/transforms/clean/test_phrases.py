from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import transforms
from flows.resources import load_reference
from transforms.clean.lines import Line
from transforms.clean.phrases import PhraseBook
from transforms.tables import group_words
from warehouse.contract.codes import BlockKind
from warehouse.contract.reference_files import PhraseMatch, PhraseZone

PHRASES = load_reference()["phrases"].to_pylist()


@pytest.fixture(scope="module")
def book() -> PhraseBook:
    reference = load_reference()
    return PhraseBook(reference["phrases"], group_words(reference["cue_words"], "cue"))


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: f"{row['rule']}: {row['phrase'][:30]}")
def test_every_phrase_matches_its_example(book: PhraseBook, row: dict[str, Any]) -> None:
    """Another rule of the same kind may come first, never another kind."""
    example = row["example"]
    if row["match"] == PhraseMatch.INLINE:
        found = book.match_inline(example, 0, len(example))
        assert found is not None
        verdict = found[0]
    else:
        judged = book.classify(Line(example), PhraseZone(row["zone"]))
        assert judged is not None
        verdict = judged
    assert verdict.kind == row["kind"]


def test_every_rule_is_listed() -> None:
    """Rules named by phrases and by code are those of rules.csv, no more and no fewer."""
    source = "\n".join(path.read_text("utf-8") for path in Path(transforms.__file__).parent.rglob("*.py"))
    kinds = "|".join(BlockKind)
    named = set(re.findall(rf'"((?:{kinds})\.[a-z-]+)"', source)) | {row["rule"] for row in PHRASES}
    listed = {row["rule"] for row in load_reference()["rules"].to_pylist() if row["table_name"] == "blocks"}
    assert named == listed


def test_a_rule_has_the_kind_of_its_name() -> None:
    assert [row for row in PHRASES if not row["rule"].startswith(row["kind"] + ".")] == []


@pytest.mark.parametrize(
    "copy",
    [
        "He told supporters to sign up for the newsletter of his party, which has a million subscribers.",
        "The paper said on Monday that its privacy policy had not changed since the takeover last year.",
        "Shares of Getty Images rose 5 percent.",
        "The poll was done by Reuters/Ipsos on Monday.",
        "“Read more books,” the minister told pupils in Lagos on Monday.",
        "She said the comments were closed to outsiders.",
        "In a video conversation that lasted two hours, the two leaders spoke of the bridge.",
        "Data from the harbour office showed that 12 ships were late.",
        "The lines lead to the harbour and are seen as a burden by the town.",
        "Three hours ago the quay had been full.",
        "Register for the draft by Oct. 5, clerks urged.",
        "Click on it and your savings are gone, the bank warned.",
        "Privacy campaigners sued the harbour board in March.",
        "Newsletter editors face a hard year.",
        "Edited by his daughter, the diary became a success.",
        "Save for the $3 million a year paid by the state, the museum lives on gifts.",
        "Turnout was 61 percent",
        "Net 1.1 mln vs 4.1 mln",
        "Treasurer: Jane Example",
    ],
)
def test_copy_stays_copy(kinds: Callable[..., Any], copy: str) -> None:
    around = "The council met on Monday to speak about the bridge and its toll, officials said."
    assert ("body", copy) in kinds(f"{around}\n\n{copy}\n\n{around} It was late.", title="Bridge")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Get our evening digest, free, six days a week", "promo"),
        ("Like this story? Tell your friends and subscribe to the weekly edition", "promo"),
        ("Facebook Twitter WhatsApp Copy link", "promo"),
        ("Viber Mail SMS Feedly", "promo"),
        ("Already registered? Sign in", "promo"),
        ("Lesen Sie auch: Was die Brücke kostet", "related"),
        ("RELATED Four things to know about the bridge", "related"),
        ("Comments (31)", "notice"),
        ("© 2023 Example Media Ltd", "notice"),
        ("* * *", "notice"),
        ("(Writing by Jane Example; editing by Jo Sample)", "credit"),
        ("This story was reported by Jane Example and edited by Jo Sample.", "credit"),
        ("A ferry leaves the port of Exampleville, Ireland, March 2, 2021.", "caption"),
        ("The bridge is seen at dawn in Exampleville", "caption"),
        ("Mayor A. B. Sample, left, greets voters at the town hall on Monday (Jane Example/Example Post)", "caption"),
        ("WHAT COMES NEXT", "subhead"),
        ("- Long night -", "subhead"),
        ("Why does it matter?", "subhead"),
        ("Only £4 for 4 months", "promo"),
        ("Autumn sale: 3 months for the price of 2", "promo"),
        ("This clip can not be played", "promo"),
        ("Suivez-nous sur Facebook", "promo"),
        ("Top Stories This Week", "related"),
        ("Read more about the bridge", "related"),
        ("PODCAST: The fall of the bridge", "related"),
        ("Le puede interesar: El puente en cinco gráficos", "related"),
        ("Views are personal.", "notice"),
        ("This is a developing story and will be updated.", "notice"),
        ("This text was translated with the help of AI.", "notice"),
        ("The mayor at the bridge. Jane Example/Example Gazette", "caption"),
        ("The mayor at the bridge. [Jane Example, Gazette]", "caption"),
        ("The mayor at the bridge | PTI", "caption"),
        ("Tenants say rents have doubled. (Supplied)", "caption"),
        ("Nurses march through the old town", "caption"),
        ("Courtesy photo", "caption"),
    ],
)
def test_lines_between_paragraphs(kinds: Callable[..., Any], line: str, kind: str) -> None:
    around = "The council met on Monday to speak about the bridge and its toll, officials said."
    assert (kind, line) in kinds(f"{around}\n\n{line}\n\n{around} It was late.", title="Bridge")


def test_a_line_that_repeats_is_a_promotion(kinds: Callable[..., Any]) -> None:
    around = "The council met on Monday to speak about the bridge and its toll, officials said."
    line = "Go behind every number with us"
    found = kinds(f"{around}\n\n{line}\n\n{around} It was late.\n\n{line}\n\n{around} All left.", title="Bridge")
    assert found.count(("promo", line)) == 2


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        ("-- AFP", "credit"),
        ("© 2021 Example Press", "notice"),
        ("(With inputs from agencies)", "credit"),
        ("Additional reporting by Jane Example", "credit"),
        ("(Read more: What the bridge costs)", "related"),
        ("Click here to subscribe.", "promo"),
        ("Sign up for our newsletter here.", "promo"),
        ("All rights reserved.", "notice"),
        ("(AP Photo/Jane Example)", "caption"),
    ],
)
def test_what_stands_behind_copy_leaves_the_copy(kinds: Callable[..., Any], piece: str, kind: str) -> None:
    around = "The council met on Monday to speak about the bridge and its toll, officials said."
    copy = "The mayor said the toll would rise. Two members left early."
    found = kinds(f"{around}\n\n{copy} {piece}\n\n{around}", title="Bridge")
    assert found[2:4] == [("body", copy), (kind, piece)]


@pytest.mark.parametrize(
    "line",
    ["The writer is a teacher of law in Exampleville.", "Jane Example covers the harbour for the Example Post."],
)
def test_the_author_below_the_copy(kinds: Callable[..., Any], line: str) -> None:
    around = "The council met on Monday to speak about the bridge and its toll, officials said."
    assert kinds(f"{around}\n\n{around} It was late.\n\n{line}", title="Bridge")[-1] == ("credit", line)


@pytest.mark.parametrize(
    "line",
    ["Heard on Example Morning", "2021-03-02T09:30:00Z", "jane@example.org", "Jane Example, Special to the Post"],
)
def test_lines_beneath_the_headline(kinds: Callable[..., Any], line: str) -> None:
    around = "The council met on Monday to speak about the bridge and its toll, officials said."
    assert ("byline", line) in kinds(f"Bridge to close\n\n{line}\n\n{around}\n\n{around} It was late.")


def test_patterns_have_no_groups_of_their_own() -> None:
    """The joined expression tells them apart by the number of their group."""
    patterns = [row["phrase"] for row in PHRASES if row["match"] in (PhraseMatch.PATTERN, PhraseMatch.INLINE)]
    assert [pattern for pattern in patterns if re.compile(pattern).groups] == []
