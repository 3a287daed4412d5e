"""A table is checked whole before the first report: every mistake has its row and its column."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from amparo.messages import languages, messages
from amparo.report.audiences import AUDIENCES_OF
from amparo.report.batch import JobsError, jobs, read_jobs
from amparo.report.formats import FORMATS

Table = Callable[..., Path]
NEEDED = "workspace,identity_file,report,lang,audience"
GOOD = "w0,key,sheet,en,group,pdf,"


def _problems(path: Path, *, plain: bool = False) -> list[tuple[int, str, str]]:
    with pytest.raises(JobsError) as caught:
        read_jobs(path, plain=plain)
    for lang in languages():
        for one in caught.value.problems:
            assert "⟦" not in messages(lang).text(f"cli.{one.key}", **one.values)
    kind = "batch.problem."
    return [(one.row, one.column, one.key.removeprefix(kind)) for one in caught.value.problems]


def test_a_table_of_a_spreadsheet_is_read_with_its_byte_mark_and_semicolons(table: Table) -> None:
    """In Spanish and French a spreadsheet writes semicolons."""
    path = table([])
    text = "workspace;identity_file;report;lang;audience\r\nw0;key;sheet;es;group\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())

    (job,) = read_jobs(path)

    assert (job.report, job.lang, job.audience, job.format) == ("sheet", "es", "group", "pdf")
    assert job.name == "00002-sheet-es-group.pdf"


def test_every_mistake_of_every_row_is_named_at_once(table: Table) -> None:
    """Nobody should mend a table of a thousand rows one mistake at a time."""
    rows = [
        GOOD,
        "nowhere,key,sheet,en,group,pdf,",
        "w0,nowhere,sheet,en,group,pdf,",
        "w0,key,poem,en,group,pdf,",
        "w0,key,sheet,xx,group,pdf,",
        "w0,key,analysis,en,group,pdf,",
        "w0,key,sheet,en,group,odt,",
        "w0,key,sheet,en,group,pdf,age1nonsense",
        ",,,,,,",
    ]

    assert _problems(table(rows)) == [
        (3, "workspace", "workspace"),
        (4, "identity_file", "identity"),
        (5, "report", "report"),
        (6, "lang", "lang"),
        (7, "audience", "audience"),
        (7, "recipient", "no_recipient"),
        (8, "format", "format"),
        (9, "recipient", "recipient"),
        (10, "workspace", "workspace"),
        (10, "identity_file", "identity"),
        (10, "report", "report"),
        (10, "lang", "lang"),
    ]


@pytest.mark.parametrize(("content", "expected"), [
    (b"", "column"),
    (b"workspace,report\nw0,sheet\n", "column"),
    (b"workspace,identity_file,report,lang,audience\n", "empty"),
    (b"\xff\xfe\x00w", "not_text"),
    (b'workspace,identity_file,report,lang,audience\n"' + b"x" * 200_000, "not_text"),
    (b"workspace,identity_file,report,lang,audience\nw0\x00,key,sheet,en,group\n", "workspace"),
])  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(
    table: Table, content: bytes, expected: str
) -> None:
    """A wrong file is picked easily."""
    path = table([])
    path.write_bytes(content)

    assert expected in {key for _, _, key in _problems(path)}


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A typing mistake in the name is no crash."""
    assert _problems(tmp_path / "no.csv") == [(0, "", "unreadable")]
    assert _problems(tmp_path) == [(0, "", "unreadable")]


def test_a_table_that_is_too_large_loses_no_row_in_silence(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The groups of the last rows would get no paper, and nobody would know."""
    path = table(["w0,key,sheet,en,group,,", "w1,key,sheet,en,group,,"])
    monkeypatch.setattr(jobs, "_MAX_BYTES", path.stat().st_size)
    assert len(read_jobs(path)) == 2

    monkeypatch.setattr(jobs, "_MAX_BYTES", path.stat().st_size - len("w1,key,sheet,en,group,,\n"))
    assert _problems(path) == [(0, "", "too_big")]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """It has no end: the command would look as if it worked."""
    os.mkfifo(tmp_path / "jobs.csv")

    assert _problems(tmp_path / "jobs.csv") == [(0, "", "unreadable")]


def test_papers_of_the_keepers_need_a_recipient_or_an_explicit_act(table: Table) -> None:
    """A thousand analyses lie open in a folder sooner than one."""
    recipient = pyrage.x25519.Identity.generate().to_public()  # type: ignore[attr-defined]

    assert _problems(table(["w0,key,notes,en,keepers,,"])) == [(2, "recipient", "no_recipient")]
    assert len(read_jobs(table(["w0,key,notes,en,keepers,,"]), plain=True)) == 1
    (job,) = read_jobs(table([f"w0,key,notes,en,keepers,,{recipient}"]))
    assert job.name.endswith(".pdf.age")


def test_every_form_is_a_format_and_what_anybody_can_change_needs_a_recipient(
    table: Table,
) -> None:
    """A table of names in a spreadsheet is copied with one click: it is closed by default."""
    recipient = pyrage.x25519.Identity.generate().to_public()  # type: ignore[attr-defined]
    opened = [f"w0,key,sheet,en,group,{name}," for name in FORMATS]
    closed = [f"{row}{recipient}" for row in opened]

    found = _problems(table(opened))

    changeable = [name for name in FORMATS if FORMATS[name].is_open]
    assert len(found) == len(changeable) == len(FORMATS) - 1
    assert {(column, key) for _, column, key in found} == {("recipient", "no_recipient")}
    assert [job.format for job in read_jobs(table(opened), plain=True)] == list(FORMATS)
    assert [job.name.endswith(f".{job.format}.age") for job in read_jobs(table(closed))] == [
        True
    ] * len(FORMATS)


def test_the_refusal_of_a_format_or_a_report_names_all_there_are(table: Table) -> None:
    """Nobody should look them up in a manual."""
    with pytest.raises(JobsError) as caught:
        read_jobs(table(["w0,key,poem,en,group,odt,"]))

    said = [messages("es").text(f"cli.{one.key}", **one.values) for one in caught.value.problems]
    assert all(name in said[0] for name in AUDIENCES_OF)
    assert all(name in said[1] for name in FORMATS)


@pytest.mark.parametrize(("cell", "report", "expected"), [
    ("", "sheet", None),
    ("since=2026-01-01 until=2026-06-30", "incidents", {"since": "2026-01-01", "until": "2026-06-30"}),
    ("  step=s3 ", "notes", {"step": "s3"}),
    ("since=yesterday", "incidents", "parameters"),
    ("since=2026-06-30 until=2026-01-01", "incidents", "parameters"),
    ("step=s3", "incidents", "parameters"),
    ("step=s3 step=s4", "notes", "parameters"),
    ("step", "notes", "parameters"),
    ("=s3", "notes", "parameters"),
    ("step=s3;drop", "notes", "parameters"),
])  # fmt: skip
def test_parameters_are_what_the_report_itself_takes(
    table: Table, cell: str, report: str, expected: str | dict[str, str] | None
) -> None:
    """A batch asks for nothing that ``amparo report`` would refuse."""
    audience = "group" if report == "sheet" else "keepers"
    path = table([f"w0,key,{report},en,{audience},{cell}"], head=f"{NEEDED},parameters")

    if expected == "parameters":
        found = _problems(path, plain=True)
        assert found == [(2, "parameters", "parameters")]
        return
    (job,) = read_jobs(path, plain=True)
    assert dict(job.parameters) == (expected or {})


def test_a_password_closes_a_pdf_and_nothing_else(table: Table, tmp_path: Path) -> None:
    """A weak one, or one that nobody can read, is found before the first report."""
    (tmp_path / "good").write_text("# for the lawyer\ncorral viento lupa 83\n", "utf-8")
    (tmp_path / "weak").write_text("password1234", "utf-8")
    (tmp_path / "odd").write_text("corral viento lupa ½", "utf-8")
    (tmp_path / "empty").write_text("\n", "utf-8")
    rows = [
        "w0,key,analysis,en,keepers,pdf,good",
        "w0,key,sheet,en,group,pdf,weak",
        "w0,key,sheet,en,group,pdf,odd",
        "w0,key,sheet,en,group,pdf,empty",
        "w0,key,sheet,en,group,pdf,nowhere",
        "w0,key,sheet,en,group,html,good",
    ]
    path = table(rows, head=f"{NEEDED},format,password_file")

    assert _problems(path) == [
        (3, "password_file", "weak_password"),
        (4, "password_file", "password_signs"),
        (5, "password_file", "password_file"),
        (6, "password_file", "password_file"),
        (7, "password_file", "password_form"),
    ]
    (job,) = read_jobs(table(rows[:1], head=f"{NEEDED},format,password_file"))
    assert (job.is_sealed, job.name) == (True, "00002-analysis-en-keepers.pdf")
    assert "viento" not in repr(job) + repr(job.seal())


def test_a_job_is_another_job_when_what_it_asks_for_changes(table: Table, tmp_path: Path) -> None:
    """Else yesterday's file, or the one with the old password, would pass for the new one."""
    (tmp_path / "good").write_text("corral viento lupa 83", "utf-8")
    head = f"{NEEDED},parameters,password_file"
    marks = [
        read_jobs(table([f"w0,key,notes,en,keepers,{cells}"], head=head), plain=True)[0].mark()
        for cells in (",", "step=s3,", "step=s4,", "step=s4,good")
    ]
    path = table(["w0,key,notes,en,keepers,step=s4,good"], head=head)
    os.utime(tmp_path / "good", ns=(1, 1))

    assert len({*marks, read_jobs(path)[0].mark()}) == 5


def test_no_refusal_repeats_what_stood_in_a_cell(table: Table) -> None:
    """Somebody may have put a secret key where the recipient goes."""
    path = table(["w0,key,sheet,en,group,pdf,AGE-SECRET-KEY-1QQQ", "María,key,sheet,en,group,,"])

    with pytest.raises(JobsError) as caught:
        read_jobs(path)

    said = f"{caught.value} {caught.value.values} {caught.value.problems}"
    assert "SECRET" not in said
    assert "María" not in said
