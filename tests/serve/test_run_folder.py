"""Nothing a server needs while it runs may outlive it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from amparo.serve.run_folder import erase_leftovers, process_environment, run_folder

_HOLD = """
import sys, time
from pathlib import Path
from amparo.serve.run_folder import run_folder
with run_folder(Path(sys.argv[1])) as run:
    print(run.path, flush=True)
    sys.stdin.read()
"""


def _hold(parent: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_r17_every_jupyter_path_lies_inside_the_run_folder(tmp_path: Path) -> None:
    """IPython's history and Jupyter's signatures would keep what people typed."""
    with run_folder(tmp_path) as run:
        paths = run.environment()
        config = run.path / "ipython" / "profile_default" / "ipython_kernel_config.py"

        assert {"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"} <= paths.keys()
        assert all(Path(value).is_relative_to(run.path) for value in paths.values())
        assert "HistoryManager.enabled = False" in config.read_text()
        assert "default_extensions = []" in config.read_text()


def test_r18_the_run_folder_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Another account on a shared computer must not read sockets or temporary files."""
    with run_folder(tmp_path) as run:
        folders = [run.path, *(path for path in run.path.rglob("*") if path.is_dir())]
        files = [path for path in run.path.rglob("*") if path.is_file()]

        assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_r17_the_run_folder_is_erased_at_the_end(tmp_path: Path) -> None:
    """A closed workbook must leave no trace of having been open."""
    with run_folder(tmp_path) as run:
        (run.path / "tmp" / "left").write_text("something")

    assert list(tmp_path.iterdir()) == []


def test_r17_the_folder_of_a_killed_server_is_erased_by_the_next_one(tmp_path: Path) -> None:
    """A power cut must not leave for ever what a clean stop would erase."""
    process, left = _hold(tmp_path)
    process.kill()
    process.communicate()
    assert left.is_dir()

    with run_folder(tmp_path) as run:
        assert list(tmp_path.iterdir()) == [run.path]


def test_the_folder_of_a_living_server_is_left_alone(tmp_path: Path) -> None:
    """Opening a second workbook must not pull the ground from under the first."""
    process, held = _hold(tmp_path)

    erased = erase_leftovers(tmp_path)

    assert erased == 0
    assert held.is_dir()
    process.communicate("")


def test_a_link_with_the_name_of_a_run_folder_is_not_followed(tmp_path: Path) -> None:
    """Somebody who can write to the temporary folder must not make us erase another one."""
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "lock").touch()
    (tmp_path / "am-abcdef").symlink_to(precious)

    erase_leftovers(tmp_path)

    assert (precious / "lock").exists()


def test_the_environment_comes_back_as_it_was() -> None:
    """The command line goes on after the workbook is closed."""
    before = dict(os.environ)

    with process_environment({"AMPARO_TEST_A": "1", "PATH": "/nowhere"}):
        assert os.environ["PATH"] == "/nowhere"

    assert dict(os.environ) == before
