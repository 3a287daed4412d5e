"""Notice that the process that asked for this keeper has ended."""

from __future__ import annotations

import asyncio
import os
import sys

_LOOK_EVERY_S = 0.5


async def wait_for_end(pid: int) -> None:
    """Return once no process *pid* runs any more."""
    if hasattr(os, "pidfd_open"):
        await _wait_on_descriptor(pid)
        return
    while is_running(pid):  # noqa: ASYNC110 - nothing tells of another process there
        await asyncio.sleep(_LOOK_EVERY_S)


async def _wait_on_descriptor(pid: int) -> None:
    try:
        descriptor = os.pidfd_open(pid)
    except OSError:
        return
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def is_running(pid: int) -> bool:
    """Tell whether a process *pid* exists (for systems without process descriptors)."""
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_running_on_windows(pid: int) -> bool:
    # os.kill(pid, 0) would end the process there.
    import ctypes

    synchronize, timed_out = 0x00100000, 0x00000102
    kernel = ctypes.windll.kernel32  # pyright: ignore[reportAttributeAccessIssue]
    process = kernel.OpenProcess(synchronize, False, pid)  # noqa: FBT003 - a Windows call
    if not process:
        return False
    running = kernel.WaitForSingleObject(process, 0) == timed_out
    kernel.CloseHandle(process)
    return running
