"""The whole of cleaning: what holds of every record, whatever is in it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transforms.conftest import make_records
from transforms.clean import CLEAN_TABLES, clean
from transforms.resources import Resources
from transforms.results import Transformed
from warehouse.contract import TABLES
from warehouse.contract.codes import SENTENCE_KINDS

STORY = """Harbour town votes on bridge toll

By Jane Example

March 3, 2021 / 9:15 AM GMT / Updated an hour ago

The harbour bridge is seen from the quay in Exampleville, Ireland, March 2, 2021. REUTERS/Jo Sample

Sign up for our morning newsletter

DUBLIN, March 3 (Reuters) - Voters decided on Wednesday to keep the toll, Mayor A. B. Sample said. Read more

“It pays for the ferry,” he said. Story continues below advertisement The count took all night.

What happens next

The council meets on Friday.

(Reporting by Jane Example; Editing by Jo Sample)

Our Standards: fair and free.
"""

PIECES = st.sampled_from(
    [
        *STORY.splitlines(),
        "",
        "   ",
        "\r\n",
        "\u2028",
        "LAGOS —",
        "* * *",
        "(Reuters) -",
        "©",
        "“",
        "Read more",
        "A",
        "1987 1987-02-30",
        "    Indented line that was wrapped by hand at about this",
        "width, and goes on here.",
        "\ufeff",
        "\u200b",
        "ﬁn İstanbul ß",
        "日本語の文です。二つ目の文です。",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=25).map("\n".join),
    st.lists(PIECES, max_size=12).map("\n\n".join),
    st.lists(PIECES, max_size=12).map(" ".join),
)
NO_SURROGATES = TEXTS.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["A title", " ", "Two\nlines", STORY.splitlines()[0]]),
        "url": st.text(max_size=20),
    },
).filter(lambda fields: not any("\ud800" <= c <= "\udfff" for c in json.dumps(fields, ensure_ascii=False)))


def without_space(text: str) -> str:
    return "".join(text.split())


def check_blocks(cleaned: Transformed) -> None:
    """Spans are their texts, in order, apart, trimmed, and cover all but white space."""
    assert cleaned.refusals.to_pylist() == []
    for article in cleaned.tables["articles"].to_pylist():
        source, end = article["source_text"], 0
        blocks = [b for b in cleaned.tables["blocks"].to_pylist() if b["article_id"] == article["article_id"]]
        for number, block in enumerate(blocks):
            assert block["block_no"] == number
            assert source[block["char_start"] : block["char_end"]] == block["text"] == block["text"].strip() != ""
            assert block["char_start"] >= end
            end = block["char_end"]
        assert without_space(source) == without_space("".join(b["text"] for b in blocks))
        sentences = [s for s in cleaned.tables["sentences"].to_pylist() if s["article_id"] == article["article_id"]]
        for number, sentence in enumerate(sentences):
            block = blocks[sentence["block_no"]]
            assert sentence["sentence_no"] == number
            assert block["kind"] in SENTENCE_KINDS
            assert source[sentence["char_start"] : sentence["char_end"]] == sentence["text"] == sentence["text"].strip()
            assert block["char_start"] <= sentence["char_start"] < sentence["char_end"] <= block["char_end"]
        for number, block in enumerate(blocks):
            if block["kind"] in SENTENCE_KINDS:
                cut = "".join(s["text"] for s in sentences if s["block_no"] == number)
                assert without_space(cut) == without_space(block["text"])


def rows_of(cleaned: Transformed) -> dict[str, list[dict[str, Any]]]:
    return {name: cleaned.tables[name].to_pylist() for name in CLEAN_TABLES}


def test_story(clean_text: Any) -> None:
    cleaned = clean_text(STORY)
    check_blocks(cleaned)
    article = cleaned.tables["articles"].to_pylist()[0]
    assert article["body"] == (
        "Voters decided on Wednesday to keep the toll, Mayor A. B. Sample said.\n\n"
        "“It pays for the ferry,” he said. The count took all night.\n\nThe council meets on Friday."
    )
    assert [b["kind"] for b in cleaned.tables["blocks"].to_pylist()] == [
        *["headline", "byline", "byline", "caption", "promo", "dateline", "body", "related", "body", "promo", "body"],
        *["subhead", "body", "credit", "notice"],
    ]
    assert article["agency"] == "Reuters"
    assert article["authors"] == ["Jane Example"]
    assert (article["dateline_place"], article["dateline_country"]) == ("Dublin", "IRL")
    assert str(article["published_at"]) == "2021-03-03 09:15:00"
    assert article["published_basis"] == "timestamp"


def test_schemas_are_the_contract(clean_text: Any) -> None:
    cleaned = clean_text(STORY)
    for name in CLEAN_TABLES:
        assert cleaned.tables[name].schema.equals(TABLES[name].part_schema)


def test_empty_batch(resources: Resources) -> None:
    cleaned = clean(make_records(), resources)
    assert [cleaned.tables[name].num_rows for name in CLEAN_TABLES] == [0, 0, 0, 0]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NO_SURROGATES, fields=FIELDS)
def test_blocks_hold_for_any_text(resources: Resources, text: str, fields: dict[str, str]) -> None:
    check_blocks(clean(make_records((text, fields)), resources))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(NO_SURROGATES, min_size=2, max_size=5), seed=st.integers())
def test_batches_and_order_do_not_matter(resources: Resources, texts: list[str], seed: int) -> None:
    records = make_records(*[(text, {}) for text in texts])
    together = rows_of(clean(records, resources))
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    for number in order:
        alone = rows_of(clean(records.slice(number, 1), resources))
        for name in ("articles", "blocks", "sentences"):
            assert alone[name] == [r for r in together[name] if r["article_id"] == f"doc-{number}"]


def test_where_a_record_came_from_does_not_matter(resources: Resources) -> None:
    here = clean(make_records((STORY, {})), resources)
    there = clean(make_records((STORY, {}), source_uri="s3://elsewhere/b"), resources)
    for name in ("articles", "blocks", "sentences"):
        assert rows_of(here)[name] == rows_of(there)[name]


def test_a_bad_record_stops_nothing(resources: Resources) -> None:
    records = make_records((STORY, {}), (STORY, {}), (STORY, {}))
    fields = pa.array(["{}", "[]", "{}"])
    cleaned = clean(records.set_column(records.schema.get_field_index("fields"), "fields", fields), resources)
    assert cleaned.tables["articles"]["article_id"].to_pylist() == ["doc-0", "doc-2"]
    [refusal] = cleaned.refusals.to_pylist()
    assert refusal["document_id"] == "doc-1"
    assert refusal["reason"] == "rules_failed"
    assert refusal["detail"].startswith("TypeError: ")
    assert refusal["detail"].endswith(" at read_fields")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 3_000_000,
        "A " * 1_500_000,
        "Sample said. " * 200_000,
        "A. " * 300_000,
        "(" * 1_000_000,
        "“" * 1_000_000,
        "- " * 500_000,
        "LAGOS, " * 200_000,
        "2021 " * 300_000,
        " " * 2_000_000 + "x",
        "\n" * 1_000_000 + "x",
        "Read more " * 100_000,
    ],
    ids=lambda text: f"{text[:12].strip()!r}",
)
def test_cost_of_one_long_line_is_linear(resources: Resources, text: str) -> None:
    def seconds(part: str) -> float:
        start = time.process_time()
        check = clean(make_records((part, {})), resources)
        assert check.refusals.num_rows == 0
        return time.process_time() - start

    quarter = seconds(text[: len(text) // 4])
    assert seconds(text) < 12 * quarter + 0.5


def test_many_lines(resources: Resources) -> None:
    text = "\n".join(f"Line {n} of the long list was read out in the hall on Monday." for n in range(100_000))
    start = time.process_time()
    cleaned = clean(make_records((text, {})), resources)
    assert time.process_time() - start < 60
    assert cleaned.tables["blocks"].num_rows == 100_000


_FRESH = """
import sys
import transforms.clean, transforms.resources, transforms.language.sentences
assert not {"prefect", "duckdb"} & set(sys.modules), "a layer is crossed"
from flows.resources import load_resources
from tests.transforms.conftest import make_records
from transforms.clean import clean
import pyarrow
resources = load_resources()
records = make_records(("WARM-UP\\n\\nLAGOS, March 3 (AP) — It rained in Lagos on Monday, officials said.", {}))
clean(records, resources)
opened = []
sys.addaudithook(lambda event, arguments: opened.append(arguments) if event in ("open", "socket.connect") else None)
cleaned = clean(records, resources)
assert cleaned.tables["articles"].num_rows == 1 and not opened, opened
assert "duckdb" not in sys.modules and "prefect" not in sys.modules
print("ok")
"""


def test_layers_and_no_files_opened() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    ran = subprocess.run([sys.executable, "-c", _FRESH], capture_output=True, text=True, env=environment, check=False)
    assert ran.stdout.strip() == "ok", ran.stderr
