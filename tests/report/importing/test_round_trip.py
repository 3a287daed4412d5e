"""What was exported comes back as it was, through a real keeper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage as _pyrage
import pytest

from amparo.errors import ConflictError
from amparo.keeper.client import Handle
from amparo.model.base import Record
from amparo.model.threats import Threat
from amparo.report.importing import ImportFileError, apply, changes_for, read_proposals
from amparo.report.run import encrypt_for
from amparo.session import Session
from amparo.store import Identity

pyrage: Any = _pyrage  # a compiled module, without types
Connect = Callable[[Handle], Session]
FORMS = ("xlsx", "csv", "json")


def _take_in(session: Session, path: Path, today: Any) -> int:
    found = read_proposals(path).records
    return apply(session, changes_for(found, session.stored(), today=today))


def test_an_encrypted_file_is_read_with_its_identity_and_no_other(
    export: Any, records: tuple[Record, ...], tmp_path: Path
) -> None:
    """What went out closed need not lie open on a disk to come back."""
    key, other = (pyrage.x25519.Identity.generate() for _ in range(2))
    closed = encrypt_for(export("json").read_bytes(), [str(key.to_public())])
    (tmp_path / "sent").write_bytes(closed)

    assert len(read_proposals(tmp_path / "sent", str(key)).records) == len(records)
    for wrong in (str(other), "", "AGE-SECRET-KEY-1"):
        with pytest.raises(ImportFileError, match="encrypted"):
            read_proposals(tmp_path / "sent", wrong)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_back_every_field_of_every_record(
    export: Any, compare: Any, records: tuple[Record, ...], digest: Any, form: str
) -> None:
    """A workspace that went through a table must not have lost a line."""
    changes = compare(export(form), [])

    assert changes.of("refused") == ()
    assert len(changes.of("new")) == len(records)
    assert digest(change.record for change in changes.all) == digest(records)
    assert compare(export(form), records).of("new", "changed", "refused") == ()


def test_a_file_taken_into_an_empty_workspace_gives_the_same_records(
    export: Any, kept: Handle, connect: Connect, records: tuple[Record, ...], digest: Any
) -> None:
    """First from a spreadsheet, then the same again from JSON: the second time changes nothing."""
    session = connect(kept)

    first = _take_in(session, export("xlsx"), records[0].created_on)
    after = session.digest()
    second = _take_in(session, export("json"), records[0].created_on)

    assert (first, second) == (len(records), 0)
    assert digest(session.workspace()) == digest(records)
    assert session.digest() == after
    # In the order they were made: the letters of the threats follow it.
    ids = [threat.id for threat in session.workspace().all(Threat)]
    assert ids == [record.id for record in records if record.kind == "threat"]


def test_r30_a_record_that_changed_in_between_is_not_written_over(
    export: Any, kept: Handle, connect: Connect, records: tuple[Record, ...], threat: Any
) -> None:
    """Nobody's words are lost because a table was open on another computer."""
    session = connect(kept)
    first, second = threat(1, "first"), threat(2, "second")
    session.save_many([(first, None), (second, None)])
    ours = (first.with_changes(sentence="ours"), second.with_changes(sentence="ours too"))
    found = read_proposals(export("json", of=ours)).records
    changes = changes_for(found, session.stored(), today=records[0].created_on)
    session.save(first.with_changes(sentence="theirs"), expected_version=1)

    with pytest.raises(ConflictError):
        apply(session, changes)

    assert {one.sentence for one in session.workspace().all(Threat)} == {"theirs", "second"}
    assert [conflict.record for conflict in session.conflicts()] == [ours[0]]


def test_what_was_deleted_here_does_not_come_back_from_a_file(
    export: Any,
    keep: Any,
    connect: Connect,
    tmp_path: Path,
    records: tuple[Record, ...],
    threat: Any,
) -> None:
    """Somebody had a reason; an old table must not undo it."""
    session = connect(keep(tmp_path / "w", Identity.generate(), create=True))
    session.save_many([(threat(1), None), (threat(2), None)])
    session.delete(threat(1).id, expected_version=1)
    session.erase(threat(2).id)
    path = export("json", of=(threat(1), threat(2), threat(3)))

    changes = changes_for(
        read_proposals(path).records,
        session.stored(),
        today=records[0].created_on,
        was_deleted=lambda record_id: bool(session.history(record_id)),
    )

    assert [change.state for change in changes.all] == ["refused", "refused", "new"]
    assert {fault.key for one in changes.of("refused") for fault in one.faults} == {
        "import.why.deleted"
    }
    assert apply(session, changes) == 0
