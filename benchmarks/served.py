"""Servers and visits for ``pages.py``: ours ready, ours cold, stock Voilà, one real browser."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import nbformat
import psutil

from amparo.content.examples import example
from amparo.keeper import client
from amparo.serve.keeper_house import page_environment
from amparo.session import Session

CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
USABLE = ".am-foot input"
OPENING = "#am-opening"
PATIENCE_MS = 120_000
WORKBOOK = "from amparo_widgets import Workbook\n\nWorkbook().show()"
BARE = '''
import anywidget
class Bare(anywidget.AnyWidget):
    _esm = """
    export default { render({ model }) {
      window.bareRoundTrip = () => new Promise((done) => {
        const answered = () => { model.off("msg:custom", answered); done(); };
        model.on("msg:custom", answered);
        model.send({});
      });
    } };
    """
bare = Bare()
bare.on_msg(lambda widget, content, buffers: widget.send({}))
bare
'''


@dataclass
class Cost:
    """What one visit cost."""

    requests: int = 0
    kilobytes: float = 0.0
    frames: int = 0
    frame_kilobytes: float = 0.0
    usable_s: float = 0.0


@dataclass
class Server:
    """One running server."""

    process: psutil.Popen
    address: str
    is_stock: bool = False
    is_pool: bool = False
    left: int = 0  # kernels of pages that were left: stock Voilà keeps them

    def kernels(self) -> list[psutil.Process]:
        return [
            one
            for one in self.process.children(recursive=True)
            if _is(one, "ipykernel") or (_is(one, "amparo.kernels") and not _is_template(one))
        ]

    def memory_mb(self) -> float:
        """Return what the server and all that it started hold together, shared pages once."""
        found = [self.process, *self.process.children(recursive=True)]
        return sum(one.memory_full_info().pss for one in found) / 1e6

    def tree(self) -> dict[str, list[psutil.Process]]:
        found = self.process.children(recursive=True)
        keepers = [one for one in found if _is(one, "amparo.keeper")]
        return {"server": [self.process], "keeper": keepers, "kernels": self.kernels()}

    def settle(self) -> None:
        """Wait until no kernel of it works any more (at most half a minute)."""
        before, quiet = -1.0, 0
        for _ in range(60):
            now = sum(sum(one.cpu_times()[:2]) for one in self.kernels())
            quiet = quiet + 1 if now - before < 0.02 else 0
            before = now
            if quiet > 4:
                return
            time.sleep(0.5)

    def wait_for(self, count: int) -> None:
        """Wait until *count* kernels are there, and they have nothing left to do."""
        for _ in range(120):
            if len(self.kernels()) == count + self.left:
                break
            time.sleep(0.5)
        self.settle()


def _is_template(process: psutil.Process) -> bool:
    """Tell a template from its children, which have its command line."""
    with contextlib.suppress(psutil.Error):
        parent = process.parent()
        return parent is None or not _is(parent, "amparo.kernels")
    return False


def _is(process: psutil.Process, word: str) -> bool:
    with contextlib.suppress(psutil.Error):
        return word in " ".join(process.cmdline())
    return False


@contextlib.contextmanager
def ours(*options: str) -> Iterator[Server]:
    """Serve the small example for this session only."""
    process = psutil.Popen(
        [*CLI, "example", "--no-browser", "--json", "--lang", "en", *options],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout
    try:
        yield Server(process, json.loads(process.stdout.readline())["address"])
    finally:
        process.stdout.close()
        process.terminate()
        process.wait(30)


@contextlib.contextmanager
def stock(notebook: Path, *, pool: int = 0, step: str = "") -> Iterator[Server]:
    """Serve the same notebook as Voilà does by default, beside a keeper of its own.

    Args:
        notebook: what is served.
        pool: how many kernels it keeps ready, with the notebook already run in each.
        step: what those show; what a page asks for by its address comes too late for them.
    """
    from datetime import UTC, datetime

    with tempfile.TemporaryDirectory() as name:
        handle = client.start(Path(name) / "w", session_only=True, owner_pid=os.getpid())
        session = Session.connect(handle.environment())
        today = datetime.now(UTC).date()
        session.save_many([(record, None) for record in example("small", "en", today)])
        around = {**os.environ, **page_environment(session), "AMPARO_LANG": "en"}
        around |= {"QUERY_STRING": f"step={step}"} if pool else {}
        ready = ["--preheat_kernel=True", f"--pool_size={pool}"] if pool else []
        process = psutil.Popen(
            [sys.executable, "-m", "voila", str(notebook), "--no-browser", *ready,
             f"--port={_free_port()}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=around, cwd=name,
        )  # fmt: skip
        assert process.stderr
        try:
            yield Server(process, _announced(process), is_stock=True, is_pool=bool(pool))
        finally:
            process.terminate()
            process.wait(30)
            process.stderr.close()
            session.lock()
            session.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _announced(process: psutil.Popen) -> str:
    for line in process.stderr:
        found = re.search(rb"http://\S+:\d+/\S*", line)
        if found:
            return found[0].decode()
    raise SystemExit("stock Voilà did not start")


def bare_notebook(folder: Path) -> Path:
    """Write a notebook with the workbook and, below it, the barest widget there is."""
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(WORKBOOK), nbformat.v4.new_code_cell(BARE)],
        metadata={"kernelspec": {"name": "python3", "display_name": "p", "language": "python"}},
    )
    nbformat.write(book, folder / "bare.ipynb")
    return folder / "bare.ipynb"


@dataclass
class Visitor:
    """One browser context: empty at first, and with a memory afterwards."""

    browser: Any
    server: Server
    context: Any = field(init=False)

    def __enter__(self) -> Self:
        self.context = self.browser.new_context(viewport={"width": 1200, "height": 800})
        if not self.server.is_stock:
            # The first address only gives the cookie; it would be a page of its own.
            self.context.request.get(self.server.address, max_redirects=0)
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def leave(self, page: Any) -> None:
        """Leave a page as a person does: its kernel ends with it, or stays behind with stock."""
        page.goto("about:blank")
        page.close()
        self.server.left += self.server.is_stock

    def open(self, step: str, lang: str = "en") -> tuple[Any, Cost]:
        """Open a stage and wait until it can be used; return the page and what it cost."""
        page, cost = self.context.new_page(), Cost()
        seen = self.context.new_cdp_session(page)
        seen.send("Network.enable")
        seen.on("Network.loadingFinished", lambda one: _add(cost, one["encodedDataLength"]))
        seen.on("Network.webSocketFrameReceived", lambda one: _hear(cost, one["response"]))
        begin = time.perf_counter()
        query = "" if self.server.is_pool else f"?lang={lang}&step={step}"
        page.goto(f"{self.server.address.partition('?')[0]}{query}", wait_until="commit")
        page.locator(USABLE).wait_for(timeout=PATIENCE_MS)
        page.locator(OPENING).wait_for(state="detached", timeout=PATIENCE_MS)
        cost.usable_s = time.perf_counter() - begin
        page.wait_for_timeout(500)  # late pictures belong to the visit too
        return page, cost


def _add(cost: Cost, size: float) -> None:
    if size:
        cost.requests += 1
        cost.kilobytes += size / 1000


def _hear(cost: Cost, frame: dict[str, Any]) -> None:
    # Binary frames come as base64.
    share = 0.75 if frame["opcode"] == 2 else 1
    cost.frames += 1
    cost.frame_kilobytes += share * len(frame["payloadData"]) / 1000
