from __future__ import annotations

from transforms.clean.paragraphs import find_paragraphs

WRAPPED = """COPPER STOCKS RISE

    EXAMPLE CITY, March 3 - Stocks of copper in the warehouses of
the port rose by a tenth in the week to Friday, the harbour
office said.
    It was the third rise in a row, and the largest since the
summer of last year.
    Net 12 vs 14
    Revs 3 vs 2
 REUTER
"""


def texts(source: str, start: int = 0) -> list[str]:
    return [source[p.start : p.end] for p in find_paragraphs(source, start, {"reuter"})]


def test_blank_lines_part_paragraphs() -> None:
    assert texts("One is here.\n\n \t\nTwo is here.\r\n\r\nThree.") == ["One is here.", "Two is here.", "Three."]


def test_single_lines_are_paragraphs_where_none_was_wrapped() -> None:
    long = "A line that is much longer than any wrapped line would ever be, because nobody pressed return in it at all."
    assert texts(f"Title\n{long}\n{long} More.\nShort.") == ["Title", long, f"{long} More.", "Short."]


def test_hard_wrapped_lines_are_joined_at_indents() -> None:
    found = texts(WRAPPED)
    assert [" ".join(text.split()) for text in found] == [
        "COPPER STOCKS RISE",
        "EXAMPLE CITY, March 3 - Stocks of copper in the warehouses of the port rose by a tenth in the week to Friday, "
        "the harbour office said.",
        "It was the third rise in a row, and the largest since the summer of last year.",
        "Net 12 vs 14",
        "Revs 3 vs 2",
        "REUTER",
    ]


def test_hard_wrapped_lines_are_joined_between_blank_lines() -> None:
    source = (
        "The mayor said on Monday that the bridge would be closed for\nthe whole of the winter, and that\n"
        "ferries would run.\n\nNobody objected to it in the hall when the vote was taken at\nthe end of a long night.\n"
    )
    assert len(texts(source)) == 2


def test_a_list_of_short_lines_is_not_joined() -> None:
    assert texts("Apples\nPears\nPlums\nCherries") == ["Apples", "Pears", "Plums", "Cherries"]


def test_title_is_left_out() -> None:
    assert texts("Title\n\nText.", 7) == ["Text."]


def test_an_indent_and_a_sign_off_part_even_full_lines() -> None:
    source = (
        "    The mayor said on Monday that the bridge over the river would be\n"
        "closed to all the cars and lorries for the winter.\n"
        "    Nobody in the hall objected to it when the vote was taken at one.\n REUTER\n"
    )
    assert [text.split()[0] for text in texts(source)] == ["The", "Nobody", "REUTER"]
    source = (
        "    The mayor said on Monday that the bridge over the river would\n"
        "be closed to all cars and lorries for the whole winter, he said.\n    Nobody objected.\n"
    )
    assert len(texts(source)) == 2
