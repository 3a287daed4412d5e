"""Writes everything of one language into files that a translator opens."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from amparo.errors import OutputError, OutputExistsError
from amparo.translate import po_file, xliff_file
from amparo.translate.notes import form_notes, notes, source_of_form
from amparo.translate.plurals import form_count, plural_header
from amparo.translate.project import Part, Project, sound_language
from amparo.translate.values import Told

Format = Literal["po", "xliff"]
_ENDINGS = {"po": po_file.ENDING, "xliff": xliff_file.ENDING}


def export(project: Project, lang: str, folder: Path, form: Format = "po") -> tuple[Path, ...]:
    """Write one file a part into *folder* and return their paths.

    Args:
        project: where the words are.
        lang: language to translate into; a new one starts empty.
        folder: made if it is not there.
        form: ``po`` or ``xliff`` (1.2).

    Raises:
        LanguageError: *lang* is no code of a language, or English.
        OutputExistsError: one of the files is there already; none was written.
        OutputError: the folder cannot be written.
    """
    rule = plural_header(sound_language(lang), project.locale / lang)
    parts = project.parts()
    paths = [folder / f"{lang}-{part.name.replace('/', '-')}{_ENDINGS[form]}" for part in parts]
    if any(path.exists() for path in paths):
        raise OutputExistsError("a file of this name is there")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part, path in zip(parts, paths, strict=True):
            path.write_text(_told(part, lang, rule, form), "utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"the folder cannot be written: {error.strerror}") from None
    return tuple(paths)


def _told(part: Part, lang: str, rule: str, form: Format) -> str:
    told = [
        Told(
            entry,
            notes(part, entry, lang),
            form_notes(entry, lang, rule),
            tuple(source_of_form(entry, rule, number) for number in range(form_count(rule))),
        )
        for entry in part.entries(lang)
    ]
    if form == "po":
        return po_file.dump(part.name, lang, rule, told)
    return xliff_file.dump(part.name, lang, told)
