"""The list of jobs: a table with one report a row, checked as a whole before the first is made."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from amparo.errors import AmparoError, ReportError
from amparo.messages import languages
from amparo.report.audiences import AUDIENCES_OF, KEEPERS_ONLY
from amparo.report.run import check_recipients
from amparo.store.workspace import DATABASE_NAME

COLUMNS = ("workspace", "identity_file", "report", "lang", "audience", "format", "recipient")
FORMATS = ("pdf",)
_NEEDED = frozenset(COLUMNS) - {"format", "recipient"}
_MAX_BYTES = 64 * 1024 * 1024
_FIRST_ROW = 2  # as a spreadsheet counts: the names of the columns stand in row 1


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell: ``key`` is a sentence of the catalogue, ``row`` 0 the table."""

    row: int
    column: str
    key: str


class JobsError(AmparoError, ValueError):
    """The list of jobs was refused; ``problems`` names every place, never what stands there."""

    key = "error.jobs"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("the list of jobs was refused", count=len(self.problems))


@dataclass(frozen=True, slots=True)
class Job:
    """One report of one workspace for one reader."""

    row: int
    workspace: Path
    identity_file: Path
    report: str
    lang: str
    audience: str
    format: str = "pdf"
    recipients: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the file: the row and what kind of paper it is, nothing about whom."""
        ending = ".age" if self.recipients else ""
        return f"{self.row:05d}-{self.report}-{self.lang}-{self.audience}.{self.format}{ending}"

    def mark(self) -> str:
        """Return what tells this job from another, or from itself after the workspace changed."""
        values = [str(self.workspace), self.name, *self.recipients]
        whole = hashlib.sha256("\0".join(values).encode())
        whole.update((self.workspace / "counter").read_bytes())
        return whole.hexdigest()


def read_jobs(path: Path, *, plain: bool = False) -> tuple[Job, ...]:
    """Read a table of jobs (CSV, comma or semicolon, UTF-8); paths are beside the table.

    Args:
        path: the table.
        plain: whether papers for the keepers may be written without a recipient.

    Raises:
        JobsError: every problem of the whole table, in the order of its rows.
    """
    rows = list(_rows(path))
    jobs: list[Job] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, _FIRST_ROW):
        found = list(_problems(number, row, path.parent, plain=plain))
        problems += found
        if not found:
            jobs.append(_job(number, row, path.parent))
    if not rows:
        problems.append(Problem(0, "", "batch.problem.empty"))
    if problems:
        raise JobsError(problems)
    return tuple(jobs)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1)[:_MAX_BYTES].decode("utf-8-sig")
    except OSError:
        raise JobsError([Problem(0, "", "batch.problem.unreadable")]) from None
    except UnicodeDecodeError:
        raise JobsError([Problem(0, "", "batch.problem.not_text")]) from None
    head = text.partition("\n")[0]
    # Spreadsheets in Spanish and French write semicolons.
    reader = csv.DictReader(io.StringIO(text, ""), delimiter=";" if ";" in head else ",")
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        problems = [
            Problem(1, name, "batch.problem.column") for name in sorted(_NEEDED - set(names))
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
        "workspace": "" if _is_workspace(beside, row) else "batch.problem.workspace",
        "identity_file": "" if _is_file(beside, row) else "batch.problem.identity",
        "report": "" if row["report"] in AUDIENCES_OF else "batch.problem.report",
        "lang": "" if row["lang"] in languages() else "batch.problem.lang",
        "audience": _audience_problem(row),
        "format": "" if (row["format"] or "pdf") in FORMATS else "batch.problem.format",
        "recipient": _recipient_problem(row, plain=plain),
    }
    for column, key in checks.items():
        if key:
            yield Problem(number, column, key)


def _is_workspace(beside: Path, row: Mapping[str, str]) -> bool:
    return bool(row["workspace"]) and (beside / row["workspace"] / DATABASE_NAME).is_file()


def _is_file(beside: Path, row: Mapping[str, str]) -> bool:
    return bool(row["identity_file"]) and (beside / row["identity_file"]).is_file()


def _audience_problem(row: Mapping[str, str]) -> str:
    known = AUDIENCES_OF.get(row["report"])
    return "" if known is None or row["audience"] in known else "batch.problem.audience"


def _recipient_problem(row: Mapping[str, str], *, plain: bool) -> str:
    recipients = row["recipient"].split()
    if not recipients:
        return "" if plain or row["report"] not in KEEPERS_ONLY else "batch.problem.no_recipient"
    try:
        check_recipients(recipients)
    except ReportError:
        return "batch.problem.recipient"
    return ""


def _job(number: int, row: Mapping[str, str], beside: Path) -> Job:
    return Job(
        row=number,
        workspace=(beside / row["workspace"]).absolute(),
        identity_file=(beside / row["identity_file"]).absolute(),
        report=row["report"],
        lang=row["lang"],
        audience=row["audience"],
        format=row["format"] or "pdf",
        recipients=tuple(row["recipient"].split()),
    )
