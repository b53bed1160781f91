"""Every sense of the lexicon codes its own example as its row says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from flows.resources import load_reference
from tests.transforms.enrich.eventing import find_events
from transforms.enrich.events import Event
from transforms.enrich.events.frames import FrameError, read_frame
from transforms.enrich.events.intent import list_codes
from transforms.resources import Resources
from warehouse.contract.codes import EventStatus

REFERENCE = load_reference()
SENSES: list[dict[str, Any]] = REFERENCE["event_senses"].to_pylist()
Span = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """An example without its brackets, and what stood in them."""

    text: str
    sources: list[Span]
    targets: list[Span]


def read_example(marked: str) -> Example:
    """Read the [source] and the {target} of an example."""
    text = ""
    spans: dict[str, list[Span]] = {"]": [], "}": []}
    start = 0
    for character in marked:
        if character in "[{":
            start = len(text)
        elif character in spans:
            spans[character].append((start, len(text)))
        else:
            text += character
    return Example(text, spans["]"], spans["}"])


def is_as_said(event: Event, sense: dict[str, Any], example: Example) -> bool:
    """Whether an event is coded as a sense says, between the sides of its example."""
    coded = event.event_type, event.mode, event.cameo_code
    if coded != (sense["event_type"], sense["mode"], sense["cameo_code"]):
        return False
    if event.status not in (EventStatus.OCCURRED, EventStatus.ONGOING):
        return False
    wanted = example.sources, example.targets
    if sense["sides"] == "mutual":
        wanted = (example.sources + example.targets,) * 2
        if event.target is None or not example.targets:
            return holds(event.source, wanted[0])
    return all(
        holds(side, spans) if spans else side is None
        for side, spans in zip((event.source, event.target), wanted, strict=True)
    )


def holds(side: Any, spans: list[Span]) -> bool:
    return side is not None and any(side.start < end and side.end > start for start, end in spans)


@pytest.mark.parametrize("sense", SENSES, ids=lambda s: f"{s['event_type']}-{s['lemma']}-{s['part']}-{s['frame']}")
def test_the_example_codes_as_its_row_says(resources: Resources, sense: dict[str, Any]) -> None:
    example = read_example(sense["example"])
    _, events = find_events(resources, example.text)
    assert any(is_as_said(event, sense, example) for event in events), events


def test_each_sense_is_there_once_and_every_code_is_known() -> None:
    keys = [(s["lemma"], s["part"], s["frame"], s["event_type"]) for s in SENSES]
    assert len(keys) == len(set(keys))
    codes = set(REFERENCE["cameo_codes"]["cameo_code"].to_pylist())
    assert {sense["cameo_code"] for sense in SENSES} | set(list_codes()) <= codes
    types = {(row["event_type"], row["mode"]) for row in REFERENCE["event_types"].to_pylist()}
    assert {(sense["event_type"], sense["mode"]) for sense in SENSES} <= types
    assert len({sense["event_type"] for sense in SENSES}) == 16


def test_frames_name_classes_that_have_words() -> None:
    classes = set(REFERENCE["event_words"]["class"].to_pylist())
    for sense in SENSES:
        frame = read_frame(sense["frame"])
        for element in (*frame.elements, *((frame.subject,) if frame.subject else ())):
            assert element.classes <= classes, sense["frame"]


@pytest.mark.parametrize("text", ["S T", "S ~ ~ T", "S ~ with", "S ~ <Unclosed", "S ~ T !"])
def test_a_frame_that_cannot_be_read_says_why(text: str) -> None:
    with pytest.raises(FrameError, match=r"S"):
        read_frame(text)
