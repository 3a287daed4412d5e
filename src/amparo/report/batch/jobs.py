"""The list of jobs: a table with one report a row, checked as a whole before the first is made."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from amparo.bounded import read_at_most
from amparo.errors import AmparoError, NotReadError, ParameterError, ReportError
from amparo.messages import languages
from amparo.report.audiences import AUDIENCES_OF, OUTSIDE, is_guarded
from amparo.report.formats import FORMATS
from amparo.report.own_audiences import OwnAudience
from amparo.report.parameters import read_parameters
from amparo.report.sealing import (
    LOCKABLE,
    PasswordFileError,
    PasswordSignsError,
    Seal,
    WeakPasswordError,
    check_password,
    check_recipients,
    read_password,
)
from amparo.report.ticks import read_ticks
from amparo.store.workspace import DATABASE_NAME

_NEEDED = ("workspace", "identity_file", "report", "lang", "audience")
_OPTIONAL = ("format", "recipient", "parameters", "password_file", "ticks")
COLUMNS = (*_NEEDED, *_OPTIONAL)
_MAX_BYTES = 64 * 1024 * 1024
_FIRST_ROW = 2  # as a spreadsheet counts: the names of the columns stand in row 1


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell: ``key`` is a sentence of the catalogue, ``row`` 0 the table.

    ``values`` are what the sentence names, such as what might stand there; never what does.
    """

    row: int
    column: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


class JobsError(AmparoError, ValueError):
    """The list of jobs was refused; ``problems`` names every place, never what stands there."""

    key = "error.jobs"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("the list of jobs was refused", count=len(self.problems))


@dataclass(frozen=True, slots=True, repr=False)
class Job:
    """One report of one workspace for one reader; it shows none of its paths."""

    row: int
    workspace: Path
    identity_file: Path
    report: str
    lang: str
    audience: str
    format: str = "pdf"
    recipients: tuple[str, ...] = ()
    ticks: Path | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    password_file: Path | None = None
    without: tuple[str, ...] = ()
    reader: str = ""  # one of a file of own readers, like *audience* and narrower

    @property
    def name(self) -> str:
        """The name of the file: the row and what kind of paper it is, nothing about whom."""
        ending = ".age" if self.recipients else ""
        reader = self.reader or self.audience
        return f"{self.row:05d}-{self.report}-{self.lang}-{reader}.{self.format}{ending}"

    @property
    def is_sealed(self) -> bool:
        """Whether its file is encrypted, and so has other bytes each time it is made."""
        return bool(self.recipients) or self.password_file is not None

    def seal(self) -> Seal:
        """Return what closes its file, with the password as it stands in its file now.

        Raises:
            PasswordFileError: that file cannot be read.
        """
        password = read_password(self.password_file) if self.password_file else None
        return Seal(self.recipients, password)

    def mark(self) -> str:
        """Return what tells this job from another, or from itself after the workspace changed.

        Raises:
            OSError: its workspace or its password file is not there.
        """
        asked = (f"{name}={value}" for name, value in self.parameters)
        values = [str(self.workspace), self.name, *self.recipients, *asked, *self.without]
        whole = hashlib.sha256("\0".join(values).encode())
        whole.update((self.workspace / "counter").read_bytes())
        if self.password_file:
            # When it was written, and nothing made of the password: the manifest lies open.
            whole.update(
                f"\0{self.password_file}\0{self.password_file.stat().st_mtime_ns}".encode()
            )
        return whole.hexdigest()


def read_jobs(
    path: Path, *, plain: bool = False, own: Mapping[str, OwnAudience] | None = None
) -> tuple[Job, ...]:
    """Read a table of jobs (CSV, comma or semicolon, UTF-8); paths are beside the table.

    Args:
        path: the table.
        plain: whether papers for the keepers, and files that anybody can change, may be written
            without a recipient.
        own: readers of one's own, by the name that may stand in the column of readers.

    Raises:
        JobsError: every problem of the whole table, in the order of its rows.
    """
    rows = list(_rows(path))
    jobs: list[Job] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, _FIRST_ROW):
        reader = (own or {}).get(row["audience"])
        seen = {**row, "audience": reader.like} if reader else row
        found = list(_problems(number, seen, path.parent, plain=plain))
        problems += found
        if not found:
            job = _job(number, seen, path.parent)
            own_name = row["audience"] if reader else ""
            jobs.append(replace(job, reader=own_name, without=reader.without if reader else ()))
    if not rows:
        problems.append(Problem(0, "", "batch.problem.empty"))
    if problems:
        raise JobsError(problems)
    return tuple(jobs)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        whole = read_at_most(path, _MAX_BYTES)
    except OSError:
        raise JobsError([Problem(0, "", "batch.problem.unreadable")]) from None
    if whole is None:
        # Cut off, its last rows would be missing without a word.
        raise JobsError([Problem(0, "", "batch.problem.too_big")])
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise JobsError([Problem(0, "", "batch.problem.not_text")]) from None
    head = text.partition("\n")[0]
    # Spreadsheets in Spanish and French write semicolons.
    reader = csv.DictReader(io.StringIO(text, ""), delimiter=";" if ";" in head else ",")
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        problems = [
            Problem(1, name, "batch.problem.column")
            for name in sorted(frozenset(_NEEDED) - set(names))
        ]
        if problems:
            raise JobsError(problems)
        reader.fieldnames = names
        for row in reader:
            yield {name: (row.get(name) or "").strip() for name in COLUMNS}
    except csv.Error:
        raise JobsError([Problem(0, "", "batch.problem.not_text")]) from None


def _problems(
    number: int, row: Mapping[str, str], beside: Path, *, plain: bool
) -> Iterator[Problem]:
    checks = {
        "workspace": "" if _is_workspace(beside, row) else "workspace",
        "identity_file": "" if _is_file(beside, row["identity_file"]) else "identity",
        "report": "" if row["report"] in AUDIENCES_OF else "report",
        "lang": "" if row["lang"] in languages() else "lang",
        "audience": _audience_problem(row),
        "format": "" if _form(row) in FORMATS else "format",
        "recipient": _recipient_problem(row, plain=plain),
        "ticks": _ticks_problem(beside, row),
        "parameters": _parameter_problem(row),
        "password_file": _password_problem(row, beside),
    }
    for column, key in checks.items():
        if key:
            yield Problem(number, column, f"batch.problem.{key}", _KNOWN.get(key, {}))


_KNOWN = {
    "format": {"known": ", ".join(FORMATS)},
    "report": {"known": ", ".join(AUDIENCES_OF)},
}


def _is_workspace(beside: Path, row: Mapping[str, str]) -> bool:
    return bool(row["workspace"]) and _stands(beside / row["workspace"] / DATABASE_NAME)


def _is_file(beside: Path, name: str) -> bool:
    return bool(name) and _stands(beside / name)


def _stands(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # a whole page was pasted where a name goes


def _form(row: Mapping[str, str]) -> str:
    return row["format"] or "pdf"


def _audience_problem(row: Mapping[str, str]) -> str:
    known = AUDIENCES_OF.get(row["report"])
    return "" if known is None or row["audience"] in known else "audience"


def _recipient_problem(row: Mapping[str, str], *, plain: bool) -> str:
    recipients = row["recipient"].split()
    if not recipients:
        closed = plain or bool(row["password_file"])
        return "" if closed or not _is_closed(row) else "no_recipient"
    try:
        check_recipients(recipients)
    except ReportError:
        return "recipient"
    return ""


def _is_closed(row: Mapping[str, str]) -> bool:
    form = FORMATS.get(_form(row))
    return is_guarded(row["report"], row["audience"]) or (form is not None and form.is_open)


def _parameter_problem(row: Mapping[str, str]) -> str:
    try:
        read_parameters(row["report"], dict(_parameters(row)))
    except ParameterError:
        return "parameters"
    return ""


def _parameters(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Read ``name=value`` parted by spaces; a name that comes twice is no name of a report."""
    pairs = [part.partition("=") for part in row["parameters"].split()]
    named = tuple((name, value) for name, _, value in pairs)
    return named if len(dict(named)) == len(named) else (("", ""),)


def _password_problem(row: Mapping[str, str], beside: Path) -> str:
    name = row["password_file"]
    if not name:
        return ""
    if _form(row) != LOCKABLE:
        return "password_form"
    try:
        check_password(read_password(beside / name), LOCKABLE)
    except PasswordFileError:
        return "password_file"
    except PasswordSignsError:
        return "password_signs"
    except WeakPasswordError:
        return "weak_password"
    return ""


def _ticks_problem(beside: Path, row: Mapping[str, str]) -> str:
    if not row["ticks"]:
        is_outside = row["audience"] in OUTSIDE and not _audience_problem(row)
        return "no_ticks" if is_outside else ""
    try:
        read_ticks(beside / row["ticks"])
    except NotReadError:
        return "ticks"
    return ""


def _job(number: int, row: Mapping[str, str], beside: Path) -> Job:
    password = row["password_file"]
    return Job(
        row=number,
        workspace=(beside / row["workspace"]).absolute(),
        identity_file=(beside / row["identity_file"]).absolute(),
        report=row["report"],
        lang=row["lang"],
        audience=row["audience"],
        format=_form(row),
        recipients=tuple(row["recipient"].split()),
        ticks=(beside / row["ticks"]).absolute() if row["ticks"] else None,
        parameters=_parameters(row),
        password_file=(beside / password).absolute() if password else None,
    )
