"""The budget for a donor: neutral categories, counts, and amounts to be written by hand.

Source:
    domain safety rule 1.13 (donor budgets use neutral categories).
"""

from __future__ import annotations

from amparo.method.budget import BudgetLine
from amparo.report.blocks import (
    Blanks,
    Bullets,
    Column,
    Columns,
    Heading,
    Paragraph,
    Table,
    Text,
    code,
    strong,
)
from amparo.report.sections.material import ReportData
from amparo.report.sections.outside import Blocks
from amparo.report.sections.words import Words

_MORE_ROWS = 3


def budget_blocks(data: ReportData) -> Blocks:
    """What is planned, by kind of cost, with room for amounts and for what was forgotten."""
    words = Words(data.lang)
    columns = (
        Column(words("donor.what"), width=3),
        Column(words("donor.size"), width=1.7),
        Column(words("donor.how_many"), width=1.4, align="end"),
        Column(words("donor.paid"), width=1.4, align="end"),
        Column(words("donor.amount"), width=2.4),
    )
    rows = [_row(words, line) for line in data.budget]
    # A line of its own height, to be written on.
    rows += [("\u00a0",) * len(columns)] * _MORE_ROWS
    return (
        Heading(words("donor.title"), level=1),
        Paragraph(words("donor.about")),
        Columns((
            (Blanks(1, label=words("donor.period")),), (Blanks(1, label=words("donor.currency")),),
        )),
        Table(columns, (*rows, _sums(words, data.budget))),
        Bullets(tuple(words(f"donor.size.{size}.means") for size in ("low", "med", "high"))),
        Paragraph(words("donor.own_work_means")),
    )  # fmt: skip


def _row(words: Words, line: BudgetLine) -> tuple[Text, ...]:
    return (
        words(f"donor.category.{line.category}"),
        words(f"donor.size.{line.cost}"),
        code(str(line.count)),
        code(str(line.funded)),
        "",
    )


def _sums(words: Words, lines: tuple[BudgetLine, ...]) -> tuple[Text, ...]:
    count = sum(line.count for line in lines)
    funded = sum(line.funded for line in lines)
    return (strong(words("donor.sum")), "", code(str(count)), code(str(funded)), "")
