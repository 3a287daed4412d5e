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
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import psutil
from plain_route import browser_place, plain, timed

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

PLAIN_RUNS = 3
WORKSPACES = 10
REPORTS_OF_EACH = 10
TARGET = 40  # times the reports a second of the plain route, with two workers
HEAD = "workspace,identity_file,report,lang,audience,format,recipient"
_LOOK_S = 0.1
_LOOKS_A_SAMPLE = 15  # reading the memory of a process holds it up


class _Family:
    """The CPU time and the largest proportional memory of all child processes of a block."""

    def __init__(self) -> None:
        self.mb = 0.0
        self._cpu: dict[tuple[int, float], float] = {}
        self._end = threading.Event()

    @property
    def cpu_s(self) -> float:
        """CPU seconds of every process that was seen, up to when it was last seen."""
        return sum(self._cpu.values())

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()

    def _watch(self) -> None:
        rounds = 0
        while not self._end.wait(_LOOK_S):
            family = psutil.Process().children(recursive=True)
            for one in family:
                with suppress(psutil.Error):
                    self._cpu[one.pid, one.create_time()] = sum(one.cpu_times()[:2])
            rounds += 1
            if rounds % _LOOKS_A_SAMPLE == 0:
                self.mb = max(self.mb, sum(map(_pss, family)))


def _pss(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / 1e6
    except psutil.Error:
        return 0.0


def _route(make: Callable[[], float], reports: int) -> tuple[float, float, float]:
    """Return reports a second, CPU seconds a report, and the peak in MB."""
    with _Family() as family:
        wall = make()
    return reports / wall, family.cpu_s / reports, family.mb


def _batch(folder: Path, workers: int) -> float:
    out = folder / f"out-{workers}"
    return timed(
        [str(Path(sys.executable).parent / "amparo"), "batch", str(folder / "jobs.csv"),
         "-o", str(out), "--workers", str(workers), "--plain"],
        dict(os.environ),
    )[0]  # fmt: skip


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


def _plain_runs(folder: Path, key: Identity, environment: dict[str, str]) -> float:
    handle = client.start(folder / "w", key, owner_pid=os.getpid())
    begin = time.perf_counter()
    with Session.connect(handle.environment()) as session:
        for _ in range(PLAIN_RUNS):
            ticket = session.ticket("analysis", "keepers", "es")
            around = {**environment, **session.report_environment(ticket)}
            plain(folder, around, ticket)
        wall = time.perf_counter() - begin
        session.lock()
    return wall


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
