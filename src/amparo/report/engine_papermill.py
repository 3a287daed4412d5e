"""The papermill engine itself; import it through ``amparo.report.engine`` (see there)."""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine
from papermill.exceptions import PapermillExecutionError

from amparo.errors import AmparoError


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
            AmparoError: a cell raised it; it comes through as it is.
            PapermillExecutionError: a cell raised something else.
        """
        from amparo.report.engine_shell import cell_runner

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
    from nbformat import from_dict

    outputs, number, error = runner.run(cell.source)
    shown: list[Any] = [from_dict(output) for output in outputs]
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
