"""S0, S1: a safe process, and who we are."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from amparo.model.base import Record, Value
from amparo.model.reach import shown_to
from amparo.model.text import ItemId, Line, Prose, RoleLetter, Word
from amparo.model.vocabularies import DefenderGroup, PlanScope, Right, Sensitivity, ThreatType

Storage = Literal["session_only", "one_encrypted_file", "paper_only"]
Track = Literal["quick", "two_day", "five_day", "self_paced"]
ConsentProcess = Literal[
    "oral_recorded_as_note", "show_of_hands", "assembly_minutes", "individual_form"
]
SizeBand = Literal["1-5", "6-20", "21-100", "101-1000", ">1000"]
PaperSize = Literal["a4", "letter", "oficio"]
StepId = Literal[
    "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14"
]


class DataRule(Value):
    """What is kept, where, by which roles, until when, and what if it is taken."""

    storage: Storage = "session_only"
    keeper_roles: tuple[RoleLetter, ...] = ()
    delete_by: date | None = None
    copies: int = Field(default=0, ge=0, le=9999)
    duress_rule: Prose = ""


class Process(Record):
    """How this conversation is held without adding danger (one a workspace)."""

    kind: ClassVar[str] = "process"
    step: ClassVar[str] = "S0"
    single: ClassVar[bool] = True

    scope_type: PlanScope | None = None
    code_name: Word = ""
    track: Track = "quick"
    danger_today: Literal["yes", "no", "unknown"] = "unknown"
    own_room_needed: bool | None = None
    languages_spoken: tuple[Word, ...] = ()
    data_rule: DataRule = DataRule()
    labels_default: Sensitivity = "amber_strict"
    consent_process: ConsentProcess | None = None
    collective_consent: Prose = ""
    support_person: RoleLetter | None = None
    stop_rule: Prose = shown_to("group", default="")
    paper: PaperSize = shown_to("public", default="a4")
    harmless_title: Word = shown_to("public", default="")
    example: bool = shown_to("public", default=False)
    finished: tuple[StepId, ...] = ()


class Profile(Record):
    """What we want to change and defend (one a workspace)."""

    kind: ClassVar[str] = "profile"
    step: ClassVar[str] = "S1"
    single: ClassVar[bool] = True

    vision: Prose = ""
    rights: tuple[Right, ...] = ()
    groups: tuple[DefenderGroup, ...] = ()
    members_size_band: SizeBand | None = None
    decision_body: Line = ""


class Activity(Record):
    """Something we do in a normal month; risk attaches to it."""

    kind: ClassVar[str] = "activity"
    step: ClassVar[str] = "S1"

    title: Line
    frequency: Line = ""
    place_type: Line = ""
    roles: tuple[RoleLetter, ...] = ()
    exposure_note: Prose = ""


class Practice(Record):
    """Something that already protects us."""

    kind: ClassVar[str] = "practice"
    step: ClassVar[str] = "S1"

    text: Line = shown_to("group")
    helps_with: tuple[ThreatType, ...] = ()


class OwnWord(Record):
    """A term or a prompt in the group's own words; *what* names the text it stands for."""

    kind: ClassVar[str] = "own_word"
    step: ClassVar[str] = "S0"

    what: ItemId
    text: Line = shown_to("group", default="")
