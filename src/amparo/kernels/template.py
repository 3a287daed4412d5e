"""The template process: it imports once, holds nothing, and forks a child for each order.

``python -m amparo.kernels FD MODULE:FUNCTION:ARGUMENT...``; *FD* is its end of the line to the
owner. When the owner goes, the line ends, and so do the template and all its children.

What a forked child must not share with its siblings is made anew here: random numbers, the
environment, the session, open files. Two things cannot be: the seed of ``hash()`` and the
layout of memory. Children are pages of one owner, never mutually hostile code.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import random
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from amparo.hardening import harden
from amparo.kernels import wire

# Enough for a room of thirty; beyond it a page is told to wait rather than the machine to die.
MOST_CHILDREN = 64
_PR_SET_PDEATHSIG = 1
_children: set[int] = set()


def main(arguments: list[str]) -> int:
    """Import, then fork for every order until the owner goes."""
    _begin()
    line = socket.socket(fileno=int(arguments[0]))
    os.set_inheritable(line.fileno(), False)  # noqa: FBT003 - its only parameter
    for order in arguments[1:]:
        _preload(order)
    import ipykernel.kernelapp  # noqa: F401 - read here, so that no child has to

    gc.collect()
    gc.freeze()  # what is shared now stays shared: the collector never writes to it again
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        try:
            order, _ = wire.receive(line)
        except (EOFError, OSError, ValueError):
            return 0  # children end with this process
        _answer(line, order)


def _preload(order: str) -> None:
    module, _, rest = order.partition(":")
    function, _, argument = rest.partition(":")
    loaded = importlib.import_module(module)
    if function:
        getattr(loaded, function)(argument)


def _answer(line: socket.socket, order: dict[str, Any]) -> None:
    refusal = _refusal()
    if refusal:
        wire.send(line, {"refused": refusal})
        return
    # A child that ends at once must not be counted after it was forgotten.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    owner = os.getpid()
    child = os.fork()
    if child == 0:
        _become(line, order, owner)
    _children.add(child)
    handle = os.pidfd_open(child)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    wire.send(line, {"pid": child}, (handle,))
    os.close(handle)


def _refusal() -> str:
    # A lock that another thread holds stays locked for ever in the child.
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        return "threads"
    return "children" if len(_children) >= MOST_CHILDREN else ""


def _become(line: socket.socket, order: dict[str, Any], template: int) -> NoReturn:
    """Turn the forked child into a kernel; it never returns into the template's loop."""
    code = 1
    try:
        line.close()
        os.setsid()
        _die_with(template)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        _children.clear()
        _let_go_of_streams()
        # ipykernel watches its parent, which here is the template.
        _renew({**order["environment"], "JPY_PARENT_PID": str(template)})
        os.chdir(order["folder"])
        code = _run(order["arguments"])
    except BaseException:  # noqa: BLE001 - nothing may climb into the template's loop
        code = 1
    finally:
        os._exit(code)


def _run(arguments: list[str]) -> int:
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["kernel", *arguments]
    app = IPKernelApp.instance()
    app.initialize(arguments)
    _register_widgets()
    try:
        app.start()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


def _register_widgets() -> None:
    """Let widgets speak: they were imported before there was a kernel to speak through."""
    widgets = sys.modules.get("ipywidgets")
    if widgets is not None:
        from IPython.core.getipython import get_ipython

        widgets.load_ipython_extension(get_ipython())


def _renew(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _die_with(template: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != template:  # it went before that was said
        os._exit(1)


def _let_go_of_streams() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _begin() -> None:
    harden()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who then hangs up
    os.chdir(Path("/"))


def _reap(*_: Any) -> None:
    while True:
        try:
            ended, _status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if ended == 0:
            return
        _children.discard(ended)
