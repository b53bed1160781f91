from __future__ import annotations

import pytest

from transforms.clean.source_text import SourceText, make_source_text


@pytest.mark.parametrize(
    ("payload", "encoding", "expected"),
    [
        (b"\xef\xbb\xbfLine one\r\nLine two\r\n", "utf-8", "Line one\r\nLine two\r\n"),
        ("“Zürich”".encode("cp1252"), "cp1252", "“Zürich”"),
        ("\ufeffBerne".encode("utf-16-le"), "utf-16-le", "Berne"),
        ("Berne".encode("utf-16"), "utf-16", "Berne"),
        (b"Z\xfcrich", "utf-8", "Z\ufffdrich"),
        (b"Basle", None, "Basle"),
        (b"Basle", "no-such-codec", "Basle"),
    ],
)
def test_payload_is_decoded_and_not_changed(payload: bytes, encoding: str | None, expected: str) -> None:
    assert make_source_text(payload, encoding, None) == SourceText(expected, 0)


def test_title_stands_above_the_text() -> None:
    assert make_source_text(b" text", "utf-8", "Title") == SourceText("Title\n\n text", 7)
    assert make_source_text(b"text", "utf-8", "  ") == SourceText("text", 0)
