"""Takes translators' files back: all of them sound, or nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from amparo.bounded import read_at_most
from amparo.translate import po_file, rules, xliff_file
from amparo.translate.issues import Trouble, trouble
from amparo.translate.plurals import form_count, plural_header
from amparo.translate.po_file import BadFileError
from amparo.translate.project import ENGLISH, Part, Project
from amparo.translate.values import Batch, Entry, Received
from amparo.translate.writing import Change, planned, put

MAX_BYTES = 20_000_000
_READERS = (".po", ".xlf", ".xliff")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Args:
        troubles: what has to be mended; with any of them nothing is written.
        changed: how many entries are new or say something else than before.
        written: the files that were written, or would be.
        stale: entries left out, because their English text has changed meanwhile.
        unsure: entries left out, because the translator marked them as not finished.
        empty: entries left out, because nothing was written there.
    """

    troubles: tuple[Trouble, ...]
    changed: int = 0
    written: tuple[Path, ...] = ()
    stale: int = 0
    unsure: int = 0
    empty: int = 0


@dataclass(slots=True)
class _Intake:
    """Collects over all files of one run."""

    project: Project
    troubles: list[Trouble] = field(default_factory=list)
    texts: dict[tuple[str, str], dict[str, tuple[str, ...]]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_LEFT_OUT, 0))


_LEFT_OUT = ("stale", "unsure", "empty")


def bring_in(project: Project, files: Sequence[Path], *, check: bool = False) -> Imported:
    """Write what translators sent into the project, or say what has to be mended.

    Args:
        project: a copy of the project that may be written.
        files: ``.po``, ``.xlf`` or ``.xliff`` as :func:`export` made them.
        check: look only.

    Raises:
        BundledWordsError: the words are those of an installed package.
        OutputError: a file of the project cannot be written.
    """
    project.need_writable()
    intake = _Intake(project)
    parts = {part.name: part for part in project.parts()}
    for path in files:
        for batch in _batches(path, intake.troubles):
            _take(path.name, batch, parts.get(batch.part), intake)
    changes: tuple[Change, ...] = ()
    if not intake.troubles:
        changes, refused = planned(project, parts, intake.texts)
        intake.troubles += refused
    if intake.troubles:
        return Imported(tuple(sorted(set(intake.troubles))))
    if not check:
        put(changes)
    changed = sum(change.entries for change in changes)
    return Imported((), changed, tuple(change.path for change in changes), **intake.left_out)


def _batches(path: Path, troubles: list[Trouble]) -> tuple[Batch, ...]:
    """Read one file; what cannot be read is one trouble and no batch."""
    try:
        text = _text(path)
        if path.suffix == po_file.ENDING:
            return (po_file.load(text),)
        return xliff_file.load(text)
    except BadFileError as error:
        troubles.append(trouble(path.name, "", str(error)))
        return ()


def _text(path: Path) -> str:
    if path.suffix not in _READERS:
        raise BadFileError("ending")
    try:
        data = read_at_most(path, MAX_BYTES)
    except OSError:
        raise BadFileError("unreadable") from None
    if data is None:
        raise BadFileError("too_big")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFileError("not_utf8") from None


def _take(file: str, batch: Batch, part: Part | None, intake: _Intake) -> None:
    if part is None:
        intake.troubles.append(trouble(file, "", "unknown_part", part=batch.part))
        return
    if batch.lang == ENGLISH:
        intake.troubles.append(trouble(file, "", "english"))
        return
    known = {entry.key: entry for entry in part.entries(batch.lang)}
    held = intake.texts.setdefault((part.name, batch.lang), {})
    forms = form_count(plural_header(batch.lang, intake.project.locale / batch.lang))
    for one in batch.entries:
        entry = known.get(one.key)
        if entry is None:
            intake.troubles.append(trouble(file, one.key, "unknown_key"))
        elif reason := _left_out(one, entry):
            intake.left_out[reason] += 1
        elif one.key in held and held[one.key] != one.target:
            intake.troubles.append(trouble(file, one.key, "two_texts"))
        else:
            found = rules.faults(entry, one.target, kind=part.kind, lang=batch.lang, forms=forms)
            intake.troubles += [trouble(file, one.key, key, **told) for key, told in found]
            held[one.key] = one.target


def _left_out(one: Received, entry: Entry) -> str | None:
    if not any(text.strip() for text in one.target):
        return "empty"
    if one.unsure:
        return "unsure"
    # An older English text may have said something else, even the opposite.
    return "stale" if not set(one.source) <= set(entry.source) else None
