"""What a translator is told beside each entry: where it stands, and what must stay as it is."""

from __future__ import annotations

from amparo.messages import Messages, languages, messages
from amparo.translate.plurals import examples
from amparo.translate.project import ENGLISH, Part
from amparo.translate.rules import names_in
from amparo.translate.values import PROSE, Entry

# The first word of a key says where people meet the sentence; all others are on a screen.
_PLACES = {
    "cli": "terminal",
    "error": "trouble",
    "content": "authors",
    "report": "paper",
    "paper": "paper",
    "translate": "terminal",
}


def notes(part: Part, entry: Entry, lang: str) -> tuple[str, ...]:
    """Return the notes of one entry, in the translator's language if it has them."""
    words = _words(lang)
    found = [words.text(f"translate.where.{_place(part, entry)}", part=part.name)]
    if part.kind == PROSE:
        key = "list" if entry.source[0].startswith("- ") else "lines"
        found.append(words.text(f"translate.note.{key}"))
    names = sorted(names_in(" ".join(entry.source)))
    if names:
        found.append(words.text("translate.note.keep", names=" ".join(names)))
    return tuple(found)


def form_notes(entry: Entry, lang: str, header: str) -> tuple[str, ...]:
    """Return, for each plural form, which numbers it is for; nothing if nothing is counted."""
    words = _words(lang)
    return tuple(
        words.text("translate.note.form", form=form, numbers=_numbers(some))
        for form, some in enumerate(examples(header))
        if entry.counts
    )


def source_of_form(entry: Entry, header: str, form: int) -> str:
    """Return the English text to show beside one plural form of another language."""
    only_one = set(examples(header)[form]) == {1}
    return entry.source[0] if only_one else entry.source[-1]


def _words(lang: str) -> Messages:
    own = messages(lang) if lang in languages() else None
    return own if own and own.has("translate.note.keep") else messages(ENGLISH)


def _place(part: Part, entry: Entry) -> str:
    if part.kind == PROSE:
        return "example" if part.name.startswith("examples/") else "lesson"
    return _PLACES.get(entry.key.partition(".")[0], "screen")


def _numbers(some: tuple[int, ...]) -> str:
    return ", ".join(map(str, some[:3])) + (" …" if len(some) > 3 else "")  # noqa: PLR2004
