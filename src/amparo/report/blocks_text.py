"""Text as runs: what is written, and in which style.

Strings are literal everywhere: no markup is ever read in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    Args:
        text: literal characters.
        strong: bold.
        emphasis: italic (upright in scripts that have none).
        ltr: a number, telephone or code; stays left-to-right inside right-to-left text.
        mono: fixed-width letters, for program text.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    ltr: bool = False
    mono: bool = False


Text = str | Run | Iterable["str | Run"]
Runs = tuple[Run, ...]


def strong(text: str) -> Run:
    """Return *text* in bold."""
    return Run(text, strong=True)


def emphasis(text: str) -> Run:
    """Return *text* in italics."""
    return Run(text, emphasis=True)


def code(text: str) -> Run:
    """Return a number, telephone, date or code that is read left-to-right everywhere."""
    return Run(text, ltr=True)


def replace_run(run: Run, *, strong: bool) -> Run:
    """Return *run* with its weight changed."""
    return replace(run, strong=strong)


def runs(text: Text) -> Runs:
    """Return *text* as runs, whatever way it was written."""
    if isinstance(text, str):
        return (Run(text),) if text else ()
    if isinstance(text, Run):
        return (text,)
    return tuple(Run(part) if isinstance(part, str) else part for part in text)


def plain(text: Text) -> str:
    """Return *text* without its styles."""
    return "".join(run.text for run in runs(text))
