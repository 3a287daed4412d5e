"""Run the jobs: a pool of processes, each file whole or not there, a journal to go on from."""

from __future__ import annotations

import multiprocessing
import os
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
from amparo.report.batch.address import Address
from amparo.report.batch.jobs import Job
from amparo.report.batch.journal import Entry, Journal
from amparo.report.batch.lines import LANGUAGES, TRIES_ALONE, Jobs, Line, lines
from amparo.report.batch.outcome import Failure, WorkerEndedError
from amparo.store.ownership import LOCK_NAME, Ownership

# A worker is replaced after so many tasks: the typesetter keeps a little of every report.
_TASKS_OF_A_WORKER = 60
_WAITING_OF_A_WORKER = 2
Results = list[Entry | Failure]


class FolderBusyError(AmparoError):
    """Another batch writes into this folder."""

    key = "error.batch_busy"


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
    scheduler: Address | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Summary:
    """Make every report that is not there yet.

    Args:
        jobs: from ``read_jobs``.
        folder: where the files go; it is made when it is not there.
        workers: how many processes on this computer, at least 1; of no use with a *scheduler*.
        scheduler: where a cluster takes tasks; the folder and the workspaces must be on a disk
            that all its machines share.
        told: called with the number of jobs that have just been settled, made or not.

    Raises:
        OutputError: the folder cannot be written.
        FolderBusyError: another batch writes into it.
        ClusterError: the cluster cannot be used, or was lost on the way.
    """
    with _taken(folder):
        journal, summary = Journal(folder), Summary()
        missing = [job for job in jobs if not journal.holds(job)]
        summary.there = len(jobs) - len(missing)
        told(summary.there)
        _tell_the_first_process(missing)
        for settled in _made_by(lines(missing), folder, workers, scheduler):
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
        _sweep(folder)  # half a file of a batch that was killed
        yield
    finally:
        _sweep(folder)  # or of a worker
        (folder / LOCK_NAME).unlink(missing_ok=True)
        owner.release()


def _sweep(folder: Path) -> None:
    for left in (*folder.glob(".*.part"), *folder.glob(".*.batch")):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _made_by(
    waiting: deque[Line], folder: Path, workers: int, scheduler: Address | None
) -> Iterator[Results]:
    if scheduler is None:
        return _settled(waiting, folder, workers)
    from amparo.report.batch.spread import settled

    return settled(waiting, folder, scheduler)


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
    for _ in range(TRIES_ALONE):
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


def _tell_the_first_process(missing: list[Job]) -> None:
    """Set what the process that workers are forked from finds in its environment."""
    os.environ[LANGUAGES] = ",".join(sorted({job.lang for job in missing}))
    # What glibc keeps of a large report, in case of another, made a worker a tenth bigger.
    for name in ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"):
        os.environ.setdefault(name, "65536")


def _context() -> BaseContext:
    """Fork workers from a process that has read everything once; elsewhere start them plainly."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["amparo.report.batch.warm"])
    return context


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers at once: what they have not finished is not there, and is made next time."""
    processes = list((pool._processes or {}).values())  # noqa: SLF001 - no other way to stop a running task
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()
