"""Commands on separate spaces: make, enter, leave, share, change the passphrase, delete.

None of them tells who is outside whether there is any: there is no list and no count, and a
passphrase that opens nothing is answered alike with and without spaces.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from pydantic import Field

from amparo.errors import ConflictError, ForbiddenError
from amparo.keeper.admin_commands import PassphraseChange, Secret
from amparo.keeper.capabilities import Capability, Right
from amparo.keeper.desk import Arguments, Desk
from amparo.keeper.expiry import expire
from amparo.keeper.record_commands import Item, Nothing, checked
from amparo.store import Space, find_space, make_space

# Nothing else: whoever is in a space can neither lock nor copy nor look at key slots from there.
_RIGHTS: frozenset[Right] = frozenset({"read", "write"})


class SpacePassphrase(Arguments):
    """The passphrase of a space."""

    passphrase: Secret


class Shared(Arguments):
    """A record to copy out, and a capability of the workspace that may save it there."""

    kind: Annotated[str, Field(max_length=64)]
    values: dict[str, Any]
    common: Annotated[str, Field(max_length=128, repr=False)]


def make(desk: Desk, caller: Capability, asked: SpacePassphrase) -> str:
    """Make a separate space and return a capability that is good in it and nowhere else."""
    name, _ = desk.seat(make_space(desk.whole, asked.passphrase))
    return _capability(desk, caller, name)


def enter(desk: Desk, caller: Capability, asked: SpacePassphrase) -> str:
    """Return a capability that is good in the space this passphrase opens and nowhere else."""
    slot, key = find_space(desk.whole, asked.passphrase)
    name = desk.room(slot)
    if name is None:
        name, room = desk.seat(Space(desk.whole, slot, key))
        expire(room)
    return _capability(desk, caller, name)


def leave(desk: Desk, caller: Capability, _: Nothing) -> None:
    """Forget the key of this space; every page that is in it is out."""
    _clear(desk, caller)


def change_passphrase(desk: Desk, _caller: Capability, asked: PassphraseChange) -> None:
    """Seal this space anew, under another passphrase."""
    desk.space.change_passphrase(asked.old, asked.new)


def delete(desk: Desk, caller: Capability, asked: SpacePassphrase) -> None:
    """Delete this whole space for good; its passphrase is asked once more."""
    desk.space.delete_all(asked.passphrase)
    _clear(desk, caller)


def share(desk: Desk, _caller: Capability, asked: Shared) -> str:
    """Save a copy in the workspace, as its own new record, and return the id it has there.

    It gets a new id and a new day, and what it named inside the space is left out: nothing in the
    workspace points back.
    """
    own = {change.record_id for change in desk.space.changes_since(0)}
    common = desk.ring.find(asked.common)
    common.require("write")
    if desk.workspace is None or common.space is not None:
        raise ForbiddenError("not a capability of the workspace")
    values = {
        **_without(asked.values, own),
        "id": secrets.token_hex(16),
        "created_on": desk.now().date().isoformat(),
    }
    item = Item(kind=asked.kind, values=values, expected_version=None)
    try:
        envelope = checked(desk.workspace, item)
    except ConflictError:
        # Without the record that is there: what the workspace says is read from the workspace.
        raise ConflictError("the one record of this kind is there already") from None
    desk.workspace.store.put_many([envelope], role=common.role)
    return envelope.id


def _capability(desk: Desk, caller: Capability, name: str) -> str:
    rights = caller.rights & _RIGHTS
    made = desk.ring.grant(rights, identity=caller.identity, role=caller.role, space=name)
    return made.secret


def _clear(desk: Desk, caller: Capability) -> None:
    if desk.workspace is None or caller.space is None:
        raise ForbiddenError("not in a separate space")
    desk.workspace.clear(caller.space)


def _without(value: Any, ids: set[str]) -> Any:
    """Return JSON values without the ids that only this space knows."""
    if isinstance(value, dict):
        return {name: _without(part, ids) for name, part in value.items()}
    if isinstance(value, list):
        return [_without(part, ids) for part in value if not _is_in(part, ids)]
    return None if _is_in(value, ids) else value


def _is_in(value: Any, ids: set[str]) -> bool:
    return isinstance(value, str) and value in ids
