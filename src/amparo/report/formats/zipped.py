"""A zip file that tells nothing but what was put into it: fixed times, no owner, no system."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return *files*, name and content, as the bytes of a zip; the same files, the same bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files:
            info = ZipInfo(name, _LONG_AGO)
            info.create_system = 0
            archive.writestr(info, data, ZIP_DEFLATED, _LEVEL)
    return out.getvalue()
