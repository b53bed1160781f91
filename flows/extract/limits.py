"""The limits that decide what is taken in, in bytes, so that the same input fares the same anywhere."""

from __future__ import annotations

from dataclasses import dataclass, fields

CHUNK_BYTES = 1 << 18
"""How much is read, and expanded, at a time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a record, ratio and total of decompression."""

    max_record_bytes: int = 20_000_000
    """A longer text file, line or row is `too_large`. The longest news stories have a few 100 kB."""
    max_ratio: int = 200
    """Bytes out for one compressed byte in; news copy has 2 to 10. More is a `bomb`."""
    ratio_free_bytes: int = 8_000_000
    """The ratio counts only beyond this many bytes out: small files may be as repetitive as they like."""
    max_total_bytes: int = 64 * 2**30
    """Bytes that one compressed file may expand to."""

    def __post_init__(self) -> None:
        for limit in fields(self):
            if getattr(self, limit.name) < 1:
                raise ValueError(f"{limit.name} is {getattr(self, limit.name)}; it must be 1 or more")

    def is_bomb(self, bytes_in: int, bytes_out: int) -> bool:
        """Whether data that expanded so far is beyond what this installation takes."""
        if bytes_out > self.max_total_bytes:
            return True
        return bytes_out > self.ratio_free_bytes and bytes_out > bytes_in * self.max_ratio
