"""What differs between two states of one record, field by field, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from amparo.messages import Messages
from amparo.method.changes import Changed
from amparo.model.fields import common_of, form_of
from amparo.model.workspace import Workspace
from amparo.wording.values import Values

# The label of what every record has alike stands under this name instead of its kind.
_COMMON = "record"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its label, and what it said and says; of a list, only the lines that differ."""

    label: str
    before: tuple[str, ...]
    now: tuple[str, ...]


class Differences:
    """Reads changes aloud in one language.

    Args:
        words: of the language.
        before: the workspace as it was: what a field pointed at had its name then.
        now: the workspace as it is.
    """

    def __init__(self, words: Messages, before: Workspace, now: Workspace) -> None:
        self._words = words
        self._before = Values(words, before)
        self._now = Values(words, now)

    def of(self, one: Changed, *, hidden: Collection[str] = ()) -> tuple[FieldChange, ...]:
        """Return the fields of *one* that differ and can be asked for, in the order of a form.

        Args:
            one: a record that was changed.
            hidden: names of fields that are not told.
        """
        if one.before is None:
            return ()
        told = [name for name in one.fields if name not in hidden]
        was, is_now = (record.model_dump(mode="json") for record in (one.before, one.record))
        kind = one.record.kind
        found: list[FieldChange] = []
        for place, specs in ((kind, form_of(kind)), (_COMMON, common_of(kind))):
            for spec in specs:
                if spec.name in told:
                    label = self._words.text(f"field.{place}.{spec.name}")
                    old = self._before.lines(place, spec, was.get(spec.name))
                    new = self._now.lines(place, spec, is_now.get(spec.name))
                    found.append(FieldChange(label, *_apart(old, new)))
        return tuple(found)


def _apart(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lost = tuple(line for line in old if line not in new)
    won = tuple(line for line in new if line not in old)
    # The same lines in another order: that is what changed.
    return (lost, won) if lost or won else (old, new)
