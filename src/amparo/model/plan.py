"""S11: the sheet, alert levels, protocols, rules and care: what stands on paper."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from amparo.model.base import Record, Value
from amparo.model.ranges import Score4
from amparo.model.reach import shown_to
from amparo.model.text import Line, Prose, RecordId, RoleLetter, Word
from amparo.model.vocabularies import AlertColour

ProtocolEvent = Literal[
    "threat_received",
    "raid",
    "arrest",
    "missing_person",
    "attack_injury",
    "eviction",
    "sexual_violence",
    "digital_compromise",
    "relocation",
    "death",
    "other",
]
Duty = Literal[
    "alarm", "children_elders_sick", "door_and_words", "calls", "notes", "first_aid", "other"
]


class DutyLetter(Value):
    """Who does what on the bad day: a letter and its deputy."""

    duty: Duty
    letter: RoleLetter
    deputy: RoleLetter | None = None
    note: Line = ""


class Sheet(Record):
    """The emergency sheet, page one, its own file (one a workspace).

    Source:
        domain safety rules 4 and 5; the twelve Quick questions.
    """

    kind: ClassVar[str] = "sheet"
    step: ClassVar[str] = "S11"
    single: ClassVar[bool] = True

    signs: tuple[Line, ...] = shown_to("group", default=(), max_length=3)
    signal: Line = shown_to("group", default="")
    second_signal: Line = shown_to("group", default="")
    all_clear: Line = shown_to("group", default="")
    first_five: tuple[Line, ...] = shown_to("group", default=(), max_length=5)
    duties: tuple[DutyLetter, ...] = shown_to("group", default=(), max_length=7)
    go_to: Word = shown_to("group", default="")
    do_not: tuple[Line, ...] = shown_to("group", default=(), max_length=6)
    if_taken: tuple[Line, ...] = shown_to("group", default=(), max_length=5)
    afterwards: tuple[Line, ...] = shown_to("group", default=(), max_length=6)
    meet_at: Word = shown_to("group", default="")
    look_again_on: date | None = shown_to("group", default=None)
    foot_code: Word = shown_to("group", default="")
    keeper_role: RoleLetter | None = None
    how_destroyed: Line = ""


class AlertLevel(Record):
    """One step of the alert ladder: signs that bring us there, what changes, until when."""

    kind: ClassVar[str] = "alert_level"
    step: ClassVar[str] = "S11"

    colour: AlertColour = shown_to("group")
    signs: tuple[Line, ...] = shown_to("group", default=())
    actions: tuple[Line, ...] = shown_to("group", default=())
    end_after_days: Literal[1, 2, 3, 7, 14, 30] | None = shown_to("group", default=None)
    who_declares: RoleLetter | None = shown_to("group", default=None)


class ProtocolStep(Value):
    """One thing to do, by one role."""

    does: Line
    role: RoleLetter | None = None


class Protocol(Record):
    """What we do when one kind of bad day comes."""

    kind: ClassVar[str] = "protocol"
    step: ClassVar[str] = "S11"

    event: ProtocolEvent = shown_to("group")
    title: Line = shown_to("group")
    steps: tuple[ProtocolStep, ...] = shown_to("group", default=())
    threat_ids: tuple[RecordId, ...] = ()
    top: bool = shown_to("group", default=False)
    practised_on: date | None = None


class Rule(Record):
    """A short agreed rule on information, speaking, family, care or money."""

    kind: ClassVar[str] = "rule"
    step: ClassVar[str] = "S11"

    topic: Literal["information", "communication", "family", "care", "budget"] = shown_to("group")
    text: Line = shown_to("group")
    owner_role: RoleLetter | None = shown_to("group", default=None)


class Wheel(Record):
    """How round our security is: eight spokes, 0 to 4, and the one to work on next.

    Source:
        pi_npm, umbrella; the names of the spokes are paraphrased.
    """

    kind: ClassVar[str] = "wheel"
    step: ClassVar[str] = "S11"

    on: date
    experience: Score4 = 0
    awareness: Score4 = 0
    skills: Score4 = 0
    planning: Score4 = 0
    responsibilities: Score4 = 0
    ownership: Score4 = 0
    reacting: Score4 = 0
    evaluating: Score4 = 0
    note: Prose = ""


class PlanVersion(Record):
    """A version of the plan that was agreed and printed; bands per threat, nothing else."""

    kind: ClassVar[str] = "plan_version"
    step: ClassVar[str] = "S11"

    number: int = shown_to("group", ge=1, le=999)
    on: date = shown_to("group")
    store_seq: int = Field(default=0, ge=0, le=2**53)
    copies: int = Field(default=0, ge=0, le=9999)
    agreed_how: Line = ""
    destroy_by: date | None = shown_to("group", default=None)
