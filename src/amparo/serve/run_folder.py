"""One private folder for everything a running server would otherwise leave on the disk.

Jupyter, IPython and temporary files all go there; it is erased at the end, and a folder left
behind by a server that was killed is erased when the next one starts.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "am-"
_LOCK = "lock"
# A Unix socket name holds about 100 characters and Jupyter adds 52 of its own to this path.
_LONGEST = 40
_PARTS = ("config", "data", "runtime", "ipython", "tmp", "work", "c")
_KERNEL_CONFIG = """
import logging
import sys

from amparo.hardening import harden

harden()  # a started kernel is a new program; a forked one has it from its template
sys.modules["debugpy"] = None  # ten megabytes a page, and a door that nobody needs
logging.getLogger("Comm").disabled = True  # it would tell a page what a page has sent
c = get_config()
c.HistoryManager.enabled = False
c.InteractiveShellApp.default_extensions = []  # a magic that keeps variables in a file
"""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one running server."""

    path: Path

    @property
    def connections(self) -> Path:
        """Where kernels put their sockets; short on purpose."""
        return self.path / "c"

    @property
    def work(self) -> Path:
        """The empty folder in which workbooks run; never the folder they are installed in."""
        return self.path / "work"

    @property
    def allows_sockets(self) -> bool:
        """Whether sockets can live here (POSIX, and a short enough path)."""
        return sys.platform != "win32" and len(str(self.path)) <= _LONGEST

    def mend(self) -> None:
        """Make anew what somebody removed while the server runs, so that pages can still open."""
        if not self.connections.is_dir() or not self.work.is_dir():
            self.path.mkdir(mode=0o700, exist_ok=True)
            _furnish(self.path)

    def environment(self) -> dict[str, str]:
        """Return the variables that keep every Jupyter, IPython and temporary path in here."""
        tmp = str(self.path / "tmp")
        return {
            "JUPYTER_CONFIG_DIR": str(self.path / "config"),
            "JUPYTER_DATA_DIR": str(self.path / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.path / "runtime"),
            "IPYTHONDIR": str(self.path / "ipython"),
            "TMPDIR": tmp,
            "TMP": tmp,
            "TEMP": tmp,
        }


@contextmanager
def run_folder(parent: Path | None = None) -> Iterator[RunFolder]:
    """Make a run folder, lend it, erase it; leftovers of killed servers go first.

    Args:
        parent: where to make it; by default the session's own memory-backed folder if the
            system has one, else the temporary folder.
    """
    parent = parent or _parent()
    old_umask = os.umask(0o077)
    try:
        erase_leftovers(parent)
        path = parent / f"{_PREFIX}{secrets.token_hex(3)}"
        path.mkdir(mode=0o700)
        lock = _lock(path)
        try:
            _furnish(path)
            yield RunFolder(path)
        finally:
            os.close(lock)
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.umask(old_umask)


def erase_leftovers(parent: Path) -> int:
    """Erase the run folders in *parent* whose server no longer lives; return how many went."""
    erased = 0
    for path in parent.glob(f"{_PREFIX}*"):
        if (path / _LOCK).is_file() and _is_ours(path) and not _is_locked(path / _LOCK):
            shutil.rmtree(path, ignore_errors=True)
            erased += 1
    return erased


@contextmanager
def process_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process and put the old ones back afterwards."""
    old = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in old.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _parent() -> Path:
    choices = [os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"]  # noqa: S108
    usable = [
        Path(choice)
        for choice in choices
        if choice and Path(choice).is_dir() and os.access(choice, os.W_OK | os.X_OK)
    ]
    room = _LONGEST - len(_PREFIX) - 7
    short = [path for path in usable if len(str(path)) <= room]
    return (short or usable or [Path(tempfile.gettempdir())])[0]


def _furnish(path: Path) -> None:
    for part in _PARTS:
        (path / part).mkdir(mode=0o700, exist_ok=True)
    profile = path / "ipython" / "profile_default"
    (profile / "startup").mkdir(mode=0o700, parents=True, exist_ok=True)
    # Else IPython copies its own there, readable by everybody.
    (profile / "startup" / "README").touch(mode=0o600)
    (profile / "ipython_kernel_config.py").write_text(_KERNEL_CONFIG, encoding="utf-8")


def _lock(path: Path) -> int:
    # Locked under another name first: nobody must ever see an unlocked lock of a living server.
    fresh = path / f"{_LOCK}.new"
    handle = os.open(fresh, os.O_CREAT | os.O_RDWR, 0o600)
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
        fresh.rename(path / _LOCK)
    else:
        os.close(handle)
        handle = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fresh.unlink()
    return handle


def _is_locked(lock: Path) -> bool:
    if sys.platform == "win32":
        # Windows refuses to remove a file that a living process holds open.
        with suppress(PermissionError):
            lock.unlink()
        return lock.exists()
    import fcntl

    try:
        handle = os.open(lock, os.O_RDWR)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _is_ours(path: Path) -> bool:
    if sys.platform == "win32":
        return True
    # A link or another user's folder with our name is not ours to follow.
    return not path.is_symlink() and path.stat().st_uid == os.getuid()
