"""Servers of organisations on a hub, each a process of its own, all started once a file."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from .fake_hub import FakeHub, fake_hub
from .organisation import Organisation

_HERE = Path(__file__).parent
_PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    """The hub of this file."""
    with fake_hub() as running:
        yield running


@pytest.fixture(scope="module")
def organisations(hub: FakeHub) -> Iterator[Callable[..., list[Organisation]]]:
    """Start the servers of so many organisations; all end with the file."""
    started: list[subprocess.Popen[bytes]] = []
    folders: list[Path] = []

    def _start(number: int, *, are_open: bool = True) -> list[Organisation]:
        # Short names: a socket's whole path has room for a hundred signs.
        orders, made = [], []
        for _ in range(number):
            account, port = f"o{secrets.token_hex(3)}", _free_port()
            folders.append(Path(tempfile.mkdtemp()))
            order = {"folder": str(folders[-1]), "open": are_open, "mark": f"zq{account}x"}
            orders.append(order | {"environment": hub.environment(account, port)})
            made.append((account, port, order["mark"]))
        process = subprocess.Popen(
            [sys.executable, str(_HERE / "organisations.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_plain_environment(),
        )
        started.append(process)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(orders).encode() + b"\n")
        process.stdin.close()
        children = json.loads(process.stdout.readline())
        process.stdout.close()
        found = [
            Organisation(account, port, mark, psutil.Process(child))
            for (account, port, mark), child in zip(made, children, strict=True)
        ]
        for one in found:
            _until_it_listens(one)
        return found

    yield _start
    for process in started:
        for child in psutil.Process(process.pid).children():
            child.send_signal(signal.SIGTERM)
        process.wait(60)
    for folder in folders:
        shutil.rmtree(folder)


def _until_it_listens(one: Organisation) -> None:
    last, nap = time.monotonic() + _PATIENCE_S, threading.Event()
    while True:
        try:
            socket.create_connection(("127.0.0.1", one.port), 5).close()
        except OSError:
            assert time.monotonic() < last
            assert one.process.status() != psutil.STATUS_ZOMBIE, "it ended"
            nap.wait(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _plain_environment() -> dict[str, str]:
    given = os.environ.items()
    return {k: v for k, v in given if not k.startswith(("AMPARO_", "JUPYTER"))}
