"""Nothing that a process of ours remembers is written to the disk when it falls over."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from amparo.serve.run_folder import run_folder

_SAFE = "0 (0, 0)"
_POOL = """
import sys
from amparo.report.batch import runs
from sitecustomize import look

if __name__ == "__main__":
    pool = runs._pool(1)
    print(pool.submit(look).result())
    runs._end(pool)
"""


def _told(processes: list[psutil.Process], place: Path) -> dict[str, str]:
    """Ask every process and wait for its answer, half a minute at most."""
    for one in processes:
        one.send_signal(signal.SIGUSR1)
    _until(lambda: len(list(place.glob("[0-9]*"))) >= len(processes))
    return {
        f"{one.pid} {' '.join(one.cmdline()[1:4])}": (place / str(one.pid)).read_text("utf-8")
        for one in processes
    }


def _until(is_so: Callable[[], bool]) -> None:
    last, heard = time.monotonic() + 30, threading.Event()
    while not is_so():
        assert time.monotonic() < last
        heard.wait(0.05)


def test_r44_no_process_of_a_running_server_can_be_dumped(opened, telling: Path) -> None:
    """A crash dump holds the key, the plan and the names, in a folder nobody thinks of."""
    server = opened("example", "--lang", "en")
    page = server.look("/")
    frame = server.look("/am/preview/sheet?lang=en")
    server.until(lambda kernels: len(kernels) >= 2)

    processes = [server.process, *server.process.children(recursive=True)]
    told = _told(processes, telling)
    limits = {Path(f"/proc/{one.pid}/limits").read_text() for one in processes}

    names = " ".join(told)
    assert (page.status, frame.status) == (200, 200)
    assert all(word in names for word in ("amparo.keeper", "amparo.kernels", "amparo.report.press"))
    assert len(processes) >= 6, names
    assert set(told.values()) == {_SAFE}, told
    assert all(re.search(r"^Max core file size +0 +0 ", text, re.MULTILINE) for text in limits)


def test_r44_a_kernel_that_was_started_the_plain_way_cannot_be_dumped(
    telling: Path, tmp_path: Path
) -> None:
    """Where nothing can be forked, a kernel is a new program that inherits no such promise."""
    with run_folder(tmp_path) as run:
        connection = run.connections / "k.json"
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(connection)]
        kernel = psutil.Popen(
            command, env={**os.environ, **run.environment()}, stderr=subprocess.DEVNULL
        )
        _until(connection.is_file)

        told = _told([kernel], telling)
        kernel.kill()
        kernel.wait()

    assert set(told.values()) == {_SAFE}


def test_r44_a_worker_of_a_batch_cannot_be_dumped(telling: Path) -> None:
    """It reads one workspace after the other."""
    said = subprocess.run(
        [sys.executable, "-c", _POOL], capture_output=True, text=True, timeout=120, check=True
    )

    assert said.stdout.strip() == _SAFE
