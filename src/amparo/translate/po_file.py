"""PO files for translators: English is the text, the key is the context."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.messages.pofile import PoFileError, escape, read_po

from amparo.translate.catalogue import quoted
from amparo.translate.rules import names_in
from amparo.translate.values import Batch, Received, Told

ENDING = ".po"
_PART = re.compile(r'^"X-Amparo-Part:\s*([\w/.-]{1,200})\\n"', re.MULTILINE | re.ASCII)
_LANGUAGE = re.compile(r'^"Language:\s*([a-z]{2,3})(?:[_-]\w+)?\s*\\n"', re.MULTILINE | re.ASCII)
_CONTEXT = re.compile(r"^msgctxt\s", re.MULTILINE)
_HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: amparo\\n"\n"Language: {lang}\\n"\n'
    '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {rule}\\n"\n'
    '"X-Amparo-Part: {part}\\n"\n'
)


class BadFileError(Exception):
    """A translator's file cannot be read; the argument is the key of what to mend."""


def dump(part: str, lang: str, rule: str, told: Iterable[Told]) -> str:
    """Return one part as a PO file.

    Args:
        part: name of the part.
        lang: language to translate into.
        rule: its plural rule.
        told: the entries with their notes.
    """
    header = _HEADER.format(lang=lang, rule=rule, part=part)
    return "\n".join([header, *map(_entry, told)])


def _entry(told: Told) -> str:
    entry = told.entry
    lines = [f"#. {note}" for note in (*told.notes, *told.form_notes)]
    if names_in(entry.source[-1]):
        lines.append("#, python-brace-format")
    lines.append(f"msgctxt {escape(entry.key)}")
    lines.append(f"msgid {quoted(entry.source[0])}")
    if entry.counts:
        lines.append(f"msgid_plural {quoted(entry.source[1])}")
        texts = entry.target or ("",) * len(told.form_notes)
        lines += [f"msgstr[{n}] {quoted(text)}" for n, text in enumerate(texts)]
    else:
        lines.append(f"msgstr {quoted(entry.target[0] if entry.target else '')}")
    return "\n".join(lines) + "\n"


def load(text: str) -> Batch:
    """Read what a translator sent back.

    Raises:
        BadFileError: it is no PO file, or it does not say its part or its language.
    """
    head = text[: text.find("\nmsgctxt")] if "\nmsgctxt" in text else text
    part, lang = _PART.search(head), _LANGUAGE.search(head)
    try:
        found = read_po(text.splitlines(), abort_invalid=True)
    except (PoFileError, LookupError, ValueError, TypeError, AttributeError):
        raise BadFileError("bad_po") from None
    if part is None:
        raise BadFileError("no_part")
    if lang is None:
        raise BadFileError("no_language")
    entries = tuple(
        Received(str(message.context), _texts(message.id), _texts(message.string), message.fuzzy)
        for message in found
        if message.id
    )
    if len(entries) != len(_CONTEXT.findall(text)):
        raise BadFileError("twice")
    return Batch(part.group(1), lang.group(1), entries)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (str(value),)
