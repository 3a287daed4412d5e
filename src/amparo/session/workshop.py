"""What a session can do in a workshop: the wall, own lines, who is in, its end, and listening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from amparo.errors import ConflictError
from amparo.keeper.hearing import Hearing
from amparo.keeper.line import ADDRESS, CAPABILITY, Line
from amparo.keeper.roles import WorkshopRole
from amparo.model.contributions import Prompt, Stand
from amparo.session.reading import to_ack, to_counts, to_seated, to_stored, to_wall
from amparo.session.values import Ack, Counts, Ended, Seated, Wall


class WorkshopTalk:
    """The part of a session that is about a room full of people."""

    _line: Line
    _environment: dict[str, str]

    def listen(self, heard: Callable[[int | None], None]) -> Callable[[], None]:
        """Hear of changes without asking for them; return what ends that.

        Args:
            heard: called in a thread of its own with a number that is another one whenever
                something changed that this session may see, and once with None when the keeper
                has ended the line: it was locked, killed, or this session was shut out. The
                number says nothing else; ask for what is new.

        Raises:
            LockedError: the keeper is gone.
            ForbiddenError: this session may neither read nor see the wall nor count.
        """
        return Hearing(self._environment[ADDRESS], self._environment[CAPABILITY], heard).close

    def admit(
        self, workshop_role: WorkshopRole, *, identity: str, writer: str | None = None
    ) -> dict[str, str]:
        """Give somebody a place in a workshop; return the environment of a session that has it.

        Args:
            workshop_role: decides alone what it may do.
            identity: a random word, never a name; the same for all pages of one person.
            writer: 32 hexadecimal digits under which a participant's own lines stand. Whoever
                gives the same again, after a keeper was killed, gives them back to her. Keep it
                in memory only. Without it the keeper makes one.
        """
        made = self._line.ask(
            "grant", identity=identity, workshop_role=workshop_role, writer=writer
        )
        return {**self._environment, CAPABILITY: made}

    def wall(self) -> Wall:
        """Return what the whole room may see, and this session's own lines."""
        return to_wall(self._line.ask("wall"))

    def counts(self) -> Counts:
        """Return numbers alone: how many lines, and the three counts of the plan."""
        return to_counts(self._line.ask("counts")["counts"])

    def contribute(
        self,
        record_id: str,
        *,
        prompt: Prompt,
        text: str,
        place: Stand = "own",
        expected_version: int | None,
    ) -> Ack:
        """Make or change a line of one's own.

        Args:
            record_id: 32 random hexadecimal digits.
            prompt: what it is about.
            text: one line, 1 to 300 characters.
            place: ``own`` or ``wall``.
            expected_version: the version this edit started from; None for a new line.

        Raises:
            ConflictError: it was changed since, by the group or from another page of one's own;
                ``theirs`` is what stands now, and this text waits under ``late`` on the wall.
            RecordMissingError: it is not one's own, or gone.
            TooManyLinesError: one person has no more lines.
            KeeperError: the text is empty or too long, or cannot be kept.
        """
        try:
            said = self._line.ask(
                "contribute",
                id=record_id, prompt=prompt, text=text, place=place,
                expected_version=expected_version,
            )  # fmt: skip
        except ConflictError as error:
            if isinstance(error.stored, dict):
                error.stored = to_stored(error.stored)
            raise
        return to_ack(said)

    def who(self) -> tuple[Seated, ...]:
        """Return all who hold a capability, and in which role."""
        return tuple(map(to_seated, self._line.ask("who")))

    def revoke(self, identity: str) -> None:
        """Shut somebody out at once: capabilities, pages and lines that listen."""
        self._line.ask("revoke", identity=identity)

    def workshop_end(self) -> Ended:
        """End a workshop: participants and observers are out, and nobody can tell who wrote what.

        What still stood at ``own`` is erased for good. A second call changes nothing more.
        """
        said: dict[str, Any] = self._line.ask("workshop_end")
        return Ended(said["kept"], said["gone"])
