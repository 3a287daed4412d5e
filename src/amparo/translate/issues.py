"""What a translator has to mend, and where."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.messages import Messages

_LONGEST = 80


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """One thing to mend: in which file, at which entry, and what."""

    file: str
    entry: str
    key: str
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, catalogue: Messages) -> str:
        """Return ``file: entry: what to mend`` in the language of *catalogue*."""
        said = catalogue.text(f"translate.issue.{self.key}", **dict(self.values))
        return ": ".join(filter(None, (self.file, self.entry, said)))


def trouble(file: str, entry: str, key: str, **values: object) -> Trouble:
    """Build one; names that come from a stranger's file are cut and made harmless."""
    told = tuple((name, harmless(str(value))) for name, value in values.items())
    return Trouble(harmless(file), harmless(entry), key, told)


def harmless(text: str) -> str:
    """Return *text* fit for one line of a terminal."""
    printable = "".join(sign if sign.isprintable() else "?" for sign in text)
    return printable if len(printable) <= _LONGEST else printable[: _LONGEST - 1] + "…"
