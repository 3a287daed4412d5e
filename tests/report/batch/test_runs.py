"""A batch makes each file whole and once, also after a kill; what fails is listed."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pypdfium2
import pyrage as _pyrage
import pytest

from amparo.errors import OutputError
from amparo.keeper import client
from amparo.messages import languages, messages
from amparo.model.process import Process
from amparo.report.batch import Job, lines, read_jobs, run
from amparo.report.batch.journal import NAME, Entry
from amparo.report.batch.outcome import Failure, WorkerEndedError
from amparo.report.batch.runs import FolderBusyError
from amparo.report.batch.worker import make_all
from amparo.session import Session
from amparo.store import Identity
from amparo.store.ownership import Ownership

pytestmark = pytest.mark.slow
pyrage: Any = _pyrage  # a compiled module, without types
Table = Callable[..., Path]
THREE = [f"w{number},key,sheet,en,group,," for number in range(3)]
_COMMAND = (sys.executable, "-c", "from amparo.cli import main; main()", "batch")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".jsonl"}


def _manifest(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / NAME).read_text().splitlines()]


def test_a_batch_is_made_once_and_is_the_same_bytes_anywhere(table: Table, tmp_path: Path) -> None:
    """Twice the same table: the second time there is nothing to do; elsewhere the same files."""
    jobs = read_jobs(table([*THREE, "w0,key,plan,ar,group,,", "w1,key,plan,es,personal,,"]))
    told: list[int] = []

    first = run(jobs, tmp_path / "one", workers=2, told=told.append)
    again = run(jobs, tmp_path / "one", workers=1)
    run(jobs, tmp_path / "two", workers=1)

    assert (first.made, first.there, first.failures) == (5, 0, [])
    assert (again.made, again.there) == (0, 5)
    assert sum(told) == 5
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    assert (tmp_path / "one" / NAME).read_bytes() == (tmp_path / "two" / NAME).read_bytes()
    assert [one["row"] for one in _manifest(tmp_path / "one")] == [2, 3, 4, 5, 6]
    for data in _files(tmp_path / "one").values():
        assert len(pypdfium2.PdfDocument(io.BytesIO(data))) >= 1
    for path in (tmp_path / "one").iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_a_workspace_that_cannot_be_opened_is_listed_and_the_others_are_made(
    table: Table, tmp_path: Path
) -> None:
    """One group changed its key; the other nine hundred still get their plan."""
    jobs = read_jobs(table([THREE[0], "w1,other-key,sheet,en,group,,", THREE[2]]))

    summary = run(jobs, tmp_path / "out", workers=1)

    assert summary.made == 2
    assert [(one.row, one.key) for one in summary.failures] == [(3, "error.wrong_key")]
    assert sorted(_files(tmp_path / "out")) == [jobs[0].name, jobs[2].name]
    for lang in languages():
        assert "⟦" not in messages(lang).text(summary.failures[0].key)


def test_what_was_changed_cut_or_lost_is_made_again_and_nothing_else(
    table: Table, tmp_path: Path, network: Path
) -> None:
    """A plan of yesterday must not pass for the plan of today."""
    jobs, out = read_jobs(table(THREE)), tmp_path / "out"
    run(jobs, out, workers=1)
    (out / jobs[0].name).write_bytes(b"%PDF-1.7 half")
    before = (out / jobs[2].name).stat().st_mtime_ns
    key = (network / "key").read_text().splitlines()[1]
    handle = client.start(network / "w1", Identity(key))
    with Session.connect(handle.environment()) as session:
        (stored,) = [one for one in session.stored() if isinstance(one.record, Process)]
        changed = stored.record.with_changes(harmless_title="Other notes")
        session.save(changed, expected_version=stored.version)
        session.lock()
    handle.wait(30)

    summary = run(jobs, out, workers=1)

    assert (summary.made, summary.there) == (2, 1)
    assert (out / jobs[2].name).stat().st_mtime_ns == before
    assert len(pypdfium2.PdfDocument(out / jobs[0].name)) == 1


def test_many_reports_of_one_workspace_wait_for_each_other(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One keeper alone may have a workspace open: two workers would call it busy."""
    monkeypatch.setattr(lines, "_JOBS_OF_A_TASK", 1)
    rows = [f"{place},key,sheet,{lang},group,,"
            for lang in ("en", "es", "fr", "ar") for place in ("w0", "./w0", "w1")]  # fmt: skip

    summary = run(read_jobs(table(rows)), tmp_path / "out", workers=2)

    assert (summary.made, summary.failures) == (12, [])


def test_a_recipient_alone_can_open_what_was_made_for_her(table: Table, tmp_path: Path) -> None:
    """No clear copy lies beside it."""
    reader = pyrage.x25519.Identity.generate()
    jobs = read_jobs(table([f"w0,key,analysis,en,keepers,,{reader.to_public()}"]))

    run(jobs, tmp_path / "out", workers=1)

    (name,) = _files(tmp_path / "out")
    assert name.endswith(".age")
    opened = pyrage.decrypt((tmp_path / "out" / name).read_bytes(), [reader])
    assert opened.startswith(b"%PDF")


def test_a_torn_end_of_the_journal_costs_one_report(table: Table, tmp_path: Path) -> None:
    """The light went off while the last line was written."""
    jobs, out = read_jobs(table(THREE)), tmp_path / "out"
    run(jobs, out, workers=1)
    whole = (out / NAME).read_bytes()
    (out / NAME).write_bytes(whole[:-20])

    summary = run(jobs, out, workers=1)

    assert (summary.made, summary.there) == (1, 2)
    assert (out / NAME).read_bytes() == whole


@pytest.mark.parametrize(
    "content", [b"", b"# only a remark\n", b"\xff\xfe", b"no key at all", b"x" * 9000]
)
def test_what_is_no_identity_is_listed_and_the_others_are_made(
    table: Table, tmp_path: Path, content: bytes
) -> None:
    """The wrong file was picked; it may be anything, and none of it is repeated."""
    path = table([THREE[0], "w1,picked,sheet,en,group,,"])
    (tmp_path / "picked").write_bytes(content)

    summary = run(read_jobs(path), tmp_path / "out", workers=1)

    assert summary.made == 1
    assert summary.failures == [Failure(3, "error.wrong_key", {})]


def test_a_manifest_that_cannot_be_put_in_order_still_tells_how_it_went(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the very end: the list of what was made must not be lost with it."""
    from amparo.report.batch import journal

    def full(*_: object, **__: object) -> None:
        raise OutputError("full")

    jobs, out = read_jobs(table(THREE[:2])), tmp_path / "out"
    monkeypatch.setattr(journal, "write_output", full)

    assert run(jobs, out, workers=1).made == 2
    assert {one["row"] for one in _manifest(out)} == {2, 3}


def test_two_batches_do_not_write_into_one_folder(table: Table, tmp_path: Path) -> None:
    """Each would take the other's half-made files for leftovers."""
    out = tmp_path / "out"
    out.mkdir()
    owner = Ownership(out)

    with pytest.raises(FolderBusyError):
        run(read_jobs(table(THREE)), out, workers=1)

    owner.release()


def test_a_place_that_cannot_be_written_is_a_failure_of_each_report(
    table: Table, tmp_path: Path
) -> None:
    """A full stick is said for each row that is missing."""
    found = make_all(read_jobs(table(THREE[:1])), tmp_path / "gone")

    assert found == [Failure(2, "error.output", {})]


def test_a_worker_that_always_ends_costs_its_own_jobs_only(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory runs out over one report: the others are made, that one is listed."""
    from amparo.report.batch import runs

    monkeypatch.setattr(runs.worker, "make_all", _dies_over_row_3)
    monkeypatch.setattr(lines, "_JOBS_OF_A_TASK", 1)

    summary = run(read_jobs(table(THREE)), tmp_path / "out", workers=1)

    assert summary.made == 2
    assert [(one.row, one.key) for one in summary.failures] == [(3, WorkerEndedError.key)]


def _dies_over_row_3(jobs: tuple[Job, ...], folder: Path) -> list[Entry | Failure]:
    if any(job.row == 3 for job in jobs):
        os._exit(9)
    return [Entry(job.row, job.name, 0, "", "") for job in jobs]


@pytest.mark.long
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_after_a_kill_or_ctrl_c_the_same_command_goes_on(
    table: Table, tmp_path: Path, sign: signal.Signals
) -> None:
    """Nothing is made twice, nothing is half written, and no keeper is left behind."""
    rows = [f"w{number % 3},key,sheet,{lang},group,,"
            for number in range(6) for lang in ("en", "es", "fr", "ar")]  # fmt: skip
    path, out = table(rows), tmp_path / "out"
    # Also what a kill in the middle of a write leaves.
    started = subprocess.Popen(
        [*_COMMAND, str(path), "-o", str(out), "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "AMPARO_LANG": "en"},
    )  # fmt: skip
    _until(lambda: (out / NAME).is_file() and len(_manifest(out)) >= 4)
    family = psutil.Process(started.pid).children(recursive=True)
    started.send_signal(sign)
    _, said = started.communicate(timeout=60)
    (out / f".{'0' * 16}.part").write_bytes(b"half")
    _, alive = psutil.wait_procs(family, timeout=60)
    before = {name: (out / name).stat().st_mtime_ns for name in _finished(out)}
    # At most the one that was on its way between the file and its line.
    unknown = {path.name for path in out.glob("*.pdf")} - set(before)

    summary = run(read_jobs(path), out, workers=2)

    assert alive == []
    assert len(unknown) <= 1
    assert "Traceback" not in said
    if sign == signal.SIGINT:
        assert started.returncode == 130
        assert "goes on from there" in said
    assert (summary.made, summary.there) == (24 - len(before), len(before))
    assert 4 <= len(before) < 24
    assert {name: (out / name).stat().st_mtime_ns for name in before} == before
    assert len(_files(out)) == 24
    for data in _files(out).values():
        assert len(pypdfium2.PdfDocument(io.BytesIO(data))) == 1


def _finished(out: Path) -> set[str]:
    return {one["file"] for one in _manifest(out)}


def _until(true: Callable[[], bool], timeout_s: float = 60) -> None:
    end = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
