"""What is wrong in a pack, and where; every reader adds to one list and goes on."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.messages import Messages


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing an author has to mend, at one line of one file of the pack."""

    path: str
    line: int
    key: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def place(self) -> str:
        """``file:line``, with the file named from the folder of the pack."""
        return f"{self.path}:{self.line}"

    @property
    def fact(self) -> str:
        """The issue for engineers: its key and its values."""
        return " ".join((self.key, *(f"{name}={value}" for name, value in self.values)))

    def sentence(self, catalogue: Messages) -> str:
        """The issue for the author, in the language of *catalogue*."""
        return catalogue.text(f"content.issue.{self.key}", **dict(self.values))


class Findings:
    """Collects the issues of one run."""

    def __init__(self) -> None:
        self._issues: list[Issue] = []

    def add(self, path: str, line: int, key: str, **values: object) -> None:
        """Note one issue; each value is cut to a length that fits a line of a terminal."""
        shown = tuple((name, _short(str(value))) for name, value in values.items())
        self._issues.append(Issue(path, line, key, shown))

    def touch(self, path: str) -> bool:
        """Tell whether something was noted for the file *path*."""
        return any(issue.path == path for issue in self._issues)

    def sorted(self) -> tuple[Issue, ...]:
        """Return every issue once, by file and line."""
        return tuple(sorted(set(self._issues)))


_LONGEST = 80


def _short(text: str) -> str:
    printable = "".join(sign if sign.isprintable() else "?" for sign in text)
    return printable if len(printable) <= _LONGEST else printable[: _LONGEST - 1] + "…"
