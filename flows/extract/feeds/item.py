"""What any feed's item comes to: fields, and a body as text or as markup that holds nothing but the story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Value = str | list[str]


@dataclass
class Item:
    """One item as its standard has it, under the names of our fields."""

    body: str
    is_markup: bool
    fields: dict[str, Any] = field(default_factory=dict)
    status: str = "usable"
    """The item's `pubStatus`, without its scheme."""
    embargoed: str | None = None
    """Until when it must not be used, as written."""

    @property
    def known_fields(self) -> Mapping[str, Value]:
        """The fields that have a value, each trimmed."""
        trimmed = {name: _trim(value) for name, value in self.fields.items()}
        return {name: value for name, value in trimmed.items() if value}


def _trim(value: Any) -> Value | None:
    if isinstance(value, list):
        return list(dict.fromkeys(text for item in value if (text := _trim(item)) and isinstance(text, str))) or None
    if isinstance(value, bool) or value is None:
        return None
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else None


Items = Iterator[Item]
