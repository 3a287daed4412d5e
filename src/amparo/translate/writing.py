"""Puts translated words into the files of the project: all files, or none of them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from amparo.errors import OutputError
from amparo.messages import REVIEWS
from amparo.translate import catalogue, prose
from amparo.translate.issues import Trouble, trouble
from amparo.translate.project import ENGLISH, Part, Project
from amparo.translate.values import CATALOGUE

Texts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One file to write, and how many of its entries are new or different."""

    path: Path
    text: str
    entries: int


def planned(
    project: Project, parts: Mapping[str, Part], texts: Mapping[tuple[str, str], Texts]
) -> tuple[tuple[Change, ...], list[Trouble]]:
    """Return the files that change, and what speaks against writing them."""
    changes: list[Change] = []
    troubles: list[Trouble] = []
    for (name, lang), told in texts.items():
        part = parts[name]
        path = part.path(lang)
        if path.is_symlink() or path.parent.is_symlink():
            troubles.append(trouble(f"{lang}/{part.file}", "", "link"))
            continue
        before = part.words(lang)
        new = {key: text for key, text in told.items() if before.get(key) != text}
        if new:
            change = Change(path, _whole(part, lang, {**before, **new}), len(new))
            changes.append(change)
            troubles += _refused(part, lang, change)
    return (*changes, *_reviews(project, {lang for _, lang in texts})), troubles


def _whole(part: Part, lang: str, texts: Texts) -> str:
    path = part.path(lang)
    if part.kind != CATALOGUE:
        return prose.written(part.path(ENGLISH), path, texts)
    order = {entry.key: entry.counts for entry in part.entries(ENGLISH)}
    return catalogue.written(path, lang, order, texts)


def _refused(part: Part, lang: str, change: Change) -> list[Trouble]:
    """Let the reader of packs judge a whole file before it is written."""
    if part.kind == CATALOGUE:
        return []
    name = f"{lang}/{part.file}"
    found = prose.faults(change.text, name)
    return [trouble(name, str(issue.line), "pack", fact=issue.fact) for issue in found]


def _reviews(project: Project, langs: set[str]) -> tuple[Change, ...]:
    """Add a line for each new language: nobody has reviewed it."""
    path = project.locale / REVIEWS
    text = path.read_text("utf-8") if path.is_file() else ""
    known = {line.partition(":")[0] for line in text.splitlines()}
    lines = [
        f"{lang}: {{reviewed_by_role: null, reviewed_on: null}}\n" for lang in sorted(langs - known)
    ]
    return (Change(path, text + "".join(lines), 0),) if lines else ()


def put(changes: tuple[Change, ...]) -> None:
    """Write every file beside its place first; only then take the places of the old ones.

    Raises:
        OutputError: a file cannot be written; the old ones stand as before.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for change in changes:
            change.path.parent.mkdir(parents=True, exist_ok=True)
            part = change.path.with_name(f".{secrets.token_hex(8)}.part")
            staged.append((part, change.path))
            part.write_text(change.text, "utf-8", newline="\n")
        for part, path in staged:
            part.replace(path)
    except OSError as error:
        raise OutputError(f"the project cannot be written: {error.strerror}") from None
    finally:
        for part, _ in staged:
            with suppress(OSError):
                part.unlink()
