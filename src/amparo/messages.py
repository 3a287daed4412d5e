"""Every sentence a person reads, from the gettext catalogues in ``locale/``.

Message ids are keys (``ui.save.saved``), never English text: a sentence that has not been
translated shows its key between brackets instead of quietly turning English.
Each language folder may hold several ``.po`` files, one a part; they are read as one.
"""

from __future__ import annotations

import gettext
import io
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from amparo import formats
from amparo.errors import AmparoError, LanguageError
from amparo.resources import package_folder

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
REVIEWS = "reviews.yaml"


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a catalogue, sorted."""
    return tuple(sorted(path.name for path in package_folder("locale").iterdir() if path.is_dir()))


class Messages:
    """The sentences of one language."""

    def __init__(self, lang: str, catalogue: gettext.NullTranslations) -> None:
        self.lang = lang
        self._catalogue = catalogue
        # Looking at each of thousands of keys copies them all for a process that was forked.
        self._known: dict[str, dict[str, str]] = {}

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.lang in RIGHT_TO_LEFT else "ltr"

    def has(self, key: str) -> bool:
        """Tell whether this language has a sentence for *key*."""
        return self._catalogue.gettext(key) != key

    def text(self, key: str, /, **values: object) -> str:
        """Return the sentence for *key* with its ``{values}`` filled in, or ``⟦key⟧``."""
        found = self._catalogue.gettext(key)
        if found == key:
            return f"⟦{key}⟧"
        return found.format(**values) if values else found

    def plural(self, key: str, number: int, /, **values: object) -> str:
        """Return the form of *key* for *number*; the catalogue uses ``{number}``."""
        found = self._catalogue.ngettext(key, key, number)
        if found == key:
            return f"⟦{key}⟧"
        return found.format(number=number, **values)

    def date(self, on: date, precision: formats.Precision = "day") -> str:
        """Return a day as exactly as it is known, such as "3 May 2027"."""
        return formats.day(self.lang, on, precision)

    def month(self, on: date) -> str:
        """Return a month short enough for a picture, such as "May 27"."""
        return formats.month(self.lang, on)

    def number(self, value: float) -> str:
        """Return a number as the language writes it, in Western digits everywhere."""
        return formats.number(self.lang, value)

    def percent(self, share: float) -> str:
        """Return a share of 0 to 1 as a whole percentage."""
        return formats.percent(self.lang, share)

    def error(self, error: AmparoError) -> str:
        """Return the one sentence that tells a person what went wrong and what to do."""
        return self.text(error.key, **error.values) if error.values else self.text(error.key)

    def under(self, prefix: str) -> dict[str, str]:
        """Return all sentences whose key starts with *prefix* (for the browser), key -> text."""
        if prefix not in self._known:
            catalogue = getattr(self._catalogue, "_catalog", {})
            self._known[prefix] = {
                key: text
                for key, text in catalogue.items()
                if isinstance(key, str) and key.startswith(prefix) and text
            }
        return dict(self._known[prefix])

    def plurals_under(self, prefix: str) -> dict[str, list[str]]:
        """Return the plural forms of all keys that start with *prefix* (for the browser)."""
        catalogue = getattr(self._catalogue, "_catalog", {})
        found: dict[str, list[str]] = {}
        # Keys are (key, form); sorting puts the forms of a key in their order.
        for key, form in sorted(one for one in catalogue if isinstance(one, tuple)):
            if key.startswith(prefix) and catalogue[key, form] != key:
                found.setdefault(key, []).append(catalogue[key, form])
        return found


@lru_cache(maxsize=8)
def messages(lang: str) -> Messages:
    """Read the catalogue of *lang*.

    Raises:
        LanguageError: there is no catalogue for it.
    """
    folder = package_folder("locale") / lang
    if not lang.isascii() or not lang.isalpha() or not folder.is_dir():
        raise LanguageError("no catalogue for this language", known=", ".join(languages()))
    return Messages(lang, _read(folder))


@lru_cache(maxsize=1)
def own_names() -> tuple[tuple[str, str], ...]:
    """Return code and own name of every language there is.

    Only what Babel cannot name is read in its catalogue: to read all of them takes most of a
    second.
    """
    return tuple(
        (code, formats.own_name(code) or messages(code).text("ui.language")) for code in languages()
    )


def reviewed(lang: str) -> bool:
    """Tell whether somebody who speaks *lang* and does this work has read its sentences."""
    review = _reviews().get(lang)
    return isinstance(review, dict) and all(
        review.get(field) for field in ("reviewed_by_role", "reviewed_on")
    )


def review_line(lang: str) -> str:
    """Return the sentence that says nobody has reviewed *lang* yet, or nothing."""
    if reviewed(lang) or lang not in languages():
        return ""
    return messages(lang).text("paper.not_reviewed")


@lru_cache(maxsize=1)
def _reviews() -> dict[str, Any]:
    import yaml

    return yaml.safe_load((package_folder("locale") / REVIEWS).read_text("utf-8"))


def _read(folder: Path) -> gettext.GNUTranslations:
    # Babel takes 60 ms to import; the .po files are the only copy, so nothing can be out of date.
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    # The first lines of each file say the plural rule; Babel's own one for Arabic numbers two
    # forms the other way round, and for many languages it has none. English is only a stand-in
    # without which Babel would write no rule at all.
    whole = Catalog(locale="en")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file)
        whole.mime_headers = [("Plural-Forms", part.plural_forms)]
        for message in part:
            if message.id:
                whole[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
