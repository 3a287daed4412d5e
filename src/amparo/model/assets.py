"""S4: what we must not lose, where information lives, which places are safe."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.ranges import Scale5
from amparo.model.text import Line, Prose, RoleLetter
from amparo.model.vocabularies import AssetKind


class Asset(Record):
    """Something that would hurt to lose."""

    kind: ClassVar[str] = "asset"
    step: ClassVar[str] = "S4"

    asset_kind: AssetKind
    label: Line
    importance: Scale5 = 3
    holder_role: RoleLetter | None = None
    location_kind: Line = ""


class InfoItem(Record):
    """A piece of information we hold, and what happens if it is taken."""

    kind: ClassVar[str] = "info_item"
    step: ClassVar[str] = "S4"

    label: Line
    contains_people: bool = False
    stored_in: Literal["paper", "phone", "laptop", "cloud", "memory", "ally"]
    access_roles: tuple[RoleLetter, ...] = ()
    backup: Literal["none", "same_place", "away"] = "none"
    if_seized: Prose = ""
    keep_until: date | None = None


class Place(Record):
    """A kind of place and how safe it is, for whom and when; never a position on a map."""

    kind: ClassVar[str] = "place"
    step: ClassVar[str] = "S4"

    label: Line
    place_type: Line = ""
    rating: Literal["safe", "tense", "danger"]
    when: Line = ""
    for_whom: Line = ""
