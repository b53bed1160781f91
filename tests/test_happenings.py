"""The same story in five papers is one happening, whatever comes first; asked as a user would, with SQL."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.samples import samples_folder
from tests.conftest import Command
from warehouse.client import open_reader

QUITO = samples_folder() / "republished" / "quito-embassy.jsonl"
STORMED = """
    SELECT h.happening_id, h.event_type, h.source_id, h.target_id, h.starts_on, h.country, h.status,
        h.report_count, h.article_count, h.independent_count
    FROM happenings h
    JOIN events e USING (happening_id)
    WHERE h.event_type = 'ASSAULT' AND h.target_id = 'country:MEX'
    GROUP BY ALL
"""


def test_five_papers_tell_one_happening(sample_warehouse: Path) -> None:
    with open_reader(sample_warehouse) as con:
        found = con.execute(STORMED).fetchall()
    assert len(found) == 1
    _, _, source, target, starts_on, country, status, reports, articles, independent = found[0]
    assert (source, target, str(starts_on), country, status) == (
        "country:ECU",
        "country:MEX",
        "2024-04-05",
        "ECU",
        "occurred",
    )
    # three papers carry the same wire copy; two have stories of their own
    assert (reports, articles, independent) == (5, 5, 3)


def test_every_event_shows_the_text_that_it_rests_on(sample_warehouse: Path) -> None:
    with open_reader(sample_warehouse) as con:
        rows = con.execute(
            """
            SELECT e.text, e.trigger_text, e.source_text, e.target_text, a.body, a.headline
            FROM events e JOIN articles a USING (article_id)
            """
        ).fetchall()
    assert len(rows) > 100
    for text, trigger, source, target, body, headline in rows:
        assert text in body or text in headline
        assert trigger in text
        assert source is not None or target is not None
        assert all(side is None or side in text for side in (source, target))


def test_what_did_not_happen_is_not_counted(sample_warehouse: Path) -> None:
    with open_reader(sample_warehouse) as con:
        feared = con.execute(
            """
            SELECT count(*) FROM happenings h JOIN events e USING (happening_id)
            WHERE h.status = 'occurred' GROUP BY h.happening_id
            HAVING bool_and(e.status NOT IN ('occurred', 'ongoing'))
            """
        ).fetchall()
        counted = con.execute("SELECT sum(reports) FROM dyads_monthly").fetchone()
        real = con.execute(
            """
            SELECT count(*) FROM events e JOIN happenings h USING (happening_id)
            WHERE e.status IN ('occurred', 'ongoing') AND h.status IN ('occurred', 'ongoing')
                AND e.source_country IS NOT NULL AND e.target_country IS NOT NULL
            """
        ).fetchone()
    assert feared == []
    assert counted == real


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_the_order_of_arrival_changes_nothing(
    copydesk: Command, sample_warehouse: Path, tmp_path: Path, order: tuple[int, ...]
) -> None:
    """Two runs, in two orders: the same happening with the same counts as from one file."""
    records = QUITO.read_text("utf-8").splitlines()
    assert len({json.loads(record)["id"] for record in records}) == 5
    warehouse = tmp_path / "warehouse"
    for first in (order[:2], order[2:]):
        folder = tmp_path / f"in-{first[0]}"
        folder.mkdir()
        for number in first:
            (folder / f"paper-{number}.jsonl").write_text(records[number] + "\n", "utf-8")
        done = copydesk("run", folder, "--warehouse", warehouse)
        assert done.returncode == 0, done.stderr
    with open_reader(sample_warehouse) as con:
        expected = con.execute(STORMED).fetchall()
    with open_reader(warehouse) as con:
        assert con.execute(STORMED).fetchall() == expected
