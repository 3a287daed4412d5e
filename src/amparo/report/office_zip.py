"""The package of an office file, written anew: no hour, no system, always the same order."""

from __future__ import annotations

import io
import zipfile

_FIRST = "[Content_Types].xml"
_NEVER = (1980, 1, 1, 0, 0, 0)
_FROM_ANY_SYSTEM = 0


def settled(package: bytes) -> bytes:
    """Return *package* so that the same parts give the same bytes, wherever they were packed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.create_system = _FROM_ANY_SYSTEM
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, given.read(name))
    return stream.getvalue()
