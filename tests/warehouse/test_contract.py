"""The contract: every table and column that readers rely on, and the DDL that follows."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from warehouse.contract import TABLES, Table
from warehouse.contract.codes import Reason
from warehouse.ddl import comment_on, create_table, duckdb_type
from warehouse.parts import conform

PROMISED = {
    "documents": (
        "document_id source_uri record_no record_id source_format encoding byte_length url fetched_at run_id "
        "ingested_at"
    ),
    "intake": "run_id source_uri record_no outcome document_id reason detail",
    "articles": (
        "article_id headline agency publisher authors dateline_place dateline_country dateline_on "
        "published_at published_precision published_basis language is_enriched source_text text_start "
        "text_basis body word_count copy_id story_id version_no superseded_by is_current is_correction "
        "modified_at usage_terms"
    ),
    "blocks": "article_id block_no paragraph_no kind char_start char_end text rule",
    "sentences": "article_id sentence_no block_no char_start char_end text",
    "mentions": (
        "article_id mention_id sentence_no char_start char_end text entity_type mention_kind entity_id role "
        "country rule"
    ),
    "entity_aliases": "entity_id article_id canonical_id rule",
    "entities": "entity_id name entity_type country roles mention_count article_count",
    "quotes": (
        "article_id quote_id sentence_no kind char_start char_end text cue_start cue_end cue_text cue_lemma "
        "source_start source_end source_text speaker_id addressee_id continues_quote_id statement_id said_on "
        "rule"
    ),
    "dates": "article_id date_id sentence_no char_start char_end text timex_type value starts_on ends_on rule",
    "places": (
        "article_id place_id sentence_no char_start char_end text name geonames_id latitude longitude country "
        "feature rule"
    ),
    "events": (
        "article_id event_id sentence_no char_start char_end text trigger_start trigger_end trigger_text "
        "event_type mode cameo_code quad_class goldstein source_start source_end source_text source_id "
        "source_country target_start target_end target_text target_id target_country status starts_on ends_on "
        "date_basis place_id quote_id happening_id rule"
    ),
    "happenings": (
        "happening_id event_type status denied_count source_id target_id starts_on ends_on country "
        "report_count article_count independent_count first_reported_at last_reported_at"
    ),
    "copies": "copy_id article_id similarity is_earliest",
    "stories": "story_id article_id similarity is_earliest",
    "runs": "run_id started_at finished_at status version files_unchanged",
    "about": "key value",
    "countries": "country",
    "event_types": "event_type mode",
    "agencies": "agency",
    "rules": "rule table_name meaning sampled right",
}


@pytest.mark.parametrize("name", PROMISED)
def test_table_has_the_columns_that_readers_rely_on(name: str) -> None:
    assert set(PROMISED[name].split()) <= set(TABLES[name].columns)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_table_is_consistent(table: Table) -> None:
    assert len(set(table.columns)) == len(table.columns)
    assert set(table.key) <= set(table.columns)
    assert table.varying <= set(table.columns)
    assert table.joined <= set(table.columns)
    for column, target in table.references.items():
        other, _, other_column = target.partition(".")
        assert column in table.columns
        assert other_column in TABLES[other].columns
    for field in table.fields:
        ending = field.name.rsplit("_", 1)[-1]
        assert (ending == "at") == (field.arrow_type == pa.timestamp("us")), field.name
        assert (ending == "on") == (field.arrow_type == pa.date32()), field.name
        assert field.name.startswith("is_") == (field.arrow_type == pa.bool_()), field.name


def test_create_table_of_blocks() -> None:
    assert create_table(TABLES["blocks"]) == (
        'CREATE TABLE "blocks" (\n'
        '    "article_id" VARCHAR NOT NULL,\n'
        '    "block_no" INTEGER NOT NULL,\n'
        '    "paragraph_no" INTEGER NOT NULL,\n'
        '    "kind" VARCHAR NOT NULL,\n'
        '    "char_start" INTEGER NOT NULL,\n'
        '    "char_end" INTEGER NOT NULL,\n'
        '    "text" VARCHAR NOT NULL,\n'
        '    "rule" VARCHAR NOT NULL\n'
        ");"
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_ddl_runs_and_gives_the_declared_schema(table: Table) -> None:
    with duckdb.connect() as con:
        con.execute(create_table(table))
        con.execute(comment_on(table))
        described = con.execute(f'DESCRIBE "{table.name}"').fetchall()
        assert [(row[0], row[1]) for row in described] == [(f.name, duckdb_type(f.arrow_type)) for f in table.fields]
        comments = con.execute("SELECT comment FROM duckdb_columns() WHERE table_name = ?", [table.name]).fetchall()
        assert all(comment for (comment,) in comments)


def test_conform_names_what_does_not_fit() -> None:
    schema = pa.schema([pa.field("a", pa.int32(), nullable=False), pa.field("b", pa.string())])
    assert conform(pa.table({"b": ["x"], "a": pa.array([1], pa.int64())}), schema).schema == schema
    with pytest.raises(ValueError, match=r"missing \['b'\], not declared \['c'\]"):
        conform(pa.table({"a": [1], "c": [2]}), schema)
    with pytest.raises(ValueError, match=r"null in \['a'\]"):
        conform(pa.table({"a": pa.array([None], pa.int32()), "b": ["x"]}), schema)


def test_every_reason_says_what_to_do() -> None:
    for reason in Reason:
        assert reason.meaning.endswith(".")
        assert reason.cure.endswith(".")
