"""The same tasks on the machines of a cluster, through dask.

Workers write into the folder of the batch, on a disk that all share, and send hashes back. The
journal is written here alone: on the disk of a network, lines of several machines may tear.
"""

from __future__ import annotations

import importlib
import logging
import queue
import secrets
import time
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from amparo.errors import OutputError
from amparo.report.batch.address import (
    Address,
    ClusterEmptyError,
    ClusterFolderError,
    ClusterLostError,
    ClusterMissingError,
    ClusterUnreachableError,
    ClusterVersionError,
)
from amparo.report.batch.jobs import Job
from amparo.report.batch.journal import Entry, is_there, write_down
from amparo.report.batch.lines import TRIES_ALONE, Jobs, Line, lines
from amparo.report.batch.outcome import Failure, WorkerEndedError
from amparo.report.batch.portion import Place, Portion, make, no_second_try, unfit

SIGN = ".batch"
_WAITING_OF_A_WORKER = 2
_CONNECT_S = 10
_FIRST_WORKER_S = 10
_LOOK_S = 5.0
# Workers that were all killed may be started again by whoever watches over them.
_NO_WORKER_S = 60.0
_GOODBYE_S = 5
Results = list[Entry | Failure]


def settled(waiting: deque[Line], folder: Path, address: Address) -> Iterator[Results]:
    """Yield the results of each task, as the pool of one computer does.

    When a worker ends, nobody can tell over which report: all that it had are tried again
    elsewhere, each alone, so that one of them cannot take others along.

    Raises:
        ClusterError: the cluster cannot be used, or was lost on the way.
    """
    distributed = _distributed()
    with _silence(), _client(distributed, address) as client, _place(folder) as place:
        _refuse_unfit(client, place)
        tasks = _Tasks(distributed, client, place)
        yield from tasks.results(waiting)
        for _ in range(TRIES_ALONE):
            yield from tasks.results(tasks.suspects())
        for line in tasks.suspects():
            yield [Failure(job.row, WorkerEndedError.key, {}) for jobs in line for job in jobs]


class _Tasks:
    """Tasks on their way, and the jobs of those whose workers ended."""

    def __init__(self, distributed: Any, client: Any, place: Place) -> None:
        self._suspects: list[Job] = []
        self._distributed = distributed
        self._client = client
        self._place = place
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._threads = 1
        self._looked_at = float("-inf")

    def results(self, waiting: deque[Line]) -> Iterator[Results]:
        """Give every task out and yield what came back; of one line one task at a time."""
        running: dict[str, tuple[Any, Jobs, Line]] = {}
        while waiting or running:
            while waiting and len(running) < _WAITING_OF_A_WORKER * self._known_threads():
                line = waiting.popleft()
                jobs = line.popleft()
                task = self._given(jobs)
                running[task.key] = (task, jobs, line)
            task, jobs, line = running.pop(self._next())
            if line:
                waiting.append(line)
            try:
                found = task.result()
            except self._distributed.KilledWorker:
                self._suspects.extend(jobs)
            except Exception:  # noqa: BLE001 - whatever dask says of a cluster that is going
                raise ClusterLostError("a task was lost") from None
            else:
                yield [self._kept(one) for one in found]

    def suspects(self) -> deque[Line]:
        """Take the jobs whose workers ended since this was last asked, one a task."""
        found, self._suspects = self._suspects, []
        return lines(found, most=1)

    def _given(self, jobs: Jobs) -> Any:
        # A key is read by whoever may look at the scheduler.
        key = secrets.token_hex(16)
        task = self._client.submit(make, Portion(jobs, self._place), key=key, pure=False)
        task.add_done_callback(lambda done: self._done.put(done.key))
        return task

    def _next(self) -> str:
        end = time.monotonic() + _NO_WORKER_S
        while True:
            with suppress(queue.Empty):
                return self._done.get(timeout=_LOOK_S)
            if self._look():
                end = time.monotonic() + _NO_WORKER_S
            elif time.monotonic() > end:
                raise ClusterLostError("no worker is left")

    def _known_threads(self) -> int:
        if time.monotonic() > self._looked_at + _LOOK_S:
            self._look()
        return self._threads

    def _look(self) -> bool:
        """Count the workers anew; tell whether there is one."""
        try:
            found = sum(self._client.nthreads().values())
        except Exception:  # noqa: BLE001 - whatever dask says of a scheduler that is gone
            raise ClusterLostError("the scheduler does not answer") from None
        self._threads, self._looked_at = max(1, found), time.monotonic()
        return found > 0

    def _kept(self, one: Entry | Failure) -> Entry | Failure:
        """Write a finished file down, when it lies where it should: in our own folder."""
        if isinstance(one, Failure):
            return one
        if not is_there(self._place.folder, one):
            return Failure(one.row, ClusterFolderError.key, {})
        try:
            write_down(self._place.folder, one)
        except OSError:
            return Failure(one.row, OutputError.key, {})
        return one


def _distributed() -> Any:
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise ClusterMissingError("distributed is not installed") from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep dask's own words off the terminal: whoever reads it gets one sentence of ours."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    levels = {name: logging.getLogger(name).level for name in names}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)


@contextmanager
def _client(distributed: Any, address: Address) -> Iterator[Any]:
    """Connect; dask's own settings say which certificates are used."""
    is_closed = address.scheme == "tls"
    security = distributed.Security(require_encryption=is_closed)
    try:
        # Without one, dask would find out in a thread of its own, and print how.
        if is_closed and security.get_connection_args("client").get("ssl_context") is None:
            raise ClusterUnreachableError("no certificate is set")
        client = distributed.Client(
            str(address), security=security, timeout=_CONNECT_S, set_as_default=False
        )
    except (OSError, RuntimeError, TypeError, ValueError):
        raise ClusterUnreachableError("the scheduler does not answer") from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=_GOODBYE_S)


@contextmanager
def _place(folder: Path) -> Iterator[Place]:
    """Leave a sign in the folder for as long as somebody waits for reports."""
    place = Place(folder.absolute(), f".{secrets.token_hex(8)}{SIGN}")
    sign = place.folder / place.sign
    try:
        sign.touch(0o600)
    except OSError as error:
        raise OutputError(f"the folder cannot be written: {error.strerror}") from None
    try:
        yield place
    finally:
        with suppress(OSError):
            sign.unlink()


def _refuse_unfit(client: Any, place: Place) -> None:
    """Look at every machine before the first report is made.

    Raises:
        ClusterEmptyError: there is no worker.
        ClusterOpenError: one of them talks over a network without encryption.
        ClusterError: one of them is not fit.
    """
    try:
        client.wait_for_workers(1, timeout=_FIRST_WORKER_S)
    except TimeoutError:
        raise ClusterEmptyError("no worker is connected") from None
    try:
        addresses = [client.scheduler_info()["address"], *client.nthreads()]
        client.run_on_scheduler(no_second_try)
        found = client.run(unfit, place)
    except Exception:  # noqa: BLE001 - our own module cannot be imported there, or is another
        raise ClusterVersionError("a machine has no such version") from None
    for address in addresses:
        Address.read(address)
    for why in found.values():
        if why is not None:
            raise why("a worker is not fit")
