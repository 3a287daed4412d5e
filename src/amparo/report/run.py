"""Make one report as the bytes of a file, and put them safely where somebody asked for them."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from amparo.errors import OutputError, OutputExistsError, ReportError
from amparo.messages import messages
from amparo.model.reach import Audience
from amparo.report.formats import format_of
from amparo.report.made import Made, execute
from amparo.report.opened import PAPERS, check_audience
from amparo.report.parameters import read_parameters
from amparo.report.sealing import check_recipients, encrypt_for
from amparo.report.sections.material import ReportData
from amparo.report.ticks import Ticks, require_ticks

__all__ = [
    "ReportOrder", "check_recipients", "convert", "encrypt_for", "execute", "make_report",
    "run_report", "shown_report", "ticket_for", "write_output",
]  # fmt: skip
# File systems of memory sticks know no second name for a file.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class GivesTickets(Protocol):
    """What a report needs of a session."""

    def ticket(
        self,
        report: str,
        audience: Audience,
        lang: str,
        paper: str | None = None,
        *,
        parameters: Mapping[str, str | int] | None = None,
        without: Iterable[str] = (),
    ) -> str:
        """Return a ticket for one report."""
        ...

    def report_data(self, ticket: str) -> ReportData:
        """Return the records a ticket stands for, cut for its audience."""
        ...


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What somebody asks for.

    Args:
        report: a name of ``amparo.report.audiences.REPORTS``.
        audience: who will hold the paper.
        lang: code of the language.
        paper: ``a4``, ``letter`` or ``oficio``; None takes what the workspace says.
        form: a name of ``amparo.report.formats.FORMATS``.
        parameters: what this report asks for beside its reader.
        without: what this reader does not get either, ``kind`` or ``kind.field``.
    """

    report: str
    audience: Audience
    lang: str
    paper: str | None = None
    form: str = "pdf"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    def checked(self) -> dict[str, str | int]:
        """Refuse what cannot be made, and return the parameters as the keeper takes them.

        Raises:
            AudienceError: the report is not made for this audience.
            LanguageError: there is no catalogue for this language.
            ReportError: unknown report, format, parameter or paper.
        """
        check_audience(self.report, self.audience)
        messages(self.lang)
        if self.paper is not None and self.paper not in PAPERS:
            raise ReportError(f"unknown paper, expected one of {', '.join(PAPERS)}")
        format_of(self.form)
        asked = read_parameters(self.report, self.parameters)
        return asked.model_dump(mode="json", exclude_none=True)


def make_report(session: GivesTickets, order: ReportOrder, ticks: Ticks | None = None) -> bytes:
    """Return a report as the bytes of one file; nothing is written to a disk.

    The keeper of *session* cuts the records, not this process.

    Args:
        session: gives the ticket and its data.
        order: what is asked for.
        ticks: of the two who read it, for readers outside the group.

    Raises:
        AudienceError: the report is not made for this audience.
        LanguageError: there is no catalogue for this language.
        NotReadError: it leaves the group, and two people have not read it as it is now.
        ReportError: unknown report, format or paper, or it could not be made.
    """
    ticket = ticket_for(session, order)
    return run_report(order.report, ticket, session.report_data, order.form, ticks)


def ticket_for(session: GivesTickets, order: ReportOrder) -> str:
    """Return a ticket for what is asked for.

    Raises:
        AudienceError: the report is not made for this audience.
        LanguageError: there is no catalogue for this language.
        ReportError: unknown report, format or paper.
    """
    parameters = order.checked()
    return session.ticket(
        order.report, order.audience, order.lang, order.paper,
        parameters=parameters, without=order.without,
    )  # fmt: skip


def run_report(
    report: str,
    ticket: str,
    source: Callable[[str], ReportData],
    form: str = "pdf",
    ticks: Ticks | None = None,
) -> bytes:
    """Run the notebook of *report* with *ticket*, answered by *source*; return it as *form*.

    Raises:
        NotReadError: it leaves the group, and two people have not read it as it is now.
        ReportError: it could not be made.
    """
    made = Made(report, ticket, source)
    # The very records that the file is made of: nothing changes between reading and writing.
    require_ticks(made.data, ticks)
    return format_of(form).write(made)


def shown_report(
    report: str, ticket: str, source: Callable[[str], ReportData], form: str = "html"
) -> bytes:
    """Return *report* as it is shown inside a page of ours, to those who may read everything.

    Nothing leaves with it, so nobody has ticked anything yet: what is handed on comes from
    :func:`run_report`.
    """
    return format_of(form).write(Made(report, ticket, source))


def convert(notebook: Any) -> bytes:
    """Return an executed notebook as PDF.

    Raises:
        ReportError: it does not fit its pages, or cannot be typeset.
    """
    from amparo.report.exporter import AmparoPDFExporter

    return AmparoPDFExporter().from_notebook_node(notebook)[0]


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
