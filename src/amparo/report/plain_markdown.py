"""A document as Markdown for people who edit it or read it as plain text: no picture, no noise.

Unlike ``bundle_markdown``, which is for screens that show SVG, charts are words and tables here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from amparo.errors import ReportError
from amparo.messages import review_line
from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.blocks import Block, Document
from amparo.report.charts_force_map import arrow_list
from amparo.report.charts_tables import chart_table, is_said
from amparo.report.direction_marks import marked
from amparo.report.markdown_escape import escaped
from amparo.report.paper_settings import check_settings, is_rtl
from amparo.report.paper_text import visible

_LINE = "________"
_LEVELS = 6
_BLANKS_MOST = 60
_LISTS = (b.Bullets, b.Numbered, b.Checklist, b.KeyValues)


def markdown(document: Document) -> str:
    """Return *document* as text; its title is the only heading of the first level.

    Raises:
        ReportError: a setting is out of range, or a block cannot stand alone.
    """
    check_settings(document)
    writer = MarkdownWriter(rtl=is_rtl(document))
    lines = [writer.text(text) for text in (document.foot, review_line(document.lang))]
    foot = "\n\n".join(line for line in lines if line)
    parts = (
        f"# {writer.line(document.title) or '-'}",
        writer.all(document.blocks),
        f"---\n\n{foot}" if foot else "",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


class MarkdownWriter:
    """Writes blocks; remembers the last heading, as levels may not jump.

    Args:
        rtl: whether the text is read from right to left.
    """

    def __init__(self, *, rtl: bool) -> None:
        self._rtl = rtl
        self._level = 1
        self._writers: dict[type, Callable[[Any], str]] = {
            b.Heading: self._heading,
            b.Paragraph: lambda block: self.text(block.text),
            b.Preformatted: _fenced,
            b.Bullets: lambda block: self._items(block.items, lambda _: "- "),
            b.Numbered: lambda block: self._items(block.items, lambda i: f"{block.start + i}. "),
            b.Checklist: lambda block: self._items(block.items, lambda _: "- [ ] "),
            b.Table: self._table,
            b.KeyValues: self._key_values,
            b.Box: self._box,
            b.Columns: lambda block: _apart(self.all(column) for column in block.columns),
            b.Blanks: self._blanks,
            b.Rule: lambda _block: "---",
            b.PageBreak: lambda _block: "",
            b.Spacer: lambda _block: "",
            b.Together: lambda block: self.all(block.blocks),
            b.Picture: lambda block: self.text(f"[{block.alt}]"),
            c.ForceMap: self._force_map,
            b.CutCards: lambda block: "\n\n---\n\n".join(self.all(card) for card in block.cards),
            **{kind: self._chart for kind in c.CHARTS if kind is not c.ForceMap},
        }

    def all(self, blocks: Iterable[Block]) -> str:
        """Return *blocks*, an empty line between them.

        Raises:
            ReportError: a block cannot stand alone.
        """
        parts: list[str] = []
        last: Block | None = None
        other = False
        for block in blocks:
            part = "" if is_said(last, block) else self._one(block)
            if not part:
                continue
            # Lists that follow each other would be one: the other sign keeps them apart.
            other = not other and isinstance(block, _LISTS) and isinstance(last, _LISTS)
            parts.append(_other_sign(part) if other else part)
            last = block
        return _apart(parts)

    def text(self, text: b.Text) -> str:
        """Return *text* as one paragraph."""
        return escaped(marked(text, rtl=self._rtl))

    def line(self, text: b.Text) -> str:
        """Return *text* as one line, for headings."""
        joined = (replace(run, text=run.text.replace("\n", " ")) for run in b.runs(text))
        return re.sub(r"(#+)$", r"\\\1", self.text(tuple(joined)))

    def _one(self, block: Block) -> str:
        write = self._writers.get(type(block))
        if write is None:
            raise ReportError(f"a {type(block).__name__} cannot stand alone on a page")
        return write(block)

    def _heading(self, block: b.Heading) -> str:
        shown = self.line(block.text)
        if not shown:
            return ""
        self._level = max(2, min(block.level + 1, self._level + 1, _LEVELS))
        return f"{'#' * self._level} {shown}"

    def _items(self, items: Any, sign: Callable[[int], str]) -> str:
        return "\n".join(_item(sign(number), self.all(item)) for number, item in enumerate(items))

    def _key_values(self, block: b.KeyValues) -> str:
        pairs = ((*_bold(key), b.Run(" "), *b.runs(value)) for key, value in block.pairs)
        return "\n".join(_item("- ", self.text(pair)) for pair in pairs)

    def _cell(self, text: b.Text) -> str:
        return escaped(marked(text, rtl=self._rtl), cell=True)

    def _table(self, block: b.Table) -> str:
        marks = {"start": "---", "center": ":---:", "end": "---:"}
        wide = len(block.columns)
        rows = [
            [self._cell(column.title) for column in block.columns],
            [marks[column.align] for column in block.columns],
            *([self._cell(cell) for cell in row] for row in block.rows),
            *([""] * wide for _ in range(max(0, min(block.empty_rows, _BLANKS_MOST)))),
        ]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows) if wide else ""

    def _box(self, block: b.Box) -> str:
        title = self.text(_bold(block.title))
        inside = _apart((title, self.all(block.blocks)))
        return "\n".join(f"> {line}".rstrip() for line in inside.split("\n")) if inside else ""

    def _blanks(self, block: b.Blanks) -> str:
        label = self.text(block.label)
        count = max(0, min(block.count, _BLANKS_MOST))
        if block.numbered:
            return _apart((label, "\n".join(f"{i + 1}. {_LINE}" for i in range(count))))
        first = f"{label} {_LINE}" if label else _LINE
        return _apart((first, *[_LINE] * (count - 1))) if count else label

    def _chart(self, block: Any) -> str:
        table = chart_table(block)
        return _apart((self.text(block.alt), self._table(table) if table else ""))

    def _force_map(self, block: c.ForceMap) -> str:
        return _apart((self.text(block.alt), self._one(arrow_list(block, rtl=self._rtl))))


def _apart(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _bold(text: b.Text) -> b.Runs:
    return tuple(b.replace_run(run, strong=True) for run in b.runs(text))


def _item(sign: str, body: str) -> str:
    lead = " " * (2 if sign.startswith("-") else len(sign))
    lines = body.split("\n")
    return "\n".join(
        [f"{sign}{lines[0]}".rstrip(), *(f"{lead}{line}".rstrip() for line in lines[1:])]
    )


def _other_sign(part: str) -> str:
    return re.sub(
        r"^(?:-(?= )|(\d+)\.(?= ))", lambda m: f"{m[1]})" if m[1] else "*", part, flags=re.MULTILINE
    )


def _fenced(block: b.Preformatted) -> str:
    text = visible(block.text)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}\n{text}\n{fence}"
