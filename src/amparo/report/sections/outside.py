"""What papers for readers outside the group share: statements in the group's words, kept short.

Source:
    domain safety rule 1.1 (who does it is "someone of the group") and 1.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil

from amparo.model.context import CausePath
from amparo.model.statements import Reader, Statement
from amparo.report.blocks import Blanks, Block, Box, Bullets, Heading, Numbered, Paragraph
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words
from amparo.wording.discreet import discreet, on_paper

_STATEMENTS_MOST = 3
# Words an item may have, tried from the longest on until the page holds all of them.
_LINE_WORDS = (40, 30, 20, 10)
_WORDS_A_LINE = 10
_TOLD_LINES = 5
_BOX_LINES = 2
Blocks = tuple[Block, ...]


def statements_for(data: ReportData, reader: Reader) -> tuple[Statement, ...]:
    """Return what was written for *reader* and still holds, the longest to hold first."""
    held = [one for one in data.workspace.all(Statement) if one.reader == reader]
    open_still = [one for one in held if one.until is None or one.until >= data.today]
    open_still.sort(key=lambda one: one.until or date.max, reverse=True)
    return tuple(open_still[:_STATEMENTS_MOST])


def paths_of(data: ReportData) -> list[CausePath]:
    """Return the cause paths that say what is asked, the soonest first."""
    asked = [path for path in data.workspace.all(CausePath) if path.ask]
    return sorted(asked, key=lambda path: path.due or date.max)


def statement_blocks(words: Words, statements: Sequence[Statement], *, most: int) -> list[Block]:
    """Return the statements, shortened line by line until they take at most *most* lines.

    Where even short lines are too many, the last statements are left out, and the paper says so.
    """
    count, line_words = _fitting(statements, most)
    blocks = [block for one in statements[:count] for block in _statement(words, one, line_words)]
    if count < len(statements):
        blocks.append(Paragraph(words("outside.more")))
    return blocks


def lines_taken(statements: Sequence[Statement], most: int) -> int:
    """Estimate how many lines the statements take once they are shortened to *most*."""
    count, line_words = _fitting(statements, most)
    return sum(_lines(one, line_words) for one in statements[:count])


def holds_until(words: Words, statements: Iterable[Statement]) -> Block:
    """Return until when the paper holds: the first day that ends, or a line to write it on."""
    days = [one.until for one in statements if one.until]
    if not days:
        return Blanks(1, label=words("outside.until_blank"))
    return Paragraph(words("outside.until", day=words.day(min(days))))


def _fitting(statements: Sequence[Statement], most: int) -> tuple[int, int]:
    for count in range(len(statements), 0, -1):
        for line_words in _LINE_WORDS:
            if sum(_lines(one, line_words) for one in statements[:count]) <= most:
                return count, line_words
    return min(len(statements), 1), _LINE_WORDS[-1]


def _lines(statement: Statement, line_words: int) -> int:
    """Estimate how many lines of the smallest letters a statement takes, with its boxes."""
    lists = (statement.what_we_ask, statement.how_to_help, statement.please_do_not)
    items = sum(_wrapped(line, line_words) for lines in lists for line in lines)
    boxes = sum(_BOX_LINES for lines in lists if lines)
    told = _wrapped(statement.what_happens, _TOLD_LINES * line_words)
    return items + boxes + told + 2 * _wrapped(statement.title, line_words)


def _wrapped(text: str, most: int) -> int:
    return ceil(min(len(text.split()), most) / _WORDS_A_LINE)


def _statement(words: Words, one: Statement, line_words: int) -> list[Block]:
    blocks: list[Block] = [Heading(on_paper(one.title, line_words), level=2)]
    if one.what_happens:
        blocks += [Paragraph(told) for told in _told(one.what_happens, _TOLD_LINES * line_words)]
    for name, lines in (("asks", one.what_we_ask), ("help", one.how_to_help)):
        if lines:
            listed = Numbered if name == "asks" else Bullets
            inner = listed(tuple(on_paper(line, line_words) for line in lines))
            blocks.append(Box(words(f"outside.{name}"), (inner,)))
    if one.please_do_not:
        items = tuple(on_paper(line, line_words) for line in one.please_do_not)
        blocks.append(Box(words("outside.do_not"), (Bullets(items),), border="thick"))
    return blocks


def _told(text: str, most: int) -> list[str]:
    """Return paragraphs as they were written, at most *most* words in all."""
    told: list[str] = []
    for paragraph in discreet(text).splitlines():
        left = most - sum(len(one.split()) for one in told)
        if paragraph.strip() and left > 0:
            told.append(on_paper(paragraph, left))
    return told
