"""What happens if what we hold is taken?

Source:
    method S4 (rules), domain safety rule 1.9 (red information: can you destroy it?).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.model.assets import InfoItem


def red_one_copy(look: Look) -> Iterator[Hit]:
    """Fire when the most dangerous information lies in one place: destroy it, or seal one copy."""
    return (
        Hit(item)
        for item in look.all(InfoItem)
        if item.sensitivity == "red" and item.backup == "none" and item.stored_in != "memory"
    )


def red_no_date(look: Look) -> Iterator[Hit]:
    """Fire when the most dangerous information has no last day."""
    return (
        Hit(item)
        for item in look.all(InfoItem)
        if item.sensitivity == "red" and item.keep_until is None
    )


def info_past_date(look: Look) -> Iterator[Hit]:
    """Fire when information is still held after its last day."""
    return (Hit(item) for item in look.all(InfoItem) if look.past(item.keep_until))


def people_in_phone(look: Look) -> Iterator[Hit]:
    """Fire when information about people lies in a phone or with a service on the internet."""
    return (
        Hit(item)
        for item in look.all(InfoItem)
        if item.contains_people and item.stored_in in ("phone", "cloud")
    )
