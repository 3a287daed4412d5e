"""What the check-up says and what it is told: frozen values without a word that people typed.

Source:
    ours; the places that mend something are the steps of the method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from amparo.model.base import Record

if TYPE_CHECKING:
    from amparo.method.checkup.look import Look

# now: today, before anything else; soon: before the next meeting ends; consider: worth a talk.
Severity = Literal["now", "soon", "consider"]
Step = Literal[
    "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14"
]  # fmt: skip
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
STEPS: tuple[Step, ...] = get_args(Step)


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """What the method must know about the content and may not read itself.

    The ids of measures and mechanisms of the catalogue whose knowledge is past its review date,
    with the older ids that a workspace may have kept.
    """

    old_measures: frozenset[str] = frozenset()
    old_mechanisms: frozenset[str] = frozenset()


NOTHING_OLD = ContentFacts()


@dataclass(frozen=True)
class Hit:
    """One place where a rule fires.

    Attributes:
        record: the record that mends it, if it exists already.
        kind: the kind of record to make when there is none yet.
        values: counts and role letters for the sentence.
        words: value name -> catalogue key of a word, such as that of a band.
        do_key: catalogue key of what to do about it, where a judgement of the method says it.
        step: the step that mends it, where it is not the one of the rule.
    """

    record: Record | None = None
    kind: str | None = None
    values: dict[str, str | int] = field(default_factory=dict, hash=False)
    words: dict[str, str] = field(default_factory=dict, hash=False)
    do_key: str | None = None
    step: Step | None = None


Judge = Callable[["Look"], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: a rule is named like the function that judges it."""

    severity: Severity
    step: Step
    judge: Judge

    @property
    def id(self) -> str:
        """The id of the rule; it is never used for another one."""
        return self.judge.__name__


@dataclass(frozen=True)
class Result:
    """One thing to mend: which rule, how pressing, and the place that mends it."""

    rule: str
    severity: Severity
    step: Step
    kind: str | None = None
    record_id: str | None = None
    values: dict[str, str | int] = field(default_factory=dict, hash=False)
    words: dict[str, str] = field(default_factory=dict, hash=False)
    do_key: str | None = None

    @property
    def key(self) -> str:
        """What we see, in one sentence."""
        return text_key(self.rule)

    @property
    def why_key(self) -> str:
        """Why it matters."""
        return why_key(self.rule)


def text_key(rule: str) -> str:
    """Return the catalogue key of what a rule says."""
    return f"check.{rule}.text"


def why_key(rule: str) -> str:
    """Return the catalogue key of why a rule matters."""
    return f"check.{rule}.why"
