"""Many analyses of the large example: the plain route against ``amparo batch``, in one run.

No two workspaces have the same words, and each is opened by an identity, through a keeper of its
own; the plain route finds one keeper open already and is run for one report in each language.
Memory is the proportional share of everything a route runs, at its peak.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from family import Family
from many_workspaces import LANGUAGES, make
from plain_route import browser_place, plain, timed
from report_parts import floor, parts

from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

WORKSPACES = 25
TARGET = 40  # times the reports a second of the plain route, with two workers
TARGET_WORKER_MB = 120
TARGET_SHARE = 0.7  # of the floor
_ROWS = [f"analysis,{lang},keepers" for lang in LANGUAGES]


@dataclass(frozen=True)
class Route:
    """What one route did."""

    rate: float
    cpu_s: float
    family: Family


def _route(make_all: Callable[[], float], reports: int) -> Route:
    with Family() as family:
        wall = make_all()
    return Route(reports / wall, family.cpu_s / reports, family)


def _batch(folder: Path, name: str, *options: str) -> float:
    command = [str(Path(sys.executable).parent / "amparo"), "batch", str(folder / "jobs.csv")]
    out = folder / f"out-{name}"
    return timed([*command, "-o", str(out), "--plain", *options], dict(os.environ))[0]


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """A scheduler and two workers of dask on this computer; yield the address."""
    place = folder / "scheduler.json"
    common = ["--host", "127.0.0.1", "--no-dashboard"]
    log = (folder / "dask.log").open("wb")
    started = [_dask("scheduler", log, *common, "--port", "0", "--scheduler-file", str(place))]
    try:
        while not place.is_file() or not place.read_text().endswith("}"):
            time.sleep(0.1)
        address = json.loads(place.read_text())["address"]
        more = ["--nthreads", "1", "--no-nanny", "--memory-limit", "0"]
        scratch = ["--local-directory", str(folder / "scratch")]
        started += [_dask("worker", log, address, *common, *more, *scratch) for _ in range(2)]
        from distributed import Client

        with Client(address) as ready:
            ready.wait_for_workers(2)
        yield address
    finally:
        for one in started:
            one.terminate()
            one.wait()
        log.close()


def _dask(kind: str, log: object, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
    return subprocess.Popen(command, stdout=log, stderr=log)  # type: ignore[call-overload]


def _plain_runs(folder: Path, key: Identity, environment: dict[str, str]) -> float:
    handle = client.start(folder / "w0", key, owner_pid=os.getpid())
    begin = time.perf_counter()
    with Session.connect(handle.environment()) as session:
        for lang in LANGUAGES:
            ticket = session.ticket("analysis", "keepers", lang)
            around = {**environment, **session.report_environment(ticket)}
            plain(folder, around, ticket)
        wall = time.perf_counter() - begin
        session.lock()
    handle.wait(30)
    return wall


def _routes(folder: Path, key: Identity, count: int) -> dict[str, Route]:
    chrome = os.environ.get("CHROME") or shutil.which("chromium") or ""
    environment = browser_place(folder / "browsers", chrome)
    reports = count * len(_ROWS)
    found = {
        "papermill + nbconvert webpdf": _route(
            lambda: _plain_runs(folder, key, environment), len(LANGUAGES)
        ),
        "amparo batch, 1 worker": _route(lambda: _batch(folder, "1", "--workers", "1"), reports),
        "amparo batch, 2 workers": _route(lambda: _batch(folder, "2", "--workers", "2"), reports),
    }
    with Family() as family, _cluster(folder) as address:
        begin = family.cpu_s
        wall = _batch(folder, "dask", "--scheduler", address)
        found["amparo batch, dask, 2 workers"] = Route(
            reports / wall, (family.cpu_s - begin) / reports, family
        )
    return found


def _say(routes: dict[str, Route], least: tuple[float, float]) -> None:
    base = routes["papermill + nbconvert webpdf"].rate
    print(f"{'route':32} {'reports/s':>10} {'CPU s each':>11} {'peak MB':>8} {'ratio':>6}")
    for name, one in routes.items():
        ratio = one.rate / base
        print(
            f"{name:32} {one.rate:10.2f} {one.cpu_s:11.2f} {one.family.peak_mb:8.0f} {ratio:6.1f}"
        )
    rate, cpu = least
    name = "floor: cells + Typst, 2 alone"
    print(f"{name:32} {rate:10.2f} {cpu:11.2f} {'':8} {rate / base:6.1f}")
    print(f"the plain route was run {len(LANGUAGES)} times, and the rest is extrapolated")
    two = routes["amparo batch, 2 workers"]
    print(
        f"share of the floor reached with two workers: {two.rate / rate:.0%} by the clock, "
        f"{cpu / two.cpu_s:.0%} by CPU time (target {TARGET_SHARE:.0%})"
    )
    alone = routes["amparo batch, 1 worker"].family
    if alone.worker_mb:
        usual, peak = statistics.median(alone.worker_mb), max(alone.worker_mb)
        print(
            f"one worker alone: {usual:.0f} MB, {peak:.0f} at its peak (target {TARGET_WORKER_MB})"
        )
    if alone.keeper_mb:
        print(f"its keeper: {statistics.median(alone.keeper_mb):.0f} MB")
    print(f"target with two workers: {TARGET} times")


def main() -> None:
    """Run the routes one after the other and print tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--workspaces", type=int, default=WORKSPACES)
    count = asked.parse_args().workspaces
    with tempfile.TemporaryDirectory() as name:
        folder, key = Path(name), Identity.generate()
        make(folder, key, count, _ROWS)
        routes = _routes(folder, key, count)
        found = parts(folder, key, min(count, 5))
        least = floor(found.data)
    _say(routes, least)
    print()
    print(found.table())


if __name__ == "__main__":
    main()
