"""Windows answers through its registry and one program; nobody has tried this on one yet."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from amparo.computer.asking import Ask
from amparo.computer.finding import State

Read = Callable[[str, str], object]

_POWER = r"SYSTEM\CurrentControlSet\Control\Power"
_MEMORY = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management"
_OFF = 1  # what manage-bde ends with for a disk without protection


def read_registry(folder: str, name: str) -> object:
    """Return one value of the machine's registry, or None."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, folder) as key:
            return winreg.QueryValueEx(key, name)[0]
    except OSError:
        return None


def swap(read: Read) -> State:
    """Tell whether there is a paging file."""
    found = read(_MEMORY, "PagingFiles")
    if not isinstance(found, list):
        return "unknown"
    return "warn" if any(str(line).strip() for line in found) else "ok"


def hibernation(read: Read) -> State:
    """Tell whether the computer may hibernate."""
    found = read(_POWER, "HibernateEnabled")
    if not isinstance(found, int):
        return "unknown"
    return "warn" if found else "ok"


def disk(ask: Ask, drive: str) -> State:
    """Tell whether BitLocker protects *drive*; it answers administrators only."""
    folder = os.environ.get("SYSTEMROOT", r"C:\Windows")
    program = rf"{folder}\System32\manage-bde.exe"
    # Its words are in the language of the system; how it ends is not.
    said = ask((program, "-status", drive, "-protectionaserrorlevel"))
    if said is None or said.code not in {0, _OFF}:
        return "unknown"
    return "warn" if said.code == _OFF else "ok"
