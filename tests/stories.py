"""Made-up stories in volume: paragraphs of the samples, recombined. For resuming and for measuring, not to be read."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from tests.expected import read_expected

_CITIES = ("Oslo", "Lima", "Nairobi", "Hanoi", "Quito", "Riga", "Accra", "Perth", "Tunis", "Minsk")
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


@cache
def _paragraphs(kind: str) -> tuple[str, ...]:
    return tuple(row["text"] for row in read_expected("blocks") if row["kind"] == kind)


def make_story(number: int) -> dict[str, str]:
    """Story `number`: the same each time, about 3 kB, with a headline, a dateline and clutter."""
    pick = random.Random(number)
    body = pick.sample(_paragraphs("body"), 9)
    city, month, day = pick.choice(_CITIES), pick.choice(_MONTHS), pick.randint(1, 28)
    parts = [
        pick.choice(_paragraphs("headline")),
        pick.choice(_paragraphs("caption")),
        f"{city.upper()}, {month} {day} (Reuters) - {body[0]}",
        *body[1:4],
        pick.choice(_paragraphs("promo")),
        *body[4:],
        f"Item {number} of the bulletin was filed at desk {number % 97}.",
        pick.choice(_paragraphs("credit")),
    ]
    return {
        "id": f"story-{number}",
        "text": "\n\n".join(parts),
        "published_at": f"20{pick.randint(19, 25)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}T08:00:00Z",
    }


def write_feed(path: Path, count: int, *, start: int = 0) -> Path:
    """Writes stories `start` to `start + count` as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(start, start + count):
            file.write(json.dumps(make_story(number), ensure_ascii=False) + "\n")
    return path
