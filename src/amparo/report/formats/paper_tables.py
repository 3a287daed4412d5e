"""The tables that stand on a paper, for a report that has no records of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amparo.report.blocks import (
    Block,
    Box,
    Bullets,
    Checklist,
    Columns,
    Document,
    Heading,
    KeyValues,
    Numbered,
    Together,
    plain,
)
from amparo.report.blocks import Table as PaperTable
from amparo.report.blocks_charts import BalanceGrid
from amparo.report.formats.table_values import Head, Table


def paper_tables(document: Document) -> tuple[Table, ...]:
    """Return every table, list of facts and grid of *document*, called as the heading above."""
    return tuple(_walk(document.blocks, [document.title]))


def _walk(blocks: Iterable[Block], title: list[str]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Heading):
            title[0] = plain(block.text)
        elif (found := _table(block, title[0])) is not None:
            yield found
        else:
            yield from _walk(_inside(block, title), title)


def _inside(block: Block, title: list[str]) -> Iterator[Block]:
    match block:
        case Box(title=own, blocks=blocks):
            title[0] = plain(own) or title[0]
            yield from blocks
        case Together(blocks=blocks):
            yield from blocks
        case Columns(columns=parts) | Bullets(items=parts) | Numbered(items=parts):
            yield from _flat(parts)
        case Checklist(items=parts):
            yield from _flat(parts)
        case _:
            return


def _flat(parts: Iterable[object]) -> Iterator[Block]:
    for part in parts:
        for one in part if isinstance(part, tuple) else ():
            if isinstance(one, Block):
                yield one


def _table(block: Block, title: str) -> Table | None:
    match block:
        case PaperTable():
            heads = tuple(Head("", plain(column.title)) for column in block.columns)
            rows = tuple(tuple(map(plain, row)) for row in block.rows)
        case KeyValues():
            heads = (Head("", title), Head("", ""))
            rows = tuple((plain(key), plain(value)) for key, value in block.pairs)
        case BalanceGrid():
            heads = (Head("", ""), *(Head("", name, "short") for name in block.columns))
            rows = tuple(
                (name, *map(str, counts))
                for name, counts in zip(block.rows, block.counts, strict=True)
            )
        case _:
            return None
    return Table("", title, heads, rows)
