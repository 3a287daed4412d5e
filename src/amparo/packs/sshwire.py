"""The few lines of OpenSSH's formats that a signature needs.

Source:
    PROTOCOL.sshsig and PROTOCOL.key of OpenSSH; RFC 4251 for strings.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct

_LENGTH = struct.Struct(">I")
_MAGIC = b"SSHSIG"
_VERSION = _LENGTH.pack(1)
_KIND = b"ssh-ed25519"
_HASH = b"sha512"
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_WIDTH = 70


def public_blob(key: bytes) -> bytes:
    """Return the 32 bytes of a public key as OpenSSH writes them."""
    return _string(_KIND) + _string(key)


def public_key(blob: bytes) -> bytes:
    """Return the 32 bytes of a public key.

    Raises:
        ValueError: it is no Ed25519 key.
    """
    kind, key = _strings(blob, 2)
    if kind != _KIND or len(key) != _KEY_BYTES:
        raise ValueError("no ed25519 key")
    return key


def signed_part(namespace: str, message: bytes) -> bytes:
    """Return what is signed: the digest of *message*, for one purpose only."""
    digest = hashlib.sha512(message).digest()
    parts = (namespace.encode("ascii"), b"", _HASH, digest)
    return _MAGIC + b"".join(map(_string, parts))


def armoured(key: bytes, namespace: str, signature: bytes) -> str:
    """Return a signature as the text of a file."""
    inner = _string(_KIND) + _string(signature)
    parts = (public_blob(key), namespace.encode("ascii"), b"", _HASH, inner)
    text = base64.b64encode(_MAGIC + _VERSION + b"".join(map(_string, parts))).decode("ascii")
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def opened(text: str, namespace: str) -> tuple[bytes, bytes]:
    """Return public key and signature of a file for this purpose.

    Raises:
        ValueError: it is no such file, or was made for another purpose.
    """
    lines = text.strip().splitlines()
    if len(lines) < 3 or lines[0].strip() != _BEGIN or lines[-1].strip() != _END:  # noqa: PLR2004
        raise ValueError("no signature")
    try:
        raw = base64.b64decode("".join(line.strip() for line in lines[1:-1]), validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None
    head = _MAGIC + _VERSION
    if not raw.startswith(head):
        raise ValueError("another format")
    blob, purpose, reserved, digest, inner = _strings(raw[len(head) :], 5)
    if (purpose, reserved, digest) != (namespace.encode("ascii"), b"", _HASH):
        raise ValueError("another purpose")
    kind, signature = _strings(inner, 2)
    if kind != _KIND or len(signature) != _SIGNATURE_BYTES:
        raise ValueError("another kind of key")
    return public_key(blob), signature


def _string(value: bytes) -> bytes:
    return _LENGTH.pack(len(value)) + value


def _strings(raw: bytes, count: int) -> tuple[bytes, ...]:
    """Split *raw* into exactly *count* strings."""
    found: list[bytes] = []
    for _ in range(count):
        if len(raw) < _LENGTH.size:
            raise ValueError("cut short")
        (length,) = _LENGTH.unpack_from(raw)
        end = _LENGTH.size + length
        if len(raw) < end:
            raise ValueError("cut short")
        found.append(raw[_LENGTH.size : end])
        raw = raw[end:]
    if raw:
        raise ValueError("more than expected")
    return tuple(found)
