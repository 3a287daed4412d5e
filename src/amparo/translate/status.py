"""How much of each part exists in each language."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.translate.project import ENGLISH, INTERFACE, Project


@dataclass(frozen=True, slots=True)
class Row:
    """One part in one language.

    Args:
        part: name of the part.
        lang: code of the language.
        total: entries in English.
        missing: keys that *lang* does not have, or not in all its plural forms.
    """

    part: str
    lang: str
    total: int
    missing: tuple[str, ...]

    @property
    def is_interface(self) -> bool:
        """Whether the part is one of the screens, papers and commands."""
        return self.part.startswith(f"{INTERFACE}/")

    @property
    def percent(self) -> int:
        """Whole percentage, never rounded up: 100 means that nothing is missing."""
        return percent(self.total, len(self.missing))


def percent(total: int, missing: int) -> int:
    """Return how much is there; everything, if there is nothing to translate."""
    return 100 * (total - missing) // total if total else 100


def status(project: Project) -> tuple[Row, ...]:
    """Return one row a part and language, parts in their order, English left out."""
    langs = [lang for lang in project.languages() if lang != ENGLISH]
    return tuple(
        Row(part.name, lang, len(entries), tuple(e.key for e in entries if not e.target))
        for part in project.parts()
        for lang in langs
        for entries in (part.entries(lang),)
    )
