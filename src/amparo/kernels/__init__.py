"""Ready kernels: one process has imported everything once and forks a fresh kernel for each page.

Plugged into jupyter_client as the kernel provisioner ``amparo-fork``, so Voilà, nbclient and
papermill all profit. Where a process cannot be forked safely (anything but Linux), kernels are
started the plain way, with the same behaviour.
"""

from amparo.kernels.forking import Forked, ForkServer, NoForkError, shared

PROVISIONER = "amparo-fork"

__all__ = ["PROVISIONER", "ForkServer", "Forked", "NoForkError", "shared"]
