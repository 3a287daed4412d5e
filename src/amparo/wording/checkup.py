"""What the check-up of a plan must be told about the content, and how its places are named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amparo.content import Pack
from amparo.content.age import mechanism_age
from amparo.messages import Messages
from amparo.method.checkup import ContentFacts, Result
from amparo.model.measures import Measure
from amparo.model.support import MechanismCheck, SupportRequest
from amparo.model.workspace import Workspace
from amparo.wording.choices import choice_label, pack_of
from amparo.wording.labels import label_of


def content_facts(ws: Workspace, today: date) -> ContentFacts:
    """Return which entries of the catalogue that *ws* leans on are past their review.

    The catalogue is opened only when the workspace names something of it.
    """
    measures = {m.from_catalogue for m in ws.all(Measure) if m.from_catalogue}
    doors = {one.mechanism_id for one in ws.all(SupportRequest) if one.mechanism_id}
    doors |= {check.mechanism_id for check in ws.all(MechanismCheck)}
    return ContentFacts(
        old_measures(pack_of("measures"), measures, today) if measures else frozenset(),
        old_mechanisms(pack_of("mechanisms"), doors, today) if doors else frozenset(),
    )


def old_measures(pack: Pack, used: Iterable[str], today: date) -> frozenset[str]:
    """Return those of the *used* ids whose measure is past its review date."""
    found = ((id_, pack.measure(id_)) for id_ in used)
    return frozenset(id_ for id_, one in found if one and today > one.meta.review_by)


def old_mechanisms(pack: Pack, used: Iterable[str], today: date) -> frozenset[str]:
    """Return those of the *used* ids whose mechanism is stale."""
    found = ((id_, pack.mechanisms.get(pack.current_id(id_))) for id_ in used)
    return frozenset(id_ for id_, one in found if one and mechanism_age(one, today).stale)


def place_of(result: Result, ws: Workspace, words: Messages) -> str:
    """Return the line of the record that mends a result; people typed it, or it is empty."""
    record = ws.get(result.record_id)
    if record is None:
        return ""
    return label_of(record, lambda name, value: choice_label(words, record.kind, name, value))
