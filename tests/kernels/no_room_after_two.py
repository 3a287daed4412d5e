"""A machine on which two processes can still be made, and then none."""

import errno
import os

_fork, _left = os.fork, [2]


def fork() -> int:
    """Fork twice, then fail as a full process table does."""
    if not _left[0]:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
    _left[0] -= 1
    return _fork()


os.fork = fork
