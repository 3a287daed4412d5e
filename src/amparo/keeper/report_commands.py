"""Commands for reports: a ticket, and the data behind it, cut before it leaves the keeper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from amparo.errors import NoVersionError
from amparo.keeper.capabilities import Capability
from amparo.keeper.desk import Arguments, Desk
from amparo.keeper.report_cut import Reader
from amparo.keeper.tickets import Ticket
from amparo.keeper.veil import shown, shown_of
from amparo.method.balance import counts
from amparo.method.budget import budget
from amparo.method.changes import agreed_version
from amparo.method.priorities import plan_measures
from amparo.method.reviews import next_review
from amparo.model.base import Record
from amparo.model.reach import Audience
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace
from amparo.store import Envelope

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
Cut = Annotated[str, Field(pattern=r"^[a-z_]{1,40}(\.[a-z_]{1,40})?$")]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
TicketId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
# The one report that asks how the records stood before.
_COMPARES = "review"


class TicketOrder(Arguments):
    """The report somebody wants."""

    report: Name
    audience: Audience
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,8}$")]
    paper: Name | None = None
    # What each may be is the report's own business: they come back to it as they were given.
    parameters: Annotated[dict[Name, Word | int], Field(max_length=8, default_factory=dict)]
    without: Annotated[tuple[Cut, ...], Field(max_length=500)] = ()


class OneTicket(Arguments):
    """The id of one ticket."""

    ticket: TicketId


def ticket(desk: Desk, _caller: Capability, asked: TicketOrder) -> str:
    """Note what is to be reported for whom and return the id that stands for it."""
    today = desk.now().date()
    told = {**asked.model_dump(), "without": frozenset(asked.without)}
    return desk.tickets.add(Ticket(**told, today=today))


def grant_report(desk: Desk, caller: Capability, asked: OneTicket) -> str:
    """Return a capability that can fetch the data of this one ticket and nothing else."""
    desk.tickets.get(asked.ticket)
    made = desk.ring.grant(
        {"report"},
        identity=caller.identity,
        role=caller.role,
        ticket=asked.ticket,
        space=caller.space,
    )
    return made.secret


def report_data(desk: Desk, caller: Capability, asked: OneTicket) -> dict[str, Any]:
    """Return the records as they stand, cut to the audience of the ticket."""
    caller.require_ticket(asked.ticket)
    found = desk.tickets.get(asked.ticket)
    whole = Workspace.of(_records(shown_of(desk.store.list())))
    reader = Reader(whole, found)
    return {
        "report": found.report,
        "audience": found.audience,
        "lang": found.lang,
        "paper": found.paper,
        "parameters": dict(found.parameters),
        "today": found.today.isoformat(),
        # Bands and links to threats never reach a group's paper, so what depends on them is
        # judged here, on the whole workspace, and only its outcome goes out.
        "chosen": [measure.id for measure in plan_measures(whole)],
        "review_on": next_review(whole, found.today).isoformat(),
        "counts": _counts(whole, reader),
        # A donor gets counts under neutral words, and none of the measures that they count.
        "budget": _budget(whole, found),
        "records": reader.cut_all(whole),
        "before": _before(desk, whole, reader, found) if found.report == _COMPARES else None,
    }


def _before(
    desk: Desk, whole: Workspace, reader: Reader, asked: Ticket
) -> list[dict[str, Any]] | None:
    """Return the records as they stood at the agreed plan that was asked for, cut alike.

    None when no plan was agreed yet, or when this store does not know what stood in it: one
    that came with an example or from another file.

    Raises:
        NoVersionError: a number was asked for that no agreed plan has, for this audience.
    """
    number = _version(asked)
    agreed = agreed_version(Workspace.of(filter(reader.sees, whole)), number)
    if agreed is None and number is not None:
        raise NoVersionError("no plan with this number was agreed", number=number)
    if agreed is None or not 0 < agreed.store_seq <= desk.store.seq:
        return None
    then = _records(shown_of(desk.store.records_at(agreed.store_seq)))
    hidden = _hidden_since(desk, agreed.store_seq, reader)
    return reader.cut_all(record for record in then if record.id not in hidden)


def _version(asked: Ticket) -> int | None:
    # Anything but a number is refused by the report itself, which knows its parameters.
    given = asked.parameters.get("version")
    return given if isinstance(given, int) else None


def _hidden_since(desk: Desk, seq: int, reader: Reader) -> set[str]:
    """Return the ids of what a new label took from this reader after change *seq*.

    Else it would come back as "taken away", with all it said before.
    """
    last = {line.record_id: line.after or line.before for line in desk.store.changes_since(seq)}
    told = [envelope for envelope in last.values() if envelope is not None]
    taken_back = {envelope.id for envelope in told if shown(envelope) is None}
    hidden = {record.id for record in _records(shown_of(told)) if not reader.sees(record)}
    return taken_back | hidden


def report_left_out(desk: Desk, _caller: Capability, asked: OneTicket) -> dict[str, dict[str, int]]:
    """Return how much the reader of the ticket does not get: numbers only, never a word.

    Whoever asks may read everything: a report's own process, which may not, learns no number of
    what was kept from it.
    """
    records = _records(shown_of(desk.store.list()))
    reader = Reader(Workspace.of(records), desk.tickets.get(asked.ticket))
    return reader.left_out(records)


def _counts(whole: Workspace, reader: Reader) -> list[int]:
    """Count what the measures are for, only those that this reader sees at all.

    What a measure acts on stays with the keepers; without it some of what only softens a blow
    would be counted among what prevents (domain safety rule 7).
    """
    found = counts(Workspace.of(filter(reader.sees, whole)))
    return [found.ready_for_bad_day, found.prevents, found.acts_on_causes]


def _budget(whole: Workspace, asked: Ticket) -> list[dict[str, Any]]:
    if asked.report != "donor":
        return []
    return [asdict(line) for line in budget(whole, asked.without)]


def _records(envelopes: Iterable[Envelope]) -> list[Record]:
    return [read_record(found.kind, json.loads(found.json)) for found in envelopes]
