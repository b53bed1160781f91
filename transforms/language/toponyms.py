"""Names of places as keys: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pyarrow import compute

_arrow: Any = compute
_MARKS = "[\\s.,'’`\\-–/()]+"
_SPLIT = re.compile(_MARKS)


@lru_cache(maxsize=50_000)
def fold_place(name: str) -> str:
    """A name without case, accents and punctuation, for look-up."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(_SPLIT.split(name.lower())).strip()


def fold_places(names: Any) -> Any:
    """As `fold_place`, a column of names at once."""
    bare = _arrow.replace_substring_regex(_arrow.utf8_normalize(names, form="NFKD"), pattern=r"\p{M}+", replacement="")
    return _arrow.utf8_trim_whitespace(
        _arrow.replace_substring_regex(_arrow.utf8_lower(bare), pattern=_MARKS, replacement=" ")
    )
