"""Who is meant, who said what, when and where, in samples that were annotated without sight of the rules.

The figures may rise; a change that lowers one below its floor has broken something. `pytest -s` prints them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.expected import read_expected, relative_source
from warehouse.client import open_reader

_WORD = re.compile(r"\w+")
Key = tuple[str, str]


def words(text: str | None) -> tuple[str, ...]:
    """A text as its words; "that" before a clause is no part of what is said."""
    found = tuple(_WORD.findall((text or "").lower()))
    return found[1:] if found[:1] == ("that",) else found


@dataclass
class Matched:
    """An annotated piece, and the row whose content has the same words; none where it was missed."""

    expected: dict[str, str]
    found: dict[str, Any] | None


def read_rows(warehouse: Path, question: str) -> dict[Key, list[dict[str, Any]]]:
    """Rows by source and record number, which are the first two columns."""
    rows: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    with open_reader(warehouse) as con:
        cursor = con.execute(question)
        names = [column[0] for column in cursor.description or []]
        for uri, record_no, *values in cursor.fetchall():
            rows[relative_source(uri), str(record_no)].append(dict(zip(names[2:], values, strict=True)))
    return rows


@pytest.fixture(scope="module")
def quotes(sample_warehouse: Path) -> tuple[list[Matched], int]:
    """Every annotated piece with its row, and how many rows the annotated articles have."""
    rows = read_rows(
        sample_warehouse,
        "SELECT d.source_uri, d.record_no, q.* FROM quotes q JOIN documents d ON d.document_id = q.article_id "
        "ORDER BY q.char_start",
    )
    matched = []
    keys = {(row["source"], row["record_no"]) for row in read_expected("quotes")}
    left = {key: list(rows[key]) for key in keys}
    for expected in read_expected("quotes"):
        here = left[expected["source"], expected["record_no"]]
        found = next((row for row in here if words(row["text"]) == words(expected["text"])), None)
        if found is not None:
            here.remove(found)
        matched.append(Matched(expected, found))
    return matched, sum(len(rows[key]) for key in keys)


def report(name: str, value: float, floor: float) -> None:
    print(f"{name}: {value:.3f} (at least {floor})")
    assert value >= floor, name


def test_contents(quotes: tuple[list[Matched], int]) -> None:
    matched, count = quotes
    right = sum(m.found is not None for m in matched)
    report("contents found", right / len(matched), 0.68)
    report("rows that are contents", right / count, 0.66)


def test_cues_sources_and_kinds(quotes: tuple[list[Matched], int]) -> None:
    pairs = [(m.expected, m.found) for m in quotes[0] if m.found is not None]
    report("kind", sum(e["kind"] == f["kind"] for e, f in pairs) / len(pairs), 0.96)
    report("cue", sum(words(e["cue_text"]) == words(f["cue_text"]) for e, f in pairs) / len(pairs), 0.85)
    report("source", sum(words(e["source_text"]) == words(f["source_text"]) for e, f in pairs) / len(pairs), 0.83)


def test_speakers_are_right_or_unknown(quotes: tuple[list[Matched], int]) -> None:
    pairs = [(m.expected, m.found) for m in quotes[0] if m.found is not None]
    known = [(e, f) for e, f in pairs if e["speaker_id"]]
    given = [(e, f) for e, f in pairs if f["speaker_id"]]
    report("speakers found", sum(e["speaker_id"] == f["speaker_id"] for e, f in known) / len(known), 0.80)
    report("speakers right", sum(e["speaker_id"] == f["speaker_id"] for e, f in given) / len(given), 0.95)


def test_entities(sample_warehouse: Path) -> None:
    rows = read_rows(
        sample_warehouse,
        "SELECT DISTINCT d.source_uri, d.record_no, m.entity_id FROM mentions m "
        "JOIN documents d ON d.document_id = m.article_id WHERE m.entity_id IS NOT NULL "
        "AND m.mention_kind IN ('name', 'acronym', 'metonym')",
    )
    expected = defaultdict(set)
    for row in read_expected("people"):
        expected[row["source"], row["record_no"]].add(row["entity_id"])
    for entity_type, found_floor, right_floor in (("person", 0.95, 0.94), ("organisation", 0.75, 0.8)):
        wanted = {(k, e) for k, ids in expected.items() for e in ids if e.startswith(entity_type)}
        given = {(k, r["entity_id"]) for k in expected for r in rows[k] if r["entity_id"].startswith(entity_type)}
        report(f"{entity_type} found", len(wanted & given) / len(wanted), found_floor)
        report(f"{entity_type} right", len(wanted & given) / len(given), right_floor)


def test_roles_and_countries(sample_warehouse: Path) -> None:
    rows = read_rows(
        sample_warehouse,
        "SELECT d.source_uri, d.record_no, m.entity_id, first(m.role ORDER BY m.char_start) "
        "FILTER (WHERE m.role IS NOT NULL) AS role, mode(m.country) AS country FROM mentions m "
        "JOIN documents d ON d.document_id = m.article_id WHERE m.mention_kind = 'name' GROUP BY ALL",
    )
    pairs = []
    for expected in read_expected("people"):
        here = rows[expected["source"], expected["record_no"]]
        found = next((row for row in here if row["entity_id"] == expected["entity_id"]), None)
        if expected["entity_type"] == "person" and found is not None:
            pairs.append((expected, found))
    with_role = [(e, f) for e, f in pairs if e["role"]]
    report("roles", sum(words(e["role"]) == words(f["role"]) for e, f in with_role) / len(with_role), 0.7)
    told = [(e, f) for e, f in pairs if f["country"]]
    report("countries right", sum(e["country"] == f["country"] for e, f in told) / len(told), 0.9)


def match_in_order(expected: list[dict[str, str]], rows: dict[Key, list[dict[str, Any]]]) -> tuple[list[Matched], int]:
    """Each annotated expression with the row of the same text, by its occurrence; and how many rows there are."""
    matched: list[Matched] = []
    left = {key: list(rows[key]) for key in {(e["source"], e["record_no"]) for e in expected}}
    count = sum(map(len, left.values()))
    for row in expected:
        here = left[row["source"], row["record_no"]]
        found = next((r for r in here if " ".join(r["text"].split()) == row["text"]), None)
        if found is not None:
            here.remove(found)
        matched.append(Matched(row, found))
    return matched, count


def test_dates(sample_warehouse: Path) -> None:
    rows = read_rows(
        sample_warehouse,
        "SELECT d.source_uri, d.record_no, t.* FROM dates t JOIN documents d ON d.document_id = t.article_id "
        "ORDER BY t.char_start",
    )
    matched, count = match_in_order(read_expected("dates"), rows)
    pairs = [(m.expected, m.found) for m in matched if m.found is not None]
    report("dates found", len(pairs) / len(matched), 0.9)
    report("rows that are dates", len(pairs) / count, 0.94)
    report("values", sum(e["value"] == (f["value"] or "") for e, f in pairs) / len(pairs), 0.94)
    days = [(e, f) for e, f in pairs if e["starts_on"]]
    right = sum((e["starts_on"], e["ends_on"]) == (str(f["starts_on"]), str(f["ends_on"])) for e, f in days)
    report("days", right / len(days), 0.94)


def test_places(sample_warehouse: Path) -> None:
    rows = read_rows(
        sample_warehouse,
        "SELECT d.source_uri, d.record_no, p.* FROM places p JOIN documents d ON d.document_id = p.article_id "
        "ORDER BY p.sense DESC, p.char_start",  # literal ones first
    )
    matched, _ = match_in_order(read_expected("places"), rows)
    pairs = [(m.expected, m.found) for m in matched if m.found is not None]
    report("places found", len(pairs) / len(matched), 0.9)
    report("literal", sum(f["sense"] == "literal" for _, f in pairs) / len(pairs), 0.85)
    report("countries", sum(e["country"] == (f["country"] or "") for e, f in pairs) / len(pairs), 0.97)
    located = [(e, f) for e, f in pairs if e["latitude"]]
    near = sum(
        abs(float(e["latitude"]) - f["latitude"]) < 3 and abs(float(e["longitude"]) - f["longitude"]) < 3
        for e, f in located
    )
    report("near", near / len(located), 0.85)
