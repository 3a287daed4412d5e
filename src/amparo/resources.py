"""Find the folders that ship with the product, in a wheel and in a checkout."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from amparo.errors import BundleMissingError

Part = Literal["workbooks", "curricula"]

# Names the folder in which this installation keeps what is not a workspace; a stick brings its own.
DATA = "AMPARO_DATA"

_PACKAGE = Path(__file__).resolve().parent


def bundled(part: Part) -> Path:
    """Return the folder that holds *part*, in a wheel or in a checkout.

    Raises:
        BundleMissingError: neither place has it; the installation is damaged.
    """
    candidates = (_PACKAGE / "_bundled" / part, _PACKAGE.parents[1] / part)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise BundleMissingError(f"{part} is in neither of its two places", part=part)


def content_folder() -> Path:
    """Return the folder of the content packs that were taken in later; it may not exist."""
    own = os.environ.get(DATA)
    if own:
        return Path(own) / "content"
    data = os.environ.get("XDG_DATA_HOME") or os.environ.get("APPDATA")
    return (Path(data) if data else Path.home() / ".local" / "share") / "notes" / "content"


def package_folder(name: str) -> Path:
    """Return a folder inside the installed package, e.g. ``locale`` or ``report/fonts``.

    Raises:
        BundleMissingError: the installation is damaged.
    """
    folder = _PACKAGE / name
    if not folder.is_dir():
        raise BundleMissingError(f"{name} is not in the package", part=name)
    return folder
