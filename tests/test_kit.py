"""The figures that the project has promised, on development data that is not part of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, Command
from warehouse.client import open_reader

KIT = PROJECT.parent / "shared"

SECTIONS = ("article", "blocks", "quotes", "actors", "dates and places", "events")

pytestmark = pytest.mark.skipif(
    not (KIT / "eval").is_dir(), reason="the evaluation kit (../shared) is not beside the project"
)


def score(task: str, missing: int = 0) -> dict[str, float]:
    command = [sys.executable, KIT / "eval" / "score.py", "run", task, "--data", KIT / "eval" / "dev"]
    done = subprocess.run(
        [*command, "--copydesk", str(Path(sys.executable).parent / "copydesk")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])[task]
    assert figures["text_mismatch"] == 0
    assert figures["missing"] == missing
    return figures


def test_seed_story(copydesk: Command, tmp_path: Path) -> None:
    seed = KIT / "eval" / "seed" / "security-pact.txt"
    assert copydesk("run", seed, "--warehouse", tmp_path).returncode == 0
    sections = [word for name in SECTIONS for word in ("--section", name)]
    done = subprocess.run(
        [sys.executable, KIT / "eval" / "seed_check.py", "--warehouse", tmp_path, *sections],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_cleaning_figures() -> None:
    figures = score("cleaning")
    assert figures["line_macro_f1"] >= 0.93
    assert figures["body_char_f1"] >= 0.985


def test_dateline_figures() -> None:
    figures = score("reuters")
    assert figures["dateline_place_accuracy"] >= 0.99
    assert figures["dateline_date_accuracy"] >= 0.98
    assert figures["country_f1"] >= 0.88


def test_quote_figures() -> None:
    figures = score("quotes")
    assert figures["direct_speaker_accuracy"] >= 0.90
    assert figures["source_exact_f1"] >= 0.70
    assert figures["cue_exact_f1"] >= 0.68
    assert figures["content_exact_f1"] >= 0.60


def test_name_figures() -> None:
    assert score("people")["micro_f1"] >= 0.88


def test_real_copy_in_volume(copydesk: Command, tmp_path: Path) -> None:
    inputs = sorted((KIT / "corpus").glob("*.jsonl.gz"))
    first = copydesk("run", *inputs, "--warehouse", tmp_path)
    assert first.returncode == 0, first.stderr
    before = copydesk("fingerprint", "--warehouse", tmp_path).stdout
    assert copydesk("run", *inputs, "--warehouse", tmp_path).returncode == 0
    assert copydesk("fingerprint", "--warehouse", tmp_path).stdout == before
    checked = copydesk("check", "--warehouse", tmp_path)
    assert checked.returncode == 0, checked.stdout
    with open_reader(tmp_path) as con:
        runs = con.execute(
            "SELECT records_read, records_loaded, records_rejected, files_unchanged FROM runs ORDER BY started_at"
        ).fetchall()
        (rows,) = con.execute("SELECT count(*) FROM intake").fetchall()[0]
    assert runs == [(12_974, 12_974, 0, 0), (0, 0, 0, 2)]
    assert rows == 12_974


def test_date_figures() -> None:
    figures = score("dates")
    assert figures["tbaq_value_f1"] >= 0.79
    assert figures["tbaq_strict_f1"] >= 0.85
    assert figures["tbaq_relaxed_f1"] >= 0.92
    assert figures["wikiwars_value_f1"] >= 0.8


def test_place_figures() -> None:
    figures = score("places")
    assert figures["acc_161km"] >= 0.86
    assert figures["end_to_end_f1_161km"] >= 0.65


def test_event_figures() -> None:
    figures = score("events")
    assert figures["plv_precision_answered"] >= 0.85
    assert figures["plv_coverage"] >= 0.60
    assert figures["plv_macro_f1"] >= 0.60
    assert figures["plv_type_only_macro_f1"] >= 0.68


def test_copy_figures() -> None:
    figures = score("copies")
    assert figures["pair_f1"] >= 0.99
    assert figures["pair_p"] >= 0.99
    assert figures["hard_negatives_merged"] == 0


def test_story_figures() -> None:
    figures = score("stories")
    assert figures["ari"] >= 0.86
    assert figures["b3_f1"] >= 0.9


def test_web_page_figures() -> None:
    figures = score("html", missing=1)  # a page that scripts fill in
    assert figures["body_f1"] >= 0.97
    assert figures["fundus_body_f1"] >= 0.945
    assert figures["fundus_english_title_exact"] >= 0.88
    assert figures["fundus_english_author_f1"] >= 0.88
    assert figures["fundus_english_date_day_accuracy"] >= 0.97
