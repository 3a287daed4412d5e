"""Reports on their way to a file, made from the examples without a keeper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from amparo.content.examples import example
from amparo.model.workspace import Workspace
from amparo.report.audiences import REPORTS
from amparo.report.made import Made
from amparo.report.sections.material import Material

TODAY = date(2026, 11, 24)
Making = Callable[..., Made]


@pytest.fixture(scope="session")
def made() -> Making:
    """Return ``made(report, lang, size, audience=, of=)``; records are cut as the keeper does."""
    known: dict[tuple[str, str], Workspace] = {}

    def make(
        report: str, lang: str = "en", size: Any = "small", *, audience: Any = None,
        of: Workspace | None = None, parameters: Any = None,
    ) -> Made:  # fmt: skip
        if (size, lang) not in known:
            known[size, lang] = Workspace.of(example(size, lang, TODAY))
        reader = audience or REPORTS[report].audiences[0]
        cut = (known[size, lang] if of is None else of).for_audience(reader)
        data = Material(cut, report, reader, lang, None, TODAY, parameters=parameters or {})
        return Made(report, "0" * 32, lambda _: data)

    return make


@pytest.fixture(scope="session")
def with_paper(made: Making) -> Callable[..., Any]:
    """Return what stands for a report whose paper says *document*, without running a notebook."""

    def make(document: Any, report: str = "wallet", lang: str = "en") -> Any:
        return SimpleNamespace(data=made(report, lang).data, document=document)

    return make
