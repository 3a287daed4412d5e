"""What one worker does: open one workspace, make its reports, write each whole or not at all.

The records are cut by the keeper, in its own process; a worker sees what the reader may see.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from amparo.errors import AmparoError, OutputError, WrongKeyError
from amparo.hardening import harden
from amparo.keeper import client
from amparo.model.reach import Audience
from amparo.report.batch.jobs import Job
from amparo.report.batch.journal import Entry, write_down
from amparo.report.batch.outcome import Failure
from amparo.report.run import ReportOrder, make_report, write_output
from amparo.report.ticks import read_ticks
from amparo.session import Session
from amparo.store import Identity
from amparo.store.openers import SECRET_BYTES

_END_S = 10.0


def ready() -> None:
    """Prepare a new worker: deaf to Ctrl-C, and gone with the process that started the batch."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    harden()
    threading.Thread(target=_end_with_the_batch, daemon=True).start()


def _end_with_the_batch() -> None:
    """A batch that was killed leaves nobody behind who still reads workspaces."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def make_all(jobs: tuple[Job, ...], folder: Path) -> list[Entry | Failure]:
    """Make the reports of one workspace and write each down; what cannot be made is said."""
    return [_written_down(folder, one) for one in made(jobs, folder)]


def made(
    jobs: tuple[Job, ...], folder: Path, goes_on: Callable[[], bool] = lambda: True
) -> Iterator[Entry | Failure]:
    """Make the reports of one workspace, one after the other, as long as *goes_on* says so."""
    left = list(jobs)
    try:
        with _session(jobs[0]) as session:
            while left and goes_on():
                yield _made(session, left.pop(0), folder)
    except AmparoError as error:
        yield from (Failure(job.row, error.key, error.values) for job in left)
    except Exception:  # noqa: BLE001 - one bad workspace must not end the other nine hundred
        yield from (_unexpected(job) for job in left)


def _written_down(folder: Path, one: Entry | Failure) -> Entry | Failure:
    if isinstance(one, Failure):
        return one
    try:
        write_down(folder, one)
    except OSError:
        return Failure(one.row, OutputError.key, {})
    return one


def _made(session: Session, job: Job, folder: Path) -> Entry | Failure:
    try:
        mark, seal = job.mark(), job.seal()
        ticks = read_ticks(job.ticks) if job.ticks else None
        data = seal.close(make_report(session, _order(job), ticks))
        write_output(folder / job.name, data, overwrite=True)
    except AmparoError as error:
        return Failure(job.row, error.key, error.values)
    except OSError:
        return Failure(job.row, OutputError.key, {})
    except Exception:  # noqa: BLE001 - the same
        return _unexpected(job)
    digest = hashlib.sha256(data).hexdigest()
    return Entry(job.row, job.name, len(data), digest, mark, job.is_sealed)


def _order(job: Job) -> ReportOrder:
    audience = cast("Audience", job.audience)
    return ReportOrder(
        job.report, audience, job.lang, form=job.format,
        parameters=dict(job.parameters), without=job.without,
    )  # fmt: skip


def _unexpected(job: Job) -> Failure:
    # Nothing of the error itself: its text may quote what somebody typed.
    return Failure(job.row, AmparoError.key, {})


@contextmanager
def _session(job: Job) -> Iterator[Session]:
    handle = client.start(job.workspace, _identity(job.identity_file), owner_pid=os.getpid())
    with Session.connect(handle.environment()) as session:
        try:
            yield session
        finally:
            session.lock()
    handle.wait(_END_S)


def _identity(path: Path) -> Identity:
    try:
        return Identity(path.read_bytes()[:SECRET_BYTES].decode("utf-8"))
    except (OSError, ValueError):
        raise WrongKeyError("the identity file cannot be read") from None
