"""What every process of ours does before it learns anything of a workspace."""

from __future__ import annotations

import contextlib
import os
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """Make files private by default and keep this process's memory out of core dumps."""
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _refuse_dumps()


def _refuse_dumps() -> None:
    # Also closes /proc/<pid>/mem to other processes of the same user. A forked child keeps it,
    # a started program does not: each has to say so for itself.
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
