"""What a session can do with separate spaces; nothing here tells whether there are any."""

from __future__ import annotations

from typing import Protocol

from amparo.keeper.line import CAPABILITY, Line
from amparo.model.base import Record


class Reachable(Protocol):
    """A session whose capability a space may use to save a copy."""

    def environment(self) -> dict[str, str]:
        """Return what a client needs to reach the keeper as this session does."""
        ...


class SpaceTalk:
    """The part of a session that makes, enters and leaves separate spaces."""

    _line: Line
    _environment: dict[str, str]

    def environment(self) -> dict[str, str]:
        """Return what a client needs to reach the keeper as this session does."""
        return dict(self._environment)

    def make_space(self, passphrase: str) -> dict[str, str]:
        """Make a separate space; return the environment of a session that is in it.

        Raises:
            WeakPassphraseError: the passphrase is too easy to guess.
            SharedPassphraseError: it opens the whole workspace.
        """
        made = self._line.ask("space_make", passphrase=passphrase)
        return {**self._environment, CAPABILITY: made}

    def enter_space(self, passphrase: str) -> dict[str, str]:
        """Return the environment of a session that is in the space this passphrase opens.

        A session there sees the records of the space and none of the workspace.

        Raises:
            SpaceKeyError: it opens none, or there is none: nobody can tell which.
        """
        made = self._line.ask("space_enter", passphrase=passphrase)
        return {**self._environment, CAPABILITY: made}

    def leave_space(self) -> None:
        """Forget the key of the space this session is in; all its pages are out.

        What was deleted there can no longer be brought back.
        """
        self._line.ask("space_leave")
        self.close()

    def share(self, record: Record, into: Reachable) -> str:
        """Copy a record of this space into the workspace; return the id it has there.

        Args:
            record: what shall stand there; change first what must not.
            into: a session of the workspace that may write.

        Raises:
            ForbiddenError: *into* is no such session.
            RecordError: without what it names inside the space the record is not whole.
        """
        return self._line.ask(
            "space_share",
            kind=record.kind,
            values=record.model_dump(mode="json"),
            common=into.environment()[CAPABILITY],
        )

    def change_space_passphrase(self, old: str, new: str) -> None:
        """Seal the space this session is in anew, under another passphrase."""
        self._line.ask("space_change_passphrase", old=old, new=new)

    def delete_space(self, passphrase: str) -> None:
        """Delete the space this session is in for good; nothing brings it back.

        Raises:
            SpaceKeyError: this is not its passphrase.
        """
        self._line.ask("space_delete", passphrase=passphrase)
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._line.close()
