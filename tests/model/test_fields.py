"""What a screen is told of the fields of a record."""

from __future__ import annotations

import pytest

from amparo.errors import RecordError
from amparo.model.fields import NOT_ASKED, form_of, paths
from amparo.model.registry import BY_KIND, RECORD_TYPES


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_every_field_of_every_record_is_asked_for(kind: str) -> None:
    """A field without a control can never be filled in."""
    asked = {spec.name for spec in form_of(kind)}

    assert asked == set(BY_KIND[kind].model_fields) - NOT_ASKED


def test_an_id_says_what_it_points_at() -> None:
    """A list of the wrong records is worse than none."""
    pointing = [
        spec for model in RECORD_TYPES for spec in form_of(model.kind)
        if spec.control in {"record", "item"}
    ]  # fmt: skip

    without = {spec.name for spec in pointing if spec.points_at is None}
    assert len(pointing) > 15
    assert without == {"what"}


def test_controls_follow_the_type() -> None:
    """Each kind of field is asked for in its own way."""
    control = {spec.name: spec.control for spec in form_of("risk_state")}

    assert control["likelihood"] == "range"
    assert control["confidence"] == "choice"
    assert control["pressure"] == "scale"
    assert control["assessed_on"] == "date"
    assert control["impact_by_group"] == "group"


def test_the_fields_of_a_group_have_a_path() -> None:
    """What can be entered is counted field by field."""
    assert "data_rule.delete_by" in set(paths(form_of("process")))


def test_an_unknown_kind_has_no_form() -> None:
    """A page may ask for anything."""
    with pytest.raises(RecordError):
        form_of("person")
