"""After the end nothing is left, however the end came."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_r17_after_a_stop_no_kernel_and_no_file_is_left(start, number: int) -> None:
    """Closing the program must close all of it."""
    server = start()
    server.new_kernel(server.cookie())
    kernels = server.kernels()

    server.process.send_signal(number)
    server.process.wait(30)

    assert psutil.wait_procs(kernels, timeout=10)[1] == []
    assert list(server.parent.iterdir()) == []


def test_r17_after_a_kill_the_kernels_end_and_the_next_start_erases_the_rest(start) -> None:
    """A crash must not leave a process that holds a person's text, nor its files."""
    server = start()
    server.new_kernel(server.cookie())
    kernels, left = server.kernels(), server.run_folders

    server.process.kill()
    server.process.wait(30)
    alive = psutil.wait_procs(kernels, timeout=20)[1]
    second = start(parent=server.parent)

    assert alive == []
    assert not left[0].exists()
    assert second.run_folders == list(server.parent.iterdir())


def test_r17_no_history_is_written_while_a_kernel_runs(server) -> None:
    """IPython would keep the source of every cell in a database."""
    server.new_kernel(server.cookie())

    found = [path.name for path in server.parent.rglob("*.sqlite*")]

    assert found == []


def test_r18_files_of_a_running_server_are_private(server) -> None:
    """Another account must not read the key of a kernel's socket."""
    server.new_kernel(server.cookie())

    modes = {
        path.stat().st_mode & 0o077 for path in server.parent.rglob("*") if not path.is_symlink()
    }

    assert modes == {0}


def test_r40_logs_hold_no_token_kernel_id_or_capability(start) -> None:
    """A log is copied, sent and forgotten."""
    server = start()
    cookie = server.cookie()
    kernel = server.new_kernel(cookie)
    server.ask("/nothing?marker-in-the-address", Cookie=cookie)
    server.ask(f"/?token={server.token}x")

    server.stop()

    log = server.log.read_text()
    for secret in (server.token, kernel, cookie, "capability-of-the-test", "marker-in-the-address"):
        assert secret not in log


def test_the_workbook_itself_is_never_changed(server) -> None:
    """The installed notebook is read by everybody; what one person types stays out of it."""
    notebook = Path(__file__).parent / "fixtures" / "small_page.ipynb"
    before = notebook.read_bytes()

    server.new_kernel(server.cookie())

    assert notebook.read_bytes() == before
