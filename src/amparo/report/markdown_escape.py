"""Text as Markdown that is still pleasant to read as plain text: few signs, each where it counts.

A sign is escaped where CommonMark, its tables or its mathematics would read it, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from amparo.report.blocks_text import Run

_INLINE = re.compile(r"[\\`*\[<~$]|&(?=#?\w+;)|:(?=//)|_+")
# What would begin a heading, a list, a quotation, a rule, an underlined title or a table.
_START = re.compile(
    r"[-+](?=\s|$)|#{1,6}(?=\s|$)|>|[-=:|](?=[-=:|\s]*$)|-(?=\s*-\s*-[-\s]*$)|_(?=[_\s]*$)"
)
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(runs: Iterable[Run], *, cell: bool = False) -> str:
    """Return *runs* as one paragraph; every line of it shows what was written, letter by letter.

    Args:
        runs: already cleaned.
        cell: whether it stands in a table, where a line ends with ``<br>``.
    """
    text = "".join(_styled(_joined(runs), cell=cell))
    lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
    if cell:
        return "<br>".join(line for line in lines if line).replace("|", "\\|")
    return "  \n".join(_started(line) for line in lines if line)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs of one style become one: marks that touch each other would be read as letters."""
    grouped = groupby(runs, key=lambda run: (run.strong, run.emphasis, run.mono))
    return [
        Run("".join(run.text for run in group), strong=strong, emphasis=emphasis, mono=mono)
        for (strong, emphasis, mono), group in grouped
    ]


def _styled(runs: list[Run], *, cell: bool) -> Iterator[str]:
    full = "".join(run.text for run in runs)
    signs = _signs(full)
    start = 0
    marked = False
    for run in runs:
        end = start + len(run.text)
        first = start + len(run.text) - len(run.text.lstrip())
        last = max(first, start + len(run.text.rstrip()))
        mark = _mark(run, cell=cell)
        touches = marked and first == start
        if not mark or touches or not _holds(full, first, last):
            yield "".join(signs[start:end])
            marked = False
        else:
            inner = (
                _code(run.text.strip())
                if mark == "`"
                else f"{mark}{''.join(signs[first:last])}{mark}"
            )
            yield f"{full[start:first]}{inner}{full[last:end]}"
            marked = last == end
        start = end


def _mark(run: Run, *, cell: bool) -> str:
    if run.mono:
        return "" if cell else "`"
    return "**" if run.strong else "*" if run.emphasis else ""


def _holds(full: str, first: int, last: int) -> bool:
    """Tell whether marks around this stretch are read as marks: words must not touch them."""
    inside = full[first:last]
    if not inside or "\n" in inside:
        return False
    before, after = full[first - 1 : first] if first else "", full[last : last + 1]
    return not (before.isalnum() or after.isalnum())


def _signs(full: str) -> list[str]:
    """Return every character of a paragraph, with a backslash where it would be a sign."""
    found = list(full)
    for match in _INLINE.finditer(full):
        start, end = match.span()
        if match.group()[0] == "_" and _is_gap(
            full[max(0, start - 1) : start], full[end : end + 1]
        ):
            continue
        for i in range(start, end):
            found[i] = f"\\{found[i]}"
    return found


def _is_gap(before: str, after: str) -> bool:
    """A gap to fill in by hand, or a line inside a word: nothing that slants letters."""
    return (before.isalnum() and after.isalnum()) or not (before.strip() or after.strip())


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _started(line: str) -> str:
    line = _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
    return f"\\{line}" if _START.match(line) else line
