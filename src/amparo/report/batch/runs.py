"""Run the jobs: a pool of processes, each file whole or not there, a journal to go on from."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path

from amparo.errors import AmparoError, BusyError, OutputError
from amparo.report.batch import worker
from amparo.report.batch.jobs import Job
from amparo.report.batch.journal import Entry, Journal
from amparo.report.batch.worker import Failure
from amparo.store.ownership import LOCK_NAME, Ownership

# A worker is replaced after so many tasks: the typesetter keeps a little of every report.
_TASKS_OF_A_WORKER = 60
_JOBS_OF_A_TASK = 8
_WAITING_OF_A_WORKER = 2
_TRIES_ALONE = 2
Jobs = tuple[Job, ...]
Line = deque[Jobs]
Results = list[Entry | Failure]


class FolderBusyError(AmparoError):
    """Another batch writes into this folder."""

    key = "error.batch_busy"


class WorkerEndedError(AmparoError):
    """The process that made this report ended each time it was tried."""

    key = "error.batch_worker"


@dataclass(slots=True)
class Summary:
    """How a batch ended: what was made now, what was there, and what could not be made."""

    made: int = 0
    there: int = 0
    failures: list[Failure] = field(default_factory=list)


def run(
    jobs: tuple[Job, ...],
    folder: Path,
    *,
    workers: int,
    told: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Make every report that is not there yet.

    Args:
        jobs: from ``read_jobs``.
        folder: where the files go; it is made when it is not there.
        workers: how many processes, at least 1.
        told: called with the number of jobs that have just been settled, made or not.

    Raises:
        OutputError: the folder cannot be written.
        FolderBusyError: another batch writes into it.
    """
    with _taken(folder):
        journal, summary = Journal(folder), Summary()
        missing = [job for job in jobs if not journal.holds(job)]
        summary.there = len(jobs) - len(missing)
        told(summary.there)
        for settled in _settled(_lines(missing), folder, workers):
            for one in settled:
                if isinstance(one, Failure):
                    summary.failures.append(one)
                else:
                    journal.add(one)
                    summary.made += 1
            told(len(settled))
        with suppress(OutputError):  # a full disk: the lines stay as they were written, and count
            journal.finish(frozenset(job.row for job in jobs))
    summary.failures.sort(key=lambda one: one.row)
    return summary


@contextmanager
def _taken(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = Ownership(folder)
    except BusyError:
        raise FolderBusyError("another batch writes into this folder") from None
    except OSError as error:
        raise OutputError(f"the folder cannot be written: {error.strerror}") from None
    try:
        for part in folder.glob(".*.part"):
            part.unlink(missing_ok=True)  # half a file of a batch that was killed
        yield
    finally:
        (folder / LOCK_NAME).unlink(missing_ok=True)
        owner.release()


def _lines(jobs: list[Job]) -> deque[Line]:
    """Put the jobs of each workspace in a line: one keeper alone may have it open at a time."""
    of_workspace: dict[tuple[Path, Path], list[Job]] = {}
    for job in jobs:
        of_workspace.setdefault((job.workspace.resolve(), job.identity_file), []).append(job)
    lines: dict[Path, Line] = {}
    for (workspace, _), whole in of_workspace.items():
        line = lines.setdefault(workspace, deque())
        for at in range(0, len(whole), _JOBS_OF_A_TASK):
            line.append(tuple(whole[at : at + _JOBS_OF_A_TASK]))
    return deque(lines.values())


def _settled(waiting: deque[Line], folder: Path, workers: int) -> Iterator[Results]:
    """Yield the results of each task.

    When a worker dies, nobody can tell over which report: all that were begun are tried again,
    each alone, so that one of them cannot take others along.
    """
    suspects: list[Job] = []
    while waiting:
        pool = _pool(workers)
        try:
            yield from _shared_out(pool, waiting, folder, workers, suspects)
        finally:
            _end(pool)
    for job in suspects:
        yield [_alone(job, folder)]


def _shared_out(
    pool: ProcessPoolExecutor,
    waiting: deque[Line],
    folder: Path,
    workers: int,
    suspects: list[Job],
) -> Iterator[Results]:
    """Yield results until nothing waits or the pool is broken."""
    running: dict[Future[Results], tuple[Jobs, Line]] = {}
    while waiting or running:
        while waiting and len(running) < _WAITING_OF_A_WORKER * workers:
            try:
                future = pool.submit(worker.make_all, waiting[0][0], folder)
            except BrokenProcessPool:
                break
            line = waiting.popleft()
            running[future] = (line.popleft(), line)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            jobs, line = running.pop(future)
            if line:
                waiting.append(line)
            if isinstance(future.exception(), BrokenProcessPool):
                suspects.extend(jobs)
            else:
                yield future.result()


def _alone(job: Job, folder: Path) -> Entry | Failure:
    for _ in range(_TRIES_ALONE):
        journal = Journal(folder)
        if journal.holds(job):
            return journal.entries[job.row]  # made before its worker died over another one
        pool = _pool(1)
        try:
            return pool.submit(worker.make_all, (job,), folder).result()[0]
        except BrokenProcessPool:
            continue
        finally:
            _end(pool)
    return Failure(job.row, WorkerEndedError.key, {})


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers,
        mp_context=_context(),
        initializer=worker.ready,
        max_tasks_per_child=_TASKS_OF_A_WORKER,
    )


def _context() -> BaseContext:
    """Fork workers from a process that has read everything once; elsewhere start them plainly."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["amparo.report.batch.worker"])
    return context


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers at once: what they have not finished is not there, and is made next time."""
    processes = list((pool._processes or {}).values())  # noqa: SLF001 - no other way to stop a running task
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
