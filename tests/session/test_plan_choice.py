"""What stands on a group's plan is chosen before the workspace is cut."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from amparo.content.examples import example
from amparo.keeper import client
from amparo.method import balance
from amparo.method.priorities import plan_measures
from amparo.model.measures import Measure
from amparo.model.workspace import Workspace
from amparo.session import Session

TODAY = date(2026, 11, 24)


def _hurried(number: int) -> Measure:
    """A measure against no threat at all, due before every other."""
    return Measure(
        id=f"{number:032x}", created_on=TODAY, title=f"Hurried {number}", due=TODAY, owner_role="A"
    )


def test_a_group_gets_the_measures_against_the_worst_risks(tmp_path: Path) -> None:
    """The bands stay with the keepers; what they say about the plan must not."""
    red = _hurried(9).with_changes(sensitivity="red")
    records = (*example("large", "en", TODAY), *(_hurried(number) for number in range(9)), red)
    handle = client.start(tmp_path / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as session:
        session.save_many([(record, None) for record in records])

        data = session.report_data(session.ticket("plan", "group", "en"))
        session.lock()

    chosen = [data.workspace.get(record_id) for record_id in data.chosen]
    titles = [measure.title for measure in chosen if isinstance(measure, Measure)]
    assert len(titles) == 9
    assert not any(title.startswith("Hurried") for title in titles)
    assert list(data.chosen) == [one.id for one in plan_measures(Workspace.of(records))]
    assert all(not measure.threat_ids for measure in data.workspace.all(Measure))
    # What only softens a blow is not among what prevents it, as it would be after the cut; and
    # what this reader may not see at all is not counted either.
    found = balance.counts(Workspace.of(record for record in records if record is not red))
    told = (found.ready_for_bad_day, found.prevents, found.acts_on_causes)
    after = balance.counts(data.workspace)
    assert data.counts == told
    assert told != (after.ready_for_bad_day, after.prevents, after.acts_on_causes)
