"""The check-up as plain values for a screen."""

from __future__ import annotations

import json
from datetime import date

import pytest

from amparo.board.parts import checkup
from amparo.board.scene import Scene
from amparo.content.examples import example
from amparo.messages import messages
from amparo.method.checkup import SEVERITIES
from amparo.model.incidents import Incident
from amparo.model.measures import Measure
from amparo.model.workspace import Workspace

TODAY = date(2026, 11, 24)


def _scene(lang: str, *records: object, today: date = TODAY) -> Scene:
    return Scene(Workspace.of(records), {}, messages(lang), today)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_everything_the_check_up_sees_is_said_and_plain(lang: str) -> None:
    """The page gets sentences and values; a key between brackets helps nobody."""
    drawn = checkup.draw(_scene(lang, *example("large", "es", TODAY)))

    assert json.loads(json.dumps(drawn)) == drawn
    assert "⟦" not in json.dumps(drawn, ensure_ascii=False)
    assert sum(drawn["counts"].values()) == len(drawn["results"]) > 20
    assert list(drawn["counts"]) == list(SEVERITIES)


def test_a_result_leads_to_the_record_that_mends_it_under_its_own_line() -> None:
    """ "Mend this" must open the one that is meant, and say which."""
    measure = Measure(id="1" * 32, created_on=TODAY, title="Guardar semillas", due=date(2026, 1, 1))

    found = checkup.draw(_scene("en", measure))["results"]

    (overdue,) = (one for one in found if one["rule"] == "measure_overdue")
    assert {name: overdue[name] for name in ("severity", "step", "kind", "record_id", "label")} == {
        "severity": "soon",
        "step": "s10",
        "kind": "measure",
        "record_id": measure.id,
        "label": "Guardar semillas",
    }


def test_an_empty_workspace_says_that_there_is_nothing_to_check() -> None:
    """No list of what is missing before the first word."""
    drawn = checkup.draw(_scene("en"))

    assert (drawn["empty"], drawn["results"]) == (True, [])


def test_old_pages_of_the_catalogue_are_told_by_their_date() -> None:
    """A measure from the catalogue is old on the day after its review date, not before."""
    taken = Measure(id="1" * 32, created_on=TODAY, title="Contar", from_catalogue="m_incident_log")
    renamed = taken.with_changes(id="2" * 32, from_catalogue="m_goodbye_papers")

    fresh = checkup.draw(_scene("en", taken, renamed))["results"]
    late = checkup.draw(_scene("en", taken, renamed, today=date(2031, 1, 1)))["results"]

    assert [one for one in fresh if one["rule"] == "measure_old"] == []
    assert len([one for one in late if one["rule"] == "measure_old"]) == 2


def test_a_record_of_sexual_violence_is_on_no_line() -> None:
    """Its existence is nobody's news."""
    sealed = Incident(
        id="3" * 32, created_on=TODAY, on=date(2026, 1, 1), incident_kind="i_sexual", severity=4,
        certainty="rumour", what_happened="Zzmarker", delete_by=date(2026, 2, 1),
        reported_to=("x",),
    )  # fmt: skip

    drawn = json.dumps(checkup.draw(_scene("en", sealed)))

    assert "Zzmarker" not in drawn
    assert sealed.id not in drawn
