"""What is in the folder, as a list that other programs read (CycloneDX 1.6)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from email.parser import HeaderParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

_LONGEST_LICENCE = 80


def bill_of_materials(wheels: Iterable[Path], ours: str) -> str:
    """Return the list of every package, with the files that stand for it and their digests.

    Args:
        wheels: every wheel of the folder.
        ours: name of the package that all others are there for.
    """
    components: dict[tuple[str, str], dict[str, Any]] = {}
    for wheel in sorted(wheels):
        name, version, licence = _facts(wheel)
        component = components.setdefault((name, version), _component(name, version, licence))
        component["externalReferences"].append(
            {
                "type": "distribution",
                "url": f"wheels/{wheel.name}",
                "hashes": [{"alg": "SHA-256", "content": digest(wheel)}],
            }
        )
    main = [one for (name, _), one in components.items() if name == ours]
    rest = [one for (name, _), one in sorted(components.items()) if name != ours]
    whole: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**main[0], "type": "application"}} if main else {},
        "components": rest,
    }
    return json.dumps(whole, indent=1) + "\n"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _component(name: str, version: str, licence: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
    }
    if licence:
        made["licenses"] = [{"license": {"name": licence}}]
    made["externalReferences"] = []
    return made


def _facts(wheel: Path) -> tuple[str, str, str]:
    with ZipFile(wheel) as archive:
        place = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = HeaderParser().parsestr(archive.read(place).decode("utf-8", "replace"))
    licence = told.get("License-Expression") or told.get("License") or ""
    first = licence.strip().partition("\n")[0][:_LONGEST_LICENCE]
    return str(told["Name"]).lower().replace("_", "-"), str(told["Version"]), first
