"""Everything that was ever entered and still stands: for the keepers alone, and never by default.

Source:
    domain safety rules 1.2 and 1.13 (one paper with everything is an attacker's dossier).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.fields import COMMON, NOT_ASKED
from amparo.model.process import OwnWord, Process
from amparo.model.registry import BY_KIND
from amparo.model.support import Consent, SupportRequest
from amparo.report.blocks import (
    Block,
    Box,
    Bullets,
    Column,
    Columns,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Text,
    emphasis,
    strong,
)
from amparo.report.sections.material import ReportData, is_example
from amparo.report.sections.notes import STEPS, Written, written_blocks
from amparo.report.sections.plan import next_review_day
from amparo.report.sections.words import Words
from amparo.wording.own_words import usual_words

_NUMBERS = frozenset({"id", "writer"})

__all__ = ["STEPS", "consents_blocks", "cover_blocks", "own_words_blocks", "step_blocks"]


def cover_blocks(data: ReportData) -> tuple[Block, ...]:
    """What this paper is, what it would mean in the wrong hands, and how much stands in it."""
    words = Words(data.lang)
    blocks: list[Block] = [Heading(words("dossier.title"), level=1)]
    if is_example(data):
        blocks.append(Paragraph(strong(words("example.line"))))
    advice = tuple(words(f"dossier.{name}") for name in ("ask", "closed", "copies", "after"))
    blocks += [
        Box(words("dossier.warning"), (Paragraph(words("dossier.treasure")), Bullets(advice)),
            border="thick"),
        KeyValues(tuple(_days(words, data)), share=0.42),
    ]  # fmt: skip
    counts = Counter(record.kind for record in data.workspace)
    if not counts:
        return (*blocks, Paragraph(words("dossier.none")))
    catalogue = messages(data.lang)
    rows: list[tuple[Text, ...]] = [
        (catalogue.text(f"kind.{kind}.many"), str(counts[kind])) for kind in BY_KIND if counts[kind]
    ]
    rows.append((strong(words("dossier.all")), strong(str(len(data.workspace)))))
    columns = (
        Column(words("dossier.kind"), width=4),
        Column(words("dossier.count"), width=1.2, align="end"),
    )
    # Side by side: the cover is one page.
    half = (len(rows) + 1) // 2
    sides = (Table(columns, tuple(rows[:half])), Table(columns, tuple(rows[half:])))
    shown = Columns(tuple((side,) for side in sides if side.rows))
    return (*blocks, Heading(words("dossier.holds"), level=2), shown)


def _days(words: Words, data: ReportData) -> Iterator[tuple[str, Text]]:
    yield words("dossier.made"), words.day(data.today)
    yield words("dossier.review"), words.day(next_review_day(data))
    process = data.workspace.one(Process)
    ends = process.data_rule.delete_by if process else None
    yield words("dossier.deleted"), words.day(ends) if ends else words("dossier.no_day")
    single = min((one.delete_by for one in data.workspace if one.delete_by), default=None)
    if single:
        yield words("dossier.first"), words.day(single)


def step_blocks(data: ReportData, step: str) -> tuple[Block, ...]:
    """Return what one step holds, every field of every record; nothing for an empty step."""
    return written_blocks(_Whole(data), step)


class _Whole(Written):
    """Writes down also what nobody is asked for."""

    def record(self, record: Record) -> list[Block]:
        """Return one record: its fields, its label and last day, then the rest in small print."""
        last = self._said.day(record.delete_by) if record.delete_by else ""
        pairs = (
            *self.asked(record),
            self.label(record),
            (
                self._words.text("field.record.delete_by"),
                last or self._said("dossier.no_own_day"),
            ),
        )
        return [KeyValues(pairs, share=0.34), Paragraph(tuple(self._small_print(record)))]

    def _small_print(self, record: Record) -> Iterator[Run]:
        between = self._said.joined("items", ("", ""))
        rest = [
            name
            for name in type(record).model_fields
            if name in NOT_ASKED - set(COMMON) and getattr(record, name) is not None
        ]
        for place, name in enumerate(rest):
            label = self._said("dossier.pair", name=self._said(f"dossier.field.{name}"), value="")
            yield emphasis((between if place else "") + label)
            yield Run(self._plain(getattr(record, name)), emphasis=True, ltr=name in _NUMBERS)

    def _plain(self, value: object) -> str:
        if isinstance(value, date):
            return self._said.day(value)
        if isinstance(value, bool):
            return self._words.text("part.form.yes" if value else "part.form.no")
        return str(value)


def consents_blocks(data: ReportData) -> tuple[Block, ...]:
    """Who said yes to what, until when, and who has received something."""
    words = Words(data.lang)
    heading = (PageBreak(), Heading(words("dossier.consents"), level=1))
    held = sorted(data.workspace.all(Consent), key=lambda one: one.given_on)
    if not held:
        return (*heading, Paragraph(words("dossier.no_consent"))) if len(data.workspace) else ()
    requests = data.workspace.all(SupportRequest)
    boxes = (
        _consent(words, one, [each for each in requests if each.consent_id == one.id], data.today)
        for one in held
    )
    return (*heading, Paragraph(words("dossier.consents_how")), *boxes)


def _consent(words: Words, one: Consent, asked: list[SupportRequest], today: date) -> Block:
    giver = words("dossier.collective") if one.collective else ""
    given_by = words.joined("items", filter(None, (one.giver_role, giver)))
    received = [*one.receivers, *(_received(words, each) for each in asked)]
    pairs: list[tuple[Text, Text]] = [
        (words("dossier.purpose"), one.purpose),
        (words("dossier.giver"), given_by or words("dossier.nobody_named")),
        (words("dossier.since"), words.day(one.given_on)),
        (words("dossier.until"), words.day(one.expires_on) if one.expires_on else
         words("dossier.no_end")),
        (words("dossier.received"), "\n".join(received) or words("dossier.nobody")),
    ]  # fmt: skip
    if one.withdrawn_on or one.level == "withdrawn":
        day = f"{words.day(one.withdrawn_on)}. " if one.withdrawn_on else ""
        pairs.append((words("dossier.withdrawn"), strong(day + words("dossier.tell"))))
    elif one.expires_on and one.expires_on < today:
        pairs.append((words("dossier.over"), strong(words("dossier.ask_again"))))
    return Box(words(f"consent.{one.level}"), (KeyValues(tuple(pairs), share=0.3),))


def _received(words: Words, asked: SupportRequest) -> str:
    whom = asked.to_whom or words.label("response_measures", asked.request_type)
    what = words.joined("letters", asked.info_shared) or words("dossier.asked_only")
    return words("dossier.pair", name=whom, value=what)


def own_words_blocks(data: ReportData) -> tuple[Block, ...]:
    """The words that the group uses instead of the usual ones."""
    words, catalogue = Words(data.lang), messages(data.lang)
    held = [one for one in data.workspace.all(OwnWord) if one.text]
    if not held:
        return ()
    columns = (Column(words("dossier.usual"), width=1), Column(words("dossier.ours"), width=1))
    rows = tuple((usual_words(catalogue, one.what), strong(one.text)) for one in held)
    return Heading(words("dossier.own_words"), level=1), Table(columns, rows)
