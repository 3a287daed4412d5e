"""Every workbook runs top to bottom, twice, in every language, on an empty and a full workspace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from amparo.content.examples import example
from amparo.keeper import client
from amparo.resources import bundled
from amparo.session import Session

pytestmark = pytest.mark.workbook
NAMES = ("assess", "respond", "review")
TODAY = date(2026, 11, 25)
_LANGUAGES = ("en", "es", "fr", "ar")
# One kernel runs all languages of one workbook: a start takes longer than a page.
_AGAIN = """
import os
from amparo_widgets import Workbook
for lang in {languages!r}:
    os.environ["AMPARO_LANG"] = lang
    {source}
    print(lang, page.here, len(page.parts), page.parts[0].view["steps"][0]["title"])
"""


@pytest.fixture(scope="module", params=["empty", "full"])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A keeper of an empty workspace, and one of the small example."""
    place = tmp_path_factory.mktemp("w") / "w.amparo"
    handle = client.start(place, session_only=True)
    with Session.connect(handle.environment()) as session:
        if request.param == "full":
            session.save_many([(record, None) for record in example("small", "en", TODAY)])
        yield session.grant(("read", "write"), role="K", identity="page")
        session.lock()


def _run(notebook: Any, folder: Path, environment: dict[str, str]) -> Any:
    runner = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    runner.execute(env={**os.environ, **environment, "IPYTHONDIR": str(folder / "ipython")})
    return notebook


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_runs_top_to_bottom_twice_and_in_every_language(
    name: str, held: dict[str, str], tmp_path: Path
) -> None:
    """A cell that fails the second time strands whoever presses run again."""
    notebook: Any = nbformat.read(bundled("workbooks") / f"{name}.ipynb", as_version=4)
    shown = notebook.cells[0].source
    call = shown[shown.index("Workbook(") :].removesuffix(".show()")
    again = _AGAIN.format(languages=_LANGUAGES, source=f"page = {call}; page.show()")
    notebook.cells += [nbformat.v4.new_code_cell(shown), nbformat.v4.new_code_cell(again)]

    ran = _run(notebook, tmp_path, held)

    first, second, every = ran.cells
    for cell in (first, second):
        assert "application/vnd.jupyter.widget-view+json" in cell.outputs[-1]["data"]
    said = "".join(
        out["text"] for out in every.outputs if out["output_type"] == "stream"
    ).splitlines()
    assert [line.split()[0] for line in said] == list(_LANGUAGES)
    assert not any("⟦" in line for line in said)


def test_every_workbook_that_ships_is_run_here() -> None:
    """A workbook nobody runs is found broken in a village."""
    assert {path.stem for path in bundled("workbooks").glob("*.ipynb")} == set(NAMES)
