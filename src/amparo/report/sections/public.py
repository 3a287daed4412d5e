"""The public brief: what the group decided to say to everybody, and nothing else."""

from __future__ import annotations

from amparo.report.blocks import Bullets, Heading, Paragraph, Text, strong
from amparo.report.sections.material import ReportData
from amparo.report.sections.outside import (
    Blocks,
    holds_until,
    lines_taken,
    paths_of,
    statement_blocks,
    statements_for,
)
from amparo.report.sections.words import Words
from amparo.wording.discreet import on_paper

# Lines of the smallest letters on a page, less the title.
_LINES = 35
_STATEMENT_LINES = 32
_DEMANDS_MOST = 5
_DEMAND_LINES = 4
_HEAD_LINES = 3
_LINE = 14


def words_blocks(data: ReportData) -> Blocks:
    """What we say to everybody; if nothing was decided, the paper says so."""
    words = Words(data.lang)
    told = statements_for(data, "public")
    has_demands = bool(paths_of(data))
    nothing = () if told or has_demands else (Paragraph(words("public.nothing")),)
    return (
        Heading(words("public.title"), level=1),
        *nothing,
        *statement_blocks(words, told, most=_STATEMENT_LINES),
    )


def demands_blocks(data: ReportData) -> Blocks:
    """What we demand of those who decide, and until when the paper holds."""
    words = Words(data.lang)
    told = statements_for(data, "public")
    asked = paths_of(data)
    if not asked:
        return (holds_until(words, told),) if told else ()
    free = _LINES - _HEAD_LINES - lines_taken(told, _STATEMENT_LINES)
    shown = asked[: min(_DEMANDS_MOST, max(0, free // _DEMAND_LINES))]
    items = tuple(_demand(words, path.ask, path.first_small_win) for path in shown)
    listed = (Heading(words("public.demands"), level=2), Bullets(items)) if items else ()
    more = (Paragraph(words("outside.more")),) if len(shown) < len(asked) else ()
    return (*listed, *more, holds_until(words, told))


def _demand(words: Words, ask: str, step: str) -> Text:
    told = strong(on_paper(ask, _LINE))
    if not step:
        return told
    return (told, "\n" + words("outside.first_step", step=on_paper(step, _LINE)))
