"""Who may hold which paper; light, for whoever only asks."""

from __future__ import annotations

from amparo.model.reach import Audience

# The analysis never leaves the keepers.
AUDIENCES_OF: dict[str, tuple[Audience, ...]] = {
    "sheet": ("group", "personal", "keepers"),
    "plan": ("group", "personal", "keepers"),
    "analysis": ("keepers",),
    "notes": ("keepers",),
}
# What only the keepers may hold is encrypted, unless somebody says otherwise in so many words.
KEEPERS_ONLY = frozenset(name for name, may in AUDIENCES_OF.items() if may == ("keepers",))
# Papers with nothing on them: anybody may have them, and no keeper is asked.
BLANKS: tuple[str, ...] = ("blank", "forms")
