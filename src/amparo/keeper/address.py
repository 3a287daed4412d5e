"""Where a keeper listens: a socket file, or this machine's loopback where there are none."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

from amparo.errors import KeeperError

_UNIX = "unix:"
_LOOPBACK = "loopback:"
_HOST = "127.0.0.1"
_WAITING_CLIENTS = 64


def listen(socket_path: Path) -> tuple[socket.socket, str]:
    """Open the keeper's listening socket and return it with its address."""
    if hasattr(socket, "AF_UNIX"):
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(socket_path))
        socket_path.chmod(0o600)
        address = f"{_UNIX}{socket_path}"
    else:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind((_HOST, 0))
        address = f"{_LOOPBACK}{listener.getsockname()[1]}"
    listener.listen(_WAITING_CLIENTS)
    listener.settimeout(0)
    return listener, address


def dial(address: str, *, timeout_s: float) -> socket.socket:
    """Connect to a keeper.

    Raises:
        OSError: nobody listens there.
        KeeperError: this is no address of a keeper.
    """
    if address.startswith(_UNIX) and hasattr(socket, "AF_UNIX"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target: str | tuple[str, int] = address.removeprefix(_UNIX)
    elif address.startswith(_LOOPBACK) and address.removeprefix(_LOOPBACK).isdecimal():
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        target = (_HOST, int(address.removeprefix(_LOOPBACK)))
    else:
        raise KeeperError("not the address of a keeper")
    line.settimeout(timeout_s)
    try:
        line.connect(target)
    except OSError:
        line.close()
        raise
    return line


def is_same_user(line: socket.socket) -> bool:
    """Tell whether the other end is a process of the user who runs this keeper.

    Systems that cannot say rely on the private folder and on the capability.
    """
    if not hasattr(socket, "SO_PEERCRED") or line.family != socket.AF_UNIX:
        return True
    ids = struct.Struct("3i")
    _, uid, _ = ids.unpack(line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, ids.size))
    return uid == os.getuid()
