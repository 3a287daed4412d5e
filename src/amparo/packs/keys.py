"""Keys of those who sign, and the folder of those who are trusted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_ssh_private_key,
)

from amparo.errors import AmparoError, OutputExistsError, ReadOnlyError
from amparo.packs import sshwire

PUBLIC = ".pub"
_MOST_BYTES = 10_000
_KIND = "ssh-ed25519"
_FIELDS = 2


class KeyFileError(AmparoError, ValueError):
    """A file holds no key that can be used here."""

    key = "error.pack_key"


def new_key(path: Path) -> str:
    """Write a new key to *path* and its public half beside it; return its fingerprint.

    Raises:
        OutputExistsError: one of the two files is there already.
        ReadOnlyError: the folder cannot be written.
    """
    public = path.with_name(path.name + PUBLIC)
    if path.exists() or public.exists():
        raise OutputExistsError("the key exists")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    shown = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    try:
        _write(path, secret)
        # Without a name behind it: who signs is the group's own knowledge.
        _write(public, shown + b"\n")
    except OSError:
        raise ReadOnlyError("the key cannot be written") from None
    return fingerprint(read_public(public))


def read_private(path: Path) -> Ed25519PrivateKey:
    """Return the key in a file of ``new_key`` or of ``ssh-keygen -t ed25519 -N ''``.

    Raises:
        KeyFileError: it is none, or is locked with a passphrase.
    """
    try:
        key = load_ssh_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyFileError("no usable private key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("another kind of key")
    return key


def raw_public(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def read_public(path: Path) -> bytes:
    """Return the 32 bytes of the public key in a file.

    Raises:
        KeyFileError: it holds none.
    """
    try:
        fields = _read(path).decode("ascii").split()
        if len(fields) < _FIELDS or fields[0] != _KIND:
            raise KeyFileError("no public key")
        return sshwire.public_key(base64.b64decode(fields[1], validate=True))
    except (ValueError, binascii.Error):
        raise KeyFileError("no public key") from None


def fingerprint(key: bytes) -> str:
    """Return what people compare aloud or on paper; ``ssh-keygen -l`` shows the same."""
    digest = hashlib.sha256(sshwire.public_blob(key)).digest()
    return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def trusted(folder: Path) -> frozenset[bytes]:
    """Return every key in the group's folder; a file that is none is passed over."""
    found: set[bytes] = set()
    for path in sorted(folder.glob(f"*{PUBLIC}")) if folder.is_dir() else ():
        try:
            found.add(read_public(path))
        except KeyFileError:
            continue
    return frozenset(found)


def trust(path: Path, folder: Path) -> str:
    """Put a public key into the group's folder; return its fingerprint.

    Raises:
        KeyFileError: the file holds none.
        ReadOnlyError: the folder cannot be written.
    """
    key = read_public(path)
    text = base64.b64encode(sshwire.public_blob(key)).decode("ascii")
    name = hashlib.sha256(key).hexdigest()[:16] + PUBLIC
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / name).exists():
            _write(folder / name, f"{_KIND} {text}\n".encode("ascii"))
    except OSError:
        raise ReadOnlyError("the folder of keys cannot be written") from None
    return fingerprint(key)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would make us wait for ever
            raise KeyFileError("no file")
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        raise KeyFileError("cannot be read") from None


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
