"""The template process: it imports once, holds nothing, and forks a child for each order.

``python -m amparo.kernels LINE LIFE MODULE:FUNCTION:ARGUMENT...``; *LINE* is its end of the line
to the owner, *LIFE* the end of a pipe that the owner alone holds open. When the owner goes, the
line ends and with it the template, and the pipe ends and with it every child. A template that was
killed alone takes no child along: their pages go on.

What a forked child must not share with its siblings is made anew here: random numbers, the
environment, the session, open files. Two things cannot be: the seed of ``hash()`` and the
layout of memory. Children are pages of one owner, never mutually hostile code.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import os
import random
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from amparo.hardening import harden
from amparo.kernels import wire

# Enough for a room of thirty; beyond it a page is told to wait rather than the machine to die.
MOST_CHILDREN = 64
# What a kernel imports as it begins: read here once, so that no child holds its own.
_OF_EVERY_KERNEL = (
    "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.completerlib",
    "IPython.core.debugger", "IPython.core.oinspect", "faulthandler", "pdb", "psutil", "resource",
    "tornado.platform.asyncio", "tornado.queues",
)  # fmt: skip
_children: set[int] = set()


def main(arguments: list[str]) -> int:
    """Import, then fork for every order until the owner goes."""
    _begin()
    line = socket.socket(fileno=int(arguments[0]))
    life = int(arguments[1])
    for inherited in (line.fileno(), life):
        os.set_inheritable(inherited, False)  # noqa: FBT003 - its only parameter
    for order in arguments[2:]:
        _preload(order)
    for name in _OF_EVERY_KERNEL:
        importlib.import_module(name)

    gc.collect()
    gc.freeze()  # what is shared now stays shared: the collector never writes to it again
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        try:
            order, _ = wire.receive(line)
        except (EOFError, OSError, ValueError):
            return 0  # children end with this process
        _answer(line, life, order)


def _preload(order: str) -> None:
    module, _, rest = order.partition(":")
    function, _, argument = rest.partition(":")
    loaded = importlib.import_module(module)
    if function:
        getattr(loaded, function)(argument)


def _answer(line: socket.socket, life: int, order: dict[str, Any]) -> None:
    refusal = _refusal()
    if refusal:
        wire.send(line, {"refused": refusal})
        return
    try:
        child, handle = _child(line, life, order)
    except OSError:  # no process, memory or file is left: the other pages must go on
        wire.send(line, {"refused": "room"})
        return
    wire.send(line, {"pid": child}, (handle,))
    os.close(handle)


def _child(line: socket.socket, life: int, order: dict[str, Any]) -> tuple[int, int]:
    # A child that ends at once must not be counted after it was forgotten.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    try:
        child = os.fork()
        if child == 0:
            _become(line, life, order)
        _children.add(child)
        try:
            return child, os.pidfd_open(child)
        except OSError:
            os.kill(child, signal.SIGKILL)
            raise
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _refusal() -> str:
    # A lock that another thread holds stays locked for ever in the child.
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        return "threads"
    return "children" if len(_children) >= MOST_CHILDREN else ""


def _become(line: socket.socket, life: int, order: dict[str, Any]) -> NoReturn:
    """Turn the forked child into a kernel; it never returns into the template's loop."""
    code = 1
    try:
        line.close()
        os.setsid()
        _die_with_the_owner(life)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        _children.clear()
        _let_go_of_streams()
        _renew(order["environment"])
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
    with _few_modules():
        app.initialize(arguments)
    _register_widgets()
    try:
        app.start()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0


class _FewModules:
    """``sys`` as it is, but for an empty list of modules."""

    def __init__(self) -> None:
        self.modules: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def _few_modules() -> Iterator[None]:
    """Keep a kernel from noting the names and files of 900 modules, for a debugger it has not.

    To look at a module is to write to it, and what a child writes to it holds for itself: these
    two lists are an eighth of a page's memory.
    """
    from ipykernel import ipkernel
    from IPython.core import shellapp

    few = _FewModules()
    for module in (ipkernel, shellapp):
        module.__dict__["sys"] = few
    try:
        yield
    finally:
        for module in (ipkernel, shellapp):
            module.__dict__["sys"] = sys


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


def _die_with_the_owner(life: int) -> None:
    """Have the system kill this process in the instant in which the owner lets go of the pipe."""
    # Opened anew: a pipe remembers one process for each opening, and the children share theirs.
    own = os.open(f"/proc/self/fd/{life}", os.O_RDONLY)
    os.close(life)
    fcntl.fcntl(own, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(own, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(own, fcntl.F_SETFL, os.O_ASYNC)
    if select.select([own], [], [], 0)[0]:  # it went before that was said
        os._exit(1)


def _let_go_of_streams() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _begin() -> None:
    harden()
    # Ten megabytes a page, and a door that nobody needs.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
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
