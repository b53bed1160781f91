"""Wire copy and its republications, as a user loads them and asks with SQL."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.expected import read_expected, relative_source
from warehouse.client import open_reader

STORY = [
    "Dockers at the port of Varnholm walked out at dawn on Monday after talks on night shifts broke down, leaving 23 "
    "ships at anchor in the Skarn Strait and lorries queuing for six kilometres.",
    "Ingrid Solheim, who leads the dockers' union, said 1,400 of its members had stayed away. “We have asked for the "
    "same thing since March, and in March we were told to wait,” she told reporters at gate four.",
    "The operator, Nordkai AS, called the walkout unlawful and said it would ask the labour court in Trondheim for an "
    "injunction on Tuesday. Its finance chief, Per Aune, put the cost at 3.2 million crowns a day.",
    "Grain importers said their silos held enough for nine days. A spokesman for the millers, Olav Brekke, said bread "
    "would not become dearer before the middle of the month.",
    "Varnholm handles a third of the region's containers. The last strike there, in 2019, ended after eleven days when "
    "the county governor, Liv Dahl, brought both sides to her house on the island of Hestøy.",
    "The Seafarers' Mission opened its hall to 160 sailors, most of them from the Philippines and Ukraine, whose ships "
    "had been turned away from the quay on Sunday night.",
]
OTHER = [
    "Varnholm's mayor has asked the transport ministry in Oslo for 40 million crowns to dredge the northern basin "
    "before larger ferries arrive from Kiel next spring.",
    "Mayor Tor Eide said the money would come back within four years. The ministry, which paid for the pier in 2016, "
    "said it would answer by Christmas.",
    STORY[4],
    "Two engineering firms, Havn & Sønn of Bergen and the Dutch company Waterkant, have said that they will bid.",
]


def fixing(day: int, rate: str, volume: str) -> str:
    return (
        f"The Bank of Skarn fixed the crown at {rate} to the euro on {day} November, dealers said, in line with what "
        f"banks had expected. Some {volume} million crowns changed hands before noon, most of it for exporters "
        "who had waited for the auction. The bank did not intervene, and a spokesman declined to say whether it would."
    )


def record(name: str, day: float, paragraphs: list[str], **fields: str) -> dict[str, str]:
    hour = int(day % 1 * 24)
    return {
        "id": name,
        "text": "\n\n".join(paragraphs),
        "published_at": f"2025-11-{int(day):02}T{hour:02}:00:00Z",
        "publisher": name.partition("/")[0],
        **fields,
    }


DATELINE = "VARNHOLM, Nov 3 (Reuters) - "
RECORDS = [
    record("Reuters/strike", 3.25, [DATELINE + STORY[0], *STORY[1:]], title="Dockers at Varnholm walk out over nights"),
    record(
        "Fjord Post/strike",
        3.5,
        [STORY[0], STORY[1], "Sign up for our newsletter, every weekday morning.", *STORY[2:]],
        title="Port at a standstill",
    ),
    record("Skarn Ledger/brief", 4.0, ["VARNHOLM (Reuters) - " + STORY[0], STORY[1]], title="Ships wait off Varnholm"),
    record(
        "Coast Times/edited",
        4.25,
        [
            STORY[0].replace("lorries queuing", "trucks queueing"),
            STORY[1].replace("“", '"').replace("”", '"'),
            "Our reporter counted 31 lorries at the southern gate at noon on Tuesday.",
            STORY[2].replace("labour", "labor"),
            STORY[5],
        ],
        title="Varnholm strike: 23 ships at anchor",
    ),
    record("Fjord Post/dredging", 3.75, OTHER, title="Varnholm wants its basin dredged"),
    record("Reuters/fixing-3", 3.5, [fixing(3, "11.482", "310")], title="Crown fixed at 11.482 to the euro"),
    record("Reuters/fixing-4", 4.5, [fixing(4, "11.517", "275")], title="Crown fixed at 11.517 to the euro"),
    record("Reuters/update-1", 5.0, [fixing(5, "11.520", "290")], title="UPDATE 1-Crown slips further"),
    record(
        "Reuters/update-2",
        5.25,
        [
            "The crown closed at 11.533, its weakest since June, after Kari Moen of Skarn Bank spoke.",
            fixing(5, "11.520", "290"),
        ],
        title="UPDATE 2-Crown slips further",
    ),
]


def write(path: Path, records: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    return path


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with open_reader(warehouse) as con:
        return con.execute(query).fetchall()


def read_groups(warehouse: Path) -> set[frozenset[str]]:
    rows = ask(
        warehouse,
        "SELECT list(d.record_id) FROM copies c JOIN documents d ON d.document_id = c.article_id GROUP BY c.copy_id",
    )
    return {frozenset(ids) for (ids,) in rows}


@pytest.fixture(scope="module")
def loaded(copydesk: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies")
    done = copydesk("run", "--warehouse", folder / "warehouse", write(folder / "raw.jsonl", RECORDS))
    assert done.returncode == 0, done.stderr
    return folder / "warehouse"


def test_copies_are_grouped_and_what_shares_background_or_a_template_is_not(loaded: Path) -> None:
    assert read_groups(loaded) == {
        frozenset({"Reuters/strike", "Fjord Post/strike", "Skarn Ledger/brief", "Coast Times/edited"}),
        frozenset({"Fjord Post/dredging"}),
        frozenset({"Reuters/fixing-3"}),
        frozenset({"Reuters/fixing-4"}),
        frozenset({"Reuters/update-1", "Reuters/update-2"}),
    }


def test_syndication_says_whose_copy_it_is_how_soon_and_how_much_was_changed(loaded: Path) -> None:
    rows = {
        row[0]: row[1:]
        for row in ask(
            loaded,
            """
            SELECT publisher, agency, original_publisher, has_credit, has_new_headline, delay::VARCHAR, kept, added
            FROM syndication WHERE original_publisher = 'Reuters' AND publisher <> 'Reuters'
            """,
        )
    }
    assert rows["Fjord Post"] == ("Reuters", "Reuters", False, True, "06:00:00", 1.0, 0.0)
    brief = rows["Skarn Ledger"]
    assert brief[:5] == ("Reuters", "Reuters", True, True, "18:00:00")
    assert 0.2 < brief[5] < 0.5
    assert brief[6] == 0
    edited = rows["Coast Times"]
    assert 0.4 < edited[5] < 0.8
    assert 0 < edited[6] < 0.3


def test_updates_of_a_story_are_versions_of_one_copy_in_order(loaded: Path) -> None:
    query = "SELECT original_headline, headline, update_no FROM syndication WHERE publisher = 'Reuters'"
    assert ask(loaded, query) == [("UPDATE 1-Crown slips further", "UPDATE 2-Crown slips further", 2)]


def test_copies_do_not_depend_on_what_came_first(copydesk: Command, loaded: Path, tmp_path: Path) -> None:
    shuffled = random.Random(7).sample(RECORDS, len(RECORDS))
    for at, start in enumerate(range(0, len(shuffled), 3)):
        path = write(tmp_path / f"{at}.jsonl", shuffled[start : start + 3])
        assert copydesk("run", "--warehouse", tmp_path / "warehouse", path).returncode == 0
    query = "SELECT copy_id, article_id, similarity, kept, added, is_earliest FROM copies ORDER BY ALL"
    assert ask(tmp_path / "warehouse", query) == ask(loaded, query)


def test_the_samples_are_grouped_as_expected(sample_warehouse: Path) -> None:
    expected = {(row["source"], row["record_no"]): row["copy_group"] for row in read_expected("copies")}
    groups: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for uri, record_no, copy_id in ask(
        sample_warehouse,
        "SELECT d.source_uri, d.record_no, c.copy_id FROM copies c JOIN documents d ON d.document_id = c.article_id",
    ):
        key = relative_source(uri), str(record_no)
        if key in expected:
            groups[copy_id].add(expected[key])
            named[expected[key]].add(copy_id)
    assert not {copy_id: names for copy_id, names in groups.items() if len(names) > 1}
    assert not {name: ids for name, ids in named.items() if len(ids) > 1}
