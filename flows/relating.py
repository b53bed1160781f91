"""What relating across articles asks of the language rules, with the version that follows from it."""

from __future__ import annotations

from flows.resources import load_resources
from flows.stages import RELATING_PACKAGES, digest_of, narrow
from transforms.relate import copies, stories
from transforms.relate.copies import CopyRules
from transforms.relate.groups import join_pairs
from transforms.relate.people import PeopleRules
from transforms.relate.stories import StoryRules
from warehouse.grouping import Grouping
from warehouse.relate import Relating

SOURCES = ("flows/relating.py", "transforms/relate", "transforms/language/offices.py", "transforms/tables.py")
REFERENCE = ("cue_words", "first_names", "offices")


def relating() -> Relating:
    """The rules by which articles, and entities of several articles, are compared."""
    resources = narrow(load_resources(), REFERENCE)
    people = PeopleRules.build(resources)
    reference = tuple(f"reference/{name}.csv" for name in REFERENCE)
    groupings = (_copies(CopyRules(resources)), _stories(StoryRules(resources)))
    return Relating(
        people.key_names, people.sort_roles, groupings, digest_of(SOURCES, reference, RELATING_PACKAGES, ())
    )


def _copies(rules: CopyRules) -> Grouping:
    return Grouping(
        table="copies",
        column="copy_id",
        measures=("similarity", "kept", "added"),
        key=rules.key,
        window=copies.WINDOW,
        least_keys=1,
        least_share=copies.LEAST_MET,
        compare=rules.compare,
        strongest=copies.STRONGEST,
        least_weight=0,
        settle=rules.settle,
        given="SELECT article_id, superseded_by AS other_id FROM articles WHERE superseded_by IS NOT NULL",
        merge=join_pairs,
    )


def _stories(rules: StoryRules) -> Grouping:
    return Grouping(
        table="stories",
        column="story_id",
        measures=("similarity",),
        key=rules.key,
        window=stories.WINDOW,
        least_keys=stories.LEAST_MET,
        least_share=0,
        compare=rules.compare,
        strongest=stories.STRONGEST,
        least_weight=stories.JOINED,
        settle=rules.settle,
        given="SELECT article_id, copy_id AS other_id FROM copies WHERE NOT is_earliest",
        merge=None,
    )
