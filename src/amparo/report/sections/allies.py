"""The brief for allies: what we tell them, what we ask, and how to answer. No name, no contact.

Source:
    domain safety rules 1.1, 1.7 and 5 (no letters, no contacts, no other groups on paper).
"""

from __future__ import annotations

from amparo.model.context import CausePath
from amparo.model.support import SupportRequest
from amparo.report.blocks import (
    Blanks,
    Block,
    Box,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Spacer,
    Table,
    Text,
    Together,
    strong,
)
from amparo.report.sections.material import ReportData
from amparo.report.sections.outside import (
    Blocks,
    holds_until,
    lines_taken,
    paths_of,
    statement_blocks,
    statements_for,
)
from amparo.report.sections.words import GAP, Words
from amparo.wording.discreet import on_paper

# Lines of the smallest letters on two pages, less the title and the boxes at the end.
_LINES = 60
_STATEMENT_LINES = 36
_PATHS_MOST = 4
_REQUESTS_MOST = 4
_PATH_LINES = 6
_REQUEST_LINES = 2
_HEAD_LINES = 4
_LINE = 12


def words_blocks(data: ReportData) -> Blocks:
    """What we tell allies, in our own words."""
    words = Words(data.lang)
    told = statements_for(data, "allies")
    nothing = () if told else (Paragraph(words("allies.nothing")),)
    return (
        Heading(words("allies.title"), level=1),
        Paragraph(words("allies.about")),
        *nothing,
        *statement_blocks(words, told, most=_STATEMENT_LINES),
    )


def asks_blocks(data: ReportData) -> Blocks:
    """What we are asking of those who decide."""
    words = Words(data.lang)
    paths = paths_of(data)[: _places(data)[1]]
    if not paths:
        return ()
    columns = (
        Column(words("allies.ask"), width=3.4),
        Column(words("cause.decides"), width=2),
        Column(words("cause.lever"), width=2.2),
        Column(words("plan.by"), width=1.6),
    )
    rows = tuple(_path(words, path) for path in paths)
    title = Heading(words("allies.causes"), level=2)
    return (Spacer(0.5), Together((title, Table(columns, rows))))


def _places(data: ReportData) -> tuple[int, int]:
    """Return how many requests and how many paths the two pages hold beside what we tell."""
    free = _LINES - lines_taken(statements_for(data, "allies"), _STATEMENT_LINES)
    asked = len(data.workspace.all(SupportRequest)[:_REQUESTS_MOST])
    requests = min(asked, max(0, (free - _HEAD_LINES) // _REQUEST_LINES))
    free -= (_HEAD_LINES + requests * _REQUEST_LINES) if requests else 0
    paths = min(_PATHS_MOST, max(0, (free - _HEAD_LINES) // _PATH_LINES))
    return requests, paths


def _path(words: Words, path: CausePath) -> tuple[Text, ...]:
    ask: Text = (strong(on_paper(path.ask, _LINE)),)
    if path.first_small_win:
        step = words("outside.first_step", step=on_paper(path.first_small_win, _LINE))
        ask = (*ask, f"\n{step}")
    return (
        ask,
        on_paper(path.who_decides, _LINE) or GAP,
        on_paper(path.lever, _LINE) or GAP,
        words.day(path.due),
    )


def help_blocks(data: ReportData) -> Blocks:
    """What help was asked for, with the yes of those it is about; never from whom."""
    words = Words(data.lang)
    asked = data.workspace.all(SupportRequest)[: _places(data)[0]]
    if not asked:
        return ()
    columns = (
        Column(words("help.what"), width=3),
        Column(words("allies.how_soon"), width=1.4),
        Column(words("allies.who"), width=1.8),
        Column(words("allies.again"), width=1.6),
    )
    someone = words("allies.someone")
    rows = tuple(
        (
            words.label("response_measures", request.request_type),
            words.method(f"choice.support_request.urgency.{request.urgency}"),
            someone,
            words.day(request.followup_on),
        )
        for request in asked
    )
    title = Heading(words("allies.help"), level=2)
    told = Paragraph(words("allies.help_yes"))
    return (Spacer(0.5), Together((title, told, Table(columns, rows))))


def answer_blocks(data: ReportData) -> Blocks:
    """How to answer, what happens with this paper, and until when it holds."""
    words = Words(data.lang)
    inner: tuple[Block, ...] = (
        Paragraph(words("allies.answer_only")),
        Blanks(2, label=words("allies.answer_how")),
    )
    kept = Bullets(tuple(words(f"outside.paper.{number}") for number in (1, 2, 3)))
    return (
        Together(
            (
                Box(words("allies.answer"), inner, border="thick"),
                Box(
                    words("outside.paper"),
                    (kept, holds_until(words, statements_for(data, "allies"))),
                ),
            )
        ),
    )
