"""Judgements on records: pure functions, each with its source."""
