"""Groups from links: what is joined by a chain of links is one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


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
