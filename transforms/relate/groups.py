"""Groups from links: what is joined by a chain of links is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from transforms.relate.overlaps import Places
from transforms.tables import iter_rows

Article = TypeVar("Article")
"""What rules make of an article to compare it."""

_KEYS: list[pa.Field[Any]] = [
    pa.field("doc", pa.int32()),
    pa.field("keys", pa.list_(pa.uint64())),
    pa.field("profile", pa.binary()),
]
KEYS_SCHEMA = pa.schema(_KEYS)
"""An article, by the number that it goes by here; what it is looked up by, and all that it is compared by."""
_GROUPS: list[pa.Field[Any]] = [pa.field("doc", pa.int32()), pa.field("centre", pa.int32())]
GROUPS_SCHEMA = pa.schema(_GROUPS)
"""An article, and the one that stands for its group."""


def find_places(articles: pa.Table, pairs: pa.Table) -> tuple[Places, Places]:
    """Where the articles (`doc`) are that each of the pairs (`doc`, `other`) consists of."""
    docs = articles["doc"].to_numpy()
    order = np.argsort(docs)
    one, other = (order[np.searchsorted(docs, pairs[side].to_numpy(), sorter=order)] for side in ("doc", "other"))
    return one, other


def join_pairs(articles: pa.Table, pairs: pa.Table) -> pa.Table:
    """Groups (`GROUPS_SCHEMA`) of articles (`doc`) by the pairs (`doc`, `other`) that are joined.

    The first of the articles that are joined stands for them.
    """
    members = [int(member) for (member,) in iter_rows(articles, "doc")]
    place = {member: at for at, member in enumerate(members)}
    first = list(range(len(members)))

    def find(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    for one, other in iter_rows(pairs, "doc", "other"):
        a, b = find(place[one]), find(place[other])
        first[max(a, b)] = min(a, b)
    return _tabulate(members, [members[find(at)] for at in range(len(members))])


def settle_groups(
    articles: pa.Table,
    links: pa.Table,
    settled: pa.Table,
    read: Callable[[pa.Table], dict[int, Article]],
    is_near: Callable[[Article, Article], bool],
) -> pa.Table:
    """The densest article of the group of each article, as `centre` (`GROUPS_SCHEMA`).

    `articles` are densest first; each asks the denser ones that it is linked with (`links`: `doc`, `other`, nearest
    first) for their groups, and joins the first of which the densest `is_near`. Others than `articles` are in `settled`
    with the `centre` that they have, and with the columns that `read` takes of the centre.
    """
    members = read(articles)
    known = read(settled.drop(["doc"]).rename_columns({"centre": "doc"})) | members
    centres: dict[int, int] = dict(iter_rows(settled, "doc", "centre"))
    denser: dict[int, list[int]] = defaultdict(list)
    for doc, other in iter_rows(links, "doc", "other"):
        denser[doc].append(other)
    for doc, article in members.items():
        asked = dict.fromkeys(centres[other] for other in denser[doc])
        centres[doc] = next((centre for centre in asked if is_near(article, known[centre])), doc)
    return _tabulate(list(members), [centres[doc] for doc in members])


def _tabulate(docs: Sequence[int], centres: Sequence[int]) -> pa.Table:
    return pa.table([pa.array(docs, pa.int32()), pa.array(centres, pa.int32())], schema=GROUPS_SCHEMA)
