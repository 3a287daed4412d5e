"""Every error this product raises on purpose.

An error carries a *fact* for engineers (English, never what a defender typed, never a
passphrase, never a path that may hold a name) and a catalogue key with plain values, from
which the page or the command line makes one sentence in the reader's language.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class AmparoError(Exception):
    """Base of every error this product raises on purpose."""

    key: ClassVar[str] = "error.unexpected"

    def __init__(self, fact: str = "", **values: str | int) -> None:
        super().__init__(fact or self.key)
        self.values = values


class ScaleError(AmparoError, ValueError):
    """A judgement lies outside the scale of its method."""

    key = "error.scale"


class RecordError(AmparoError, ValueError):
    """A record was refused; ``fields`` names each bad field and the rule, never the value."""

    key = "error.record"

    def __init__(
        self, fact: str = "", *, fields: tuple[tuple[str, str], ...] = (), **values: str | int
    ) -> None:
        super().__init__(fact, **values)
        self.fields = fields


class SexualIncidentError(RecordError):
    """An act of sexual violence is not logged in the shared workspace; a measure may be."""

    key = "error.sexual_incident"


class NotYoursError(RecordError):
    """These are the words of a participant: others take them or set them aside, and no more."""

    key = "error.not_yours"


class TooManyLinesError(AmparoError):
    """One participant has as many lines as fit."""

    key = "error.too_many_lines"


class ConflictError(AmparoError):
    """Somebody else saved this record first; both versions are kept, ``stored`` is theirs."""

    key = "error.conflict"

    def __init__(self, fact: str = "", *, stored: object = None, **values: str | int) -> None:
        super().__init__(fact, **values)
        self.stored = stored

    @property
    def theirs(self) -> object:
        """What is stored now, saved by the other one."""
        return self.stored


class UndoConflictError(ConflictError):
    """Somebody else has built on this change since; ``stored`` is theirs, nothing was undone."""

    key = "error.undo_conflict"


class RecordMissingError(AmparoError, LookupError):
    """No record has this id; it may have been deleted."""

    key = "error.record_missing"


class BundleMissingError(AmparoError, FileNotFoundError):
    """A folder that ships with the product is not there; the installation is damaged."""

    key = "error.bundle_missing"


class PackError(AmparoError, ValueError):
    """A content pack breaks a rule; the message starts with file:line."""

    key = "error.pack"

    @classmethod
    def at(cls, path: Path, line: int, fact: str) -> PackError:
        """Build the error for one place in a pack (paths inside a pack name no person)."""
        return cls(f"{path}:{line}: {fact}", file=path.name, line=line, rule=fact)


class StoreError(AmparoError):
    """Base of what can go wrong with a workspace on disk."""

    key = "error.store"


class WorkspaceMissingError(StoreError):
    """There is no workspace at this place."""

    key = "error.workspace_missing"


class PlaceGoneError(StoreError):
    """The folder of an open workspace is gone: deleted, renamed, or on a stick pulled out."""

    key = "error.place_gone"


class WorkspaceExistsError(StoreError):
    """Something already stands where a new workspace was to be made."""

    key = "error.workspace_exists"


class WrongKeyError(StoreError):
    """This passphrase, these words or this identity open no slot."""

    key = "error.wrong_key"


class DamagedError(StoreError):
    """The workspace or the backup file is damaged or cut short."""

    key = "error.damaged"


class OlderCopyError(DamagedError):
    """The workspace is older than the last time it was open here; saves may be missing."""

    key = "error.older_copy"


class FormatVersionError(StoreError):
    """The workspace was made by a newer Amparo than this one."""

    key = "error.format_version"


class ReadOnlyError(StoreError):
    """The place cannot be written."""

    key = "error.read_only"


class DiskFullError(StoreError):
    """The disk is full; what was acknowledged is safe, the last change is not saved."""

    key = "error.disk_full"


class BusyError(StoreError):
    """Another keeper already holds this workspace."""

    key = "error.busy"


class WipeBusyError(BusyError):
    """The keys of a workspace are destroyed, but somebody has it open and can still read it."""

    key = "error.wipe_busy"


class WipeLeftError(StoreError):
    """The keys of a workspace are destroyed, but a file of it could not be removed."""

    key = "error.wipe_left"


class WipeUnfinishedError(StoreError):
    """Somebody began to delete this workspace for good, and the work was cut short."""

    key = "error.wipe_unfinished"


class SlotError(StoreError):
    """A key slot could not be added, changed or removed."""

    key = "error.slot"


class OverloadedError(StoreError):
    """This machine has no time for the work that opens or makes a key just now."""

    key = "error.overloaded"


class SpaceKeyError(StoreError):
    """This passphrase opens no separate space; whether there is one is not said."""

    key = "error.space_key"


class WeakPassphraseError(SlotError):
    """This passphrase is too short or too easy to guess."""

    key = "error.weak_passphrase"


class SharedPassphraseError(WeakPassphraseError):
    """This passphrase opens the whole workspace, so it cannot keep a separate space apart."""

    key = "error.shared_passphrase"


class KeeperError(AmparoError):
    """The keeper could not be reached or refused a command."""

    key = "error.keeper"


class LockedError(KeeperError):
    """The workspace is locked; its passphrase is needed again."""

    key = "error.locked"


class ForbiddenError(KeeperError):
    """This capability may not do that."""

    key = "error.forbidden"


class SpaceLeftError(KeeperError):
    """Somebody left this separate space; its passphrase is needed again."""

    key = "error.space_left"


class ReportError(AmparoError):
    """A report could not be made."""

    key = "error.report"


class ParameterError(ReportError, ValueError):
    """A report was asked for with something it does not know or cannot read."""

    key = "error.parameter"


class NoVersionError(ReportError, LookupError):
    """No plan with this number was agreed, or this reader may not see that it was."""

    key = "error.no_version"


class LanguageError(AmparoError, ValueError):
    """This language has no catalogue."""

    key = "error.language"


class BundledWordsError(AmparoError):
    """The words of an installed package cannot be changed; a copy of the project can."""

    key = "error.bundled_words"


class ProjectMissingError(AmparoError):
    """There is no copy of the project at this place."""

    key = "error.project_missing"


class AudienceError(AmparoError, ValueError):
    """This report is not made for this audience."""

    key = "error.audience"


class NotReadError(ReportError):
    """Two people have not read every sentence of what would leave the group."""

    key = "error.not_read"


class FontMissingError(AmparoError):
    """A font the report needs is not there."""

    key = "error.font_missing"


class OutputError(AmparoError):
    """The result cannot be written where it was asked for."""

    key = "error.output"


class OutputExistsError(OutputError):
    """The output file exists already."""

    key = "error.output_exists"
