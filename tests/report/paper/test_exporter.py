"""The notebook is the report."""

from __future__ import annotations

import base64
import io
import subprocess
import sys

import nbformat
import pytest
from nbformat import NotebookNode, v4
from PIL import Image

from amparo.errors import ReportError
from amparo.report import blocks as b
from amparo.report.blocks_codec import DOCUMENT_MIME, SECTION_MIME, encode
from amparo.report.bundle import Section, Settings
from amparo.report.exporter import AmparoPDFExporter, notebook_document
from amparo.report.typeset import page_count

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="40" height="40"/></svg>'
_FRAME = (
    "<style>td { color: red }</style><table><thead><tr><th></th><th>meses</th></tr></thead>"
    "<tbody><tr><th>uno</th><td>enero &amp; mayo</td></tr></tbody></table>"
)


def _png() -> str:
    picture = io.BytesIO()
    Image.new("RGB", (60, 30), "black").save(picture, "PNG")
    return base64.b64encode(picture.getvalue()).decode()


def _cell(*outputs: NotebookNode, source: str = "secreto = 1") -> NotebookNode:
    return v4.new_code_cell(source, outputs=list(outputs))


def _shown(**data: object) -> NotebookNode:
    return v4.new_output(
        "display_data", data={key.replace("__", "/"): v for key, v in data.items()}
    )


def _result(mime: str, data: object) -> NotebookNode:
    return v4.new_output("execute_result", data={mime: data, "text/plain": "plano"})


@pytest.fixture
def ordinary() -> NotebookNode:
    """A notebook that knows nothing of us."""
    text = (
        "# Título\n\nUn *texto* **fuerte** con `code` y [enlace](https://ejemplo.invalid/x).\n\n"
        "- uno\n- dos\n  1. tres\n\n- [ ] tarea\n\n> cita\n\n"
        "| a | b |\n|---|--:|\n| celda | 2 |\n\n```python\nx = 1\n```\n\n---\n\n"
        "![foto](attachment:foto.png) ![lejos](https://ejemplo.invalid/y.png)\n\n<b>html</b>"
    )
    markdown = v4.new_markdown_cell(text, attachments={"foto.png": {"image/png": _png()}})
    return v4.new_notebook(
        cells=[
            markdown,
            _cell(v4.new_output("stream", name="stdout", text="dicho\x1b[31m en rojo\n")),
            _cell(_result("text/html", _FRAME), _result("image/svg+xml", _SVG)),
            _cell(_result("image/png", _png()), _result("text/markdown", "**marcado**")),
            _cell(_result("text/html", "<b>sin tabla</b>")),
            _cell(v4.new_output("error", ename="E", evalue="nombre", traceback=["secreto"])),
            v4.new_raw_cell("crudo"),
        ]
    )


def _pdf(notebook: NotebookNode, **options: object) -> bytes:
    return AmparoPDFExporter(**options).from_notebook_node(notebook)[0]


def test_an_ordinary_notebook_becomes_a_decent_pdf(ordinary, paper_inspector):
    """Trainers have notebooks of their own; they should be able to print them."""
    faults = paper_inspector(_pdf(ordinary))

    words = (
        "Título",
        "fuerte",
        "uno",
        "tarea",
        "cita",
        "celda",
        "x = 1",
        "enero & mayo",
        "marcado",
    )
    assert faults.none
    assert all(word in faults.text for word in words)
    assert "[lejos]" in faults.text
    assert "dicho en rojo" in faults.text


def test_addresses_programs_and_tracebacks_stay_out(ordinary, paper_inspector):
    """An address on paper leads a visitor to a site; a traceback quotes what people typed."""
    text = paper_inspector(_pdf(ordinary)).text

    assert not [word for word in ("ejemplo.invalid", "secreto", "nombre", "crudo") if word in text]
    assert "could not be made" in text


def test_program_text_is_shown_when_asked(ordinary, paper_inspector):
    """Engineers print notebooks too."""
    assert "secreto = 1" in paper_inspector(_pdf(ordinary, include_input=True)).text


def test_the_same_notebook_gives_the_same_bytes(ordinary):
    """As for the documents themselves."""
    assert _pdf(ordinary) == _pdf(ordinary)


def _report() -> NotebookNode:
    parts = [encode((b.Heading(f"Parte {name}"), b.Paragraph(name * 3))) for name in "ABC"]
    cells = [_cell(_result(SECTION_MIME, part)) for part in parts]
    settings = {"lang": "es", "paper": "letter", "foot": "7", "title": "Notas"}
    return v4.new_notebook(cells=cells, metadata={"amparo": settings})


def test_a_section_removed_from_a_copy_leaves_the_pdf(paper_inspector):
    """Only the group knows which part must not be on this paper."""
    notebook = _report()
    del notebook.cells[1]

    text = paper_inspector(_pdf(notebook)).text

    assert "Parte A" in text
    assert "Parte B" not in text
    assert "Parte C" in text


def test_a_markdown_cell_added_to_a_copy_appears(paper_inspector):
    """A group adds its own page without asking a programmer."""
    notebook = _report()
    notebook.cells.insert(1, v4.new_markdown_cell("## Nuestro acuerdo\n\nNadie va sola."))

    text = paper_inspector(_pdf(notebook)).text

    assert text.index("Parte A") < text.index("Nuestro acuerdo") < text.index("Parte B")


def test_settings_of_the_notebook_reach_the_paper():
    """Paper, foot and language are part of the notebook."""
    document = notebook_document(_report())

    assert (document.lang, document.paper, document.foot, document.title) == (
        "es",
        "letter",
        "7",
        "Notas",
    )


def test_settings_that_a_cell_shows_win():
    """The size of the page is known when the notebook runs, not before."""
    notebook = _report()
    shown = Settings(b.Document("ar", "T", paper="oficio"))._repr_mimebundle_()
    notebook.cells.append(_cell(v4.new_output("display_data", data=shown)))

    document = notebook_document(notebook)

    assert (document.lang, document.paper, document.foot) == ("ar", "oficio", "7")


def test_our_own_section_wins_over_its_markdown():
    """The Markdown is for screens; paper takes the blocks."""
    bundle = Section((b.Paragraph("a * b"),))._repr_mimebundle_()
    notebook = v4.new_notebook(cells=[_cell(v4.new_output("display_data", data=bundle))])

    assert notebook_document(notebook).blocks == (b.Paragraph("a * b"),)


def test_a_damaged_section_is_refused():
    """A part that cannot be read must not be missing in silence."""
    notebook = v4.new_notebook(cells=[_cell(_result(SECTION_MIME, [{"kind": "spell"}]))])

    with pytest.raises(ReportError):
        _pdf(notebook)


def test_a_wrong_setting_is_refused():
    """max_pages: "four" has to be said, not guessed."""
    notebook = v4.new_notebook(metadata={"amparo": {"max_pages": "four"}})

    with pytest.raises(ReportError):
        _pdf(notebook)


def test_a_picture_that_is_none_leaves_its_words(paper_inspector):
    """One broken picture must not cost the whole report."""
    broken = base64.b64encode(b"no picture").decode()
    far = '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/x.png"/></svg>'
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("antes"),
            _cell(
                _result("image/png", broken),
                _result("image/svg+xml", far),
                _result("image/png", _png()),
            ),
            v4.new_markdown_cell("después"),
        ],
        metadata={"amparo": {"lang": "es"}},
    )

    text = paper_inspector(_pdf(notebook)).text

    assert "antes" in text
    assert "después" in text
    assert text.count("[Imagen]") == 2


def test_an_empty_notebook_is_an_empty_page():
    """The smallest notebook there is."""
    assert page_count(_pdf(v4.new_notebook())) == 1


def test_the_document_type_is_registered_for_settings():
    """Other tools look the settings up under this name."""
    assert DOCUMENT_MIME in Settings(b.Document("es", "T"))._repr_mimebundle_()


@pytest.mark.slow
def test_jupyter_nbconvert_knows_the_exporter(ordinary, tmp_path, paper_inspector):
    """``jupyter nbconvert --to amparo-pdf`` is the promise of the documentation."""
    nbformat.write(ordinary, tmp_path / "x.ipynb")

    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "amparo-pdf", str(tmp_path / "x.ipynb")],
        check=True,
        capture_output=True,
    )

    assert "Título" in paper_inspector((tmp_path / "x.pdf").read_bytes()).text


def test_a_notebook_that_was_not_run_is_refused() -> None:
    """An empty page that looks like a success is found out on the bad day."""
    unrun = v4.new_notebook(cells=[v4.new_raw_cell("plan"), _cell()])

    with pytest.raises(ReportError, match="has not been run"):
        AmparoPDFExporter().from_notebook_node(unrun)
