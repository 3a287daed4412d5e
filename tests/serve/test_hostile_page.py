"""A page under somebody else's control can move widgets and nothing more."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import psutil
import pytest


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_r09_a_socket_from_another_page_is_refused(server, origin: str | None) -> None:
    """A page in another tab must not listen to the workbook."""
    cookie = server.cookie()
    kernel = "00000000-0000-0000-0000-000000000000"
    headers = {
        "Cookie": cookie,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        **({"Origin": origin} if origin else {}),
    }

    assert server.ask(f"/api/kernels/{kernel}/channels", **headers).status == 403


def test_leaving_a_page_ends_its_kernel_and_only_its_own(server) -> None:
    """A forgotten kernel keeps a person's text in memory for hours."""
    cookie = server.cookie()
    stays, goes = server.new_kernel(cookie), server.new_kernel(cookie)
    before = server.kernels()

    answer = server.ask(f"/voila/api/shutdown/{goes}", "POST", Cookie=cookie, Origin=server.origin)

    gone, _ = psutil.wait_procs(before, timeout=1)
    assert answer.status == 204
    assert len(gone) == 1
    assert server.ask(f"/api/kernels/{stays}", Cookie=cookie).status == 200


def test_r41_a_cell_that_fails_shows_a_sentence_and_no_trace(start) -> None:
    """A traceback holds values, paths and names."""
    server = start("cell_that_fails.ipynb")

    text = server.ask("/", Cookie=server.cookie()).text

    assert "could not be shown" in text
    assert "defender" not in text
    assert "Traceback" not in text
    server.stop()
    assert "defender" not in server.log.read_text()


def test_only_kernels_know_the_capability_and_the_language(start) -> None:
    """The server process talks to the network; it must not hold what opens the keeper."""
    server = start("says_what_it_knows.ipynb")
    page = server.ask("/", Cookie=server.cookie()).text
    others = [server.process, *server.templates()]

    assert "en|nowhere|capability-of-the-test" in page
    assert len(others) == 1 + (sys.platform == "linux")
    for process in others:
        assert "AMPARO_CAPABILITY" not in process.environ()
    server.stop()


def test_kernels_run_in_the_empty_work_folder(server) -> None:
    """Running inside the installed package would let a cell change the product."""
    server.new_kernel(server.cookie())

    where = Path(server.kernels()[-1].cwd())

    assert where == server.run_folders[0] / "work"


def test_kernels_speak_through_files_and_not_through_ports(server) -> None:
    """A port on the loopback address can be reached by every account of the computer."""
    server.new_kernel(server.cookie())

    files = list((server.run_folders[0] / "c").glob("kernel-*.json"))
    assert files
    assert {json.loads(path.read_text())["transport"] for path in files} == {"ipc"}
