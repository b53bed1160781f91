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
        ("word " * 8, 0.7, None),
        ("word " * 8, 0.9, "en"),
        ("word " * 80, 0.6, "en"),
        ("word", 1.0, None),
        ("1 2 " * 90, 1.0, None),
    ],
)
def test_unsure_detection_is_none(text: str, score: float, found: str | None) -> None:
    assert Languages(load_reference()["languages"], lambda _: ("en", score)).detect(text) == found
