"""The requirements of the threat model, shown on the same real servers as the other tests use."""

from __future__ import annotations

# ruff: noqa: F401, TID252 - fixtures are found by their names
from ..serve.conftest import kept_example, opened, server, start
from ..store.conftest import clock, folder, note, text_of, workspace
from ..workbook.conftest import serve_records
