"""Tests of the readers: each case through `find_sources` and `read_source`, on files of its own."""
