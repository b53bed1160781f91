"""Views on who said what, over the samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.client import open_reader


@pytest.fixture(scope="module")
def con(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_reader(sample_warehouse) as connection:
        yield connection


def test_a_statement_in_pieces_is_one_row(con: duckdb.DuckDBPyConnection) -> None:
    (rows, statements) = con.execute("SELECT count(*), count(DISTINCT statement_id) FROM statements").fetchall()[0]
    (pieces,) = con.execute("SELECT count(*) FROM quotes").fetchall()[0]
    assert rows == statements < pieces
    texts = con.execute("SELECT text FROM statements WHERE text LIKE '% … %' LIMIT 1").fetchall()
    assert texts


def test_every_spelling_counts_for_one_speaker(con: duckdb.DuckDBPyConnection) -> None:
    spellings = con.execute("SELECT DISTINCT speaker_id FROM quotes WHERE speaker_id LIKE 'person:serge%-lavrov'")
    assert {row[0] for row in spellings.fetchall()} == {"person:sergei-lavrov", "person:sergey-lavrov"}
    speakers = con.execute("SELECT speaker, country FROM quotes_by_speaker WHERE speaker_id LIKE '%lavrov'").fetchall()
    assert speakers == [("Sergei Lavrov", "RUS")]


def test_thoughts_and_plans_are_not_spoken(con: duckdb.DuckDBPyConnection) -> None:
    wrong = con.execute("SELECT * FROM quotes_by_speaker WHERE spoken_statements > statements").fetchall()
    (all_, spoken) = con.execute("SELECT sum(statements), sum(spoken_statements) FROM quotes_by_speaker").fetchall()[0]
    assert wrong == []
    assert spoken < all_


def test_who_held_which_office_when(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT role, country, first_seen_on <= last_seen_on, articles > 1 FROM offices_held "
        "WHERE entity_id = 'person:sergei-lavrov'"
    ).fetchall()
    assert ("foreign minister", "RUS", True, True) in rows


def test_countries_of_an_article_are_few(con: duckdb.DuckDBPyConnection) -> None:
    counts = con.execute("SELECT count(*) FROM article_countries GROUP BY article_id").fetchall()
    assert max(counts) <= (5,)
    (salience,) = con.execute("SELECT min(salience) FROM article_countries").fetchall()[0]
    assert salience >= 0.2


def test_where_things_are_reported_to_happen(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT country, latitude, articles FROM places_reported WHERE name = 'Stockholm'").fetchall()
    assert len(rows) == 1
    assert rows[0][0] == "SWE"
    assert rows[0][1] == pytest.approx(59.33, abs=0.1)
    assert rows[0][2] > 3


def test_the_place_that_an_article_means_counts(con: duckdb.DuckDBPyConnection) -> None:
    wrong = con.execute(
        "SELECT m.text, m.country, p.country FROM mentions m JOIN places p USING (article_id, char_start, char_end) "
        "WHERE m.entity_type = 'place' AND m.country IS DISTINCT FROM p.country"
    ).fetchall()
    assert wrong == []


def test_statements_have_their_day_and_place(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "SELECT count(*), count(q.said_on), bool_and(p.sense = 'literal') FROM quotes q JOIN places p USING (place_id)"
    ).fetchall()
    assert rows[0][0] >= 10
    assert rows[0][2]
