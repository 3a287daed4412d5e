"""XLIFF 1.2 files for translators, the version that every translation tool reads.

Plural forms stand in a group, one unit a form, as gettext's own conversion does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET  # only builds; what comes in goes through defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from amparo.translate.po_file import BadFileError
from amparo.translate.values import Batch, Received, Told

ENDING = ".xlf"
_SPACE = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "http://www.w3.org/XML/1998/namespace"
_PLURALS = "x-gettext-plurals"
_FORM = re.compile(r"\[(\d{1,2})\]$", re.ASCII)
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[_-]\w+)?", re.ASCII)
# What several tools put around a text without changing it.
_HARMLESS = frozenset({f"{{{_SPACE}}}mrk"})


def dump(part: str, lang: str, told: Iterable[Told]) -> str:
    """Return one part as an XLIFF file.

    Args:
        part: name of the part.
        lang: language to translate into.
        told: the entries with their notes.
    """
    root = ET.Element("xliff", {"version": "1.2", "xmlns": _SPACE})
    names = {"original": part, "source-language": "en", "target-language": lang}
    file = ET.SubElement(root, "file", {**names, "datatype": "plaintext"})
    body = ET.SubElement(file, "body")
    for one in told:
        entry = one.entry
        if not entry.counts:
            _unit(body, entry.key, entry.source[0], (*entry.target, "")[0], one.notes)
            continue
        group = ET.SubElement(body, "group", {"id": entry.key, "restype": _PLURALS})
        texts = entry.target or ("",) * len(one.form_notes)
        for form, note in enumerate(one.form_notes):
            name, shown = f"{entry.key}[{form}]", one.form_sources[form]
            _unit(group, name, shown, texts[form], (*one.notes, note))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _unit(place: ET.Element, key: str, source: str, target: str, notes: tuple[str, ...]) -> None:
    names = {"id": key, "resname": key, f"{{{_XML}}}space": "preserve"}
    unit = ET.SubElement(place, "trans-unit", names)
    ET.SubElement(unit, "source").text = source
    if target:
        ET.SubElement(unit, "target", {"state": "translated"}).text = target
    for note in notes:
        ET.SubElement(unit, "note", {"from": "developer"}).text = note


def load(text: str) -> tuple[Batch, ...]:
    """Read what a translator sent back: one batch a ``<file>``.

    Raises:
        BadFileError: it is no XLIFF 1.2, it declares entities, or it says no part or language.
    """
    try:
        root = fromstring(text.encode("utf-8"), forbid_dtd=True)
    except DefusedXmlException:
        raise BadFileError("entities") from None
    except (ET.ParseError, ValueError, LookupError):
        raise BadFileError("bad_xliff") from None
    if root.tag != f"{{{_SPACE}}}xliff":
        raise BadFileError("bad_xliff")
    return tuple(map(_batch, root.findall(f"{{{_SPACE}}}file")))


def _batch(file: ET.Element) -> Batch:
    lang = _LANGUAGE.fullmatch(file.get("target-language", ""))
    part = file.get("original", "")
    if not part:
        raise BadFileError("no_part")
    if lang is None:
        raise BadFileError("no_language")
    units: dict[str, list[tuple[int, ET.Element]]] = {}
    for key, form, unit in _units(file):
        if any(form == other for other, _ in units.setdefault(key, [])):
            raise BadFileError("twice")
        units[key].append((form, unit))
    entries = tuple(_received(key, [unit for _, unit in sorted(held, key=lambda one: one[0])])
                    for key, held in units.items())  # fmt: skip
    return Batch(part, lang.group(1), entries)


def _units(file: ET.Element) -> Iterator[tuple[str, int, ET.Element]]:
    plural = {
        unit
        for group in file.iter(f"{{{_SPACE}}}group")
        if group.get("restype") == _PLURALS
        for unit in group
    }
    for unit in file.iter(f"{{{_SPACE}}}trans-unit"):
        key = unit.get("resname") or unit.get("id", "")
        form = _FORM.search(key) if unit in plural else None
        yield (key[: form.start()], int(form.group(1)), unit) if form else (key, 0, unit)


def _received(key: str, units: list[ET.Element]) -> Received:
    sources = tuple(dict.fromkeys(_text(unit, "source") for unit in units))
    targets = tuple(_text(unit, "target") for unit in units)
    states = [target.get("state", "") for unit in units for target in unit
              if target.tag == f"{{{_SPACE}}}target"]  # fmt: skip
    return Received(key, sources, targets, any(state.startswith("needs-") for state in states))


def _text(unit: ET.Element, name: str) -> str:
    found = unit.find(f"{{{_SPACE}}}{name}")
    if found is None:
        return ""
    if any(child.tag not in _HARMLESS for child in found.iter() if child is not found):
        raise BadFileError("inline_marks")
    return "".join(found.itertext())
