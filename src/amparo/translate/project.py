"""Where the words of a copy of the project stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from amparo.errors import BundledWordsError, LanguageError, ProjectMissingError
from amparo.resources import bundled, package_folder
from amparo.translate import catalogue, prose
from amparo.translate.values import CATALOGUE, PROSE, Entry

ENGLISH = "en"
INTERFACE = "interface"
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of words, once a language.

    Args:
        name: ``interface/ui`` or ``foundations/measures``: what a translator's file names.
        kind: a catalogue or prose.
        folder: that holds one folder a language.
        file: the name inside the folder of a language.
    """

    name: str
    kind: str
    folder: Path
    file: str

    def path(self, lang: str) -> Path:
        """Return where the words of *lang* stand, or would."""
        return self.folder / lang / self.file

    def words(self, lang: str) -> dict[str, tuple[str, ...]]:
        """Return the texts of *lang* by key, without those that are empty."""
        read = catalogue.read if self.kind == CATALOGUE else prose.read
        return read(self.path(lang))

    def entries(self, lang: str) -> tuple[Entry, ...]:
        """Return every entry of the English file, with the text of *lang* where there is one."""
        told = self.words(lang)
        return tuple(
            Entry(key, source, told.get(key, ())) for key, source in self.words(ENGLISH).items()
        )


@dataclass(frozen=True, slots=True)
class Project:
    """The words of one copy of the project."""

    locale: Path
    curricula: Path
    writable: bool

    def parts(self) -> tuple[Part, ...]:
        """Return the parts that exist in English: catalogues first, then lessons."""
        return (*self._catalogues(), *self._prose())

    def languages(self) -> tuple[str, ...]:
        """Return every language that has a catalogue or a lesson, English first."""
        places = {path.parent for path in self.locale.glob("*/*.po")}
        places |= {path.parent for path in self.curricula.glob("**/*.md")}
        found = {place.name for place in places if _LANGUAGE.fullmatch(place.name)}
        return (ENGLISH, *sorted(found - {ENGLISH}))

    def need_writable(self) -> None:
        """Refuse to write into an installed package.

        Raises:
            BundledWordsError: this is one.
        """
        if not self.writable:
            raise BundledWordsError("the words are those of an installed package")

    def _catalogues(self) -> Iterator[Part]:
        for path in sorted((self.locale / ENGLISH).glob("*.po")):
            yield Part(f"{INTERFACE}/{path.stem}", CATALOGUE, self.locale, path.name)

    def _prose(self) -> Iterator[Part]:
        for path in sorted(self.curricula.glob(f"**/{ENGLISH}/*.md")):
            folder = path.parent.parent
            pack = folder.relative_to(self.curricula).as_posix()
            yield Part(f"{pack}/{path.stem}", PROSE, folder, path.name)


def project(root: Path | None = None) -> Project:
    """Find the words below *root*; without one, those of this Amparo.

    Raises:
        ProjectMissingError: there is no copy of the project at *root*.
    """
    if root is None:
        locale = package_folder("locale")
        checkout = locale.parents[2]
        return Project(locale, bundled("curricula"), writable=_is_copy(checkout))
    root = root.resolve()
    if not _is_copy(root):
        raise ProjectMissingError("no copy of the project at this place")
    return Project(root / "src" / "amparo" / "locale", root / "curricula", writable=True)


def _is_copy(root: Path) -> bool:
    return (root / "src" / "amparo" / "locale" / ENGLISH).is_dir() and (root / "curricula").is_dir()


def sound_language(lang: str) -> str:
    """Return *lang* if it can be translated into.

    Raises:
        LanguageError: it is no code of two or three small letters, or it is English.
    """
    if lang == ENGLISH or not _LANGUAGE.fullmatch(lang):
        raise LanguageError("not a language to translate into", known="es, fr, ar, …")
    return lang
