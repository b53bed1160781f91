"""Keys by which the names of people are compared across articles: spelling folded, offices by their kind."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

import pyarrow as pa

from transforms.language.offices import OfficeIndex
from transforms.resources import Resources
from transforms.tables import iter_rows

_NAME_KEYS: list[pa.Field[Any]] = [
    pa.field("entity_id", pa.string(), nullable=False),
    pa.field("name_key", pa.string()),
    pa.field("surname_key", pa.string(), nullable=False),
    pa.field("is_standard", pa.bool_(), nullable=False),
]
NAME_KEYS_SCHEMA = pa.schema(_NAME_KEYS)
"""A person's keys: `name_key` is equal for spellings of one full name and null for a surname alone; `is_standard`
says that the first name is in the spelling that stands for its variants."""

ROLE_KINDS_SCHEMA = pa.schema(
    [pa.field("role", pa.string(), nullable=False), pa.field("office_kind", pa.string(), nullable=False)]
)
"""A role as written, and the kind of its office."""

_ARTICLES = frozenset({"al", "el"})
_FOLDS = (
    (re.compile(r"tsch|tch"), "ch"),
    (re.compile(r"sch"), "sh"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"(?:iyi|yyi|iy|yy|ij|ii|yi|i)$"), "y"),
    (re.compile(r"([a-z])\1"), r"\1"),
)
"""What romanisations of one name differ in: Zelenskiy and Zelenskyy, Netanyahou and Netanyahu, Lawrow and Lavrov."""


class PeopleRules:
    """Keys of names and kinds of roles."""

    def __init__(self, resources: Resources) -> None:
        self._offices = OfficeIndex(resources.reference["offices"])
        self._standards: dict[str, str] = {}
        for name, standard in iter_rows(resources.reference["first_names"], "name", "standard"):
            if standard:
                self._standards[_plain(name)] = _plain(standard)

    @staticmethod
    def build(resources: Resources) -> PeopleRules:
        """The rules for these resources; the same object for the same resources."""
        return _build(resources)

    def key_names(self, entity_ids: pa.Table) -> pa.Table:
        """Keys (`NAME_KEYS_SCHEMA`) of the persons in the column `entity_id`."""
        rows = [self._key(entity_id) for (entity_id,) in iter_rows(entity_ids, "entity_id")]
        return pa.Table.from_pylist(rows, schema=NAME_KEYS_SCHEMA)

    def sort_roles(self, roles: pa.Table) -> pa.Table:
        """Kinds (`ROLE_KINDS_SCHEMA`) of the roles in the column `role`; a role of no known office has no row."""
        found = [(role, self._offices.of_role(role)) for (role,) in iter_rows(roles, "role")]
        rows = [{"role": role, "office_kind": office.kind} for role, office in found if office]
        return pa.Table.from_pylist(rows, schema=ROLE_KINDS_SCHEMA)

    def _key(self, entity_id: str) -> dict[str, object]:
        parts = entity_id.partition(":")[2].split("-")
        rest = [part for part in parts[1:] if part not in _ARTICLES]
        standard = self._standards.get(parts[0], parts[0])
        is_full = bool(rest)
        return {
            "entity_id": entity_id,
            "name_key": " ".join(map(self._fold, [parts[0], *rest])) if is_full else None,
            "surname_key": self._fold(rest[-1] if is_full else parts[-1]),
            "is_standard": standard == parts[0],
        }

    def _fold(self, part: str) -> str:
        return fold_name(self._standards.get(part, part))


@lru_cache(maxsize=4)
def _build(resources: Resources) -> PeopleRules:
    return PeopleRules(resources)


def fold_name(name: str) -> str:
    """One form for the romanisations of a name in lower-case ASCII."""
    for pattern, replacement in _FOLDS:
        name = pattern.sub(replacement, name)
    return name


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return folded.lower()
