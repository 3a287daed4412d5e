"""The blank forms: what a group writes on when there is no screen, or when none is wanted."""

from __future__ import annotations

from amparo.report.blocks import (
    Blanks,
    Block,
    Box,
    Checklist,
    Column,
    Columns,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Text,
    Together,
    strong,
)
from amparo.report.blocks_charts import RiskMap
from amparo.report.charts_words import chart_words
from amparo.report.sections.plan import COLOURS
from amparo.report.sections.words import Words

QUESTIONS = 12
_TEN_MINUTES = frozenset({1, 5, 6, 7, 8, 9})
_STEPS = range(1, 6)
_MEASURE_ROWS = 12
_ANSWER_LINES = 4
Blocks = tuple[Block, ...]


def questions(words: Words) -> Blocks:
    """Twelve questions; with a star those of the first ten minutes."""
    asked = tuple(
        Together((Paragraph(_question(words, number)), Blanks(_ANSWER_LINES)))
        for number in range(1, QUESTIONS + 1)
    )
    return Heading(words("blank.questions"), level=1), Paragraph(words("blank.no_names")), *asked


def _question(words: Words, number: int) -> Text:
    star = " *" if number in _TEN_MINUTES else ""
    return strong(f"{number}{star} "), words(f"question.{number}")


def threat(words: Words) -> Blocks:
    """One threat: sentence, signs, scales with their anchors, what exposes and protects us."""
    return (
        PageBreak(),
        Heading(words("blank.threat"), level=1),
        Paragraph(words("blank.no_names")),
        *(Blanks(1, label=words(f"blank.part.{part}")) for part in _PARTS),
        Box(words("threat.signs"), (Blanks(3, numbered=True),)),
        Box(
            words("threat.sure"),
            (Checklist(tuple(words.method(f"confidence.{x}") for x in _SURE)),),
        ),
        Box(words("blank.worst_for"), (Blanks(1),)),
        *_stones(words),
        PageBreak(),
        Heading(words("blank.scales"), level=2),
        Paragraph(words("blank.range")),
        _scale(words, "likelihood"),
        _scale(words, "impact"),
    )


_PARTS = ("actor", "act", "target", "situation", "aim")
_SURE = ("low", "medium", "high")


def _scale(words: Words, scale: str) -> Block:
    columns = (
        Column("", width=0.4),
        Column(words(f"blank.{scale}"), width=5),
        Column(words("blank.low"), width=1, align="center"),
        Column(words("blank.best"), width=1, align="center"),
        Column(words("blank.high"), width=1, align="center"),
    )
    rows = tuple(
        (strong(str(n)), words.method(f"scale.{scale}.{n}.anchor"), "□", "□", "□") for n in _STEPS
    )
    return Table(columns, rows)


def _stones(words: Words) -> Blocks:
    sides = tuple(
        (Box(words(f"factor.{side}"), (Paragraph(words("blank.stones")), Blanks(3))),)
        for side in ("vulnerability", "capacity")
    )
    return (Together((Columns(sides),)),)


def measures(words: Words) -> Blocks:
    """A table of measures to write on, and the cause path."""
    columns = (
        Column(words("plan.what"), width=4),
        Column(words("blank.phase"), width=1.3),
        Column(words("plan.who"), width=0.9),
        Column(words("plan.by"), width=1.2),
        Column(words("blank.works"), width=2),
    )
    # Two lines a measure: people write larger than a printer.
    rows = (("\u00a0\n\u00a0", "", "", "", ""),) * _MEASURE_ROWS
    path = tuple(Blanks(1, label=words(f"cause.{part}")) for part in _CAUSE)
    return (
        PageBreak(),
        Heading(words("measures.title"), level=1),
        Paragraph(words("blank.measures")),
        Table(columns, rows),
        Together((Box(words("plan.cause"), path),)),
    )


_CAUSE = ("driver", "decides", "ask", "lever", "ally", "win")


def grid(words: Words) -> Blocks:
    """The five by five grid, with the words of the lookup in it."""
    from amparo.method import matrix

    cells = tuple(tuple(row) for row in matrix.MATRIX)
    return (
        PageBreak(),
        Heading(words("map.title"), level=1),
        Paragraph(words("blank.grid")),
        RiskMap(words("blank.grid_alt"), (), cells, chart_words(words.lang)),
        Blanks(6),
    )


def alerts(words: Words) -> Blocks:
    """Four levels: signs, what changes, who declares, until when."""
    boxes = tuple(_level(words, colour) for colour in COLOURS)
    return (
        PageBreak(),
        Heading(words("plan.alerts"), level=1),
        Paragraph(words("alert.how")),
        *boxes,
    )


def _level(words: Words, colour: str) -> Block:
    title = f"{words(f'alert.{colour}')}: {words(f'alert.{colour}.means')}"
    lines = (
        Blanks(2, label=words("alert.signs")),
        Blanks(2, label=words("alert.actions")),
        Columns(
            ((Blanks(1, label=words("alert.declares")),), (Blanks(1, label=words("alert.ends")),))
        ),
    )
    return Together((Box(title, lines, border="thick"),))
