"""What goes wrong in one row is said for that row, and costs no other."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pikepdf
import pypdfium2
import pyrage as _pyrage
import pytest
from nbformat import v4

from amparo.errors import AmparoError
from amparo.keeper import client
from amparo.messages import languages, messages
from amparo.model.measures import Measure
from amparo.report import made
from amparo.report.batch import Job, JobsError, read_jobs, run
from amparo.report.batch.journal import NAME, Entry, is_there, write_down
from amparo.report.batch.outcome import Failure
from amparo.report.batch.worker import make_all
from amparo.report.formats import FORMATS, Format
from amparo.session import Session
from amparo.store import Identity

pyrage: Any = _pyrage  # a compiled module, without types
Table = Callable[..., Path]
NEEDED = "workspace,identity_file,report,lang,audience"
LONG = "x" * 100_000
ODD = "🙂👩‍👩‍👧‍👦 \u202etxt.exe طريق 12/3 Ñandú עברית 東京 \u2066a"
# What a record takes; the signs that turn other people's words around it refuses itself.
TYPED = ODD.replace("\u202e", "").replace("\u2066", "")
PASSWORD = "corral viento lupa 83"


@pytest.fixture(scope="module")
def odd_workspaces(network: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An empty workspace, and one whose name and words are odd; the key of the others opens both."""
    identity = Identity((network / "key").read_text().splitlines()[1])
    folder = tmp_path_factory.mktemp("odd")
    empty, odd = folder / "empty", folder / f"💧 ماء {ODD.replace('/', '-')}"
    for place, words in ((empty, ()), (odd, (TYPED, "ﷺ" * 20, "W" * 99))):
        handle = client.start(place, identity, create=True)
        with Session.connect(handle.environment()) as session:
            for number, text in enumerate(words):
                record = Measure(
                    id=f"{number:032x}", created_on=date(2026, 3, 1), title=text, phases=("before",)
                )
                session.save(record, expected_version=None)
            session.lock()
        handle.wait(30)
    return empty, odd


def _made(path: Path, out: Path, *, plain: bool = True) -> list[Entry | Failure]:
    out.mkdir(exist_ok=True)
    return [one for job in read_jobs(path, plain=plain) for one in make_all((job,), out)]


def test_an_empty_workspace_gives_every_paper_and_odd_words_too(
    odd_workspaces: tuple[Path, Path], table: Table, tmp_path: Path
) -> None:
    """A group that has just begun prints what it has: lines to write on."""
    rows = [f"{place},key,{paper}" for place in odd_workspaces
            for paper in ("sheet,ar,group", "plan,es,group", "analysis,fr,keepers")]  # fmt: skip

    found = _made(table(rows, head=NEEDED), tmp_path / "out")

    assert not [one for one in found if isinstance(one, Failure)]
    for one in found:
        assert isinstance(one, Entry)
        pages = len(pypdfium2.PdfDocument((tmp_path / "out" / one.file).read_bytes()))
        assert pages == 1 if "sheet" in one.file else pages >= 1
        assert "💧" not in one.file + one.mark


@pytest.mark.parametrize(
    "row",
    [
        f"{LONG},key,sheet,en,group",
        f"w0,{LONG},sheet,en,group",
        f"w0,key,{LONG},en,group",
        f"w0,key,sheet,{LONG},group",
        f"w0,key,sheet,en,{LONG}",
        f"{ODD},{ODD},{ODD},{ODD},{ODD}",
        '"\n\n",key,sheet,en,group',
        "w0/../../../../etc,key,sheet,en,group",
        "=HYPERLINK(1),key,sheet,en,group",
    ],
)
def test_endless_and_odd_cells_are_problems_of_their_row(table: Table, row: str) -> None:
    """A wrong column, a pasted page: never a traceback, and never repeated."""
    with pytest.raises(JobsError) as caught:
        read_jobs(table([row, "w0,key,sheet,en,group"], head=NEEDED))

    assert {one.row for one in caught.value.problems} == {2}
    said = f"{caught.value} {caught.value.problems}"
    assert len(said) < 5000
    assert LONG[:50] not in said
    assert ODD not in said


@pytest.mark.parametrize("column", ["format", "recipient", "parameters", "password_file"])
@pytest.mark.parametrize("cell", [LONG, ODD])
def test_the_same_in_what_may_be_left_out(table: Table, column: str, cell: str) -> None:
    """Nothing there is taken at its word either."""
    with pytest.raises(JobsError) as caught:
        read_jobs(table([f"w0,key,sheet,en,group,{cell}"], head=f"{NEEDED},{column}"))

    assert (2, column) in {(one.row, one.column) for one in caught.value.problems}
    assert cell[:50] not in str(caught.value.problems)


def test_a_reader_nobody_knows_is_a_problem_of_its_row(table: Table) -> None:
    """Nobody is given the papers of another reader by mistake."""
    with pytest.raises(JobsError) as caught:
        read_jobs(table(["w0,key,sheet,en,everybody", "w0,key,plan,en,allies"], head=NEEDED))

    assert [(one.row, one.column) for one in caught.value.problems] == [
        (2, "audience"),
        (3, "audience"),
    ]


def test_a_notebook_that_raises_is_listed_without_a_word_of_it(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody changed a report and made a mistake; the papers of the others come out."""
    folder = tmp_path / "own" / "reports"
    folder.mkdir(parents=True)
    cells = [v4.new_code_cell('ticket = ""'), v4.new_code_cell("raise ValueError('secreto')")]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(v4.new_notebook(cells=cells), folder / "sheet.ipynb")
    plan = made.bundled("workbooks") / "reports" / "plan.ipynb"
    (folder / "plan.ipynb").write_bytes(plan.read_bytes())
    monkeypatch.setattr(made, "bundled", lambda _: tmp_path / "own")
    path = table(["w0,key,sheet,en,group", "w0,key,plan,en,group"], head=NEEDED)
    out = tmp_path / "out"
    out.mkdir()

    found = make_all(read_jobs(path), out)

    assert found[0] == Failure(2, "error.report", {})
    assert isinstance(found[1], Entry)
    assert "secreto" not in repr(found)
    assert [one.name for one in out.iterdir() if one.name != NAME] == [found[1].file]


def test_a_workspace_that_goes_in_the_middle_costs_the_rest_of_its_rows(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick is pulled out: what was made before is kept and written down."""
    from amparo.report.batch import worker

    path = table([f"w0,key,sheet,{lang},group" for lang in ("en", "es", "fr")], head=NEEDED)
    out, real = tmp_path / "out", worker.make_report
    out.mkdir()

    def pulled_out(session: Session, order: Any, ticks: Any) -> bytes:
        if order.lang == "es":
            session.lock()
        return real(session, order, ticks)

    monkeypatch.setattr(worker, "make_report", pulled_out)

    found = make_all(read_jobs(path), out)

    assert isinstance(found[0], Entry)
    assert [type(one) for one in found[1:]] == [Failure, Failure]
    assert [line for line in (out / NAME).read_text().splitlines() if '"row": 2' in line]
    for lang in languages():
        for one in found[1:]:
            assert isinstance(one, Failure)
            assert "⟦" not in messages(lang).text(one.key, **one.values)


def test_a_form_is_written_by_its_own_writer_and_one_that_fails_is_listed(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a writer raises, its text may quote the workspace."""
    writers = {"good_file": lambda report: report.data.report.encode(), "bad_file": _raises}
    for name, write in writers.items():
        module = ModuleType(name)
        module.__dict__["write"] = write
        monkeypatch.setitem(sys.modules, f"amparo.report.formats.{name}", module)
        form = name.removesuffix("_file")
        monkeypatch.setitem(FORMATS, form, Format(form, "text/plain", name))
    path = table(["w0,key,plan,en,group,good", "w0,key,plan,en,group,bad"], head=f"{NEEDED},format")

    first, second = _made(path, tmp_path / "out")

    assert isinstance(first, Entry)
    assert (tmp_path / "out" / first.file).read_bytes() == b"plan"
    assert first.file == "00002-plan-en-group.good"
    assert second == Failure(3, AmparoError.key, {})


def _raises(report: Any) -> bytes:
    raise KeyError(report.data.workspace.records[0].id, "secreto")


def test_what_is_sealed_says_so_and_is_not_made_again(table: Table, tmp_path: Path) -> None:
    """Its bytes are new each time: the manifest tells that, so that nobody compares them."""
    (tmp_path / "word").write_text(PASSWORD, "utf-8")
    reader = pyrage.x25519.Identity.generate()
    rows = [f"w0,key,sheet,en,group,{reader.to_public()},", "w0,key,sheet,en,group,,word",
            f"w0,key,sheet,en,group,{reader.to_public()},word", "w0,key,sheet,en,group,,"]  # fmt: skip
    jobs = read_jobs(table(rows, head=f"{NEEDED},recipient,password_file"))
    out = tmp_path / "out"
    out.mkdir()

    found = make_all(jobs, out)
    again = run(jobs, out, workers=1)

    assert [isinstance(one, Entry) and one.sealed for one in found] == [True, True, True, False]
    assert (again.made, again.there) == (0, 4)
    assert PASSWORD not in (out / NAME).read_text()
    locked = (out / jobs[1].name).read_bytes()
    both = pyrage.decrypt((out / jobs[2].name).read_bytes(), [reader])
    for data in (locked, both):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data))
        assert len(pypdfium2.PdfDocument(data, password=PASSWORD)) == 1
    # A new password is another paper.
    os.utime(tmp_path / "word", ns=(1, 1))
    assert run(jobs[1:2], out, workers=1).made == 1


def test_a_password_file_that_is_gone_is_listed(table: Table, tmp_path: Path) -> None:
    """Never a paper without its lock."""
    (tmp_path / "word").write_text(PASSWORD, "utf-8")
    jobs = read_jobs(table(["w0,key,sheet,en,group,word"], head=f"{NEEDED},password_file"))
    (tmp_path / "word").unlink()
    (tmp_path / "out").mkdir()

    (failure,) = make_all(jobs, tmp_path / "out")

    assert isinstance(failure, Failure)
    assert not list((tmp_path / "out").iterdir())


def test_a_line_of_a_file_that_is_not_there_counts_for_nothing(tmp_path: Path) -> None:
    """A machine that writes into a folder of its own has made nothing for us."""
    entry = Entry(2, "00002-sheet-en-group.pdf", 4, "0" * 64, "")
    write_down(tmp_path, entry)

    assert not is_there(tmp_path, entry)
    (tmp_path / entry.file).write_bytes(b"half")
    assert not is_there(tmp_path, entry)


def _can_mount() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    trial = "mount -t tmpfs -o size=1m tmpfs /mnt"
    return subprocess.run(["unshare", "-m", "sh", "-c", trial], check=False).returncode == 0


if _can_mount():

    @pytest.mark.slow
    def test_r28_on_a_full_disk_what_fits_is_whole_and_the_rest_is_listed_and_made_later(
        table: Table, tmp_path: Path
    ) -> None:
        """A stick holds three of six papers."""
        path = table([f"w0,key,sheet,{lang},group" for lang in ("en", "es", "fr") * 2], head=NEEDED)
        small, copy = tmp_path / "small", tmp_path / "copy"
        small.mkdir()
        inside = (
            'mount -t tmpfs -o size=140k tmpfs "$1"; '
            '"$2" -c "from amparo.cli import main; main()" batch "$3" -o "$1/out" --workers 1; '
            'code=$?; cp -r "$1/out" "$4"; exit $code'
        )

        ran = subprocess.run(
            ["unshare", "-m", "sh", "-c", inside, "sh", small, sys.executable, path, copy],
            capture_output=True, text=True, check=False, env={**os.environ, "AMPARO_LANG": "en"},
        )  # fmt: skip

        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
        listed = ran.stderr.strip().splitlines()
        assert 1 <= len(listed) < 6
        assert all("cannot be written there" in line for line in listed)
        whole = sorted(one for one in copy.iterdir() if one.suffix == ".pdf")
        assert 6 - len(listed) <= len(whole) < 6
        for one in whole:
            assert len(pypdfium2.PdfDocument(one.read_bytes())) == 1
        assert not list(copy.glob(".*.part"))
        summary = run(read_jobs(path), copy, workers=1)
        assert (summary.there, summary.made) == (6 - len(listed), len(listed))


def test_the_row_of_a_job_is_all_its_file_is_called_after(table: Table) -> None:
    """A name of a group in a list of files tells who has a plan."""
    (job,) = read_jobs(table(["w0,key,plan,ar,personal"], head=NEEDED))

    assert isinstance(job, Job)
    assert job.name == "00002-plan-ar-personal.pdf"
