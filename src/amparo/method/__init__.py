"""Judgements on records: pure functions, one idea a file; no files, no clock, no Jupyter."""
