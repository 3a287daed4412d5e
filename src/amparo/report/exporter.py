"""The nbconvert exporter: ``jupyter nbconvert --to amparo-pdf notebook.ipynb``.

The notebook is the report. Every Markdown cell and every output becomes blocks, in order, so a
cell removed from a copy leaves the PDF and a cell added appears in it. Any executed notebook
works; our own sections bring their blocks with them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from traitlets import Bool, default

from amparo.errors import LanguageError, ReportError
from amparo.messages import messages
from amparo.report.blocks import Document
from amparo.report.blocks_codec import decode_document
from amparo.report.exporter_outputs import cell_blocks, document_settings
from amparo.report.lean import load_exporter_base, nbconvert_is_loaded
from amparo.report.typeset import typeset

if TYPE_CHECKING:
    from nbconvert.exporters.exporter import Exporter
else:
    Exporter = load_exporter_base()

_SETTINGS = frozenset(field.name for field in dataclasses.fields(Document)) - {"blocks"}
_KEY = "amparo"


def notebook_document(notebook: Mapping[str, Any], *, source: bool = False) -> Document:
    """Return an executed notebook as one document.

    Args:
        notebook: with its outputs.
        source: whether program text is shown.

    Raises:
        ReportError: a setting or one of our own outputs is not what it should be.
    """
    settings = _settings(notebook)
    words = _words(settings["lang"])
    settings.setdefault("title", words["untitled"])
    cells = list(notebook.get("cells", ()))
    blocks = tuple(
        block for cell in cells for block in cell_blocks(cell, words=words, source=source)
    )
    return decode_document(settings, blocks)


def _settings(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of the notebook, then those that its cells showed; unknown ones are left out."""
    kept = notebook.get("metadata", {}).get(_KEY, {})
    found = {
        **(kept if isinstance(kept, Mapping) else {}),
        **document_settings(list(notebook["cells"])),
    }
    return {"lang": "en", **{key: value for key, value in found.items() if key in _SETTINGS}}


def _words(lang: Any) -> dict[str, str]:
    try:
        catalogue = messages(str(lang))
    except LanguageError:
        # An ordinary notebook may be in any language; these few words are then in English.
        catalogue = messages("en")
    return {key: catalogue.text(f"paper.{key}") for key in ("picture", "cell_failed", "untitled")}


class AmparoPDFExporter(Exporter):
    """Turns an executed notebook into a tagged PDF, without LaTeX, a browser or a network."""

    export_from_notebook = "PDF (tagged)"
    output_mimetype = "application/pdf"

    include_input = Bool(default_value=False, help="Show the program text of code cells.").tag(
        config=True
    )

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[str]:
        """Nbconvert's own list when it is there anyway; else none, as they cost a second."""
        if not nbconvert_is_loaded():
            return []
        stock: Any = Exporter.default_preprocessors
        return list(stock.default_args[0])

    def from_notebook_node(  # pyright: ignore[reportIncompatibleMethodOverride] (bytes, as every PDF exporter gives)
        self, nb: Any, resources: Any | None = None, **_: Any
    ) -> tuple[bytes, Any]:
        """Return the PDF of *nb* and nbconvert's resources.

        Raises:
            ReportError: a setting or one of our own outputs is not what it should be, or nothing
                of a notebook of programs was run.
            FontMissingError: the installation lacks a font.
        """
        notebook, resources = super().from_notebook_node(nb, resources)
        _refuse_unrun(notebook, shows_source=self.include_input)
        return typeset(notebook_document(notebook, source=self.include_input)), resources


def _refuse_unrun(notebook: Any, *, shows_source: bool) -> None:
    """A report that was not run would be an empty page that looks like a success."""
    cells = [cell for cell in notebook.cells if str(cell.source).strip()]
    programs = [cell for cell in cells if cell.cell_type == "code"]
    written = shows_source or any(cell.cell_type == "markdown" for cell in cells)
    if programs and not written and not any(cell.outputs for cell in programs):
        raise ReportError("the notebook has not been run; run it first, or add --execute")
