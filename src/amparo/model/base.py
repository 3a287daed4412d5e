"""What every record has in common."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from amparo.errors import RecordError
from amparo.model.reach import Audience, label_allows, reaches, shown_to
from amparo.model.text import RecordId
from amparo.model.vocabularies import Sensitivity


class Value(BaseModel):
    """A small part of a record; frozen, with no field beyond those it names."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Record(Value):
    """One entry of a workspace: a random id, a label, the day it was made, a day to delete it.

    There is no record for a person: people are role letters, from a card the group keeps itself.
    """

    kind: ClassVar[str]
    step: ClassVar[str]
    single: ClassVar[bool] = False

    id: RecordId = shown_to("public")
    sensitivity: Sensitivity = shown_to("public", default="amber_strict")
    created_on: date
    delete_by: date | None = None

    @classmethod
    def read(cls, fields: dict[str, Any]) -> Self:
        """Build the record from plain JSON values.

        Raises:
            RecordError: a value breaks a rule; it names fields and rules, never the value.
        """
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            raise record_error(cls, error) from None

    def with_changes(self, **fields: Any) -> Self:
        """Return a copy with *fields* replaced, validated again.

        Raises:
            RecordError: a new value breaks a rule.
        """
        return type(self).read({**self.model_dump(), **fields})

    def may_reach(self, audience: Audience) -> bool:
        """Tell whether *audience* may see anything of this record; a kind may allow less."""
        return label_allows(self.sensitivity, audience)

    def for_audience(self, audience: Audience) -> Self | None:
        """Return the record cut to what *audience* may see, or None when it may see nothing.

        A field that is cut holds its default, or is absent when it has none: reading it is an
        error in the report, and never a leak.
        """
        if not self.may_reach(audience):
            return None
        seen = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if self.shows(name, audience)
        }
        return type(self).model_construct(_fields_set=set(seen), **seen)

    @classmethod
    def shows(cls, field: str, audience: Audience) -> bool:
        """Tell whether *audience* may see *field* of this kind of record."""
        return reaches(field_reach(cls, field), audience)


def field_reach(model: type[Value], field: str) -> str:
    """Return how far a field may travel: keepers, group, allies or public."""
    extra = model.model_fields[field].json_schema_extra
    return str(extra.get("reach", "keepers")) if isinstance(extra, dict) else "keepers"


def record_error(model: type[Value], error: ValidationError) -> RecordError:
    """Turn pydantic's error into ours without repeating what was typed, not even as a field."""
    fields = tuple(
        (_known(model, item["loc"]), str(item["type"]))
        for item in error.errors(include_input=False, include_url=False, include_context=False)
    )
    kind = str(getattr(model, "kind", "record"))
    names = ", ".join(sorted({name for name, _ in fields}))
    return RecordError(f"{kind}: bad value in {names}", fields=fields, record=kind, names=names)


def _known(model: type[Value], place: tuple[int | str, ...]) -> str:
    # A name that the model does not have may be anything that somebody sent.
    first = str(place[0]) if place else ""
    return first if first in model.model_fields else "?"
