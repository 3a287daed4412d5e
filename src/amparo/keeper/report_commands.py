"""Commands for reports: a ticket, and the data behind it, cut before it leaves the keeper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

from amparo.keeper.capabilities import Capability
from amparo.keeper.desk import Arguments, Desk
from amparo.keeper.tickets import Ticket
from amparo.method.priorities import plan_measures
from amparo.method.reviews import next_review
from amparo.model.base import Record
from amparo.model.plan import PlanVersion
from amparo.model.reach import Audience, label_allows
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace
from amparo.store import Envelope

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
TicketId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


class TicketOrder(Arguments):
    """The report somebody wants."""

    report: Name
    audience: Audience
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,8}$")]
    paper: Name | None = None
    step: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,32}$")] | None = None


class OneTicket(Arguments):
    """The id of one ticket."""

    ticket: TicketId


def ticket(desk: Desk, _caller: Capability, asked: TicketOrder) -> str:
    """Note what is to be reported for whom and return the id that stands for it."""
    today = desk.now().date()
    return desk.tickets.add(Ticket(**asked.model_dump(), today=today))


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
    whole = Workspace.of(_records(desk.store.list()))
    return {
        "report": found.report,
        "audience": found.audience,
        "lang": found.lang,
        "paper": found.paper,
        "step": found.step,
        "today": found.today.isoformat(),
        # Bands and links to threats never reach a group's paper, so what depends on them is
        # judged here, on the whole workspace, and only its outcome goes out.
        "chosen": [measure.id for measure in plan_measures(whole)],
        "review_on": next_review(whole, found.today).isoformat(),
        "records": _cut_all(whole, found.audience),
    }


def report_before(desk: Desk, caller: Capability, asked: OneTicket) -> list[Any] | None:
    """Return the records as they stood at the last agreed plan, cut alike; None without one."""
    caller.require_ticket(asked.ticket)
    audience = desk.tickets.get(asked.ticket).audience
    agreed_at = _last_agreed(_records(desk.store.list(PlanVersion.kind)))
    if agreed_at is None:
        return None
    return _cut_all(_records(desk.store.records_at(agreed_at)), audience)


def cut(record: Record, audience: Audience) -> dict[str, Any] | None:
    """Return the fields of *record* that *audience* may see, or None when it may see nothing.

    What is cut is not sent at all: no client can show what it never received.
    """
    if not label_allows(record.sensitivity, audience):
        return None
    seen = {name for name in type(record).model_fields if record.shows(name, audience)}
    return {"kind": record.kind, "values": record.model_dump(mode="json", include=seen)}


def _cut_all(records: Iterable[Record], audience: Audience) -> list[dict[str, Any]]:
    return [seen for seen in (cut(record, audience) for record in records) if seen is not None]


def _records(envelopes: Iterable[Envelope]) -> list[Record]:
    return [read_record(found.kind, json.loads(found.json)) for found in envelopes]


def _last_agreed(records: Iterable[Record]) -> int | None:
    agreed = [record for record in records if isinstance(record, PlanVersion)]
    if not agreed:
        return None
    return max(agreed, key=lambda version: version.number).store_seq
