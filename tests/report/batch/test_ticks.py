"""Papers for others in a batch: each row names the ticks of two people, or is a mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from amparo.content.examples import example
from amparo.method.outside import held_back
from amparo.model.workspace import Workspace
from amparo.report.batch import JobsError, read_jobs, run
from amparo.report.leaving import leaving
from amparo.report.own_audiences import OwnAudience
from amparo.report.sections.material import Material
from amparo.report.ticks import Ticks, ticks_json

DAY = date(2026, 11, 24)
HEAD = "workspace,identity_file,report,lang,audience,ticks"


def _ticks(path: Path, *, sentences: int = 0) -> None:
    whole = Workspace.of(example("small", "en", DAY))
    # The keeper looks at the calendar: what has ended by now does not leave.
    ended = held_back(whole, datetime.now(UTC).date())
    cut = Workspace.of(one for one in whole if one.id not in ended).for_audience("allies")
    going = leaving(Material(cut, "allies", "allies", "en", None, DAY))
    count = len(going.sentences) + sentences
    path.write_bytes(ticks_json(Ticks(going.digest, ("A", "B"), count)))


def _text(path: Path) -> str:
    pages = PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_a_row_for_others_without_ticks_is_a_mistake(
    table: Callable[..., Path], tmp_path: Path
) -> None:
    """It is said before the first of a thousand reports, not in the night."""
    (tmp_path / "bad.json").write_text("{}", "ascii")
    rows = [
        "w0,key,allies,en,allies,",
        "w0,key,public,es,public,none.json",
        "w0,key,donor,fr,allies,bad.json",
        "w0,key,sheet,en,group,",
    ]

    with pytest.raises(JobsError) as caught:
        read_jobs(table(rows, HEAD))

    assert [(one.row, one.column, one.key) for one in caught.value.problems] == [
        (2, "ticks", "batch.problem.no_ticks"),
        (3, "ticks", "batch.problem.ticks"),
        (4, "ticks", "batch.problem.ticks"),
    ]


def test_a_row_is_made_when_two_people_have_read_it_and_not_before(
    table: Callable[..., Path], tmp_path: Path
) -> None:
    """The ticks of another list open nothing."""
    path = table(["w0,key,allies,en,allies,read.json", "w0,key,allies,en,allies,other.json"], HEAD)
    _ticks(tmp_path / "read.json")
    _ticks(tmp_path / "other.json", sentences=1)

    summary = run(read_jobs(path), tmp_path / "out", workers=1)

    assert (summary.made, [one.key for one in summary.failures]) == (1, ["error.not_read"])


def test_a_row_may_name_a_reader_of_ones_own(table: Callable[..., Path], tmp_path: Path) -> None:
    """The file is named for that reader, and holds less than the usual one."""
    own = {"lawyers": OwnAudience("group", ("rule",)), "friends": OwnAudience("allies")}
    path = table(["w0,key,plan,en,lawyers,", "w0,key,plan,en,group,"], HEAD)

    jobs = read_jobs(path, own=own)
    run(jobs, tmp_path / "out", workers=1)
    lawyers, group = (_text(tmp_path / "out" / job.name) for job in jobs)

    assert [job.name for job in jobs] == ["00002-plan-en-lawyers.pdf", "00003-plan-en-group.pdf"]
    assert jobs[0].mark() != jobs[1].mark()
    with pytest.raises(JobsError) as caught:
        read_jobs(table(["w0,key,allies,en,friends,"], HEAD), own=own)
    assert [one.key for one in caught.value.problems] == ["batch.problem.no_ticks"]
    with pytest.raises(JobsError):
        read_jobs(path)
    care = "Whoever was threatened is visited the same day"
    assert care in group
    assert care not in lawyers
