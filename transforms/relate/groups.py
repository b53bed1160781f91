"""Groups from links: what is joined by a chain of links is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from transforms.tables import iter_rows

Article = TypeVar("Article")
"""What rules make of an article to compare it."""

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
    articles: pa.Table,
    links: pa.Table,
    settled: pa.Table,
    read: Callable[[pa.Table], dict[str, Article]],
    is_near: Callable[[Article, Article], bool],
) -> pa.Table:
    """The densest article of the group of each article, as `group_id` (`GROUPS_SCHEMA`).

    `articles` are densest first; each asks the denser ones that it is linked with (`links`: `article_id`, `other_id`,
    nearest first) for their groups, and joins the first of which the densest `is_near`. Others than `articles` are in
    `settled` with the `group_id` that they have, and with the columns that `read` takes of the article of that id.
    """
    members = read(articles)
    known = read(settled.drop(["article_id"]).rename_columns({"group_id": "article_id"})) | members
    centres: dict[str, str] = dict(iter_rows(settled, "article_id", "group_id"))
    denser: dict[str, list[str]] = defaultdict(list)
    for article_id, other_id in iter_rows(links, "article_id", "other_id"):
        denser[article_id].append(other_id)
    for article_id, article in members.items():
        asked = dict.fromkeys(centres[other_id] for other_id in denser[article_id])
        centres[article_id] = next((centre for centre in asked if is_near(article, known[centre])), article_id)
    groups = [centres[article_id] for article_id in members]
    return pa.table([pa.array(members, pa.string()), pa.array(groups, pa.string())], schema=GROUPS_SCHEMA)
