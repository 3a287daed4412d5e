"""A notebook with one widget of every kind that shows text, full of programs."""

from __future__ import annotations

from pathlib import Path

import nbformat

KINDS = (
    "HTML(p)", "HTMLMath(p)", "Label(p)", "Text(p, description=p, placeholder=p)",
    "Textarea(p, description=p, placeholder=p)", "Password(description=p)",
    "Dropdown(options=[p], description=p)", "Select(options=[p], description=p)",
    "SelectMultiple(options=[p])", "RadioButtons(options=[p])", "ToggleButtons(options=[p])",
    "ToggleButton(description=p, tooltip=p)", "Button(description=p, tooltip=p)",
    "Checkbox(description=p)", "Valid(readout=p)", "Combobox(options=[p], placeholder=p)",
    "TagsInput(value=[p])", "IntSlider(description=p)", "IntProgress(description=p)",
    "DatePicker(description=p)", "FileUpload(description=p)", "Accordion([Label(p)], titles=[p])",
    "Tab([Label(p)], titles=[p])", "HTML('', description=p, description_allow_html=True)",
)  # fmt: skip
_BESIDE = (
    "from IPython.display import HTML, Markdown, display\nfor p in PAYLOADS: display(HTML(p))",
    "for p in PAYLOADS: display(Markdown(p), Markdown('[a](javascript:ran=1)'))",
    "for p in PAYLOADS: print(p)",
    "class Said:\n    def __repr__(self): return PAYLOADS[0]\nSaid()",
    "import sys; print(PAYLOADS, file=sys.stderr)",
)
LAST = "all is here"


def widget_page(folder: Path, payloads: tuple[str, ...]) -> Path:
    """Write the notebook and return where it is."""
    cells = [f"from ipywidgets import *\nPAYLOADS = {payloads!r}"]
    cells += [f"VBox([{kind} for p in PAYLOADS])" for kind in KINDS]
    cells += [*_BESIDE, f"Label({LAST!r})"]
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "p", "language": "python"}},
    )
    nbformat.write(book, folder / "widgets.ipynb")
    return folder / "widgets.ipynb"
