"""Finds and types every name of an article, and links the names of one article to entity ids."""

from transforms.enrich.names.rules import NameRules

__all__ = ["NameRules"]
