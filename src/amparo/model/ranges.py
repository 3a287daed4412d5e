"""A judgement as a range: low, best, high on a scale of 1 to 5.

Source:
    method S8 (uncertainty is drawn as a rectangle, not a dot); the range is ours.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from amparo.model.base import Value

Scale5 = Annotated[int, Field(ge=1, le=5, strict=True)]
Score4 = Annotated[int, Field(ge=0, le=4, strict=True)]


class Range(Value):
    """Three whole numbers from 1 to 5 with low <= best <= high."""

    low: Scale5
    best: Scale5
    high: Scale5

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.best <= self.high:
            raise ValueError("expected low <= best <= high")
        return self

    @classmethod
    def at(cls, value: int) -> Self:
        """Return the range that is sure of one value."""
        return cls(low=value, best=value, high=value)
