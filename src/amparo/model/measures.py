"""S10: what we will do, before, during and after."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.reach import shown_to
from amparo.model.text import ItemId, Line, Prose, RecordId, RoleLetter
from amparo.model.vocabularies import (
    ActsOn,
    Approach,
    Cost,
    Dimension,
    Effort,
    Level,
    MeasureStatus,
    Phase,
    Strategy,
)

# Asked, never computed: who could really do this. It says nothing about anybody in the group.
UsableBy = Literal["carers", "disabled", "undocumented"]


class Measure(Record):
    """One action with an owner (a role letter), a date and a sign that it works."""

    kind: ClassVar[str] = "measure"
    step: ClassVar[str] = "S10"

    title: Line = shown_to("group")
    from_catalogue: ItemId | None = None
    threat_ids: tuple[RecordId, ...] = ()
    driver_id: RecordId | None = None
    phases: tuple[Phase, ...] = shown_to("group", default=("before",))
    approach: Approach = shown_to("group", default="proactive_prevent")
    level: Level = "org"
    dimension: Dimension = shown_to("group", default="physical")
    strategy: Strategy = "protection"
    acts_on: ActsOn = "likelihood"
    owner_role: RoleLetter | None = shown_to("group", default=None)
    deputy_role: RoleLetter | None = shown_to("group", default=None)
    start: date | None = None
    due: date | None = shown_to("group", default=None)
    cost: Cost = "none"
    funded: bool = False
    effort: Effort = "low"
    depends_on: tuple[RecordId, ...] = ()
    indicator_of_working: Line = ""
    side_effects: Prose = ""
    do_no_harm_checked: bool = False
    usable_by: tuple[UsableBy, ...] = ()
    finds_out: bool = False
    status: MeasureStatus = shown_to("group", default="idea")
    status_reason: Prose = ""
    reviewed_on: date | None = None
    on_sheet: bool = False
