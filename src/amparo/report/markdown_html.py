"""Tables out of HTML outputs, such as those of data frames; everything else in it is dropped."""

from __future__ import annotations

from html.parser import HTMLParser

from amparo.report.blocks import Block, Column, Paragraph, Table

_CELLS_MOST = 200_000
_SPAN_MOST = 60


def html_tables(text: str) -> tuple[Block, ...]:
    """Return the tables of *text* in order, with the words around them as paragraphs."""
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    return reader.blocks()


class _TableReader(HTMLParser):
    """Collects rows of text; a table inside a cell adds its words to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._rows: list[list[str]] = []
        self._heads = 0
        self._words: list[str] = []
        self._depth = 0
        self._skipped = 0
        self._span = 1
        self._all_heads = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"style", "script", "head"}:
            self._skipped += 1
        elif tag == "table":
            if not self._depth:
                self._flush_words()
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._rows.append([])
            self._all_heads = True
        elif self._depth == 1 and tag in {"td", "th"} and self._rows:
            self._words = []
            self._all_heads = self._all_heads and tag == "th"
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), _SPAN_MOST) if span.isdecimal() else 1
        elif tag in {"br", "p", "div", "li"}:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script", "head"}:
            self._skipped = max(0, self._skipped - 1)
        elif self._depth == 1 and tag in {"td", "th"} and self._rows:
            self._rows[-1] += [_tidy(self._words), *[""] * (max(self._span, 1) - 1)]
            self._words = []
        elif self._depth == 1 and tag == "tr":
            if self._all_heads and self._heads == len(self._rows) - 1:
                self._heads += 1
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._flush_table()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._words.append(data)

    def blocks(self) -> tuple[Block, ...]:
        if self._depth:
            self._flush_table()
        self._flush_words()
        return tuple(self._blocks)

    def _flush_words(self) -> None:
        text = _tidy(self._words)
        self._words = []
        if text:
            self._blocks.append(Paragraph(text))

    def _flush_table(self) -> None:
        rows = [row for row in self._rows if any(row)]
        heads = min(self._heads, 1 if rows else 0)
        wide = max((len(row) for row in rows), default=0)
        self._rows, self._heads, self._words = [], 0, []
        if not wide or wide * len(rows) > _CELLS_MOST:
            return
        titles = [*(rows[0] if heads else []), *[""] * wide][:wide]
        columns = tuple(Column(title) for title in titles)
        self._blocks.append(Table(columns, tuple(tuple(row) for row in rows[heads:])))


def _tidy(words: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)
