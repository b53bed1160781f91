from __future__ import annotations

import pytest

from flows.resources import load_reference
from transforms.language.detection import Languages


def test_codes_and_names() -> None:
    languages = Languages(load_reference()["languages"], lambda _: ("en", 0.1))
    assert [languages.normalise(v) for v in ("en-US", "English", "eng", "EN", "pt_BR", "xx", "", None)] == [
        *["en", "en", "en", "en", "pt"],
        *[None, None, None],
    ]
    assert languages.supported == {"en"}


@pytest.mark.parametrize(
    ("text", "score", "found"),
    [
        ("word " * 8, 0.6, None),
        ("word " * 8, 0.9, "en"),
        ("word " * 80, 0.6, "en"),
        ("word", 1.0, None),
        ("1 2 " * 90, 1.0, None),
    ],
)
def test_unsure_detection_is_none(text: str, score: float, found: str | None) -> None:
    assert Languages(load_reference()["languages"], lambda _: ("en", score)).detect(text) == found


def test_a_table_is_in_the_language_of_its_prose() -> None:
    def detect(text: str) -> tuple[str, float]:
        return ("en", 0.9) if text.startswith("results") else ("nl", 0.2)

    table = "Zwolle 1 Deventer 1\nMeppel 3 Assen 3\nHoogeveen 2 Almelo 4\n"
    prose = "Results of regional matches played on Sunday\n"
    languages = Languages(load_reference()["languages"], detect)
    assert languages.detect(table + prose + table) == "en"
    assert languages.detect(table * 2) is None
