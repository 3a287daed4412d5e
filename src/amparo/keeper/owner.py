"""Notice that the process that asked for this keeper has ended."""

from __future__ import annotations

import asyncio
import os
import sys

_LOOK_EVERY_S = 0.5


class Owner:
    """The process that a keeper must not outlive, held from the first moment on.

    A descriptor names this one process, also after its number was given to another: whoever asks
    for it late may watch a stranger, and the keeper would hold the key for as long as that one
    lives.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._descriptor: int | None = None
        self._has_ended = False
        if not hasattr(os, "pidfd_open"):
            return
        try:
            self._descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            self._has_ended = True
        except OSError:
            return  # an old kernel, or a sandbox: its number is looked at again and again

    async def wait_for_end(self) -> None:
        """Return once the owner has ended."""
        if self._has_ended:
            return
        if self._descriptor is not None:
            await _readable(self._descriptor)
            return
        while is_running(self._pid):  # noqa: ASYNC110 - nothing tells of another process there
            await asyncio.sleep(_LOOK_EVERY_S)


async def _readable(descriptor: int) -> None:
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
