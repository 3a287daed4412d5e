"""Files of a workspace: private to one user, written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from amparo.bounded import read_at_most
from amparo.errors import DamagedError, DiskFullError, ReadOnlyError, StoreError

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends otherwise


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Turn what the operating system says into our errors, without the path it names."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError("no space left") from None
        if error.errno in _REFUSED:
            raise ReadOnlyError("the place refuses to be written") from None
        name = errno.errorcode.get(error.errno or 0, "unknown")
        raise StoreError(f"the system answered {name}") from None


def make_folder(folder: Path) -> None:
    """Make one folder that only its owner can enter, whatever the umask says."""
    folder.mkdir(mode=FOLDER_MODE)
    folder.chmod(FOLDER_MODE)


def open_private(path: Path, flags: int) -> int:
    """Open *path* for this user only and return the file descriptor."""
    descriptor = os.open(path, flags | _BINARY, FILE_MODE)
    if flags & os.O_CREAT and hasattr(os, "fchmod"):
        try:
            os.fchmod(descriptor, FILE_MODE)
        except OSError:
            os.close(descriptor)
            raise
    return descriptor


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path* so that a cut leaves the old file or the new one."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        descriptor = open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names in *folder* survive a power cut, where the system offers that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a small file of the workspace.

    Raises:
        DamagedError: it is not there, is not a plain file, or is longer than *limit* bytes.
    """
    if path.is_symlink() or not path.is_file():
        raise DamagedError("a file of the workspace is missing")
    content = read_at_most(path, limit)
    if content is None:
        raise DamagedError("a file of the workspace is too long")
    return content


def shred(path: Path) -> None:
    """Overwrite, cut, sync and remove *path*; no promise about what a flash disk keeps."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
        file.truncate(0)
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(path.parent)


def tighten(folder: Path) -> None:
    """Close a workspace to other users again after a copy loosened it."""
    # A stick formatted for every system keeps no such rights and refuses; the content is
    # encrypted all the same, so this is no reason to keep people out of their plan.
    with contextlib.suppress(OSError):
        folder.chmod(FOLDER_MODE)
        for path in folder.rglob("*"):
            if not path.is_symlink():
                path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def remove_tree(folder: Path) -> None:
    """Remove a folder of ours and all it holds; being gone already is fine."""
    shutil.rmtree(folder, ignore_errors=True)
