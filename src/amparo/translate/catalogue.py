"""Reads and writes one ``.po`` file of the interface, where an id is a key and never a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import escape, read_po

from amparo.translate.plurals import plural_header

_HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Language: {lang}\\n"\n"Plural-Forms: {rule}\\n"\n'
)
_ID = re.compile(r'^msgid "([^"\n]+)"$', re.MULTILINE)


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def read(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the texts by key; a text that is empty, or one form of several, is left out."""
    if not path.is_file():
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for message in _catalogue(path):
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts = (message.string,) if isinstance(message.string, str) else message.string
        if key and texts and all(texts):
            found[key] = tuple(texts)
    return found


def written(
    path: Path, lang: str, order: Mapping[str, bool], texts: Mapping[str, tuple[str, ...]]
) -> str:
    """Return the whole file with *texts* in it.

    Args:
        path: where it stands now; its header, its comments, the form of what does not change and
            keys that English does not have are kept.
        lang: for the header of a new file.
        order: the English keys in their order, and whether each counts something.
        texts: every text by key.
    """
    header, raw = _blocks(path.read_text("utf-8")) if path.is_file() else ("", {})
    before = read(path)
    kept = [key for key in texts if key not in order]
    blocks = []
    for key in (*order, *kept):
        if key not in texts:
            continue
        old = raw.get(key, "")
        if old and before.get(key) == texts[key]:
            blocks.append(old)
        else:
            counts = order.get(key, len(texts[key]) > 1)
            blocks.append(_comments(old) + _block(key, texts[key], counts=counts))
    return "\n".join((header or _HEADER.format(lang=lang, rule=plural_header(lang)), *blocks))


def _blocks(text: str) -> tuple[str, dict[str, str]]:
    """Return the first lines, and each entry as it stands, by key."""
    header, *rest = (f"{block}\n" for block in re.split(r"\n{2,}", text.strip("\n")))
    found = {}
    for block in rest:
        if key := _ID.search(block):
            found[key.group(1)] = block
    return header, found


def _comments(block: str) -> str:
    return "".join(line for line in block.splitlines(keepends=True) if line.startswith("#"))


def _block(key: str, texts: tuple[str, ...], *, counts: bool) -> str:
    if not counts:
        return f'msgid "{key}"\nmsgstr {quoted(texts[0])}\n'
    forms = "".join(f"msgstr[{n}] {quoted(text)}\n" for n, text in enumerate(texts))
    return f'msgid "{key}"\nmsgid_plural "{key}"\n{forms}'


def quoted(text: str) -> str:
    """Return *text* as a PO string, one line of the file for each line of a longer text."""
    lines = re.findall(r"[^\n]*\n+|[^\n]+", text)
    if len(lines) < 2:  # noqa: PLR2004 - a single line stands beside its keyword
        return escape(text)
    return "\n".join(('""', *map(escape, lines)))
