"""Reads and writes one Markdown file of lessons: ``## item``, ``### field``, a sentence a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from amparo.content.issues import Findings, Issue
from amparo.content.prosefile import read_prose


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the lines of each field, joined by line breaks, as ``item.field``."""
    if not path.is_file():
        return {}
    sections = read_prose(path.read_text("utf-8"), path.name, Findings())
    return {
        key_of(item, field): ("\n".join(found.lines),)
        for item, section in sections.items()
        for field, found in section.fields.items()
        if found.lines
    }


def key_of(item: str, field: str) -> str:
    """Return the key of one field; both names may hold a full stop, so a colon parts them."""
    return f"{item}:{field}"


def written(english: Path, path: Path, texts: Mapping[str, tuple[str, ...]]) -> str:
    """Return the whole file with *texts*, in the order of the English one.

    Args:
        english: gives the order, and the first line of a new file.
        path: where it stands now; its first line and what English does not have are kept.
        texts: the texts by ``item:field``.
    """
    order = read(english)
    first = _first_line(path) if path.is_file() else _first_line(english)
    blocks = [first] if first else []
    last = ""
    for key in _by_item((*order, *(one for one in texts if one not in order))):
        item, _, field = key.partition(":")
        if key not in texts:
            continue
        if item != last:
            blocks.append(f"## {item}")
            last = item
        blocks += [f"### {field}", texts[key][0]]
    return "\n\n".join(blocks) + "\n"


def faults(text: str, name: str) -> tuple[Issue, ...]:
    """Return what the reader of packs would say about a whole file."""
    findings = Findings()
    read_prose(text, name, findings)
    return findings.sorted()


def _first_line(path: Path) -> str:
    line = path.read_text("utf-8").partition("\n")[0].rstrip()
    return line if line.startswith("<!--") and line.endswith("-->") else ""


def _by_item(keys: Iterable[str]) -> list[str]:
    """Return *keys* so that the fields of an item stand together, in order of appearance."""
    items: dict[str, list[str]] = {}
    for key in keys:
        items.setdefault(key.partition(":")[0], []).append(key)
    return [key for held in items.values() for key in held]
