"""The page that tells how to open a workspace without Amparo, run as it is printed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
import tarfile
import venv
from pathlib import Path

import pytest

from amparo import store

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "recover-without-amparo.md"
WORDS = "mesa lunes hielo dedo cielo abeja"
AS_THE_PAGE_SAYS = "dedo cielo abeja mesa lunes hielo"


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory) -> Path:
    """A Python that has the two packages of the page and nothing else."""
    place = tmp_path_factory.mktemp("bare")
    venv.create(place, with_pip=False, symlinks=True)
    ours = Path(sysconfig.get_path("platlib"))
    theirs = next(place.glob("lib/python*/site-packages"))
    for package in ("sqlcipher3", "pyrage"):
        shutil.copytree(ours / package, theirs / package)
        for libraries in ours.glob(f"{package}*.libs"):
            shutil.copytree(libraries, theirs / libraries.name)
    return place / "bin" / "python"


@pytest.fixture
def script(tmp_path) -> Path:
    """The script, word for word."""
    found = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    file = tmp_path / "recover.py"
    file.write_text(found[0], encoding="utf-8")
    return file


def recover(python: Path, script: Path, folder: Path, typed: str) -> str:
    """Run the script as a person would, typing one line."""
    ran = subprocess.run(
        [python, "-I", "-W", "ignore", script, folder],
        input=typed + "\n",
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,  # no terminal: it must not ask on ours
    )
    return ran.stdout


def test_r19_the_script_has_ten_lines_and_needs_no_amparo(script, bare_python) -> None:
    """Ten lines can be copied from paper by hand."""
    without = subprocess.run([bare_python, "-I", "-c", "import amparo"], capture_output=True)  # noqa: PLW1510

    assert len(script.read_text(encoding="utf-8").strip().splitlines()) == 10
    assert b"ModuleNotFoundError" in without.stderr


def test_r19_an_identity_opens_a_folder_and_a_backup_by_the_page_alone(
    workspace, note, identity, tmp_path, script, bare_python
) -> None:
    """The workspace must outlive this program."""
    workspace.put_many([note(1, "lluvia"), note(2, "sol")], role="A")
    store.backup(workspace, tmp_path / "my.backup")
    workspace.close()
    with tarfile.open(tmp_path / "my.backup") as archive:
        archive.extractall(tmp_path / "copy.amparo", filter="data")

    from_folder = recover(bare_python, script, workspace.folder, identity.text)
    from_backup = recover(bare_python, script, tmp_path / "copy.amparo", identity.text)

    assert 'note {"text": "lluvia"}\nnote {"text": "sol"}\n' in from_folder
    assert from_backup == from_folder


@pytest.mark.slow
def test_r19_a_passphrase_and_recovery_words_open_by_the_page_alone(
    tmp_path, note, script, bare_python
) -> None:
    """Nobody in a village keeps a key file."""
    openers = [store.Passphrase("rio piedra camino"), store.RecoveryWords(WORDS)]
    with store.create(tmp_path / "w.amparo", openers) as opened:
        opened.put(note(1, "lluvia"), role="A")

    for typed in ("rio piedra camino", AS_THE_PAGE_SAYS):
        assert "lluvia" in recover(bare_python, script, tmp_path / "w.amparo", typed)
