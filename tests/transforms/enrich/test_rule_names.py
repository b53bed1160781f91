"""Every rule that the code can name is declared: a wrong row must lead to its rule."""

from __future__ import annotations

import re
from pathlib import Path

from flows.resources import load_reference
from tests.conftest import PROJECT
from transforms.enrich.names.lexicon import Lexicon
from transforms.resources import Resources

LITERAL = re.compile(r'"((?:names|description|pronoun)\.[a-z-]+)"')
QUOTE_RULE = re.compile(r'(?:make|_make|rule=|Found)\(?\s*"([a-z-]+)"')


def declared() -> set[str]:
    return set(load_reference()["rules"]["rule"].to_pylist())


def sources(folder: Path) -> str:
    return "\n".join(file.read_text("utf-8") for file in sorted(folder.rglob("*.py")))


def test_rules_that_the_code_names_are_declared() -> None:
    named = set(LITERAL.findall(sources(PROJECT / "transforms" / "enrich"))) - {"names.table"}  # how its rules begin
    assert named - declared() == set()


def test_rules_of_quotes_are_declared() -> None:
    named = {f"quote.{rule}" for rule in QUOTE_RULE.findall(sources(PROJECT / "transforms" / "enrich" / "quotes"))}
    assert len(named) > 5
    assert named - declared() == set()


def test_each_sort_of_the_lexicon_is_a_rule(resources: Resources) -> None:
    lexicon = Lexicon(resources)
    sorts = {entry.sort for keys in lexicon._names.values() for entries in keys.values() for entry in entries}
    assert {f"names.{sort}" for sort in sorts} - declared() == set()
