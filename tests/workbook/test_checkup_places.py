"""The check-up sends people to a screen where the thing can be mended."""

from __future__ import annotations

from datetime import date

from amparo.content.examples import example
from amparo.method.checkup import RULES, check_up
from amparo.model.measures import Measure
from amparo.model.process import Process
from amparo.model.registry import BY_KIND
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo_widgets.screens import SCREENS

TODAY = date(2026, 11, 24)
_HELD = {
    step: {kind for part, given in places for kind in (*part.kinds, *given.get("kinds", ()))}
    for step, places in SCREENS.items()
}


def test_every_rule_opens_a_screen_that_exists() -> None:
    """A button that opens nothing is worse than none."""
    assert {rule.step for rule in RULES} <= set(SCREENS)


def test_what_is_missing_can_be_made_on_the_screen_that_is_opened() -> None:
    """ "There is no sheet" must lead to where a sheet is written."""
    made = {"created_on": TODAY}
    bare = Workspace.of([
        Threat(id="1" * 32, sentence="Zz", threat_type="slapp", **made),  # type: ignore[arg-type]
        Measure(id="2" * 32, title="Zz", **made),  # type: ignore[arg-type]
    ])  # fmt: skip
    found = (*check_up(bare, TODAY), *check_up(bare, date(2028, 1, 1)))

    missing = {(one.rule, one.step, one.kind) for one in found if one.kind and not one.record_id}

    assert len(missing) > 10
    assert [one for one in missing if one[2] not in _HELD[one[1]]] == []


def test_a_record_is_opened_where_its_own_form_stands() -> None:
    """Unless the answer is something else, such as a measure against a threat."""
    workspace = Workspace.of(example("large", "en", TODAY))
    found = [one for one in check_up(workspace, TODAY) if one.record_id and one.kind != "threat"]

    astray = {(one.rule, one.step, one.kind) for one in found if one.kind not in _HELD[one.step]}

    # A protocol is practised on the screen of drills.
    assert {rule for rule, _, _ in astray} <= {"protocol_unpractised", "d8_extreme"}


def test_a_record_past_its_day_is_opened_at_its_own_step() -> None:
    """It may be of any kind."""
    kind = BY_KIND["info_item"]
    held = kind.read({"id": "3" * 32, "created_on": TODAY, "label": "Zz", "stored_in": "paper",
                      "delete_by": date(2026, 1, 1)})  # fmt: skip
    process = Process(id="4" * 32, created_on=TODAY)

    found = check_up(Workspace.of([process, held]), TODAY)

    assert [one.step for one in found if one.rule == "delete_date_past"] == ["s4"]
