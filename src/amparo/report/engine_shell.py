"""Run the code cells of a notebook in this process with IPython's own shell.

No kernel, no socket and no file: a report is a handful of short cells, and starting a kernel
costs more than everything else together.
"""

from __future__ import annotations

import asyncio
import atexit
import base64
import sys
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

Output = dict[str, Any]


class _Outputs:
    """What the running cell has shown so far, as nbformat writes it."""

    def __init__(self) -> None:
        self.items: list[Output] = []

    def stream(self, name: str, text: str) -> None:
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.items.append({"output_type": "stream", "name": name, "text": text})

    def shown(
        self, kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any] | None
    ) -> Output:
        item = {
            "output_type": kind,
            "data": {mime: _text(value) for mime, value in data.items()},
            "metadata": dict(metadata or {}),
        }
        self.items.append(item)
        return item


def _text(value: Any) -> Any:
    """A notebook is JSON: pictures are base64 in it."""
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


class _Stream(StringIO):
    """Stands for sys.stdout or sys.stderr while a cell runs."""

    def __init__(self, outputs: _Outputs, name: str) -> None:
        super().__init__()
        self._outputs = outputs
        self._name = name

    def write(self, text: str, /) -> int:
        self._outputs.stream(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    """Takes what ``display()`` shows."""

    outputs: _Outputs

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        *_: Any,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **__: Any,
    ) -> None:
        name = (transient or {}).get("display_id")
        if update:
            for item in self.outputs.items:
                if name and item.get("display_id") == name:
                    item["data"] = {mime: _text(value) for mime, value in data.items()}
            return
        item = self.outputs.shown("display_data", data, metadata)
        if name:
            item["display_id"] = name

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (IPython's signature)
        self.outputs.items.clear()


class _Hook(DisplayHook):
    """Takes the value of the last line of a cell."""

    outputs: _Outputs

    def __call__(self, result: Any = None) -> None:
        if result is None or self.quiet():
            return
        data, metadata = self.compute_format_data(result)
        if data:
            item = self.outputs.shown("execute_result", data, metadata)
            shell: Any = self.shell
            item["execution_count"] = shell.execution_count


def _run_to_its_end(cell: Coroutine[Any, Any, Any]) -> Any:
    """Run a cell that waits. In a thread of its own: a loop may already run around a report."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, cell).result()


class _Shell(InteractiveShell):
    """IPython's shell without a profile folder, without history, without a terminal."""

    def init_ipython_dir(self, ipython_dir: Any) -> None:
        """Make no folder."""

    def init_profile_dir(self, profile_dir: Any) -> None:
        """Make no folder."""

    def init_virtualenv(self) -> None:
        """The interpreter that runs is the right one."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: Any) -> None:
        hook: Any = self.displayhook
        hook.outputs.items.append(
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": str(evalue),
                "traceback": list(stb) if isinstance(stb, list) else [str(stb)],
            }
        )


class CellRunner:
    """One namespace in which cells run one after another."""

    def __init__(self, shell: _Shell) -> None:
        self._shell = shell

    def run(self, source: str) -> tuple[list[Output], int, BaseException | None]:
        """Run one cell.

        Returns:
            its outputs as nbformat has them, its number, and what it raised or None.
        """
        outputs = _Outputs()
        shell: Any = self._shell
        shell.display_pub.outputs = shell.displayhook.outputs = outputs
        with (
            redirect_stdout(_Stream(outputs, "stdout")),
            redirect_stderr(_Stream(outputs, "stderr")),
            _no_input(),
        ):
            result = shell.run_cell(source, store_history=False)
        number = shell.execution_count
        shell.execution_count += 1
        for item in outputs.items:
            item.pop("display_id", None)
        return outputs.items, number, result.error_before_exec or result.error_in_exec


@contextmanager
def cell_runner() -> Iterator[CellRunner]:
    """Open a namespace, and leave the process as it was when the block ends."""
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.HistoryManager.hist_file = ":memory:"
    settings.InteractiveShell.colors = "nocolor"
    settings.InteractiveShell.loop_runner = _run_to_its_end
    with ExitStack() as stack:
        stack.enter_context(_alone())
        shell = _Shell.instance(
            config=settings, display_pub_class=_Publisher, displayhook_class=_Hook
        )
        stack.callback(_close, shell)
        yield CellRunner(shell)


def _close(shell: _Shell) -> None:
    shell.restore_sys_module_state()
    # Else the registry of exits keeps every namespace of a long-lived worker.
    atexit.unregister(shell.atexit_operations)
    shell.user_ns.clear()
    _Shell.clear_instance()


@contextmanager
def _alone() -> Iterator[None]:
    """Put aside the shell of a notebook that runs another notebook, and bring it back."""
    outer = InteractiveShell.instance() if InteractiveShell.initialized() else None
    if outer is None:
        yield
        return
    type(outer).clear_instance()
    try:
        yield
    finally:
        for cls in type(outer)._walk_mro():  # noqa: SLF001 (traitlets has no public way back)
            setattr(cls, "_instance", outer)  # noqa: B010 (typed as always empty)


@contextmanager
def _no_input() -> Iterator[None]:
    """Nobody is there to answer a question: it ends at once."""
    stdin = sys.stdin
    sys.stdin = StringIO()
    try:
        yield
    finally:
        sys.stdin = stdin
