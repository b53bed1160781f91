"""Reads web pages: the story's text as paragraphs with what surrounds it, and what the page says of itself.

Pure: markup in, text and fields out. Entities are never expanded and nothing is fetched.
"""

from __future__ import annotations

from transforms.markup.metadata import Metadata
from transforms.markup.page import TEXT_BASIS, NotArticleError, WebPage, read_fragment, read_page
from transforms.markup.tree import MarkupError

__all__ = ["TEXT_BASIS", "MarkupError", "Metadata", "NotArticleError", "WebPage", "read_fragment", "read_page"]
