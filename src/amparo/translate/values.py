"""What a translator works on: one entry of one part in one language."""

from __future__ import annotations

from dataclasses import dataclass

# "catalogue": sentences of the interface by key. "prose": lessons and examples, one Markdown
# file a language, an entry named ``item.field``.
CATALOGUE, PROSE = "catalogue", "prose"


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence, or one field of a lesson with a sentence a line.

    Args:
        key: of the catalogue, or ``item.field``.
        source: the English text; a second one where the sentence counts something.
        target: nothing if it is not translated, else one text or as many as the language has
            plural forms.
    """

    key: str
    source: tuple[str, ...]
    target: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether there are plural forms."""
        return len(self.source) > 1


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it goes out to a translator.

    Args:
        entry: the texts.
        notes: what stands beside it.
        form_notes: one a plural form, if something is counted.
        form_sources: the English text to show beside each plural form.
    """

    entry: Entry
    notes: tuple[str, ...]
    form_notes: tuple[str, ...]
    form_sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """One entry as it stood in a translator's file.

    Args:
        key: as in :class:`Entry`.
        source: the English text that the translator saw.
        target: what was written; empty texts where nothing was.
        unsure: the translator marked it as not finished.
    """

    key: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything one file holds for one part in one language."""

    part: str
    lang: str
    entries: tuple[Received, ...]
