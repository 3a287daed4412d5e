"""The owner's side: start a template, ask it for children, hold each child by its handle."""

from __future__ import annotations

import atexit
import os
import re
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from amparo.errors import AmparoError
from amparo.kernels import wire

_PRIVATE = re.compile(r"AMPARO_|JUPYTER_TOKEN|JPY_")
_PATIENCE_S = 60.0
_END_S = 5.0


class NoForkError(AmparoError):
    """No child could be forked; the caller starts its process the plain way."""


def can_fork() -> bool:
    """Tell whether this system has what forking safely needs: handles of processes (Linux)."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class Forked:
    """A child of the template, as far as jupyter_client asks of a process.

    It is no child of this process: it is held by a handle that cannot come to mean another one.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self._handle = handle
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return None while it runs, else 0: how it ended is known to its parent only."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            self.returncode = 0
            os.close(self._handle)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        if self.poll() is None and not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Send a signal; one that has ended is no error."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """One template process of this owner; it is started when it is first needed.

    Args:
        preload: ``module`` or ``module:function:argument``, in order, read before any fork.
        knows: variables that the template reads while it imports, beside this process's own.
    """

    def __init__(
        self, preload: Sequence[str] = (), knows: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._preload = tuple(preload)
        self._knows = dict(knows)
        self._line: socket.socket | None = None
        # A pipe that nobody ever writes to: the children live as long as our end is open.
        self._life: tuple[int, int] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def start(self) -> None:
        """Start the template now, so that it is ready when it is needed; twice is no error.

        Raises:
            NoForkError: not on this system, or it could not be started.
        """
        if not can_fork():
            raise NoForkError("this system cannot fork kernels")
        with self._lock:
            self._start()

    def fork(self, arguments: Sequence[str], environment: Mapping[str, str], folder: str) -> Forked:
        """Return a new kernel.

        Args:
            arguments: of the kernel, such as ``-f`` and its connection file.
            environment: all it will know; the template's own is forgotten.
            folder: where it runs.

        Raises:
            NoForkError: the template is gone, full, or not safe to fork.
        """
        order = {
            "arguments": list(arguments), "environment": dict(environment), "folder": folder,
        }  # fmt: skip
        try:
            said, fds = self._ask(order)
        except (EOFError, ConnectionError):
            said, fds = self._ask_another(order)
        if "pid" not in said or len(fds) != 1:
            raise NoForkError(f"the template refused: {said.get('refused', '?')}")
        return Forked(said["pid"], fds[0])

    def _ask(self, order: dict[str, Any]) -> tuple[dict[str, Any], tuple[int, ...]]:
        self.start()
        with self._lock:
            if self._line is None:
                raise NoForkError("the template has ended")
            try:
                wire.send(self._line, order)
                return wire.receive(self._line)
            except (EOFError, OSError, ValueError) as error:
                self._drop()
                if isinstance(error, (EOFError, ConnectionError)):
                    raise
                raise NoForkError("the template does not answer") from None

    def _ask_another(self, order: dict[str, Any]) -> tuple[dict[str, Any], tuple[int, ...]]:
        """Ask a new template: somebody killed the last one."""
        try:
            return self._ask(order)
        except (EOFError, ConnectionError):
            raise NoForkError("the template has ended") from None

    def close(self) -> None:
        """End the template and every child of it; once more is no error."""
        with self._lock:
            life, self._life = self._life, None
            for end in life or ():
                os.close(end)
            self._drop()

    @property
    def pid(self) -> int | None:
        """The template's process, if it runs."""
        return self._process.pid if self._process else None

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._drop()
        try:
            self._life = self._life or os.pipe()
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise NoForkError("the template could not be started") from error
        shared_ends = (theirs.fileno(), self._life[0])
        command = [sys.executable, "-P", "-m", "amparo.kernels", *map(str, shared_ends)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [*command, *self._preload],
                pass_fds=shared_ends,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**_clean(os.environ), **self._knows},
                cwd=Path("/"),
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise NoForkError("the template could not be started") from error
        finally:
            theirs.close()
        ours.settimeout(_PATIENCE_S)
        self._line = ours

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            try:
                self._process.wait(_END_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


def _clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what a template may know: nothing that opens a workspace or a server."""
    # JPY_PARENT_PID: a kernel would end itself when its parent is another than that.
    return {name: value for name, value in environment.items() if not _PRIVATE.match(name)}


_shared: list[ForkServer] = []
_shared_lock = Lock()


def shared(
    preload: Sequence[str] = (), knows: Mapping[str, str] = MappingProxyType({})
) -> ForkServer:
    """Return the one fork server of this process; the first to ask says what it imports."""
    with _shared_lock:
        if not _shared:
            _shared.append(ForkServer(preload, knows))
            atexit.register(_shared[0].close)
        return _shared[0]
