"""Many analyses of the large example: the plain route against ``amparo batch``, in one run.

Every workspace is opened by an identity, each through a keeper of its own; the plain route finds
one keeper open already. Memory is the proportional share of everything a route runs, at its peak.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psutil
from plain_route import browser_place, plain, timed

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

PLAIN_RUNS = 4
WORKSPACES = 10
REPORTS_OF_EACH = 10
TARGET = 40  # times the reports a second of the plain route, with two workers
HEAD = "workspace,identity_file,report,lang,audience,format,recipient"
_SAMPLE_S = 0.25


class _Peak:
    """The largest proportional memory of all child processes, sampled while a block runs."""

    def __init__(self) -> None:
        self.mb = 0.0
        self._end = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()

    def _watch(self) -> None:
        while not self._end.wait(_SAMPLE_S):
            self.mb = max(self.mb, sum(map(_pss, psutil.Process().children(recursive=True))))


def _pss(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / 1e6
    except psutil.Error:
        return 0.0


def _route(make: Callable[[], tuple[float, float]], reports: int) -> tuple[float, float, float]:
    """Return reports a second, CPU seconds a report, and the peak in MB."""
    with _Peak() as peak:
        wall, cpu = make()
    return reports / wall, cpu / reports, peak.mb


def _batch(folder: Path, workers: int) -> tuple[float, float]:
    out = folder / f"out-{workers}"
    return timed(
        [str(Path(sys.executable).parent / "amparo"), "batch", str(folder / "jobs.csv"),
         "-o", str(out), "--workers", str(workers), "--plain"],
        dict(os.environ),
    )  # fmt: skip


def _workspaces(folder: Path, key: Identity) -> None:
    backup = folder / "w.backup"
    today = datetime.now(UTC).date()
    handle = client.start(folder / "w", key, create=True, owner_pid=os.getpid())
    with Session.connect(handle.environment()) as session:
        session.save_many([(record, None) for record in example("large", "es", today)])
        session.backup(backup)
        session.lock()
    rows = [HEAD]
    for number in range(WORKSPACES):
        copy = client.start(folder / f"w{number}", key, restore_from=backup)
        with Session.connect(copy.environment()) as session:
            session.lock()
        copy.wait(30)
        rows += [f"w{number},key,analysis,es,keepers,,"] * REPORTS_OF_EACH
    (folder / "key").write_text(key.text, "utf-8")
    (folder / "jobs.csv").write_text("\n".join(rows) + "\n", "utf-8")


def _plain_runs(folder: Path, key: Identity, environment: dict[str, str]) -> tuple[float, float]:
    handle = client.start(folder / "w", key, owner_pid=os.getpid())
    begin, cpu = time.perf_counter(), 0.0
    with Session.connect(handle.environment()) as session:
        for _ in range(PLAIN_RUNS):
            ticket = session.ticket("analysis", "keepers", "es")
            around = {**environment, **session.report_environment(ticket)}
            cpu += plain(folder, around, ticket)[1]
        wall = time.perf_counter() - begin
        session.lock()
    return wall, cpu


def main() -> None:
    """Run the routes one after the other and print a table with ratios."""
    chrome = os.environ.get("CHROME") or shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as name:
        folder, key = Path(name), Identity.generate()
        _workspaces(folder, key)
        environment = browser_place(folder / "browsers", chrome)
        reports = WORKSPACES * REPORTS_OF_EACH
        routes = {
            "papermill + nbconvert webpdf": _route(
                lambda: _plain_runs(folder, key, environment), PLAIN_RUNS
            ),
            "amparo batch, 1 worker": _route(lambda: _batch(folder, 1), reports),
            "amparo batch, 2 workers": _route(lambda: _batch(folder, 2), reports),
        }
    base = next(iter(routes.values()))[0]
    print(f"{'route':32} {'reports/s':>10} {'CPU s each':>11} {'peak MB':>8} {'ratio':>6}")
    for route, (rate, cpu, peak) in routes.items():
        print(f"{route:32} {rate:10.2f} {cpu:11.2f} {peak:8.0f} {rate / base:6.1f}")
    print(f"target with two workers: {TARGET} times")


if __name__ == "__main__":
    main()
