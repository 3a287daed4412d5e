"""Which role may use which address: one table, and what is not in it is refused.

The gate asks it for every request, Jupyter's own handlers ask it a second time, and the server
does not start when it would serve an address that is not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from amparo.serve.pages import PREVIEW, READERS
from amparo.serve.parts import FILE_NAME, ROUTE
from amparo.serve.people import Role

KERNEL = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
EXTENSIONS = (
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",  # Voilà takes base and controls from it
    "@voila-dashboards/widgets-manager8",
)
JOIN, ROOM, WALL = "/join", "/room", "/wall"

_Roles = frozenset[Role]
HOSTS: _Roles = frozenset({"laptop", "facilitator"})
GUESTS: _Roles = frozenset({"group", "participant", "observer"})
PHONES: _Roles = frozenset({"participant", "observer"})
_LAPTOP: _Roles = frozenset({"laptop"})
WORK: _Roles = frozenset({"laptop", "group"})
SEES: _Roles = WORK | PHONES
_ALL: _Roles = HOSTS | GUESTS


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may read an address, who may post to it, and whether a code is needed at all."""

    reads: _Roles
    posts: _Roles = frozenset()
    is_door: bool = False

    def allows(self, role: Role | None, method: str) -> bool:
        """Tell whether *role* (None: nobody we know) may use this address with *method*."""
        roles = self.posts if method == "POST" else self.reads
        return bool(roles) if self.is_door else role in roles

    def roles(self) -> _Roles:
        """Return everybody who may use it in any way."""
        return self.reads | self.posts


RULES: dict[str, Rule] = {
    r"/": Rule(WORK),
    rf"/api/kernels/{KERNEL}": Rule(WORK),
    rf"/api/kernels/{KERNEL}/channels": Rule(WORK),
    rf"/voila/api/shutdown/{KERNEL}": Rule(frozenset(), WORK),
    r"/voila/static/(.*)": Rule(WORK),
    rf"/voila/labextensions/((?:{'|'.join(EXTENSIONS)})/.*)": Rule(WORK),
    r"/voila/templates/amparo/static/(.*)": Rule(_ALL),
    rf"{ROUTE}({FILE_NAME})": Rule(WORK),
    # What the person at this computer decides for everybody.
    "/am/hide": Rule(frozenset(), HOSTS),
    "/am/visitors": Rule(frozenset(), HOSTS),
    "/am/show": Rule(frozenset(), HOSTS),
    "/am/pin": Rule(frozenset(), _LAPTOP),
    "/am/lock": Rule(frozenset(), _LAPTOP),
    "/am/unlock": Rule(frozenset(), _LAPTOP),
    "/am/begin": Rule(_LAPTOP, _LAPTOP),
    "/am/keep": Rule(frozenset(), _LAPTOP),
    "/am/forget": Rule(frozenset(), _LAPTOP),
    "/am/suggest": Rule(_LAPTOP),
    "/am/kept": Rule(_LAPTOP),
    # A post asks for a paper that only the keepers may hold: never over a network.
    r"/am/paper/([a-z_]{1,32})": Rule(WORK, _LAPTOP),
    rf"{PREVIEW}([a-z_]{{1,32}})": Rule(WORK),
    READERS: Rule(WORK),
    "/am/watch": Rule(_ALL),
    "/now": Rule(SEES),
    "/words": Rule(WORK),
    "/quiet": Rule(_ALL),
    "/lesson": Rule(_ALL),
    "/locked": Rule(_ALL),
    ROOM: Rule(HOSTS),
    "/am/room": Rule(HOSTS),
    "/am/room/door": Rule(frozenset(), HOSTS),
    "/am/room/invite": Rule(frozenset(), HOSTS),
    "/am/room/dismiss": Rule(frozenset(), HOSTS),
    "/am/room/stop": Rule(frozenset(), HOSTS),
    WALL: Rule(SEES),
    "/am/wall": Rule(SEES),
    "/am/card": Rule(frozenset(), frozenset({"participant"})),
    # The only two that answer somebody without a session, and their script.
    JOIN: Rule(_ALL, is_door=True),
    "/am/join": Rule(frozenset(), _ALL, is_door=True),
    r"/am/(join\.js)": Rule(_ALL, is_door=True),
}


def rule_for(path: str) -> Rule | None:
    """Return the rule of *path*, or None when there is none."""
    return next((rule for pattern, rule in _compiled() if pattern.fullmatch(path)), None)


def allows(role: Role | None, path: str, method: str) -> bool:
    """Tell whether *role* may use *path*; what has no rule is nobody's."""
    rule = rule_for(path)
    return rule is not None and rule.allows(role, method)


def served_to(roles: Iterable[Role], pattern: str, *, has_door: bool) -> bool:
    """Tell whether an address exists at all where only these roles come in.

    Args:
        roles: everybody who may come in there.
        pattern: the address, exactly as in the table.
        has_door: whether people without a session knock there.
    """
    rule = RULES[pattern]
    return has_door if rule.is_door else bool(rule.roles() & frozenset(roles))


def home(role: Role) -> str:
    """Return the page on which somebody of this role begins."""
    if role in PHONES:
        return WALL
    return ROOM if role == "facilitator" else "/"


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple((re.compile(pattern, re.ASCII), rule) for pattern, rule in RULES.items())
