"""The same files from any notebook, for people who use nbconvert."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from amparo.errors import ReportError
from amparo.report.exporter import (
    AmparoDocxExporter,
    AmparoHTMLExporter,
    AmparoMarkdownExporter,
)

ROOT = Path(__file__).resolve().parents[4]
OURS = (AmparoHTMLExporter, AmparoDocxExporter, AmparoMarkdownExporter)


def _notebook() -> Any:
    shown = v4.new_output("stream", name="stdout", text="said aloud\n")
    cells = [
        v4.new_markdown_cell("# Ours\n\nNobody walks alone."),
        v4.new_code_cell("secret = 1", outputs=[shown]),
    ]
    return v4.new_notebook(cells=cells, metadata={"amparo": {"lang": "de", "foot": "7"}})


@pytest.mark.parametrize(("exporter", "form"), [*zip(OURS, ("html", "docx", "md"), strict=True)])
def test_any_notebook_becomes_a_file_of_ours(exporter: Any, form: str, read: Any) -> None:
    """Trainers have notebooks of their own, in languages we have not written for."""
    data, resources = exporter().from_notebook_node(_notebook())

    text = read(form, data)
    assert "Nobody walks alone." in text
    assert "said aloud" in text
    assert "secret" not in text
    assert resources["output_extension"] == f".{form}"


@pytest.mark.parametrize("exporter", OURS)
def test_a_notebook_that_was_not_run_is_refused(exporter: Any) -> None:
    """An empty file that looks like a success is found out too late."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell("report.sheet()")])

    with pytest.raises(ReportError, match="has not been run"):
        exporter().from_notebook_node(notebook)


@pytest.mark.parametrize("exporter", OURS)
def test_program_text_is_shown_when_asked(exporter: Any) -> None:
    """Engineers send notebooks to each other too."""
    asked = exporter(include_input=True).from_notebook_node(_notebook())[0]

    assert asked != exporter().from_notebook_node(_notebook())[0]


def test_nbconvert_finds_them_by_name() -> None:
    """``jupyter nbconvert --to amparo-html``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    named = project["entry-points"]["nbconvert.exporters"]
    found = {getattr(import_module(at.split(":")[0]), at.split(":")[1]) for at in named.values()}
    assert {"amparo-pdf", "amparo-html", "amparo-docx", "amparo-markdown"} <= set(named)
    assert set(OURS) <= found
