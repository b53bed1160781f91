"""The character encoding of markup: what its bytes prove, what it or its server declares, what makes sense."""

from __future__ import annotations

import codecs
import re

from flows.extract.encoding import NotText, find_encoding, find_unicode

HEAD_BYTES = 1 << 12
"""How far into a page its declaration is looked for; browsers look at 1,024 bytes."""

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
"""What browsers read under these names (WHATWG Encoding)."""


def find_markup_encoding(payload: bytes, declared: str | None = None) -> str | NotText:
    """Decides how to decode a page; `declared` is the charset of its HTTP header.

    Bytes that are UTF-8 beyond ASCII are UTF-8 whatever is declared; then the header counts, then the page's own
    declaration, then what any text is asked.
    """
    if b"\0" in payload or find_unicode(payload) is not None:
        return find_encoding(payload)
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    found = _DECLARED.search(payload, 0, HEAD_BYTES)
    for name in (declared, found[1].decode("ascii") if found else None):
        codec = _find_codec(name)
        if codec is not None and "\ufffd" not in payload.decode(codec, "replace"):
            return codec
    return find_encoding(payload)


def _find_codec(name: str | None) -> str | None:
    """The codec of a declared charset. UTF-8 and its wide relatives are none: their bytes have been looked at."""
    try:
        codec = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    if codec.startswith("utf") or not codecs.lookup(codec)._is_text_encoding:
        return None
    return _ALIASES.get(codec, codec)
