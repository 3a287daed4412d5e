"""A separate space: records of a part of the group, sealed under a key of its own.

Its book lives in memory only, while somebody is in it. On the disk there are sealed rows in the
workspace's database and nothing else: no kind, no count, no date.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from amparo.errors import (
    ConflictError,
    SharedPassphraseError,
    SpaceKeyError,
    StoreError,
    WeakPassphraseError,
    WrongKeyError,
)
from amparo.store import erasure, sealed, slots
from amparo.store.book import Book, Result
from amparo.store.database import connect_memory, last_seq, make_schema, transaction
from amparo.store.handle import Store
from amparo.store.openers import Passphrase
from amparo.store.space_key import SpaceKey, key_of, open_slot, require_strong

# Then they are drawn together: a save writes one small row, and few rows ever stand there.
_ROWS_AT_MOST = 16
Through = Callable[[Callable[[], None]], None]


class Space(Book):
    """One separate space, open: the commands of a workspace, on its own records.

    Nothing of it is in the lists, history, digest, conflicts or change numbers of the workspace
    in whose database its rows lie.
    """

    def __init__(self, outer: Store, slot: int, key: SpaceKey) -> None:
        super().__init__(connect_memory(), outer.clock)
        self._outer, self._slot, self._key = outer, slot, key
        self.is_open = True
        self._load()

    def is_same(self, slot: int) -> bool:
        """Tell whether this is the space of that slot."""
        return self.is_open and self._slot == slot

    def move(self, outer: Store) -> None:
        """Go on in *outer*, a copy of the workspace so far."""
        self._outer = outer

    def pressing(self, work: Callable[[], Result]) -> Result:
        """Do what must work on a full disk too, with the room of the workspace's reserve."""
        result = work()
        self._write_on(self._outer.pressing)
        return result

    def change_passphrase(self, old: str, new: str) -> None:
        """Seal everything anew under a new key that *new* opens; *old* opens nothing any more.

        Raises:
            SpaceKeyError: *old* is not the passphrase of this space.
            WeakPassphraseError: *new* is too easy to guess, or may not be used here.
        """
        self._require(old)
        slot_key = _free_key(self._outer, new)
        fresh = SpaceKey.generate()
        body = slot_key.seal(fresh.slot(self._outer.workspace_id))

        def renew() -> None:
            with transaction(self._outer.database):
                sealed.remove(self._outer.database, [self._slot])
                slot = sealed.insert(self._outer.database, body)
                rows = self._rewrite(fresh)
                erasure.call_for_scrub(self._outer.database)
            self._slot, self._key, self._rows = slot, fresh, rows

        self._outer.pressing(renew)
        self._outer.scrub()

    def delete_all(self, passphrase: str) -> None:
        """Remove the whole space for good; the workspace keeps no trace that it was there.

        Raises:
            SpaceKeyError: this is not its passphrase.
        """
        self._require(passphrase)

        def forget() -> None:
            with transaction(self._outer.database):
                sealed.remove(self._outer.database, [self._slot, *self._rows])
                erasure.call_for_scrub(self._outer.database)

        self._outer.pressing(forget)
        self._shut()
        self._outer.scrub()

    def close(self) -> None:
        """Forget the key; what was deleted is gone for good. Twice is fine."""
        if not self.is_open:
            return
        # A full disk or a stick pulled out: the rows stand as they were, and nothing is lost.
        with contextlib.suppress(StoreError):
            self.purge(role="")
            if len(self._rows) > 1:
                self._outer.pressing(self._gather)
        self._shut()

    def _kept(self, work: Callable[[], Result]) -> Result:
        try:
            result = work()
        except ConflictError:
            self._write_on(_at_once)  # the text that came too late was kept aside
            raise
        self._write_on(_at_once)
        return result

    def _erased(self, work: Callable[[], Result]) -> Result:
        result = work()

        def gather() -> None:
            self._gather(scrub=True)

        self._safely(lambda: self._outer.pressing(gather))
        self._outer.scrub()
        return result

    def _write_on(self, through: Through) -> None:
        content = sealed.read_book(self._database, self._sealed_seq)
        waiting = {name: lines for name, lines in content.items() if name != "changes"}
        if not content["changes"] and waiting == self._waiting:
            return
        full = len(self._rows) >= _ROWS_AT_MOST
        self._safely(lambda: through(self._gather if full else lambda: self._add(content)))

    def _safely(self, write: Callable[[], None]) -> None:
        try:
            self._outer.require_place()
            write()
            self._outer.require_place()
        except BaseException:
            # What did not reach the disk must not be shown as if it had.
            self._load()
            raise
        self._note()

    def _add(self, content: dict[str, object]) -> None:
        text = sealed.write_page(self._generation, len(self._rows), content)
        body = self._key.seal(text)
        with transaction(self._outer.database):
            row = sealed.insert(self._outer.database, body)
        self._rows.append(row)

    def _gather(self, *, scrub: bool = False) -> None:
        with transaction(self._outer.database):
            rows = self._rewrite(self._key)
            if scrub:
                erasure.call_for_scrub(self._outer.database)
        self._rows = rows

    def _rewrite(self, key: SpaceKey) -> list[int]:
        # Inside a transaction. One row takes the place of all.
        content = sealed.read_book(self._database, 0)
        text = sealed.write_page(self._generation + 1, 0, content)
        sealed.remove(self._outer.database, self._rows)
        row = sealed.insert(self._outer.database, key.seal(text))
        self._generation += 1
        return [row]

    def _load(self) -> None:
        self._database.close()
        self._database = connect_memory()
        try:
            pages = sealed.pages_of(self._outer.database, self._key)
            make_schema(self._database, self._outer.workspace_id, "")
            with transaction(self._database):
                sealed.replay(self._database, pages)
        except BaseException:
            self._shut()
            raise
        self._rows = [page.row for page in pages]
        self._generation = pages[0].generation
        self._note()

    def _note(self) -> None:
        self._sealed_seq = last_seq(self._database)
        self._waiting = {
            name: lines
            for name, lines in sealed.read_book(self._database, self._sealed_seq).items()
            if name != "changes"
        }

    def _require(self, passphrase: str) -> None:
        taken = sealed.slots_of(self._outer.database)
        slot, _ = open_slot(taken, passphrase, self._outer.workspace_id)
        if slot != self._slot:
            raise SpaceKeyError("this passphrase is not the one of this space")

    def _shut(self) -> None:
        self.is_open = False
        self._key = SpaceKey("")
        self._database.close()


def make_space(outer: Store, passphrase: str) -> Space:
    """Make a separate space in an open workspace, and open it.

    Raises:
        SharedPassphraseError: this passphrase opens the whole workspace.
        WeakPassphraseError: it is too easy to guess, or may not be used here.
    """
    slot_key = _free_key(outer, passphrase)
    key = SpaceKey.generate()
    empty = {"changes": [], "conflicts": [], "marks": []}
    with transaction(outer.database):
        slot = sealed.insert(outer.database, slot_key.seal(key.slot(outer.workspace_id)))
        sealed.insert(outer.database, key.seal(sealed.write_page(1, 0, empty)))
    return Space(outer, slot, key)


def find_space(outer: Store, passphrase: str) -> tuple[int, SpaceKey]:
    """Return the slot that *passphrase* opens, and the key that lies in it.

    Raises:
        SpaceKeyError: none opens; with no space at all the error and the work are the same.
    """
    return open_slot(sealed.slots_of(outer.database), passphrase, outer.workspace_id)


def _free_key(outer: Store, passphrase: str) -> SpaceKey:
    require_strong(passphrase)
    if not outer.session_only and _opens_workspace(outer, passphrase):
        raise SharedPassphraseError("this passphrase opens the workspace")
    key = key_of(passphrase, outer.workspace_id)
    # Two spaces behind one passphrase could not be told apart. Said as of any weak passphrase:
    # only who could enter already can learn from it that there is a space.
    if any(key.unseal(body) is not None for body in sealed.slots_of(outer.database).values()):
        raise WeakPassphraseError("passphrase refused: taken")
    return key


def _opens_workspace(outer: Store, passphrase: str) -> bool:
    try:
        slots.unlock(outer.folder, outer.workspace_id, Passphrase(passphrase))
    except WrongKeyError:
        return False
    return True


def _at_once(work: Callable[[], None]) -> None:
    work()
