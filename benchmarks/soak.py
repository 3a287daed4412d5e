"""A thousand reports in one go: does memory grow, does the thousandth cost more than the hundredth?

Ten thousand jobs are checked as a table first. Then about a thousand are made by two workers, a
mixture of papers that is the same in every task, from workspaces whose words differ. Ends with 1
when a number is worse than it may be.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from family import Family
from many_workspaces import make

from amparo.report.batch.journal import NAME
from amparo.store import Identity

PLANNED = 10_000
WORKSPACES = 42
ROUNDS = 3
WORKERS = 2
GROWTH_MOST = 0.10
_MIXTURE = [
    "plan,es,group", "sheet,fr,group", "plan,ar,group", "analysis,es,keepers",
    "sheet,ar,group", "plan,en,group", "sheet,es,personal", "plan,fr,personal",
]  # fmt: skip
_FIRST = 100
_LOOK_S = 0.5


@dataclass
class Course:
    """What was seen while the reports were made, one item a look."""

    made: list[int] = field(default_factory=list)
    at_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    total_mb: list[float] = field(default_factory=list)
    worker_mb: dict[int, list[tuple[int, float]]] = field(default_factory=dict)

    def look(self, made: int, family: Family, begin: float) -> None:
        """Write down where it is."""
        self.made.append(made)
        self.at_s.append(time.perf_counter() - begin)
        self.cpu_s.append(family.cpu_s)
        self.total_mb.append(family.now_mb)
        for pid, samples in family.by_worker.items():
            self.worker_mb.setdefault(pid, []).append((made, samples[-1]))

    def cost(self, first: int, last: int) -> tuple[float, float]:
        """CPU and wall seconds a report, between two numbers of reports made."""
        a, b = self._at(first), self._at(last)
        number = self.made[b] - self.made[a]
        return (self.cpu_s[b] - self.cpu_s[a]) / number, (self.at_s[b] - self.at_s[a]) / number

    def memory(self, first: int, last: int) -> float:
        """Median of all processes together between two numbers of reports made."""
        return statistics.median(self.total_mb[self._at(first) : self._at(last) + 1])

    def _at(self, made: int) -> int:
        return next((i for i, n in enumerate(self.made) if n >= made), len(self.made) - 1)

    def line(self, first: int, last: int) -> str:
        """Return one line of the table."""
        cpu, wall = self.cost(first, last)
        return f"{first:6}-{last:5} {cpu:11.3f} {wall:12.3f} {self.memory(first, last):10.0f}"

    def growths(self) -> list[tuple[float, float]]:
        """Of each worker that lived long enough: MB after its first reports, and at its end."""
        found = []
        for samples in self.worker_mb.values():
            own = [mb for _, mb in samples]
            part = len(own) // 5
            if samples[-1][0] - samples[0][0] > 2 * _FIRST and part:
                found.append(
                    (statistics.median(own[part : 2 * part]), statistics.median(own[-part:]))
                )
        return found


def _planned(folder: Path, table: list[str]) -> float:
    rows = (table[1:] * (PLANNED // (len(table) - 1) + 1))[:PLANNED]
    path = folder / "planned.csv"
    path.write_text("\n".join([table[0], *rows]) + "\n", "utf-8")
    begin = time.perf_counter()
    subprocess.run(
        [*_AMPARO, "batch", str(path), "-o", str(folder / "none"), "--plain", "--check"],
        check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begin


_AMPARO = (str(Path(sys.executable).parent / "amparo"),)


def _run(folder: Path, scratch: Path) -> tuple[Course, int]:
    out, course = folder / "out", Course()
    around = {**os.environ, "TMPDIR": str(scratch), "XDG_RUNTIME_DIR": str(scratch)}
    with Family() as family:
        said, begin = 0, time.perf_counter()
        print(
            f"{'reports':>12} {'CPU s each':>11} {'wall s each':>12} {'MB in all':>10}", flush=True
        )
        batch = subprocess.Popen(
            [*_AMPARO, "batch", str(folder / "jobs.csv"), "-o", str(out), "--plain",
             "--workers", str(WORKERS)],
            env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while batch.poll() is None:
            time.sleep(_LOOK_S)
            made = (out / NAME).read_bytes().count(b"\n") if (out / NAME).is_file() else 0
            course.look(made, family, begin)
            if made >= said + _FIRST:
                print(course.line(said, said + _FIRST), flush=True)
                said += _FIRST
    return course, batch.returncode


def main() -> int:
    """Make the workspaces and the reports, and print what was seen."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--workspaces", type=int, default=WORKSPACES)
    count = asked.parse_args().workspaces
    with tempfile.TemporaryDirectory() as name:
        folder, scratch = Path(name) / "w", Path(name) / "tmp"
        folder.mkdir()
        scratch.mkdir(mode=0o700)
        make(folder, Identity.generate(), count, _MIXTURE * ROUNDS)
        table = (folder / "jobs.csv").read_text("utf-8").splitlines()
        planned_s = _planned(folder, table)
        course, code = _run(folder, scratch)
        # All keepers of one person share a folder with one lock; it holds nothing and stays.
        left = sorted(path.name for path in scratch.rglob("*") if not _is_shared(path, scratch))
        odd = [p.name for p in (folder / "out").iterdir() if p.suffix not in {".pdf", ".jsonl"}]
    return _told(course, code, planned_s, [*left, *odd], len(table) - 1)


def _is_shared(path: Path, scratch: Path) -> bool:
    place = path.relative_to(scratch).parts
    return place[0].startswith("amparo-") and place[1:] in {(), ("lock",)}


def _told(course: Course, code: int, planned_s: float, left: list[str], jobs: int) -> int:
    last = course.made[-1]
    print(f"{PLANNED} jobs checked in {planned_s:.1f} s; {last} of {jobs} made, exit code {code}")
    if last < 2 * _FIRST + 2:
        print("too few to compare: more --workspaces")
        return 1
    early, late = course.cost(_FIRST, last // 2)[0], course.cost(last // 2, last)[0]
    grown = course.memory(last // 2, last) / course.memory(_FIRST, last // 2) - 1
    each = [after / before - 1 for before, after in course.growths()]
    checks = {
        f"all are made ({last} of {jobs})": last == jobs and code == 0,
        f"cost of a report, first to second half: {late / early - 1:+.1%}":
            abs(late / early - 1) <= GROWTH_MOST,
        f"memory in all, first to second half: {grown:+.1%}": grown <= GROWTH_MOST,
        "memory of each worker: " + ", ".join(f"{one:+.1%}" for one in each):
            bool(each) and max(each) <= GROWTH_MOST,
        f"temporary files left: {len(left)}": not left,
    }  # fmt: skip
    for said, fine in checks.items():
        print(f"{'ok ' if fine else 'BAD'} {said}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
