"""Whatever is sent to a real kernel: nothing runs, nothing is told, nobody else is disturbed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from amparo.serve.rate import MOST_FRAMES_A_SECOND, MOST_REFUSED
from amparo.serve.wire import LARGEST_FRAME

from ..serve.conftest import FIXTURES  # noqa: TID252 - the one way to start a server
from .attacks import Attack, attacks
from .counts import tell
from .lines import V1, Line, message, packed, question
from .random_frames import random_frames

# Fewer than what one socket may send at once: here the filter is asked, not the rate.
_AT_ONCE = 150
# How kernels are started: the plain way, forked for the page, or forked before it and waiting.
WAYS = ("plain", "forked", "ready")
_RANDOM = 10_000
_FLOOD = 5_000
_HONEST = frozenset({"kernel_info_reply", "status"})


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest, start) -> Any:
    """A server, one for each way of starting kernels."""
    return request.param, start(plain=request.param == "plain", ready=request.param == "ready")


def _kernel(way: tuple[str, Any], cookie: str) -> str:
    """Open a page; its kernel was started as the name of the way says."""
    name, server = way
    waiting = server.until(lambda found: len(found) == 1) if name == "ready" else []
    kernel = server.new_kernel(cookie)
    kernels = server.kernels()
    assert set(waiting) <= set(kernels)
    is_forked = any(one.parent() in server.templates() for one in kernels)
    assert is_forked == (name != "plain" and sys.platform == "linux")
    return kernel


async def _attack(server: Any, cookie: str, kernel: str, sent: list[Attack]) -> list[str]:
    """Send every attack, then one honest question; return the kinds of all answers to them."""
    answers: list[str] = []
    for subprotocol in (V1, None):
        frames = [frame for name, frame in sent if name == subprotocol]
        for begin in range(0, len(frames), _AT_ONCE):
            async with Line(server, cookie, kernel, subprotocol) as line:
                for frame in frames[begin : begin + _AT_ONCE]:
                    await line.send(frame)
                if subprotocol == V1:
                    await line.ask()
            answers += line.answers
    async with Line(server, cookie, kernel) as line:
        await line.ask()
    return [*answers, *line.answers]


def test_r01_no_frame_runs_anything_or_looks_into_a_kernel(
    way: tuple[str, Any], tmp_path: Path, in_a_loop, capsys
) -> None:
    """Whoever steals the cookie still must not run a program on this computer."""
    server, marker = way[1], tmp_path / "it ran"
    cookie = server.cookie()
    kernel = _kernel(way, cookie)
    pids = {one.pid for one in server.kernels()}
    sent = attacks(f"open({str(marker)!r}, 'w')")

    answers = in_a_loop(_attack(server, cookie, kernel, sent))

    assert set(answers) <= _HONEST
    assert not marker.exists()
    assert server.ask(f"/api/kernels/{kernel}", Cookie=cookie).status == 200
    assert pids <= {one.pid for one in server.kernels()}
    assert server.log.read_text() == ""
    tell(capsys, "R1", "hostile frames to each of three kinds of kernel", len(sent))


@pytest.mark.skipif(sys.platform != "linux", reason="the parts of a process are read from /proc")
def test_r01_no_kernel_has_a_debugger(way: tuple[str, Any]) -> None:
    """It is a second way to run programs, and ten megabytes of every page."""
    server = way[1]
    _kernel(way, server.cookie())

    for kernel in server.kernels():
        parts = Path(f"/proc/{kernel.pid}/maps").read_text()
        assert "zmq" in parts
        assert "pydevd" not in parts


async def _fuzz(server: Any, cookie: str, kernels: tuple[str, str]) -> None:
    """Send random frames to one kernel on many sockets; an honest page asks its own meanwhile."""
    frames = list(random_frames(2026, _RANDOM))
    async with Line(server, cookie, kernels[1]) as honest:
        for begin in range(0, _RANDOM, _AT_ONCE):
            async with Line(server, cookie, kernels[0]) as line:
                for frame in frames[begin : begin + _AT_ONCE]:
                    await line.send(frame)
            await honest.ask()


async def _send_huge(server: Any, cookie: str, kernel: str) -> list[int | None]:
    """Send frames over the limit, each on a socket of its own; return how the sockets ended."""
    content = {
        "comm_id": "c",
        "data": {"method": "update", "state": {"value": "x" * LARGEST_FRAME}},
    }
    whole = packed(message("comm_msg", content), "shell")
    ends = []
    for frame in (whole, b"\0" * (LARGEST_FRAME + 1), "x" * 3 * LARGEST_FRAME):
        async with Line(server, cookie, kernel) as line:
            await line.send(frame)
        ends.append(line.socket.close_code)
    return ends


async def _flood(
    server: Any, cookie: str, kernels: tuple[str, str]
) -> tuple[int, float, int | None]:
    """Ask one kernel far too often; return answers, seconds, and how the socket ended."""
    begun = time.monotonic()
    async with Line(server, cookie, kernels[1]) as honest, Line(server, cookie, kernels[0]) as line:
        for _ in range(_FLOOD):
            await line.send(question())
        await honest.ask()
        await line.listen()
        seconds = time.monotonic() - begun
        await honest.ask()
    return line.answers.count("kernel_info_reply"), seconds, line.socket.close_code


@pytest.fixture(scope="module")
def pair(start) -> Any:
    """A server with two pages: its cookie and the two kernels."""
    server = start()
    cookie = server.cookie()
    return server, cookie, (server.new_kernel(cookie), server.new_kernel(cookie))


def _is_calm(pair: Any, pids: set[int]) -> bool:
    server, cookie, kernels = pair
    states = {server.ask(f"/api/kernels/{one}", Cookie=cookie).status for one in kernels}
    return states == {200} and pids == {one.pid for one in server.kernels()}


def test_r02_ten_thousand_random_frames_kill_nothing_and_leave_no_error(
    pair, in_a_loop, capsys
) -> None:
    """Whatever a page under somebody else's control sends, the page beside it goes on."""
    pids = {one.pid for one in pair[0].kernels()}

    in_a_loop(_fuzz(*pair))

    assert _is_calm(pair, pids)
    assert pair[0].log.read_text() == ""
    tell(capsys, "R2", "random frames while an honest page asks", _RANDOM)


def test_r02_a_frame_over_one_mebibyte_ends_its_socket_only(pair, in_a_loop) -> None:
    """One page must not fill the memory that all share."""
    pids = {one.pid for one in pair[0].kernels()}
    before = pair[0].process.memory_info().rss

    ends = in_a_loop(_send_huge(pair[0], pair[1], pair[2][0]))

    assert set(ends) <= {1009, None}
    assert pair[0].process.memory_info().rss - before < 20 * LARGEST_FRAME
    assert _is_calm(pair, pids)


def test_r02_a_flood_is_cut_and_the_page_beside_it_is_answered(pair, in_a_loop, capsys) -> None:
    """Two hundred a second are more than any hand needs."""
    pids = {one.pid for one in pair[0].kernels()}

    answered, seconds, end = in_a_loop(_flood(*pair))

    assert 0 < answered <= MOST_FRAMES_A_SECOND * (1 + seconds)
    assert answered + MOST_REFUSED < _FLOOD
    assert end == 1008
    assert _is_calm(pair, pids)
    assert pair[0].log.read_text() == ""
    tell(capsys, "R2", "frames of a flood on one socket", _FLOOD)


_WITHOUT_THE_FILTER = """
import runpy, sys
from voila.app import Voila
whole = Voila.init_settings
def other(self):
    return {**whole(self), "kernel_websocket_connection_class": object}
Voila.init_settings = other
sys.argv[:] = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_r01_a_server_whose_filter_is_not_active_does_not_start(tmp_path: Path) -> None:
    """A setting of another version of a library must not open the door quietly."""
    command = [sys.executable, "-c", _WITHOUT_THE_FILTER, FIXTURES / "start.py"]

    done = subprocess.run(
        [*map(str, command), str(FIXTURES / "small_page.ipynb"), "en"],
        capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path,
    )  # fmt: skip

    assert done.returncode != 0
    assert "address" not in done.stdout
    assert "the message filter is not active" in done.stderr
