"""jupyter_client's door to forked kernels: the kernel provisioner ``amparo-fork``."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from amparo.kernels.forking import NoForkError, shared

_LAUNCHER = re.compile(r"ipykernel(_launcher)?")


class ForkProvisioner(LocalProvisioner):
    """Forks a Python kernel from this process's template, or starts it the plain way.

    Everything else (signals, waiting, cleaning up) is jupyter_client's own: a forked kernel
    leads a process group of its own, as a started one does.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that *cmd* would start."""
        arguments = kernel_arguments(cmd)
        if arguments is None or kwargs.get("stdin") is not None:
            return await super().launch_kernel(cmd, **kwargs)
        environment: Mapping[str, str] = kwargs.get("env") or os.environ
        folder = str(kwargs.get("cwd") or Path.cwd())
        try:
            # The template may still be importing: nobody else waits for it meanwhile.
            forked = await asyncio.to_thread(shared().fork, arguments, environment, folder)
        except NoForkError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = cast("Any", forked)
        self.pid = self.pgid = forked.pid
        self.cwd = cast("Any", folder)
        return self.connection_info


def kernel_arguments(cmd: Sequence[str]) -> list[str] | None:
    """Return what follows the launcher in the command of a Python kernel; None for any other."""
    for at, part in enumerate(cmd[:-1]):
        if part == "-m" and _LAUNCHER.fullmatch(cmd[at + 1]):
            return list(cmd[at + 2 :])
    return None
