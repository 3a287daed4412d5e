"""A table is checked whole before the first report: every mistake has its row and its column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from amparo.messages import languages, messages
from amparo.report.batch import JobsError, read_jobs

Table = Callable[..., Path]
GOOD = "w0,key,sheet,en,group,pdf,"


def _problems(path: Path) -> list[tuple[int, str, str]]:
    with pytest.raises(JobsError) as caught:
        read_jobs(path)
    for lang in languages():
        for one in caught.value.problems:
            assert "⟦" not in messages(lang).text(f"cli.{one.key}")
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
        "w0,key,sheet,en,group,docx,",
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


def test_papers_of_the_keepers_need_a_recipient_or_an_explicit_act(table: Table) -> None:
    """A thousand analyses lie open in a folder sooner than one."""
    recipient = pyrage.x25519.Identity.generate().to_public()  # type: ignore[attr-defined]

    assert _problems(table(["w0,key,notes,en,keepers,,"])) == [(2, "recipient", "no_recipient")]
    assert len(read_jobs(table(["w0,key,notes,en,keepers,,"]), plain=True)) == 1
    (job,) = read_jobs(table([f"w0,key,notes,en,keepers,,{recipient}"]))
    assert job.name.endswith(".pdf.age")


def test_no_refusal_repeats_what_stood_in_a_cell(table: Table) -> None:
    """Somebody may have put a secret key where the recipient goes."""
    path = table(["w0,key,sheet,en,group,pdf,AGE-SECRET-KEY-1QQQ", "María,key,sheet,en,group,,"])

    with pytest.raises(JobsError) as caught:
        read_jobs(path)

    said = f"{caught.value} {caught.value.values} {caught.value.problems}"
    assert "SECRET" not in said
    assert "María" not in said
