"""Who may hold which paper; light, for whoever only asks."""

from __future__ import annotations

from amparo.model.reach import Audience

# The analysis never leaves the keepers.
AUDIENCES_OF: dict[str, tuple[Audience, ...]] = {
    "sheet": ("group", "personal", "keepers"),
    "plan": ("group", "personal", "keepers"),
    "analysis": ("keepers",),
}
