"""Readers of the standards that agencies and sites send their stories in: ninjs, NewsML-G2, NITF, RSS, Atom."""

from __future__ import annotations

from flows.extract.feeds.reader import read_feed

__all__ = ["read_feed"]
