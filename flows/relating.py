"""What relating across articles asks of the language rules, with the version that follows from it."""

from __future__ import annotations

from flows.resources import load_resources
from flows.stages import digest_of, narrow
from transforms.relate.people import PeopleRules
from warehouse.relate import Relating

SOURCES = ("transforms/relate", "transforms/language/offices.py", "transforms/tables.py")
REFERENCE = ("first_names", "offices")


def relating() -> Relating:
    """The rules by which entities of several articles are compared."""
    people = PeopleRules.build(narrow(load_resources(), REFERENCE))
    reference = tuple(f"reference/{name}.csv" for name in REFERENCE)
    return Relating(people.key_names, people.sort_roles, digest_of(SOURCES, reference, (), ()))
