from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest

from amparo.content.examples import example
from amparo.model.workspace import Workspace
from amparo.report.opened import AUDIENCES_OF
from amparo.report.run import run_report
from amparo.report.sections.material import Material

TODAY = date(2026, 11, 24)
TICKET = "0" * 32


class DummySession:
    """A session without a keeper: it cuts the records as the keeper does."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._asked: dict[str, Material] = {}

    def ticket(
        self,
        report: str,
        audience: Any,
        lang: str,
        paper: str | None = None,
        *,
        parameters: Any = None,
        without: Any = (),
    ) -> str:
        cut = self.workspace.for_audience(audience)
        ticket = f"{len(self._asked):032x}"
        asked = dict(parameters or {})
        self._asked[ticket] = Material(cut, report, audience, lang, paper, TODAY, parameters=asked)
        assert not without, "this session cuts no more than the usual"
        return ticket

    def report_data(self, ticket: str) -> Material:
        return self._asked[ticket]


class Paper:
    """A PDF and what can be read in it."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        document = pypdfium2.PdfDocument(pdf)
        self.pages = tuple(
            _told(document[number].get_textpage().get_text_range())
            for number in range(len(document))
        )
        document.close()

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def _told(text: str) -> str:
    # Breaks inside a word, and places where a long word may break, are not part of it.
    joined = re.sub("[\u200b\ufffe\u00ad]", "", text)
    return " ".join(joined.split())


@pytest.fixture(scope="session")
def workspaces() -> Callable[[str, str], Workspace]:
    made: dict[tuple[str, str], Workspace] = {}

    def get(size: str, lang: str) -> Workspace:
        if (size, lang) not in made:
            made[size, lang] = Workspace.of(example(size, lang, TODAY))  # type: ignore[arg-type]
        return made[size, lang]

    return get


@pytest.fixture(scope="session")
def material(workspaces: Any) -> Callable[..., Material]:
    def get(
        report: str, lang: str = "en", size: str = "small", *, audience: Any = None, of: Any = None
    ) -> Material:
        reader = audience or AUDIENCES_OF[report][0]
        workspace = workspaces(size, lang) if of is None else of
        return Material(workspace.for_audience(reader), report, reader, lang, None, TODAY)

    return get


@pytest.fixture(scope="session")
def printed(material: Any) -> Callable[..., Paper]:
    def get(report: str, *args: str, **options: Any) -> Paper:
        data = material(report, *args, **options)
        return Paper(run_report(report, TICKET, lambda _: data))

    return get


@pytest.fixture
def session(workspaces: Any) -> DummySession:
    return DummySession(workspaces("small", "en"))


@pytest.fixture(scope="session")
def read_paper() -> type[Paper]:
    return Paper
