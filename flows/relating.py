"""What relating across articles asks of the language rules, with the version that follows from it."""

from __future__ import annotations

from flows.resources import load_resources
from flows.stages import digest_of, narrow
from transforms.relate.copies import LEAST_MET, WINDOW, CopyRules
from transforms.relate.people import PeopleRules
from warehouse.grouping import Grouping
from warehouse.relate import Relating

SOURCES = ("transforms/relate", "transforms/language/offices.py", "transforms/tables.py")
REFERENCE = ("cue_words", "first_names", "offices")


def relating() -> Relating:
    """The rules by which articles, and entities of several articles, are compared."""
    resources = narrow(load_resources(), REFERENCE)
    people = PeopleRules.build(resources)
    reference = tuple(f"reference/{name}.csv" for name in REFERENCE)
    groupings = (_copies(CopyRules(resources)),)
    return Relating(people.key_names, people.sort_roles, groupings, digest_of(SOURCES, reference, (), ()))


def _copies(rules: CopyRules) -> Grouping:
    return Grouping(
        table="copies",
        column="copy_id",
        measures=("similarity", "kept", "added"),
        question="""
            SELECT article_id, headline, coalesce(body, '') AS body, published_at
            FROM articles SEMI JOIN {ids} USING (article_id)
        """,
        window=WINDOW,
        least_keys=LEAST_MET,
        joins_versions=True,
        key=rules.key,
        compare=rules.compare,
        chain=rules.group,
        group=rules.group,
    )
