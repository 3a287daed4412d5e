"""Make one report as PDF bytes, and put them safely where somebody asked for them."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from amparo.errors import OutputError, OutputExistsError, ReportError
from amparo.messages import messages
from amparo.model.reach import Audience
from amparo.report.opened import PAPERS, answered_by, check_audience
from amparo.report.sections.material import ReportData
from amparo.resources import bundled

# File systems of memory sticks know no second name for a file.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class GivesTickets(Protocol):
    """What a report needs of a session."""

    def ticket(self, report: str, audience: Audience, lang: str, paper: str | None = None) -> str:
        """Return a ticket for one report."""
        ...

    def report_data(self, ticket: str) -> ReportData:
        """Return the records a ticket stands for, cut for its audience."""
        ...


def make_report(
    session: GivesTickets,
    report: str,
    *,
    audience: Audience,
    lang: str,
    paper: str | None = None,
) -> bytes:
    """Return a report as PDF; nothing is written to a disk.

    Args:
        session: an open session; the keeper cuts the records, not this process.
        report: ``sheet``, ``plan`` or ``analysis``.
        audience: who will hold the paper.
        lang: code of the language.
        paper: ``a4``, ``letter`` or ``oficio``; None takes what the workspace says.

    Raises:
        AudienceError: the report is not made for this audience.
        LanguageError: there is no catalogue for this language.
        ReportError: unknown report or paper, or it could not be made.
    """
    check_audience(report, audience)
    messages(lang)
    if paper is not None and paper not in PAPERS:
        raise ReportError(f"unknown paper, expected one of {', '.join(PAPERS)}")
    ticket = session.ticket(report, audience, lang, paper)
    return run_report(report, ticket, session.report_data)


def run_report(report: str, ticket: str, source: Callable[[str], ReportData]) -> bytes:
    """Run the notebook of *report* with *ticket*, answered by *source*, and return its PDF."""
    return convert(execute(bundled("workbooks") / "reports" / f"{report}.ipynb", ticket, source))


def execute(path: Path, ticket: str, source: Callable[[str], ReportData]) -> Any:
    """Return the notebook at *path*, or a copy somebody changed, executed in memory.

    Raises:
        ReportError: the notebook cannot be read or a cell failed.
    """
    from amparo.report.engine import run_notebook

    with answered_by(source):
        return run_notebook(path, {"ticket": ticket})


def convert(notebook: Any) -> bytes:
    """Return an executed notebook as PDF.

    Raises:
        ReportError: it does not fit its pages, or cannot be typeset.
    """
    from amparo.report.exporter import AmparoPDFExporter

    return AmparoPDFExporter().from_notebook_node(notebook)[0]


def encrypt_for(data: bytes, recipients: Sequence[str]) -> bytes:
    """Return *data* encrypted with age for one or more ``age1...`` recipients.

    Raises:
        ReportError: there is no recipient, or one of them is not valid.
    """
    return _pyrage().encrypt(data, _keys(recipients))


def check_recipients(recipients: Sequence[str]) -> None:
    """Refuse recipients that nothing could be encrypted for.

    Raises:
        ReportError: there is none, or one of them is not valid.
    """
    _keys(recipients)


def _keys(recipients: Sequence[str]) -> list[Any]:
    pyrage = _pyrage()
    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient.strip()) for recipient in recipients]
    except pyrage.RecipientError:
        # Dropped on purpose: somebody may have pasted a secret key here.
        raise ReportError("a recipient is not a valid age recipient") from None
    if not keys:
        raise ReportError("nobody to encrypt for")
    return keys


def _pyrage() -> Any:
    import importlib

    # Its names come from a compiled module, which type checkers cannot look into.
    return importlib.import_module("pyrage")


def write_output(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write *data* to *path*, whole or not at all, readable by its owner only.

    Raises:
        OutputExistsError: something stands there and *overwrite* is False.
        OutputError: the place cannot be written.
    """
    if not overwrite and os.path.lexists(path):
        raise OutputExistsError("the output exists")
    # A neutral name: what is left of a crash must not tell what it was.
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write(part, data)
        _put(part, path, overwrite=overwrite)
    except FileExistsError:
        raise OutputExistsError("the output exists") from None
    except OSError as error:
        raise OutputError(f"the output cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            part.unlink()


def _write(part: Path, data: bytes) -> None:
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(part: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        part.replace(path)
        return
    try:
        # Unlike a rename, a link refuses a file that came in between.
        os.link(part, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError from None
        part.replace(path)
