"""What a rule has to say: a finding carries catalogue keys, record ids and plain values.

Source:
    method S5, S8, S10 and domain safety rule 7; the shape is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Rule -> its parts. Each part has a sentence and what to do; each rule has why it matters.
PARTS: dict[str, tuple[str, ...]] = {
    "D1": ("owner", "pause", "support", "during"),
    "D2": ("dated", "during", "review"),
    "D3": ("dated",),
    "D4": ("signs",),
    "D5": ("now", "unjudged"),
    "D6": ("find_out",),
    "D7": ("limit", "stop", "free"),
    "D8": ("still_extreme",),
    "S6": ("declared_low",),
    "S8": ("least_impact",),
    "P1": ("kind", "actor"),
    "P2": ("rising",),
    "P3": ("after_step",),
    "P6": ("unchecked",),
    "B1": ("ready", "prevents", "causes"),
    "B2": ("driver",),
    "B3": ("during", "after"),
    "B4": ("one_level", "one_owner"),
    "B5": ("owner_load",),
    "B6": ("care", "legal"),
    "C1": ("who_decides", "ask", "lever", "ally", "due", "first_small_win"),
}


class Keys:
    """The catalogue keys of anything that has a rule and a part."""

    __slots__ = ()
    rule: str
    part: str

    @property
    def key(self) -> str:
        """What we see, in one sentence."""
        return f"finding.{self.rule.lower()}.{self.part}"

    @property
    def why_key(self) -> str:
        """Why it matters."""
        return f"finding.{self.rule.lower()}.why"

    @property
    def do_key(self) -> str:
        """What to do about it."""
        return f"{self.key}.do"


@dataclass(frozen=True)
class Finding(Keys):
    """One thing a rule found: it is shown with its reason, and never blocks anything."""

    rule: str
    record_ids: tuple[str, ...] = ()
    values: dict[str, str | int] = field(default_factory=dict, hash=False)
    part: str = ""


@dataclass(frozen=True)
class Question:
    """Something a rule needs and no record holds, so people are asked."""

    rule: str

    @property
    def key(self) -> str:
        """The question itself."""
        return f"question.{self.rule.lower()}"

    @property
    def why_key(self) -> str:
        """Why we ask."""
        return f"{self.key}.why"


QUESTIONS: tuple[Question, ...] = tuple(Question(rule) for rule in ("P3", "P4", "P5", "B4", "B5"))


def questions(letter: str) -> tuple[Question, ...]:
    """Return the questions of one family of rules: ``P`` (patterns) or ``B`` (balance)."""
    return tuple(question for question in QUESTIONS if question.rule.startswith(letter))
