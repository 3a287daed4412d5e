"""Sign a file, and find out who of the trusted has signed one."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amparo.errors import AmparoError, ReadOnlyError
from amparo.packs import sshwire
from amparo.packs.keys import raw_public, read_private, trusted

# A signature for one purpose is none for another.
PACK, STICK = "amparo-pack", "amparo-stick"
ENDING = ".sig"
_MOST_BYTES = 10_000


class SignatureError(AmparoError, ValueError):
    """Nobody who is trusted has signed this file as it is; nothing was changed."""

    key = "error.pack_signature"


class UnsignedError(SignatureError):
    """There is no signature beside the file."""

    key = "error.pack_unsigned"


class UnknownSignerError(SignatureError):
    """The file is signed with a key that is not in the group's folder."""

    key = "error.pack_signer"


def sign_file(path: Path, key_file: Path, purpose: str) -> Path:
    """Write a signature of *path* beside it and return its place.

    Raises:
        KeyFileError: there is no usable key in *key_file*.
        ReadOnlyError: the file cannot be read, or nothing be written beside it.
    """
    key = read_private(key_file)
    place = signature_of(path)
    try:
        signature = key.sign(sshwire.signed_part(purpose, path.read_bytes()))
        place.write_text(sshwire.armoured(raw_public(key), purpose, signature), "ascii")
    except OSError:
        raise ReadOnlyError("the signature cannot be written") from None
    return place


def verify_file(path: Path, data: bytes, folder: Path, purpose: str) -> None:
    """Go on only if one of the trusted has signed *data*, the content of *path*.

    Raises:
        UnsignedError: there is no signature beside *path*.
        UnknownSignerError: whoever signed is not trusted.
        SignatureError: the file or the signature was changed, or made for another purpose.
    """
    try:
        with signature_of(path).open("rb") as file:
            text = file.read(_MOST_BYTES).decode("ascii")
    except (OSError, ValueError):
        raise UnsignedError("no signature") from None
    try:
        key, signature = sshwire.opened(text, purpose)
    except ValueError:
        raise SignatureError("no signature for this purpose") from None
    if key not in trusted(folder):
        raise UnknownSignerError("the signer is not trusted")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(
            signature, sshwire.signed_part(purpose, data)
        )
    except InvalidSignature:
        raise SignatureError("the signature does not fit") from None


def signature_of(path: Path) -> Path:
    """Return where the signature of a file lies."""
    return path.with_name(path.name + ENDING)
