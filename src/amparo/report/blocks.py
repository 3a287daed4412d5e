r"""What a page is made of: frozen blocks that know nothing of paper, Typst or records.

A section of a report is a list of blocks; a ``Document`` is blocks plus the few settings of a
page. Text is a plain string or a sequence of strings and runs. Strings are literal: no markup
is ever read in them, so what somebody typed is printed as typed.

Examples:
    Words::

        Heading("What we do first", level=1)
        Paragraph("Close the gate.")
        Paragraph(("Call ", strong("A"), " at ", code("+51 900 000 000")))
        Bullets(("One sign", "Another sign"))
        Checklist(("Water", ("Papers in the ", strong("blue bag"))))

    A table; widths are shares, a cell is text (``\n`` starts a new line in it)::

        Table(
            columns=(Column("What", width=3), Column("Who"), Column("When", align="end")),
            rows=(("Take turns at the gate", "B", code("30/4")),),
        )

    Parts of a sheet, to fill in by hand::

        Box("Call, in this order", (Blanks(4),))
        Columns(((Box("Signal", ...),), (Box("All clear", ...),)))
        Together((Heading("Care", level=2), Paragraph("...")))

    A whole document, from ``amparo.report.typeset``::

        pdf = typeset(Document(lang="es", title="Notas", foot="3 - 30/4", blocks=blocks))

Charts live in ``blocks_charts``; ``blocks_codec`` turns everything into JSON and back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

from amparo.report.blocks_base import Block
from amparo.report.blocks_cards import CutCards
from amparo.report.blocks_document import Direction, Document, Paper
from amparo.report.blocks_text import (
    Run,
    Runs,
    Text,
    code,
    emphasis,
    plain,
    replace_run,
    runs,
    strong,
)

# Whoever writes a section imports everything from here.
__all__ = [
    "Align", "Blanks", "Block", "Box", "Bullets", "Checklist", "Column", "Columns", "CutCards",
    "Direction", "Document", "Heading", "KeyValues", "Numbered", "PageBreak", "Paper",
    "Paragraph", "Picture", "Preformatted", "Rule", "Run", "Runs", "Spacer", "Table", "Text",
    "Together", "code", "emphasis", "plain", "replace_run", "runs", "strong",
]  # fmt: skip

Align = Literal["start", "center", "end"]


def _set_runs(block: Block, *names: str) -> None:
    for name in names:
        object.__setattr__(block, name, runs(getattr(block, name)))


def _set_items(block: Block) -> None:
    items: Iterable[object] = getattr(block, "items")  # noqa: B009 (three classes share this)
    object.__setattr__(block, "items", tuple(_item(item) for item in items))


def _item(item: object) -> tuple[Block, ...]:
    """An item is text, or a tuple of blocks when a list holds more than a line."""
    if isinstance(item, tuple) and item and all(isinstance(part, Block) for part in item):
        return item
    return (Paragraph(item),)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading; levels 1 to 6 (the exporter closes gaps, as a tagged PDF must)."""

    kind: ClassVar[str] = "heading"
    text: Text
    level: int = 1

    def __post_init__(self) -> None:
        _set_runs(self, "text")


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """A paragraph; ``align`` is relative to the reading direction."""

    kind: ClassVar[str] = "paragraph"
    text: Text
    align: Align = "start"

    def __post_init__(self) -> None:
        _set_runs(self, "text")


@dataclass(frozen=True, slots=True)
class Preformatted(Block):
    """Program text or aligned columns, in fixed-width letters, line ends kept."""

    kind: ClassVar[str] = "preformatted"
    text: str


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """A list with dots; an item is text or a tuple of blocks."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Text | tuple[Block, ...], ...]

    def __post_init__(self) -> None:
        _set_items(self)


@dataclass(frozen=True, slots=True)
class Numbered(Block):
    """A list with numbers, counted from ``start``."""

    kind: ClassVar[str] = "numbered"
    items: tuple[Text | tuple[Block, ...], ...]
    start: int = 1

    def __post_init__(self) -> None:
        _set_items(self)


@dataclass(frozen=True, slots=True)
class Checklist(Block):
    """A list with boxes to tick by hand."""

    kind: ClassVar[str] = "checklist"
    items: tuple[Text | tuple[Block, ...], ...]

    def __post_init__(self) -> None:
        _set_items(self)


@dataclass(frozen=True, slots=True)
class Column(Block):
    """One column of a table: its title, its share of the width, its alignment."""

    kind: ClassVar[str] = "column"
    title: Text
    width: float = 1.0
    align: Align = "start"

    def __post_init__(self) -> None:
        _set_runs(self, "title")


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table; its header comes again on every page and a row may break over pages.

    Args:
        columns: at least one.
        rows: every row has one text a column; missing ones are empty.
        header: False hides the titles on paper of a table that needs none.
        empty_rows: rows added at the end to be filled in by hand.
    """

    kind: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    header: bool = True
    empty_rows: int = 0

    def __post_init__(self) -> None:
        wide = len(self.columns)
        filled = tuple(
            tuple(runs(cell) for cell in (*row, *[""] * wide)[:wide]) for row in self.rows
        )
        object.__setattr__(self, "rows", filled)
        object.__setattr__(self, "columns", tuple(self.columns))


@dataclass(frozen=True, slots=True)
class KeyValues(Block):
    """Short facts, name beside value, no lines; ``share`` is the width of the names."""

    kind: ClassVar[str] = "key_values"
    pairs: tuple[tuple[Text, Text], ...]
    share: float = 0.3

    def __post_init__(self) -> None:
        pairs = tuple((runs(key), runs(value)) for key, value in self.pairs)
        object.__setattr__(self, "pairs", pairs)


@dataclass(frozen=True, slots=True)
class Box(Block):
    """A part of a sheet with a border; ``side`` is a bar at the start only (a quotation)."""

    kind: ClassVar[str] = "box"
    title: Text
    blocks: tuple[Block, ...]
    border: Literal["plain", "thick", "side"] = "plain"

    def __post_init__(self) -> None:
        _set_runs(self, "title")
        object.__setattr__(self, "blocks", tuple(self.blocks))


@dataclass(frozen=True, slots=True)
class Columns(Block):
    """Two or three lists of blocks side by side; ``widths`` are shares, equal when empty."""

    kind: ClassVar[str] = "columns"
    columns: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(tuple(column) for column in self.columns))
        object.__setattr__(self, "widths", tuple(self.widths))


@dataclass(frozen=True, slots=True)
class Blanks(Block):
    """Ruled lines to write on by hand.

    Args:
        count: how many lines.
        label: stands before the first line.
        numbered: a number before every line ("1 ____").
    """

    kind: ClassVar[str] = "blanks"
    count: int = 1
    label: Text = ""
    numbered: bool = False

    def __post_init__(self) -> None:
        _set_runs(self, "label")


@dataclass(frozen=True, slots=True)
class Rule(Block):
    """A line across."""

    kind: ClassVar[str] = "rule"


@dataclass(frozen=True, slots=True)
class PageBreak(Block):
    """What follows starts a new page."""

    kind: ClassVar[str] = "page_break"


@dataclass(frozen=True, slots=True)
class Spacer(Block):
    """Empty space, counted in lines of body text."""

    kind: ClassVar[str] = "spacer"
    lines: float = 1.0


@dataclass(frozen=True, slots=True)
class Together(Block):
    """Blocks that stay on one page when they can."""

    kind: ClassVar[str] = "together"
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", tuple(self.blocks))


@dataclass(frozen=True, slots=True)
class Picture(Block):
    """A picture out of an ordinary notebook.

    Args:
        data: base64 of the file.
        format: what the bytes are.
        alt: the picture in words.
    """

    kind: ClassVar[str] = "picture"
    data: str
    format: Literal["png", "jpg", "gif", "webp", "svg"]
    alt: str
