"""Who may see what: audiences, and how far one field may travel.

Source:
    domain safety rules 1 and 2 (three files, roles instead of names); the order is ours.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field

from amparo.model.vocabularies import Sensitivity

Audience = Literal["keepers", "personal", "group", "allies", "public"]
Reach = Literal["keepers", "group", "allies", "public"]

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
# Readers outside the group: before they get anything, two people have read every sentence of it.
OUTSIDE: frozenset[Audience] = frozenset({"allies", "public"})
_FAR: dict[str, int] = {"keepers": 0, "personal": 1, "group": 1, "allies": 2, "public": 3}
# How far a whole record may travel, by its label. Red stays with those who keep the file.
_LABEL_REACH: dict[Sensitivity, Reach] = {
    "red": "keepers",
    "amber_strict": "group",
    "amber": "allies",
    "green": "allies",
    "clear": "public",
}


def reaches(reach: str, audience: Audience) -> bool:
    """Tell whether something that may go as far as *reach* may be seen by *audience*."""
    return _FAR[audience] <= _FAR[reach]


def label_allows(label: Sensitivity, audience: Audience) -> bool:
    """Tell whether a record with this label may be shown to *audience* at all."""
    return reaches(_LABEL_REACH[label], audience)


def shown_to(reach: Reach, **constraints: Any) -> Any:
    """Declare a field that may go as far as *reach*; a field without it stays with the keepers."""
    return Field(json_schema_extra={"reach": reach}, **constraints)
