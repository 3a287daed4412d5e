"""What an audience may see."""

from __future__ import annotations

import pytest
import yaml

from amparo.model.base import field_reach
from amparo.model.reach import AUDIENCES, label_allows
from amparo.model.registry import BY_KIND
from amparo.model.workspace import Workspace
from amparo.resources import bundled

KINDS = sorted(BY_KIND)
TABLE = bundled("curricula") / "foundations" / "audiences.yaml"
FARTHER = ["group", "personal", "allies", "public"]


@pytest.mark.parametrize("audience", FARTHER)
@pytest.mark.parametrize("kind", KINDS)
def test_what_stays_with_the_keepers_never_leaves(kind, audience, full_record) -> None:
    """A plan that falls into the wrong hands must not name suspects or weak points."""
    record = full_record(kind, label="clear")
    hidden = {name for name in type(record).model_fields if not record.shows(name, audience)}

    cut = record.for_audience(audience)

    assert cut is not None
    for name in hidden:
        field = type(record).model_fields[name]
        assert name not in cut.model_fields_set
        assert field.is_required() or getattr(cut, name) == field.get_default()
    assert not [n for n in hidden if f"text in {n}'" in repr(cut.__dict__)]


@pytest.mark.parametrize("kind", KINDS)
def test_keepers_see_every_record_whole(kind, full_record) -> None:
    """Those who keep the file work on it."""
    record = full_record(kind, label="red")

    assert record.for_audience("keepers") == record


def _table() -> dict[str, dict[str, str]]:
    """The table of the domain: kind -> field -> how far it may travel."""
    held = yaml.safe_load(TABLE.read_text("utf-8"))
    assert held["kinds"].keys() <= BY_KIND.keys()
    return {
        kind: {
            name: reach
            for given in (held["every_kind"], held["kinds"].get(kind, {}))
            for reach, names in given.items()
            for name in names
        }
        for kind in KINDS
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_travels_as_far_as_the_table_says_and_no_farther(kind) -> None:
    """Who decides what may leave reads a table, not a program."""
    stated = _table()[kind]
    found = {name: field_reach(BY_KIND[kind], name) for name in BY_KIND[kind].model_fields}

    assert stated.keys() <= found.keys()
    assert found == {name: stated.get(name, "keepers") for name in found}


def test_analysis_fields_are_for_keepers_only() -> None:
    """Scores, suspects, incidents and weak points stand on no sheet and no plan."""
    kept = ["incident", "risk_state", "factor", "actor", "relation", "info_item", "place"]

    shown = {
        kind: [n for n in BY_KIND[kind].model_fields if BY_KIND[kind].shows(n, "group")]
        for kind in kept
    }

    assert set(map(tuple, shown.values())) == {("id", "sensitivity")}


@pytest.mark.parametrize(
    ("label", "audiences"),
    [
        ("red", ["keepers"]),
        ("amber_strict", ["keepers", "personal", "group"]),
        ("amber", ["keepers", "personal", "group", "allies"]),
        ("green", ["keepers", "personal", "group", "allies"]),
        ("clear", ["keepers", "personal", "group", "allies", "public"]),
    ],
)
def test_a_label_says_who_may_see_the_record_at_all(label, audiences) -> None:
    """A red record is not cut down for others, it is not there."""
    assert [name for name in AUDIENCES if label_allows(label, name)] == audiences


def test_a_workspace_for_a_group_has_no_red_record(full_record) -> None:
    """Cutting happens before anything leaves the keeper."""
    ws = Workspace.of([full_record("measure", "red"), full_record("activity", "amber")])

    assert [record.kind for record in ws.for_audience("group")] == ["activity"]
