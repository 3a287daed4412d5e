"""Key slots: one age file for each opener, each holding the same random key."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from amparo.errors import DamagedError, SlotError, WrongKeyError
from amparo.store.files import explained, read_bounded, shred, write_whole
from amparo.store.openers import Opener, Passphrase, work_factor

SLOTS_NAME = "slots"
# 32 of key and 16 of salt: kept here too, the salt in the first bytes of the database may be torn
# by a power cut without costing the workspace.
KEY_BYTES = 32 + 16
MAX_SLOTS = 64
MAX_SLOT_BYTES = 4096
_WRONG_COST_S = 0.5
_NAME = re.compile(r"(passphrase|recovery|recipient)-([0-9a-f]{16})\.age")
_PAYLOAD = re.compile(rb"amparo-slot 1\nworkspace ([0-9a-f]{32})\nkey ([0-9a-f]{96})\n")


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """What anybody who holds the folder can see of a slot."""

    id: str
    kind: str
    work_factor: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """What a slot holds: the key of one workspace, as SQLCipher takes it (key, then salt)."""

    workspace_id: str
    key: bytes

    def payload(self) -> bytes:
        """Write the text that goes into a slot."""
        return (f"amparo-slot 1\nworkspace {self.workspace_id}\nkey {self.key.hex()}\n").encode()


def new_secret() -> Secret:
    """Make the id and the random key of a new workspace."""
    return Secret(secrets.token_hex(16), secrets.token_bytes(KEY_BYTES))


def is_slot_name(name: str) -> bool:
    """Tell whether a file name is one this module gives."""
    return _NAME.fullmatch(name) is not None


def list_slots(folder: Path) -> tuple[SlotInfo, ...]:
    """Return the slots of a workspace folder, by kind and id; no key is needed."""
    with explained():
        return tuple(_info(path) for path in _paths(folder))


def add_slot(folder: Path, secret: Secret, opener: Opener) -> SlotInfo:
    """Write one more slot.

    Raises:
        SlotError: the opener cannot seal, or there are 64 slots already.
    """
    with explained():
        if len(_paths(folder)) >= MAX_SLOTS:
            raise SlotError(f"a workspace has at most {MAX_SLOTS} slots")
        name = f"{opener.kind}-{secrets.token_hex(8)}.age"
        path = folder / SLOTS_NAME / name
        write_whole(path, opener.seal(secret.payload()))
        return _info(path)


def remove_slot(folder: Path, slot_id: str) -> None:
    """Overwrite and remove one slot; what it opened before a copy was made, it still opens there.

    Raises:
        SlotError: there is no such slot, or it is the last one.
    """
    with explained():
        paths = _paths(folder)
        found = [path for path in paths if _id(path) == slot_id]
        if not found:
            raise SlotError("no such slot")
        if len(paths) == 1:
            raise SlotError("the last slot is never removed")
        shred(found[0])


def change_passphrase(folder: Path, secret: Secret, old: Passphrase, new: Passphrase) -> SlotInfo:
    """Replace the slot that *old* opens by one that *new* opens.

    Raises:
        WrongKeyError: *old* opens no passphrase slot.
        WeakPassphraseError: *new* is too easy to guess; the old slot stays.
    """
    with explained():
        path = _opened_by(folder, secret, old)
        added = add_slot(folder, secret, new)
        shred(path)
        return added


def unlock(folder: Path, workspace_id: str, opener: Opener) -> Secret:
    """Return the key of a workspace.

    Raises:
        WrongKeyError: the opener opens none of the slots; this takes half a second or more.
        DamagedError: there is no slot, or only slots of another workspace.
    """
    started_at = time.monotonic()
    with explained():
        paths = _paths(folder)
        if not paths:
            raise DamagedError("the workspace has no slot")
        found = [secret for path in paths for secret in _try(path, opener)]
    for secret in found:
        if secret.workspace_id == workspace_id:
            return secret
    if found:
        raise DamagedError("a slot belongs to another workspace")
    # scrypt makes a guess slow on this machine; a very fast one still answers no faster.
    time.sleep(max(0.0, _WRONG_COST_S - (time.monotonic() - started_at)))
    raise WrongKeyError("no slot opens")


def _opened_by(folder: Path, secret: Secret, opener: Passphrase) -> Path:
    for path in _paths(folder):
        if path.name.startswith("passphrase-") and secret in _try(path, opener):
            return path
    raise WrongKeyError("no passphrase slot opens")


def _try(path: Path, opener: Opener) -> tuple[Secret, ...]:
    kind = path.name.partition("-")[0]
    if kind not in opener.opens:
        return ()
    try:
        payload = opener.unseal(read_bounded(path, MAX_SLOT_BYTES), kind)
    except DamagedError:
        return ()  # another slot may still open; alone, this one counts as the wrong key
    if payload is None:
        return ()
    parts = _PAYLOAD.fullmatch(payload)
    return (Secret(parts[1].decode(), bytes.fromhex(parts[2].decode())),) if parts else ()


def _paths(folder: Path) -> list[Path]:
    place = folder / SLOTS_NAME
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if is_slot_name(path.name))


def _id(path: Path) -> str:
    return path.stem.partition("-")[2]


def _info(path: Path) -> SlotInfo:
    factor = work_factor(read_bounded(path, MAX_SLOT_BYTES))
    return SlotInfo(_id(path), path.name.partition("-")[0], factor)
