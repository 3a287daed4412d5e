"""What stands on a group's plan is chosen before the workspace is cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from amparo.content.examples import example
from amparo.keeper import client
from amparo.method.priorities import plan_measures
from amparo.model.measures import Measure
from amparo.model.workspace import Workspace
from amparo.session import Session

TODAY = date(2026, 11, 24)


def test_a_group_gets_the_measures_against_the_worst_risks(tmp_path: Path) -> None:
    """The bands stay with the keepers; what they say about the plan must not."""
    records = example("large", "en", TODAY)
    handle = client.start(tmp_path / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as session:
        session.save_many([(record, None) for record in records])

        data = session.report_data(session.ticket("plan", "group", "en"))
        session.lock()

    whole = plan_measures(Workspace.of(records))
    cut = [measure.id for measure in plan_measures(data.workspace)]
    assert list(data.chosen) == [measure.id for measure in whole]
    assert list(data.chosen) != cut
    assert all(not measure.threat_ids for measure in data.workspace.all(Measure))
