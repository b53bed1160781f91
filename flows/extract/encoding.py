"""Which character encoding bytes are in, and whether they are text at all.

The order of decision is fixed: byte-order mark, UTF-16/32 by the pattern of their NUL bytes, binary, UTF-8,
UTF-8 with a few damaged characters, then the legacy encodings by what makes the most sensible text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from warehouse.contract.codes import Reason

BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

LEGACY = (
    "cp1252",
    "cp1250",
    "iso8859-2",
    "cp1251",
    "koi8-r",
    "iso8859-5",
    "cp1253",
    "cp1254",
    "cp1256",
    "cp1255",
    "cp1257",
    "iso8859-15",
    "mac-roman",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
)
"""Candidates, the preferred first: where two read the same bytes equally well, the earlier is taken.

Latin-1 is not among them: what it has beyond Windows-1252 is control characters.
"""

SAMPLE_BYTES = 1 << 14
"""How much text the choice among the legacy encodings looks at."""

_CONTROL = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_CONTROL_SHARE = 0.05
_CONTROL_MIN = 8
"""Wire headers hold a few control characters (SOH, STX, ETX); binary data has every tenth byte one."""

_FEW_HIGH = 3
_WESTERN = "€…‘’“”–—™ŠšŒœŽžŸ ¡£§©«®°´·»½¿".encode("cp1252") + bytes(range(0xC0, 0x100))
"""What European copy in Windows-1252 holds. Three such bytes or fewer say too little to look any further."""

_CHAOS_MAX = 0.2
"""The share of unlikely characters beside each other (charset-normalizer's measure) that text may have."""

_HIGH = re.compile(rb"[\x80-\xff]")
_WHOLE_BYTES = 1 << 13
_AROUND_BYTES = 400
_BREAK = re.compile(rb"[\t\n\r !-/]")
"""ASCII that is never the later byte of a character, in any of the encodings below: a safe place to cut."""

_UTF8_PARTS = re.compile(
    rb"(?P<long>[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3})"
    rb"|(?P<short>[\xc2-\xdf][\x80-\xbf])"
    rb"|(?P<cut>\xe2[\x80-\x82]|\xf0\x9f[\x80-\xbf]?)"
    rb"|(?P<stray>[\x80-\xff])"
)
_UTF8_WEIGHTS = {"long": 4, "short": 1, "cut": 4, "stray": -2}
"""How strongly a byte sequence speaks for damaged UTF-8 and against a legacy encoding.

A whole sequence of three bytes is next to impossible in legacy text. One of two bytes is not (`ß”` in
Windows-1252), nor is a cut one (`é»`), save those that begin the usual punctuation and symbols (E2 80 …).
"""


@dataclass(frozen=True, slots=True)
class NotText:
    """Bytes that cannot be decoded, and why."""

    reason: Reason
    detail: str


def decode(payload: bytes, encoding: str) -> str:
    """Decode: byte-order mark dropped, what cannot be decoded U+FFFD, otherwise unchanged."""
    return payload.decode(encoding, "replace").removeprefix("\ufeff")


def find_unicode(head: bytes) -> str | None:
    """The Unicode encoding that the beginning of a file shows: by its mark, else by its NUL bytes."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    return _find_wide(head[:SAMPLE_BYTES])


def find_encoding(payload: bytes) -> str | NotText:
    """Decide how to decode a whole text, or say why it is none."""
    encoding = find_unicode(payload)
    if encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        return _check_wide(payload, encoding)
    if (nul := payload.find(0)) >= 0:
        return NotText(Reason.BINARY, f"NUL byte at byte {nul}")
    if _is_controlled(payload):
        controls = _count_controls(payload)
        return NotText(Reason.BINARY, f"{controls} control characters in {len(payload)} bytes")
    if encoding is not None:
        return encoding
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError as error:
        sample = _make_sample(payload)
        if _is_damaged_utf8(sample):
            return "utf-8"
        legacy = _find_legacy(sample)
        if legacy is not None:
            return legacy
        byte = payload[error.start]
        return NotText(
            Reason.UNDECODABLE,
            f"byte 0x{byte:02X} at byte {error.start} is not UTF-8, and no other encoding makes text of it",
        )
    return "utf-8"


def _find_wide(head: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 without a mark: half or three quarters of their ASCII are NUL."""
    whole = head[: len(head) // 4 * 4]
    if len(whole) < 8 or 0 not in whole:
        return None
    places = [whole[place::4] for place in range(4)]
    nuls = [place.count(0) / len(place) for place in places]
    if min(nuls[2], nuls[3]) > 0.9 and nuls[0] < 0.5:
        encoding = "utf-32-le"
    elif min(nuls[0], nuls[1]) > 0.9 and nuls[3] < 0.5:
        encoding = "utf-32-be"
    else:
        is_little = nuls[1] + nuls[3] > nuls[0] + nuls[2]
        encoding = "utf-16-le" if is_little else "utf-16-be"
        # The other half is the same one or two bytes over and over: NUL and that of the script.
        pages = Counter(whole[1::2] if is_little else whole[::2])
        if 0 not in pages or sum(count for _, count in pages.most_common(2)) < 0.8 * pages.total():
            return None
    return encoding if _is_sensible(whole.decode(encoding, "replace")[:-1]) else None


def _count_controls(payload: bytes) -> int:
    return len(payload) - len(payload.translate(None, _CONTROL))


def _is_controlled(payload: bytes) -> bool:
    """Whether there are more control characters than any header of a wire service has."""
    controls = _count_controls(payload)
    return controls >= _CONTROL_MIN and controls > len(payload) * _CONTROL_SHARE


def _check_wide(payload: bytes, encoding: str) -> str | NotText:
    if _is_sensible(payload[: SAMPLE_BYTES * 2].decode(encoding, "replace").removeprefix("\ufeff")):
        return encoding
    return NotText(Reason.BINARY, f"begins like {encoding.upper()} but does not decode to text")


def _is_sensible(text: str) -> bool:
    """Whether text is nearly free of what prose does not hold: control, unassigned, private characters."""
    odd = sum(1 for char in text if not char.isprintable() and not char.isspace() and char not in "\u200b\ufeff")
    return "\0" not in text and (odd + text.count("\ufffd")) * 20 <= len(text)


def _make_sample(payload: bytes) -> bytes:
    """The surroundings of the first bytes beyond ASCII: only they can tell encodings apart."""
    if len(payload) <= _WHOLE_BYTES:
        return payload
    sample = bytearray()
    done = 0
    while len(sample) < SAMPLE_BYTES and (high := _HIGH.search(payload, done)):
        start = max(done, high.start() - _AROUND_BYTES)
        end = high.start() + _AROUND_BYTES
        if safe := _BREAK.search(payload, end, end + SAMPLE_BYTES):
            end = safe.end()
        sample += payload[start:end]
        done = end
    return bytes(sample)


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 are so all the same, but for a few cut or stray bytes."""
    return sum(_UTF8_WEIGHTS[match.lastgroup or ""] for match in _UTF8_PARTS.finditer(sample)) > 0


def _find_legacy(sample: bytes) -> str | None:
    """The legacy encoding that makes the most sensible text of the sample, if any does."""
    high = sample.translate(None, bytes(range(0x80)))
    if len(high) <= _FEW_HIGH and not high.translate(None, _WESTERN):
        return "cp1252"

    from charset_normalizer import from_bytes

    # A threshold wider than what is taken below: at its own, the library gives up a good candidate together
    # with a bad one that it takes for similar (Polish in ISO 8859-2 with Windows-1250).
    matches = from_bytes(sample, cp_isolation=list(LEGACY), preemptive_behaviour=False, threshold=0.4)
    best: tuple[float, float, int] | None = None
    for match in matches:
        if match.chaos > _CHAOS_MAX:
            continue
        names = {codecs.lookup(name).name for name in match.could_be_from_charset}
        for rank, encoding in enumerate(LEGACY):
            if codecs.lookup(encoding).name in names:
                score = (round(match.chaos, 2), -round(match.coherence, 2), rank)
                best = score if best is None else min(best, score)
                break
    return None if best is None else codecs.lookup(LEGACY[best[2]]).name
