"""The scripts and styles of the interface parts, as files that a browser keeps for a year.

One version stands for the whole folder: a part imports its helpers from the same folder, so an
old part must never meet a new helper. This module stays light: kernels ask it for the version.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
from functools import lru_cache
from pathlib import Path

from amparo.serve.base import base

# The variable in which a kernel, and what kernels are forked from, finds the version.
PARTS = "AMPARO_PARTS"
ROUTE = "/am/parts/"
FILE_NAME = r"[a-z0-9_]{1,64}\.(?:js|css)"
_PACKAGE = "amparo_widgets"
_NO_PARTS = "0" * 12
# The parts of every step; of a screen that asks for more, the rest comes with its parts.
_EVERYWHERE = ("shell", "step_head", "foot", "records")
_RELATIVE = re.compile(r"""((?:from|import)\s*\(?\s*)(["'])\./([a-z0-9_]+\.(?:js|css))\2""")


def parts_folder() -> Path | None:
    """Return the folder of the installed parts, found without importing them; None without one."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "static"
    return folder if folder.is_dir() else None


def parts_version() -> str:
    """Return twelve digits that change when any file of the parts changes."""
    # Asked for with every file of a page: read again only when something was touched.
    folder = parts_folder()
    return _digest(folder, _held(folder)) if folder else _NO_PARTS


def _held(folder: Path) -> tuple[tuple[str, int, int], ...]:
    with os.scandir(folder) as entries:
        files = [(one.name, one.stat()) for one in entries if one.name.endswith((".js", ".css"))]
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in files))


@lru_cache(maxsize=4)
def _digest(folder: Path, held: tuple[tuple[str, int, int], ...]) -> str:
    whole = hashlib.sha256()
    for name, _, size in held:
        whole.update(f"{name}\0{size}\0".encode())
        whole.update((folder / name).read_bytes())
    return whole.hexdigest()[:12]


def part_address(name: str) -> str:
    """Return the address of one file of the parts, for example ``common.js``."""
    return f"{base()}{ROUTE}{name}?v={parts_version()}"


def part_text(name: str) -> str | None:
    """Return one file; its relative imports carry the version too. None if there is no such file.

    Args:
        name: a bare file name that ends in ``.js`` or ``.css``.
    """
    folder = parts_folder()
    if folder is None or not re.fullmatch(FILE_NAME, name) or not (folder / name).is_file():
        return None
    text = (folder / name).read_text(encoding="utf-8")
    return _RELATIVE.sub(rf"\1\2./\3?v={parts_version()}\2", text)


def first_addresses() -> tuple[str, ...]:
    """Return what every step needs, with its imports: fetched while the kernel makes the page."""
    folder = parts_folder()
    if folder is None:
        return ()
    found: list[str] = []
    waiting = [f"{name}.js" for name in _EVERYWHERE]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            text = (folder / name).read_text(encoding="utf-8")
            waiting += [other for *_, other in _RELATIVE.findall(text)]
    version = parts_version()
    return tuple(f"{base()}{ROUTE}{name}?v={version}" for name in found)
