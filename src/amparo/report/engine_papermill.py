"""The papermill engine itself; import it through ``amparo.report.engine`` (see there)."""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine
from papermill.exceptions import PapermillExecutionError

from amparo.errors import AmparoError
from amparo.report.engine import check_parameters


class AmparoEngine(Engine):
    """Runs a notebook inside this process and leaves nothing behind but its outputs.

    When papermill is asked to write a file, that file gets the notebook without outputs, without
    parameters and without papermill's own notes: what people wrote is never put on a disk.
    """

    @classmethod
    def execute_notebook(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls,
        nb: Any,
        kernel_name: str,  # noqa: ARG003 (papermill's signature)
        output_path: Any = None,
        **_: Any,
    ) -> Any:
        """Run all code cells in order.

        Raises:
            ReportError: papermill wrote something else than a ticket into the notebook.
            AmparoError: a cell raised it; it comes through as it is.
            PapermillExecutionError: a cell raised something else.
        """
        from amparo.report.engine_shell import cell_runner

        # Whoever calls papermill's own command may hand it any name and any value.
        check_parameters(nb.metadata.get("papermill", {}).get("parameters", {}))
        written = output_path or nb.metadata.get("papermill", {}).get("output_path")
        with cell_runner() as runner:
            for index, cell in enumerate(nb.cells):
                if cell.cell_type == "code":
                    _run(runner, cell, index)
        if written:
            _wipe(nb)
        _forget(nb)
        return nb

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Name any kernel: none is started."""
        return name or nb.metadata.get("kernelspec", {}).get("name") or "python3"

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:  # noqa: ARG003 (papermill's signature)
        """Cells are Python."""
        return language or "python"


def _run(runner: Any, cell: Any, index: int) -> None:
    outputs, number, error = runner.run(cell.source)
    shown: list[Any] = [_node(output) for output in outputs]
    cell.outputs = shown
    cell.execution_count = number
    if isinstance(error, AmparoError):
        raise error
    if error is not None:
        found = next((o for o in shown if o.output_type == "error"), {})
        raise PapermillExecutionError(
            cell_index=index,
            exec_count=number,
            source=cell.source,
            ename=type(error).__name__,
            evalue=str(error),
            traceback=found.get("traceback", []),
        )


def _node(output: dict[str, Any]) -> Any:
    """Return an output as nbformat has it; what it shows stays as it is, which saves a copy."""
    from nbformat import NotebookNode

    inner = {name: NotebookNode(output[name]) for name in ("data", "metadata") if name in output}
    return NotebookNode({**output, **inner})


def _wipe(nb: Any) -> None:
    """Take out everything that came from running."""
    nb.cells = [c for c in nb.cells if "injected-parameters" not in c.metadata.get("tags", ())]
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None


def _forget(nb: Any) -> None:
    """Take out papermill's notes: paths and parameters."""
    nb.metadata.pop("papermill", None)
    for cell in nb.cells:
        cell.metadata.pop("papermill", None)
