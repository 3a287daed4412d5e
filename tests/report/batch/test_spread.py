"""The same reports from several machines, here two processes: each once, whole, and unseen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cloudpickle
import psutil
import pytest

from amparo.messages import languages, messages
from amparo.report.batch import Address, lines, read_jobs, run, spread
from amparo.report.batch.address import (
    ClusterAddressError,
    ClusterEmptyError,
    ClusterError,
    ClusterFolderError,
    ClusterMissingError,
    ClusterOpenError,
    ClusterSpillError,
    ClusterUnreachableError,
    ClusterVersionError,
)
from amparo.report.batch.journal import NAME, Entry
from amparo.report.batch.outcome import WorkerEndedError
from amparo.report.batch.portion import Place, Portion, unfit

Table = Callable[..., Path]
_TALKATIVE = {"DASK_LOGGING__DISTRIBUTED": "debug"}


@dataclass
class Cluster:
    """A scheduler of dask and its workers, each a process of its own on this computer."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        return json.loads((self.folder / "scheduler.json").read_text())["address"]

    def scheduler(self) -> None:
        """Start the scheduler and wait until it listens."""
        path = self.folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(path))
        end = time.monotonic() + 60
        while not path.is_file() or not path.read_text().endswith("}"):
            assert time.monotonic() < end
            time.sleep(0.05)

    def worker(self, *more: str) -> psutil.Process:
        """Start a worker; it joins when it is ready."""
        place = ("--local-directory", str(self.folder / "scratch"))
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny", *place,
                           *(more or ("--memory-limit", "0")))  # fmt: skip

    def said(self) -> str:
        """Everything that went to the logs."""
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def _start(self, kind: str, *arguments: str) -> psutil.Process:
        log = (self.folder / f"{len(self.processes)}.log").open("wb")
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1",
                   "--no-dashboard", *arguments]  # fmt: skip
        with log:
            started = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, **_TALKATIVE}
            )
        self.processes.append(started)
        return psutil.Process(started.pid)


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler without workers; nothing of it outlives the test."""
    one = Cluster(tmp_path_factory.mktemp("dask"))
    one.scheduler()
    yield one
    for process in one.processes:
        process.kill()
        process.wait()


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.long
@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing_and_nothing_is_made_twice(
    table: Table, tmp_path: Path, cluster: Cluster
) -> None:
    """A machine of the network loses its power in the middle of a report."""
    rows = [f"w{number},key,sheet,{lang},group,,"
            for lang in ("en", "es", "fr", "ar") for number in range(3)]  # fmt: skip
    jobs, out = read_jobs(table(rows)), tmp_path / "out"
    workers = [cluster.worker(), cluster.worker()]
    killed: list[int] = []
    keepers: list[psutil.Process] = []

    def one_is_killed(_: int) -> None:
        # A worker that has a keeper is in the middle of a task.
        busy = [] if killed else [one for one in workers if one.children()]
        if busy and (out / NAME).is_file():
            keepers.extend(busy[0].children())
            killed.append(busy[0].pid)
            busy[0].kill()

    summary = run(jobs, out, workers=1, scheduler=Address.read(cluster.address), told=one_is_killed)
    here = run(jobs, tmp_path / "here", workers=1)

    assert len(killed) == 1
    assert (summary.made, summary.failures) == (here.made, here.failures) == (12, [])
    assert _files(out) == _files(tmp_path / "here")
    _, alive = psutil.wait_procs(keepers, timeout=60)
    assert alive == []
    # Its log and its keys tell nothing: neither a place, nor what a report is called.
    said = cluster.said()
    assert "Task" in said or "task" in said
    for word in (
        str(tmp_path),
        "/w0",
        "'w0'",
        "identity_file",
        "AGE-SECRET",
        jobs[0].name,
        "sheet",
    ):
        assert word not in said
    assert not list((cluster.folder / "scratch").rglob("storage"))


@pytest.mark.slow
def test_a_report_that_ends_every_worker_is_listed_and_the_others_are_made(
    table: Table, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried three times, and then left."""
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    monkeypatch.setattr(spread, "make", _dies_over_row_3)
    monkeypatch.setattr(lines, "_JOBS_OF_A_TASK", 1)
    for _ in range(4):
        cluster.worker()
    jobs, out = read_jobs(table([f"w{n},key,sheet,en,group,," for n in range(3)])), tmp_path / "out"

    summary = run(jobs, out, workers=1, scheduler=Address.read(cluster.address))

    assert summary.made == 2
    assert [(one.row, one.key) for one in summary.failures] == [(3, WorkerEndedError.key)]
    assert sorted(_files(out)) == [jobs[0].name, jobs[2].name, NAME]


def _dies_over_row_3(portion: Portion) -> list[Entry]:
    import hashlib
    import os

    from amparo.report.batch.journal import Entry

    if portion.jobs[0].row == 3:
        os._exit(9)
    (portion.place.folder / portion.jobs[0].name).write_bytes(b"made")
    digest = hashlib.sha256(b"made").hexdigest()
    return [Entry(job.row, job.name, 4, digest, "") for job in portion.jobs]


@pytest.mark.slow
def test_a_cluster_that_is_not_fit_is_refused_before_the_first_report(
    table: Table, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody there, or somebody who would write his memory to a disk."""
    monkeypatch.setattr(spread, "_FIRST_WORKER_S", 0.1)
    jobs, out = read_jobs(table(["w0,key,sheet,en,group,,"])), tmp_path / "out"
    address = Address.read(cluster.address)

    with pytest.raises(ClusterEmptyError):
        run(jobs, out, workers=1, scheduler=address)
    monkeypatch.setattr(spread, "_FIRST_WORKER_S", 60)
    cluster.worker("--memory-limit", "1GB")
    with pytest.raises(ClusterSpillError):
        run(jobs, out, workers=1, scheduler=address)

    assert list(out.iterdir()) == []


@pytest.mark.parametrize("address", [
    "tls://10.0.0.7:8786", "tls://machines.example:8786/", "tcp://127.0.0.1:8786",
    "tcp://localhost:1", "tcp://[::1]:8786",
])  # fmt: skip
def test_an_address_is_taken_when_nobody_can_read_along(address: str) -> None:
    """Encrypted, or never on a network."""
    assert str(Address.read(address)) == address.rstrip("/")


@pytest.mark.parametrize(("address", "error"), [
    ("tcp://10.0.0.7:8786", ClusterOpenError),
    ("tcp://machines.example:8786", ClusterOpenError),
    ("tcp://0.0.0.0:8786", ClusterOpenError),
    ("tcp://127.0.0.1.example:8786", ClusterOpenError),
    ("tcp://localhost.example:8786", ClusterOpenError),
    ("tcp://[fe80::1]:8786", ClusterOpenError),
    ("ws://127.0.0.1:8786", ClusterAddressError),
    ("ucx://127.0.0.1:8786", ClusterAddressError),
    ("127.0.0.1:8786", ClusterAddressError),
    ("tls://host", ClusterAddressError),
    ("tls://host:0", ClusterAddressError),
    ("tls://host:99999", ClusterAddressError),
    ("tls://user@host:8786", ClusterAddressError),
    ("", ClusterAddressError),
])  # fmt: skip
def test_any_other_address_is_refused(address: str, error: type[ClusterError]) -> None:
    """The places of workspaces would travel in the clear."""
    with pytest.raises(error):
        Address.read(address)


@pytest.mark.parametrize("scheme", ["tcp", "tls"])
def test_a_scheduler_that_does_not_answer_is_a_sentence(
    table: Table, tmp_path: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no certificate was set."""
    monkeypatch.setattr(spread, "_CONNECT_S", 0.2)
    nobody = Address(scheme, "127.0.0.1", 9)
    jobs = read_jobs(table(["w0,key,sheet,en,group,,"]))

    with pytest.raises(ClusterUnreachableError):
        run(jobs, tmp_path / "out", workers=1, scheduler=nobody)


def test_without_the_programs_for_a_cluster_there_is_a_sentence(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are an extra, which nobody with one laptop has."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    jobs = read_jobs(table(["w0,key,sheet,en,group,,"]))

    with pytest.raises(ClusterMissingError):
        run(jobs, tmp_path / "out", workers=1, scheduler=Address.read("tcp://127.0.0.1:9"))


def test_a_machine_is_fit_when_it_has_this_version_sees_the_folder_and_spills_nothing(
    tmp_path: Path,
) -> None:
    """Each of the three would cost somebody a wrong paper, a lost one or a trace on a disk."""
    (tmp_path / "sign").touch()
    place = Place(tmp_path, "sign")
    plain: Any = SimpleNamespace(memory_manager=SimpleNamespace(data={}))
    spills: Any = SimpleNamespace(memory_manager=SimpleNamespace(data=_Spills()))

    assert unfit(place, plain) is None
    assert unfit(place, spills) is ClusterSpillError
    assert unfit(Place(tmp_path, "gone"), plain) is ClusterFolderError
    assert unfit(Place(tmp_path, "sign", version="0.0"), plain) is ClusterVersionError


class _Spills(dict[str, bytes]):
    def evict(self) -> None:
        """As dask's own buffer does, onto a disk."""


def test_what_travels_shows_no_place(table: Table) -> None:
    """dask writes into its log how a task looks that failed."""
    (job,) = read_jobs(table(["w0,key,sheet,en,group,,"]))
    portion = Portion((job,), Place(job.workspace, "sign"))

    for one in (job, portion.place, portion, (job,), [portion]):
        assert str(job.workspace) not in repr(one)
        assert "w0" not in repr(one)


def test_every_refusal_of_a_cluster_has_its_sentence() -> None:
    """In every language."""
    kinds = ClusterError.__subclasses__()

    assert len(kinds) == 9
    for lang in languages():
        for kind in kinds:
            assert "⟦" not in messages(lang).error(kind())
