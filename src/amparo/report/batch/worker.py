"""What one worker does: open one workspace, make its reports, write each whole or not at all.

The records are cut by the keeper, in its own process; a worker sees what the reader may see.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from amparo.errors import AmparoError, OutputError, WrongKeyError
from amparo.keeper import client
from amparo.model.reach import Audience
from amparo.report.batch.jobs import Job
from amparo.report.batch.journal import Entry, write_down
from amparo.report.lean import load_exporter_base, load_papermill
from amparo.report.run import encrypt_for, make_report, write_output
from amparo.session import Session
from amparo.store import Identity
from amparo.store.openers import SECRET_BYTES

# Read once in the process that workers are forked from.
load_papermill()
load_exporter_base()
_END_S = 10.0


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not made: the key of a sentence and its plain values."""

    row: int
    key: str
    values: dict[str, Any]


def ready() -> None:
    """Prepare a new worker: deaf to Ctrl-C, and gone with the process that started the batch."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.umask(0o077)
    threading.Thread(target=_end_with_the_batch, daemon=True).start()


def _end_with_the_batch() -> None:
    """A batch that was killed leaves nobody behind who still reads workspaces."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def make_all(jobs: tuple[Job, ...], folder: Path) -> list[Entry | Failure]:
    """Make the reports of one workspace; what cannot be made is said, the others are made."""
    try:
        with _session(jobs[0]) as session:
            return [_made(session, job, folder) for job in jobs]
    except AmparoError as error:
        return [Failure(job.row, error.key, error.values) for job in jobs]
    except Exception:  # noqa: BLE001 - one bad workspace must not end the other nine hundred
        return [_unexpected(job) for job in jobs]


def _made(session: Session, job: Job, folder: Path) -> Entry | Failure:
    try:
        mark = job.mark()
        audience = cast("Audience", job.audience)
        data = make_report(session, job.report, audience=audience, lang=job.lang)
        if job.recipients:
            data = encrypt_for(data, job.recipients)
        write_output(folder / job.name, data, overwrite=True)
        entry = Entry(job.row, job.name, len(data), hashlib.sha256(data).hexdigest(), mark)
        write_down(folder, entry)
    except AmparoError as error:
        return Failure(job.row, error.key, error.values)
    except OSError:
        return Failure(job.row, OutputError.key, {})
    except Exception:  # noqa: BLE001 - the same
        return _unexpected(job)
    return entry


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
