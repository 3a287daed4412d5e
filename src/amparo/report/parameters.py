"""What may be asked of a report beside its reader: one small model a report.

They travel to the keeper with the order of a ticket. A notebook is given the ticket alone and
finds them in its data, typed again by the same model.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from amparo.errors import ParameterError


class Parameters(BaseModel):
    """A report that asks for nothing more."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(Parameters):
    """Days from and to which something is told; both may be left open."""

    since: Annotated[date | None, Field(description="param.since")] = None
    until: Annotated[date | None, Field(description="param.until")] = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError("since is after until")
        return self

    def holds(self, on: date) -> bool:
        """Tell whether *on* lies in the period."""
        return (self.since is None or on >= self.since) and (self.until is None or on <= self.until)


class SinceVersion(Parameters):
    """The agreed plan to compare with; without one, the last."""

    version: Annotated[int | None, Field(ge=1, le=999, description="param.version")] = None


class OneStep(Parameters):
    """One step of the method, ``s0`` to ``s14``; without one, all."""

    step: Annotated[str | None, Field(pattern=r"^[a-z0-9_]{1,32}$", description="param.step")] = (
        None
    )


_OF: dict[str, type[Parameters]] = {
    "incidents": Period,
    "trend": Period,
    "review": SinceVersion,
    "notes": OneStep,
}


def parameters_of(report: str) -> type[Parameters]:
    """Return the model of what may be asked of *report*."""
    return _OF.get(report, Parameters)


def read_parameters(report: str, given: Mapping[str, Any]) -> Parameters:
    """Return what was asked of *report*, typed.

    Raises:
        ParameterError: a name that this report does not know, or a value of the wrong form.
    """
    try:
        return parameters_of(report).model_validate(dict(given))
    except ValidationError as error:
        known = parameters_of(report).model_fields
        names = {str(item["loc"][0]) if item["loc"] else "" for item in error.errors()}
        bad = ", ".join(sorted(name for name in names if name in known))
        raise ParameterError("a parameter was refused", names=bad or "?") from None
