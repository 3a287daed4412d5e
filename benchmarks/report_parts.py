"""Where the time of a report goes, and the floor: the code of the cells and Typst, nothing else."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from many_workspaces import LANGUAGES

from amparo.keeper import client
from amparo.report.batch.warm import __name__ as _warmed  # noqa: F401 - as in a worker
from amparo.report.exporter import notebook_document
from amparo.report.made import execute
from amparo.report.run import write_output
from amparo.report.typeset import typeset
from amparo.resources import bundled
from amparo.session import Session
from amparo.store import Identity

_PLACE = bundled("workbooks") / "reports" / "analysis.ipynb"


@dataclass
class Parts:
    """Seconds of each part of a report, and the records that the reports were made of."""

    walls: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpus: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    data: list[Any] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str, of: int = 1) -> Iterator[None]:
        """Add a part that makes *of* reports."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.walls[name].append((time.perf_counter() - wall) / of)
        self.cpus[name].append((time.process_time() - cpu) / of)

    def table(self) -> str:
        """Medians, in milliseconds."""
        rows = [f"{'part of a report':44} {'ms':>7} {'CPU ms here':>12}"]
        for name, found in self.walls.items():
            wall, cpu = statistics.median(found), statistics.median(self.cpus[name])
            rows.append(f"{name:44} {wall * 1000:7.1f} {cpu * 1000:12.1f}")
        return "\n".join(rows)


def parts(folder: Path, key: Identity, workspaces: int) -> Parts:
    """Make one analysis in each language of some workspaces, step by step."""
    found = Parts()
    reports = len(LANGUAGES)
    for number in range(workspaces):
        with found.timed(f"keeper starts, unlocks (shared by {reports})", reports):
            handle = client.start(folder / f"w{number}", key, owner_pid=os.getpid())
            session = Session.connect(handle.environment())
        for lang in LANGUAGES:
            _one(found, session, lang, folder)
        with found.timed(f"locks, ends (shared by {reports})", reports):
            session.lock()
            session.close()
            handle.wait(30)
    return found


def _one(found: Parts, session: Session, lang: str, folder: Path) -> None:
    with found.timed("keeper cuts, sends; records are read"):
        ticket = session.ticket("analysis", "keepers", lang)
        data = session.report_data(ticket)
    found.data.append(data)
    with found.timed("notebook runs"):
        notebook = execute(_PLACE, ticket, lambda _: data)
    with found.timed("notebook becomes a document"):
        document = notebook_document(notebook)
    with found.timed("Typst"):
        pdf = typeset(document)
    with found.timed("file is written, on the disk"):
        write_output(folder / "part.pdf", pdf, overwrite=True)


def floor(data: list[Any]) -> tuple[float, float]:
    """Two processes that have the records, and do only what cannot be left out.

    Returns:
        reports a second, and CPU seconds a report.
    """
    first, rest = data[:2], data[2:]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_bare, [first[:1], first[1:]], chunksize=1)  # what is read once is read
        begin = time.perf_counter()
        cpu = pool.map(_bare, [rest[0::2], rest[1::2]], chunksize=1)
        return len(rest) / (time.perf_counter() - begin), sum(cpu) / len(rest)


def _bare(data: list[Any]) -> float:
    from amparo.report.blocks_codec import decode_document  # noqa: F401 - read once
    from amparo.report.opened import answered_by

    sources = [cell.source for cell in nbformat.read(_PLACE, 4).cells if cell.cell_type == "code"]
    begin = time.process_time()
    for one in data:
        with answered_by(lambda _, one=one: one):
            typeset(_document(sources))
    return time.process_time() - begin


def _document(sources: list[str]) -> Any:
    from dataclasses import replace

    names: dict[str, Any] = {}
    shown: list[Any] = []
    for source in sources:
        *first, last = source.strip().splitlines()
        exec("\n".join(first), names)  # noqa: S102 - our own notebook
        if "=" in last.partition("(")[0]:
            exec(last, names)  # noqa: S102
        else:
            shown.append(eval(last, names))  # noqa: S307
    report = next(one for one in shown if hasattr(one, "document"))
    blocks = [b for one in shown if hasattr(one, "blocks") for b in one.blocks]
    return replace(report.document(), blocks=tuple(blocks))
