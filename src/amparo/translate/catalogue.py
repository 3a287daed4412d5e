"""Reads and writes one ``.po`` file of the interface, where an id is a key and never a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import escape, read_po

from amparo.translate.plurals import plural_header

_HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Language: {lang}\\n"\n"Plural-Forms: {rule}\\n"\n'
)


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
        path: where it stands now; its header, its comments and keys that English does not have
            are kept.
        lang: for the header of a new file.
        order: the English keys in their order, and whether each counts something.
        texts: every text by key.
    """
    old = path.read_text("utf-8") if path.is_file() else ""
    header = old.partition("\n\n")[0] + "\n" if old else _new_header(lang)
    comments = _comments(path) if old else {}
    kept = [key for key in texts if key not in order]
    blocks = [
        comments.get(key, "") + _block(key, texts[key], counts=order.get(key, len(texts[key]) > 1))
        for key in (*order, *kept)
        if key in texts
    ]
    return "\n".join((header, *blocks))


def _new_header(lang: str) -> str:
    return _HEADER.format(lang=lang, rule=plural_header(lang))


def _comments(path: Path) -> dict[str, str]:
    found = {}
    for message in _catalogue(path):
        key = message.id if isinstance(message.id, str) else message.id[0]
        lines = [f"# {one}" for one in message.user_comments]
        lines += [f"#. {one}" for one in message.auto_comments]
        found[key] = "".join(f"{line}\n" for line in lines)
    return found


def _block(key: str, texts: tuple[str, ...], *, counts: bool) -> str:
    said = escape(key)
    if not counts:
        return f"msgid {said}\nmsgstr {escape(texts[0])}\n"
    forms = "".join(f"msgstr[{n}] {escape(text)}\n" for n, text in enumerate(texts))
    return f"msgid {said}\nmsgid_plural {said}\n{forms}"
