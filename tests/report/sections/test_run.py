from __future__ import annotations

import importlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from amparo.errors import (
    AudienceError,
    LanguageError,
    OutputError,
    OutputExistsError,
    ReportError,
)
from amparo.report.blank import make_blank
from amparo.report.opened import opened
from amparo.report.run import (
    ReportOrder,
    convert,
    encrypt_for,
    execute,
    make_report,
    run_report,
    write_output,
)
from amparo.resources import bundled

NOTEBOOKS = (
    "sheet", "plan", "analysis", "blank", "notes", "forms",
    "incidents", "trend", "review", "dossier",
)  # fmt: skip
TICKET = "0" * 32
# A compiled module, which type checkers cannot look into.
pyrage: Any = importlib.import_module("pyrage")


def _copy(report: str, to: Path, change: Any) -> Path:
    """Write a copy of a report notebook with its cells changed."""
    source = bundled("workbooks") / "reports" / f"{report}.ipynb"
    notebook = json.loads(source.read_text(encoding="utf-8"))
    notebook["cells"] = change(notebook["cells"])
    path = to / "copy.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_section_cell_removed_from_a_copy_leaves_the_paper(
    tmp_path: Path, material: Any, read_paper: Any
) -> None:
    """The notebook is the report: what is not in it is not printed."""
    data = material("analysis")
    path = _copy(
        "analysis",
        tmp_path,
        lambda cells: [cell for cell in cells if "report.forces()" not in cell["source"]],
    )

    paper = read_paper(convert(execute(path, TICKET, lambda _: data)))

    assert "Forces and money" not in paper.text
    assert "Risk map" in paper.text


def test_a_markdown_cell_added_to_a_copy_appears(
    tmp_path: Path, material: Any, read_paper: Any
) -> None:
    """A group adds its own words without learning to program."""
    data = material("analysis")
    words = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": ["## Our own words"]}
    path = _copy("analysis", tmp_path, lambda cells: [*cells, words])

    paper = read_paper(convert(execute(path, TICKET, lambda _: data)))

    assert "Our own words" in paper.text


@pytest.mark.parametrize("report", ["sheet", "plan", "analysis"])
def test_the_same_records_give_the_same_bytes(report: str, material: Any) -> None:
    """Two copies that differ tell when and where each was made."""
    data = material(report, "es")

    first, second = (run_report(report, TICKET, lambda _: data) for _ in range(2))

    assert first == second


def test_a_report_is_made_through_a_session(session: Any, read_paper: Any) -> None:
    """The command line and the workbook both come this way."""
    pdf = make_report(session, ReportOrder("plan", audience="group", lang="es"))

    assert "Lo que hacemos" in read_paper(pdf).text


@pytest.mark.parametrize(
    ("report", "audience"),
    [("analysis", "group"), ("analysis", "public"), ("plan", "allies"), ("sheet", "public")],
)
def test_an_audience_that_may_not_hold_it_is_refused(
    session: Any, report: str, audience: Any
) -> None:
    """The rule holds before any record is asked for."""
    with pytest.raises(AudienceError):
        make_report(session, ReportOrder(report, audience=audience, lang="en"))


def test_unknown_report_paper_and_language_are_refused(session: Any) -> None:
    """A typing mistake gets one sentence, not half a report."""
    with pytest.raises(ReportError, match="unknown report"):
        make_report(session, ReportOrder("everything", audience="keepers", lang="en"))
    with pytest.raises(ReportError, match="unknown paper"):
        make_report(session, ReportOrder("plan", audience="group", lang="en", paper="a5"))
    with pytest.raises(LanguageError):
        make_report(session, ReportOrder("plan", audience="group", lang="xx"))


def test_what_is_no_ticket_is_refused() -> None:
    """A name in place of a ticket would be content in a notebook."""
    with pytest.raises(ReportError, match="32 hexadecimal"):
        opened("valley")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_report_notebooks_are_clean_and_thin(name: str) -> None:
    """They are read by trainers, and hold no content of anybody."""
    text = (bundled("workbooks") / "reports" / f"{name}.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]

    assert cells[1]["metadata"]["tags"] == ["parameters"]
    assert "".join(cells[1]["source"]) == 'ticket = "0" * 32'
    assert all(len(cell["source"]) <= 5 for cell in cells)
    assert all(not cell.get("outputs") for cell in cells)


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr"])
def test_blank_forms_need_no_keeper(lang: str, read_paper: Any) -> None:
    """A workshop with paper alone passes fully."""
    paper = read_paper(make_blank(lang=lang, paper="letter"))

    assert "⟦" not in paper.text
    assert all(f"{number} " in paper.text for number in range(1, 13))
    assert make_blank(lang=lang) == make_blank(lang=lang)


def test_output_is_private_and_whole(tmp_path: Path) -> None:
    """Other users of the computer must not read it."""
    path = tmp_path / "plan.pdf"

    write_output(path, b"pdf")

    assert path.read_bytes() == b"pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_that_exists_is_not_touched(tmp_path: Path) -> None:
    """The plan of last month may be the only copy."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")

    with pytest.raises(OutputExistsError):
        write_output(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_output_is_replaced_when_asked(tmp_path: Path) -> None:
    """Somebody who says so may print again."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")

    write_output(path, b"new", overwrite=True)

    assert path.read_bytes() == b"new"


def test_a_place_that_cannot_be_written_is_one_error(tmp_path: Path) -> None:
    """A missing folder, and a file where a folder should be."""
    file = tmp_path / "file"
    file.write_bytes(b"")

    with pytest.raises(OutputError):
        write_output(tmp_path / "nowhere" / "plan.pdf", b"pdf")
    with pytest.raises(OutputError):
        write_output(file / "plan.pdf", b"pdf")


def test_a_full_disk_leaves_nothing_half_written() -> None:
    """Half a plan is worse than none."""
    with pytest.raises(OutputError):
        write_output(Path("/dev/full/plan.pdf"), b"pdf")
    with pytest.raises(OutputError):
        write_output(Path("/proc/plan.pdf"), b"pdf")


def test_what_is_encrypted_opens_for_its_recipient_only() -> None:
    """The analysis travels closed."""
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()

    closed = encrypt_for(b"pdf", [str(key.to_public())])

    assert pyrage.decrypt(closed, [key]) == b"pdf"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(closed, [other])


@pytest.mark.parametrize("recipients", [[], ["age1nobody"], ["AGE-SECRET-KEY-1"]])
def test_a_bad_recipient_is_refused_without_repeating_it(recipients: list[str]) -> None:
    """Somebody may have pasted a secret key."""
    with pytest.raises(ReportError) as caught:
        encrypt_for(b"pdf", recipients)

    assert not any(recipient in str(caught.value) for recipient in recipients)
