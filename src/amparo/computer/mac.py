"""macOS answers through programs of its own; nobody has tried this on one yet."""

from __future__ import annotations

import re

from amparo.computer.asking import Ask
from amparo.computer.finding import State

_SWAP = ("/usr/sbin/sysctl", "-n", "vm.swapusage")
_SLEEP = ("/usr/bin/pmset", "-g")
_VAULT = ("/usr/bin/fdesetup", "status")


def swap(ask: Ask) -> State:
    """Tell whether memory can be written to the disk in clear."""
    said = ask(_SWAP)
    if said is None or said.code or "total" not in said.text:
        return "unknown"
    if "encrypted" in said.text or re.search(r"total = 0(\.0+)?[A-Z]", said.text):
        return "ok"
    return "warn"


def hibernation(ask: Ask) -> State:
    """Tell whether the whole memory is written to the disk when the computer sleeps."""
    said = ask(_SLEEP)
    found = re.search(r"hibernatemode\s+(\d+)", said.text) if said else None
    if found is None:
        return "unknown"
    return "ok" if found[1] == "0" else "warn"


def disk(ask: Ask) -> State:
    """Tell whether the disk is encrypted (FileVault)."""
    said = ask(_VAULT)
    if said is None or "FileVault is" not in said.text:
        return "unknown"
    return "ok" if "FileVault is On" in said.text else "warn"
