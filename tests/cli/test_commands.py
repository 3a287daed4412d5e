"""Every command in the form the manual gives."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pyrage as _pyrage
import pytest

pyrage: Any = _pyrage  # a compiled module, without types
Run = Callable[..., subprocess.CompletedProcess[str]]


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def _refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence of a failure, after checking that it is one."""
    assert done.returncode == 2, done.stdout
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "⟦" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


@pytest.mark.parametrize(("report", "pages"), [("sheet", 1), ("plan", 4)])
def test_a_report_for_the_group_is_written(
    amparo: Run, example: Path, secret: Path, tmp_path: Path, report: str, pages: int
) -> None:
    """This is what a community came for."""
    target = tmp_path / "plan.pdf"

    done = amparo("report", report, example, "--lang", "es", "--audience", "group",
                  "-o", target, "--passphrase-file", secret)  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert len(pypdfium2.PdfDocument(target)) == pages
    assert "⟦" not in _text(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_analysis_needs_keepers_and_an_explicit_word(
    amparo: Run, example: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    """One PDF with everything is an attacker's dossier: nobody makes it by accident."""
    target = tmp_path / "a.pdf"
    common = (
        "report",
        "analysis",
        example,
        "--lang",
        "es",
        "-o",
        target,
        "--identity-file",
        identity[0],
    )

    _refused(amparo(*common, "--audience", "keepers"))
    _refused(amparo(*common, "--audience", "group", "--plain"))
    assert not target.exists()
    done = amparo(*common, "--audience", "keepers", "--plain")

    assert done.returncode == 0, done.stderr
    assert len(pypdfium2.PdfDocument(target)) >= 4


def test_the_analysis_can_be_sealed_for_a_recipient(
    amparo: Run, example: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    """A clear copy on a stick is a clear copy in a stranger's hand."""
    target = tmp_path / "a.age"

    done = amparo("report", "analysis", example, "--audience", "keepers", "--to", identity[1],
                  "-o", target, "--identity-file", identity[0])  # fmt: skip

    assert done.returncode == 0, done.stderr
    key = pyrage.x25519.Identity.from_str(identity[0].read_text("utf-8").splitlines()[1])
    assert pyrage.decrypt(target.read_bytes(), [key]).startswith(b"%PDF-")


def test_the_passphrase_can_come_from_standard_input(
    amparo: Run, example: Path, secret: Path
) -> None:
    """A script must not write it into a file or an argument."""
    done = amparo(
        "slot", "list", example, "--passphrase-file", "-", given=secret.read_text("utf-8")
    )

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_a_backup_alone_opens_in_an_empty_home(
    amparo: Run, example: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    """The computer is gone; the stick is what is left."""
    kept = tmp_path / "kept.amparo-backup"
    again = tmp_path / "again.amparo"

    made = amparo("backup", example, "-o", kept, "--identity-file", identity[0])
    back = amparo("restore", kept, "-o", again, "--identity-file", identity[0])
    read = amparo(
        "report", "sheet", again, "-o", tmp_path / "s.pdf", "--identity-file", identity[0]
    )

    assert (made.returncode, back.returncode, read.returncode) == (0, 0, 0), back.stderr


def test_a_blank_form_needs_no_workspace(amparo: Run, tmp_path: Path) -> None:
    """Paper only is a choice of its own."""
    done = amparo("report", "blank", "--lang", "es", "--paper", "oficio", "-o", tmp_path / "b.pdf")

    assert done.returncode == 0, done.stderr
    assert "⟦" not in _text(tmp_path / "b.pdf")


def test_the_doctor_answers_in_one_line_of_json(amparo: Run) -> None:
    """Other programs read it."""
    done = amparo("doctor", "--json")

    findings = {one["name"]: one["state"] for one in json.loads(done.stdout)["findings"]}
    assert done.returncode == 0
    assert findings["versions"] == findings["database"] == findings["fonts"] == "ok"
    assert set(findings) >= {"swap", "hibernation", "disk"}


def test_the_shipped_pack_is_without_fault(amparo: Run) -> None:
    """What we ship must pass what we ask of others."""
    from amparo.resources import bundled

    done = amparo("check", bundled("curricula") / "foundations")

    assert done.returncode == 0, done.stdout


def test_workbooks_are_copied_out(amparo: Run, tmp_path: Path) -> None:
    """Nobody should change a notebook inside the installation."""
    done = amparo("copy", tmp_path / "mine")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine" / "assess.ipynb").is_file()


def test_a_new_workspace_is_made_with_a_passphrase_from_a_file(
    amparo: Run, secret: Path, tmp_path: Path
) -> None:
    """The first thing anybody does."""
    folder = tmp_path / "n.amparo"

    done = amparo("new", folder, "--passphrase-file", secret)
    twice = amparo("new", folder, "--passphrase-file", secret)

    assert done.returncode == 0, done.stderr
    _refused(twice)


@pytest.mark.parametrize("lang", ["ar"])
def test_bad_input_gets_one_sentence(
    amparo: Run, example: Path, secret: Path, tmp_path: Path, lang: str
) -> None:
    """A tired person needs what is wrong and what to do, in the own language."""
    wrong = tmp_path / "wrong"
    wrong.write_text("lantern copper meadow violin harbor wrong", "utf-8")
    there = tmp_path / "there.pdf"
    there.write_bytes(b"mine")
    report = ("report", "sheet", example, "-o")

    _refused(amparo("slot", "list", example, "--passphrase-file", wrong, lang=lang))
    _refused(
        amparo("slot", "list", tmp_path / "none.amparo", "--passphrase-file", secret, lang=lang)
    )
    _refused(amparo(*report, there, "--passphrase-file", secret, lang=lang))
    _refused(amparo(*report, tmp_path / "no" / "x.pdf", "--passphrase-file", secret, lang=lang))
    _refused(
        amparo(*report, tmp_path / "y.pdf", "--lang", "xx", "--passphrase-file", secret, lang=lang)
    )
    _refused(amparo(*report, tmp_path / "z.pdf", lang=lang))
    _refused(amparo("check", tmp_path / "nothing", lang=lang))
    _refused(amparo("report", lang=lang))
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize("lang", ["ar"])
def test_every_command_explains_itself_with_an_example(amparo: Run, lang: str) -> None:
    """Help that is missing is help nobody gets."""
    said = {"ar": "مثال:", "en": "Example:", "es": "Ejemplo:", "fr": "Exemple"}
    commands = (
        "new",
        "open",
        "read",
        "report",
        "batch",
        "import",
        "read",
        "check",
        "copy",
        "example",
        "backup",
        "restore",
        "slot",
        "doctor",
    )

    for name in commands:
        done = amparo(name, "--help", lang=lang)
        assert done.returncode == 0, name
        assert "⟦" not in done.stdout, name
        assert said[lang] in done.stdout, name


def test_recovery_words_are_made_where_the_language_has_no_word_list(
    amparo: Run, secret: Path, tmp_path: Path
) -> None:
    """Somebody who works in Arabic must not be left without a second way in."""
    done = amparo(
        "new", tmp_path / "w.amparo", "--recovery", "--passphrase-file", secret, lang="ar"
    )

    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines() if line.startswith("    ")]
    assert [len(line) for line in lines] == [4, 4]
