from __future__ import annotations

from collections.abc import Callable
from typing import Any

COPY = "The council met on Monday to speak about the bridge and its toll, officials said."


def test_headline_is_the_first_open_line(kinds: Callable[..., Any]) -> None:
    assert kinds(f"Skip to content\n\nBridge to close\n\n{COPY}")[:2] == [
        ("promo", "Skip to content"),
        ("headline", "Bridge to close"),
    ]


def test_title_that_the_text_repeats(kinds: Callable[..., Any]) -> None:
    assert kinds(f"Bridge to close\n\n{COPY}", title="Bridge to close") == [
        ("headline", "Bridge to close"),
        ("headline", "Bridge to close"),
        ("body", COPY),
    ]


def test_headline_that_looks_like_a_label(kinds: Callable[..., Any]) -> None:
    assert kinds(f"Explainer: Why the bridge will close\n\n{COPY}\n\nExplainer: What the toll pays for")[::2] == [
        ("headline", "Explainer: Why the bridge will close"),
        ("related", "Explainer: What the toll pays for"),
    ]


def test_copy_without_headline(kinds: Callable[..., Any]) -> None:
    assert kinds(f"{COPY}\n\n{COPY} It was late.")[0] == ("body", COPY)


def test_pieces_keep_their_paragraph(clean_text: Callable[..., Any]) -> None:
    text = f"LAGOS (AP) — {COPY} Sign up here. It was late. Read more\n\n{COPY}"
    blocks = clean_text(text, title="Bridge").tables["blocks"].to_pylist()
    assert [(b["kind"], b["paragraph_no"]) for b in blocks] == [
        ("headline", 0),
        ("dateline", 1),
        ("body", 1),
        ("promo", 1),
        ("body", 1),
        ("related", 1),
        ("body", 2),
    ]


def test_dateline_on_its_own_line_belongs_to_the_copy_below(clean_text: Callable[..., Any]) -> None:
    blocks = clean_text(f"Bridge to close\n\nCAIRO 1996-08-22\n{COPY}").tables["blocks"].to_pylist()
    assert [(b["kind"], b["paragraph_no"]) for b in blocks] == [("headline", 0), ("dateline", 1), ("body", 1)]


def test_wire_copy_of_the_1980s(clean_text: Callable[..., Any]) -> None:
    text = (
        "BRIDGE TO CLOSE\n\n    LA PAZ, Sept 14 - The old bridge over the river will be closed\n"
        "in winter, the harbour office said.\n    Nobody objected to it.\n Reuter\n"
    )
    cleaned = clean_text(text)
    assert [(b["kind"], b["rule"]) for b in cleaned.tables["blocks"].to_pylist()][-1] == ("credit", "credit.sign-off")
    [row] = cleaned.tables["articles"].to_pylist()
    assert row["body"] == (
        "The old bridge over the river will be closed in winter, the harbour office said.\n\nNobody objected to it."
    )
    assert (row["agency"], row["dateline_place"], row["dateline_on"]) == ("Reuters", "La Paz", None)


def test_tables_and_notes_of_a_wire_are_copy(kinds: Callable[..., Any]) -> None:
    lines = [
        "    LA PAZ, Sept 14 - The bridge company lost money in its third\nquarter, it said.",
        "    Toll nil vs nil",
        "    Cars 5 vs 6",
        "    Toll nil vs nil",
        "    NOTE: The quarter of last year ended on September 30, 1986.",
        "    Ferry tolls (cents per car and the distance in",
    ]
    found = kinds("BRIDGE/FERRY TOLLS DOWN\n\n" + "\n".join(lines) + "\n Reuter\n")
    assert [kind for kind, _ in found] == ["headline", "dateline", "body", *["body"] * 5, "credit"]


def test_clutter_below_the_copy(kinds: Callable[..., Any]) -> None:
    text = f"{COPY}\n\nbur/abc/de\n\nMore on this story\n\nFerry fares to rise in spring\n\n© Example Post"
    assert [kind for kind, _ in kinds(text, title="Bridge")] == [
        "headline",
        "body",
        "credit",
        "related",
        "related",
        "notice",
    ]


def test_speech_in_guillemets_is_no_link(kinds: Callable[..., Any]) -> None:
    speech = "«The bridge is closed», she said. «Nobody objected to it.»"
    assert kinds(f"Bridge to close\n\n{COPY}\n\n{speech}\n\n{COPY}\n\nThe bridge in five charts »")[2:] == [
        ("body", speech),
        ("body", COPY),
        ("related", "The bridge in five charts »"),
    ]
