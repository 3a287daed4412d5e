"""A workspace at one moment."""

from __future__ import annotations

from amparo.model.measures import Measure
from amparo.model.plan import Sheet
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace


def test_records_are_found_by_kind_and_by_id(full_record) -> None:
    """Every judgement starts from here."""
    threat = full_record("threat")
    measure = full_record("measure").with_changes(id="cd" * 16)

    ws = Workspace.of([threat, measure])

    assert ws.all(Threat) == (threat,)
    assert ws.one(Measure) == measure
    assert ws.get("cd" * 16) == measure
    assert len(ws) == 2


def test_what_is_missing_is_simply_empty() -> None:
    """People skip steps; nothing blocks."""
    ws = Workspace()

    assert (ws.all(Threat), ws.one(Sheet), ws.get("ab" * 16), ws.get(None)) == (
        (),
        None,
        None,
        None,
    )
