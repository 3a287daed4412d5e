"""Tables as HTML: titles and names of rows are told apart, wide ones move in their own box."""

from __future__ import annotations

from collections.abc import Callable

from amparo.report import blocks as b
from amparo.report.page_text import attribute
from amparo.report.paper_tables import shares_of

Write = Callable[[b.Text], str]
# As many columns as a telephone can show beside each other.
_NARROW = 3
_EMPTY_MOST = 60
# What page.css gives a column at least (9 rem), and letters a little larger than its body's.
_COLUMN_PT = 108.0
_LEAST_PT = 19.0


def table_html(table: b.Table, write: Write, name: Callable[[], str]) -> str:
    """Return *table*.

    Args:
        table: with one column or more.
        write: text as the inside of an element.
        name: the name of the next table, for people who listen to the page.
    """
    wide = len(table.columns) > _NARROW
    inside = f"{_widths(table.columns)}{_head(table, write)}<tbody>{_rows(table, write)}</tbody>"
    called = attribute(name())
    if not wide:
        return f'<table aria-label="{called}">{inside}</table>'
    # A box that moves must be reachable by the keyboard, and then needs a name.
    least = f"--columns:{len(table.columns)}"
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{called}" style="{least}">'
        f'<table aria-label="{called}">{inside}</table></div>'
    )


def _widths(columns: tuple[b.Column, ...]) -> str:
    shares = shares_of(columns, _COLUMN_PT * len(columns), _LEAST_PT)
    shown = "".join(f'<col style="width:{share:.2%}"/>' for share in shares)
    return f"<colgroup>{shown}</colgroup>"


def _head(table: b.Table, write: Write) -> str:
    titles = [b.plain(column.title).strip() for column in table.columns]
    if not any(titles):
        return ""
    # Titles that paper leaves out are still said to people who listen.
    unseen = "" if table.header else ' class="unseen"'
    cells = "".join(
        f'<th scope="col"{_side(column)}>{write(column.title)}</th>' if title else "<td></td>"
        for column, title in zip(table.columns, titles, strict=True)
    )
    return f"<thead{unseen}><tr>{cells}</tr></thead>"


def _rows(table: b.Table, write: Write) -> str:
    empty = ("",) * len(table.columns)
    blank = (empty,) * max(0, min(table.empty_rows, _EMPTY_MOST))
    named = not table.columns or not b.plain(table.columns[0].title).strip()
    shown = "".join(_row(table.columns, row, write, named=named) for row in table.rows)
    return shown + "".join(
        f'<tr class="empty">{"<td></td>" * len(table.columns)}</tr>' for _ in blank
    )


def _row(
    columns: tuple[b.Column, ...], row: tuple[b.Text, ...], write: Write, *, named: bool
) -> str:
    cells = []
    for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
        text = write(cell)
        # A first column without a title holds the names of its rows.
        if number == 0 and named and text and len(columns) > 1:
            cells.append(f'<th scope="row"{_side(column)}>{text}</th>')
        else:
            cells.append(f"<td{_side(column)}>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _side(column: b.Column) -> str:
    return "" if column.align == "start" else f' class="{column.align}"'
