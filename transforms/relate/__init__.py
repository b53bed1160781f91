"""Relates rows across articles: which of their entities are one."""
