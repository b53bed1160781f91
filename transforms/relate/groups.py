"""Groups from links: what is joined by a chain of links is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from transforms.tables import iter_rows

_KEYS: list[pa.Field[Any]] = [
    pa.field("article_id", pa.string()),
    pa.field("keys", pa.list_(pa.uint64())),
    pa.field("profile", pa.binary()),
]
KEYS_SCHEMA = pa.schema(_KEYS)
"""What an article is looked up by, and, where it is not its text, what it is compared by."""
_GROUPS: list[pa.Field[Any]] = [pa.field("article_id", pa.string()), pa.field("group_id", pa.string())]
GROUPS_SCHEMA = pa.schema(_GROUPS)
"""An article, and the first article of its group."""


def join_pairs(articles: pa.Table, pairs: pa.Table) -> pa.Table:
    """Groups (`GROUPS_SCHEMA`) of articles, earliest first, by the pairs (`article_id`, `other_id`) that are joined."""
    members = [str(member) for (member,) in iter_rows(articles, "article_id")]
    groups = find_components(members, iter_rows(pairs, "article_id", "other_id"))
    return pa.table([pa.array(groups, pa.string()), pa.array(groups.values(), pa.string())], schema=GROUPS_SCHEMA)


def find_components(members: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each member the first of those that it is joined with; links with what is no member count for nothing."""
    place = {member: at for at, member in enumerate(members)}
    first = list(range(len(members)))

    def find(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    for one, other in links:
        if one in place and other in place:
            a, b = find(place[one]), find(place[other])
            first[max(a, b)] = min(a, b)
    return {member: members[find(at)] for at, member in enumerate(members)}


def settle_groups(
    members: Sequence[str],
    links: Iterable[tuple[str, str]],
    settled: Iterable[tuple[str, str]],
    is_near: Callable[[str, str], bool],
) -> pa.Table:
    """The densest article of the group of each member, as `group_id` (`GROUPS_SCHEMA`).

    Members are densest first; each asks the denser ones that it is linked with (member, other), nearest first, for
    their groups, and joins the first of which the densest `is_near`. Others than members are in `settled` with theirs.
    """
    centres = dict(settled)
    denser: dict[str, list[str]] = defaultdict(list)
    for member, other in links:
        denser[member].append(other)
    for member in members:
        asked = dict.fromkeys(centres[other] for other in denser[member])
        centres[member] = next((centre for centre in asked if is_near(member, centre)), member)
    ids = pa.array(members, pa.string())
    return pa.table([ids, pa.array([centres[member] for member in members], pa.string())], schema=GROUPS_SCHEMA)
