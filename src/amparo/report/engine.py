"""Run a report notebook with papermill, in memory and in this process.

``AmparoEngine`` is papermill's entry point ``amparo``; ``run_notebook`` is what the command
line and the batch use. A notebook gets one opaque ticket and nothing else: papermill writes
parameters into program text, so a name or a list there would be a way in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo.errors import AmparoError, ReportError
from amparo.report.lean import load_papermill

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from amparo.report.engine_papermill import AmparoEngine

__all__ = ["AmparoEngine", "run_notebook"]

_PARAMETER = "ticket"
_TICKET = re.compile("[0-9a-f]{32}")


def __getattr__(name: str) -> Any:
    # papermill loads its entry points while it is itself half loaded, so its base class can
    # only be asked for when somebody asks for ours.
    if name != "AmparoEngine":
        raise AttributeError(name)
    load_papermill()
    from amparo.report.engine_papermill import AmparoEngine

    return AmparoEngine


def run_notebook(path: Path, parameters: Mapping[str, str]) -> NotebookNode:
    """Return the notebook at *path*, executed in memory.

    Args:
        path: a local file.
        parameters: nothing, or ``ticket`` with 32 hexadecimal digits.

    Raises:
        ReportError: another parameter, no such notebook, or a cell failed.
        AmparoError: what a cell raised on purpose.
    """
    check_parameters(parameters)
    papermill = load_papermill()
    notebook = _read(path)
    try:
        prepared = papermill.execute_notebook(
            notebook,
            None,
            parameters=dict(parameters),
            engine_name="amparo",
            kernel_name="python3",
            language="python",
            prepare_only=True,
        )
        # By the engine itself: papermill would turn all outputs into JSON, to write it nowhere.
        return papermill.engines.papermill_engines.execute_notebook_with_engine(
            "amparo", prepared, kernel_name="python3"
        )
    except AmparoError:
        raise
    except papermill.PapermillExecutionError as error:
        # Its text quotes the cell and the values in it.
        raise ReportError(f"cell {error.cell_index} failed with {error.ename}") from None


def check_parameters(parameters: Mapping[str, Any]) -> None:
    """Refuse whatever is not one opaque ticket: it would become program text.

    Raises:
        ReportError: there is another name, or another value.
    """
    for name, value in parameters.items():
        if name != _PARAMETER or not isinstance(value, str) or not _TICKET.fullmatch(value):
            raise ReportError("a report takes one ticket of 32 hexadecimal digits, nothing else")


def _read(path: Path) -> NotebookNode:
    import nbformat
    from nbformat.reader import NotJSONError

    try:
        with path.open(encoding="utf-8") as file:
            return nbformat.read(file, as_version=4)
    except (OSError, UnicodeDecodeError, NotJSONError) as error:
        raise ReportError("the notebook of this report cannot be read") from error
