"""The nbconvert exporters: ``jupyter nbconvert --to amparo-pdf notebook.ipynb`` and its sisters.

The notebook is the report. Every Markdown cell and every output becomes blocks, in order, so a
cell removed from a copy leaves the file and a cell added appears in it. Any executed notebook
works; our own sections bring their blocks with them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from traitlets import Bool, default

from amparo.errors import ReportError
from amparo.report.any_language import any_language
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
        ReportError: a setting or one of our own outputs is not what it should be, or nothing of a
            notebook of programs was run.
    """
    _refuse_unrun(notebook, shows_source=source)
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
    catalogue = any_language(str(lang))
    return {key: catalogue.text(f"paper.{key}") for key in ("picture", "cell_failed", "untitled")}


class AmparoExporter(Exporter):
    """What our exporters share: settings, blocks, and no file of a notebook that was not run."""

    end: ClassVar[str]

    include_input = Bool(default_value=False, help="Show the program text of code cells.").tag(
        config=True
    )

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return self.end

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
        """Return the file of *nb* and nbconvert's resources.

        Raises:
            ReportError: a setting or one of our own outputs is not what it should be, or nothing
                of a notebook of programs was run.
            FontMissingError: the installation lacks a font.
        """
        notebook, resources = super().from_notebook_node(nb, resources)
        return self.written(notebook_document(notebook, source=self.include_input)), resources

    def written(self, document: Document) -> bytes:
        """Return *document* as the bytes of a file."""
        raise NotImplementedError


class AmparoPDFExporter(AmparoExporter):
    """Turns an executed notebook into a tagged PDF, without LaTeX, a browser or a network."""

    export_from_notebook = "PDF (tagged)"
    output_mimetype = "application/pdf"
    end = ".pdf"

    def written(self, document: Document) -> bytes:
        """Return the pages."""
        return typeset(document)


class AmparoHTMLExporter(AmparoExporter):
    """Turns an executed notebook into one file for a browser that asks nobody for anything."""

    export_from_notebook = "HTML (one file)"
    output_mimetype = "text/html"
    end = ".html"

    def written(self, document: Document) -> bytes:
        """Return the page."""
        from amparo.report.page_html import page

        return page(document).encode()


class AmparoDocxExporter(AmparoExporter):
    """Turns an executed notebook into a text that others can change and comment on."""

    export_from_notebook = "Text document (docx)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    end = ".docx"

    def written(self, document: Document) -> bytes:
        """Return the text document."""
        from amparo.report.office_docx import docx

        return docx(document)


class AmparoMarkdownExporter(AmparoExporter):
    """Turns an executed notebook into plain text with Markdown, pictures told in words."""

    export_from_notebook = "Markdown (plain text)"
    output_mimetype = "text/markdown"
    end = ".md"

    def written(self, document: Document) -> bytes:
        """Return the text."""
        from amparo.report.plain_markdown import markdown

        return markdown(document).encode()


def _refuse_unrun(notebook: Mapping[str, Any], *, shows_source: bool) -> None:
    """A report that was not run would be an empty page that looks like a success."""
    cells = [cell for cell in notebook.get("cells", ()) if "".join(cell["source"]).strip()]
    programs = [cell for cell in cells if cell["cell_type"] == "code"]
    written = shows_source or any(cell["cell_type"] == "markdown" for cell in cells)
    if programs and not written and not any(cell.get("outputs") for cell in programs):
        raise ReportError("the notebook has not been run; run it first, or add --execute")
