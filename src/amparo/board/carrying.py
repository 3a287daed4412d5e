"""One board a page: it draws the stored state and carries out what the page asks.

A page's message is never trusted: kind, id and fields are checked here, the values again in the
keeper. An answer says "saved" only after the keeper has committed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from amparo.board import view, words
from amparo.board.parts import own_words
from amparo.board.promises import honest, redated
from amparo.board.scene import Scene
from amparo.board.shape import fits, named
from amparo.board.written import Written
from amparo.errors import AmparoError, ConflictError, RecordError, UndoConflictError
from amparo.messages import Messages, messages, reviewed
from amparo.model.base import Record
from amparo.model.fields import FieldSpec, common_of, form_of
from amparo.model.process import Process
from amparo.model.registry import BY_KIND, read_record
from amparo.model.workspace import Workspace
from amparo.session import MANY_EXPIRED, Ack, Session, Stored

Message = dict[str, Any]
_ID = re.compile(r"[0-9a-f]{32}")
_REVISION = re.compile(r"[0-9A-Za-z-]{1,64}")
_MOST_AT_ONCE = 60
_REMEMBERED = 200


class Board:
    """What one page shows of a workspace, in one language."""

    def __init__(
        self, session: Session, lang: str, *, today: date, rule: Process | None = None
    ) -> None:
        self._session = session
        # What new entries begin with where no process says it.
        self._rule = rule
        self._words: Messages = messages(lang)
        self._today = today
        self._read: tuple[int, Workspace, dict[str, int]] | None = None
        self._session_only = True
        self._written = Written()
        # A page sends again what was not answered; the same revision is carried out once.
        self._answered: OrderedDict[str, Message] = OrderedDict()

    @property
    def lang(self) -> str:
        """The language of the page."""
        return self._words.lang

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self._words.direction

    def texts(self) -> Message:
        """Return the sentences that every part of a page may use."""
        return {"text": words.texts(self._words) | self._renamed(), "lang": self.lang}

    def words(
        self, sentences: tuple[str, ...], kinds: tuple[str, ...], vocabularies: tuple[str, ...]
    ) -> Message:
        """Return what one part says: its own sentences, its choices, the forms of its kinds."""
        said = words.part(self._words, sentences, kinds, vocabularies)
        own = self._renamed()
        for kind, form in said["forms"].items():
            form["many"] = own.get(f"kind.{kind}.many", form["many"])
        return said

    def _renamed(self) -> dict[str, str]:
        return own_words.renamed(self._stored()[0])

    def scene(self, options: Mapping[str, Any]) -> Scene:
        """Return the stored state as it is now, for a part made with *options*."""
        workspace, versions = self._stored()
        return Scene(
            workspace, versions, self._words, self._today, options, self._session.changes_since,
            self._session.conflicts, session_only=self._session_only,
        )  # fmt: skip

    def status(self) -> Message:
        """Return where the store stands: what can be undone, and whether it is kept at all."""
        status = self._session.status()
        return {
            "seq": status.seq,
            "session_only": status.session_only,
            "can_undo": status.can_undo,
            "can_redo": status.can_redo,
            "reviewed": reviewed(self.lang),
            "notices": [self._words.text(key) for key in status.notices],
            "expired": MANY_EXPIRED in status.notices,
            "today": self._words.date(self._today),
        }

    def _stored(self) -> tuple[Workspace, dict[str, int]]:
        status = self._session.status()
        seq, self._session_only = status.seq, status.session_only
        if self._read is None or self._read[0] != seq:
            stored = self._session.stored()
            versions = {one.record.id: one.version for one in stored}
            self._read = (seq, Workspace.of(one.record for one in stored), versions)
        return self._read[1], self._read[2]

    def sentence(self, error: AmparoError) -> str:
        """Return what a person reads about *error*, in the language of the page."""
        return self._words.error(error)

    def refusal(self, revision: str = "") -> Message:
        """Return the answer to a message that makes no sense."""
        return {"type": "refused", "rev": revision, "text": self._words.text("ui.save.refused")}

    def answer(self, message: object) -> Message:
        """Carry out one message of the page and say what happened; never raises for bad input."""
        revision = revision_of(message)
        if not isinstance(message, dict) or not revision:
            return self.refusal()
        if revision not in self._answered:
            self._answered[revision] = {**self._carry_out(message), "rev": revision}
            while len(self._answered) > _REMEMBERED:
                self._answered.popitem(last=False)
        return self._answered[revision]

    def _carry_out(self, message: Message) -> Message:
        kind = message.get("type")
        carry = {
            "save": lambda: self._save([message]),
            "save_many": lambda: self._save(_items(message)),
            "delete": lambda: self._delete(message),
            "undo": lambda: self._stepped(self._session.undo()),
            "redo": lambda: self._stepped(self._session.redo()),
            "confirm_expired": self._confirm_expired,
            "settle": lambda: self._settle(message),
        }.get(kind if isinstance(kind, str) else "")
        try:
            if carry is None:
                raise RecordError("unknown message", record="?", names="type")
            return carry()
        except ConflictError as conflict:
            return self._conflict(message, conflict)
        except AmparoError as error:
            return {"type": "refused", "text": self._words.error(error), "fields": _fields(error)}

    def _delete(self, message: Message) -> Message:
        record_id, version = self._record_id(message), self._version(message)
        version = self._written.since(record_id, version) or 0
        return self._stepped(self._session.delete(record_id, expected_version=version))

    def _confirm_expired(self) -> Message:
        self._session.confirm_expired()
        return self._stepped(None)

    def _settle(self, message: Message) -> Message:
        """Forget a text that came too late, once somebody has chosen."""
        conflict = message.get("conflict")
        if not isinstance(conflict, int) or isinstance(conflict, bool) or conflict < 1:
            raise RecordError("bad conflict", record="?", names="conflict")
        self._session.settle(conflict)
        return {"type": "look"}

    def _stepped(self, ack: Ack | None) -> Message:
        return self._acknowledged(ack.at if ack else None, 0)

    def _save(self, items: list[Message]) -> Message:
        """Save what the page sent together, or nothing of it."""
        saves = [self._to_save(item) for item in items]
        # First: what is acknowledged is the last one, and that is what the page has sent.
        saves = [*redated(saves, *self._stored()), *saves]
        ack = self._session.save_many(saves)
        self._written.note(saves, ack.version)
        return {**self._acknowledged(ack.at, ack.version), "id": saves[-1][0].id}

    def _to_save(self, item: Message) -> tuple[Record, int | None]:
        kind, fields = item.get("kind"), item.get("fields")
        if not isinstance(kind, str) or kind not in BY_KIND or not isinstance(fields, dict):
            raise RecordError("unknown kind", record="?", names="kind")
        settable = _settable(kind)
        if not fields or fields.keys() - settable.keys():
            raise RecordError("unknown field", record=kind, names="fields")
        self._refuse_misfits(kind, settable, fields)
        record_id, version = self._place(kind, item)
        if not self._may_be(kind, record_id):
            raise RecordError("the record is of another kind", record=kind, names="kind")
        before = self._session.get(record_id).record if version else None
        return self._merged(kind, record_id, before, fields), version

    def _place(self, kind: str, item: Message) -> tuple[str, int | None]:
        """Return the id and the version an item is to be saved on, this page's own saves passed."""
        record_id, version = self._record_id(item), self._version(item)
        model = BY_KIND[kind]
        there = self._stored()[0].one(model) if model.single and version is None else None
        if there and self._written.has_begun(there.id):
            record_id = there.id
        return record_id, self._written.since(record_id, version)

    def _refuse_misfits(
        self, kind: str, settable: Mapping[str, FieldSpec], fields: Mapping[str, Any]
    ) -> None:
        bad = sorted(name for name in fields if not self._is_meant(settable[name], fields[name]))
        if bad:
            shapes = tuple((name, "shape") for name in bad)
            raise RecordError("bad shape", fields=shapes, record=kind, names=", ".join(bad))

    def _is_meant(self, spec: FieldSpec, value: object) -> bool:
        return fits(spec, value) and all(self._may_be(*one) for one in named(spec, value))

    def _may_be(self, kind: str | None, record_id: str) -> bool:
        # An id that names nothing may have been deleted a moment ago, and can come back.
        found = self._stored()[0].get(record_id)
        return found is None or found.kind == kind

    def _merged(
        self, kind: str, record_id: str, before: Record | None, fields: dict[str, Any]
    ) -> Record:
        base = before.model_dump(mode="json") if before else self._new(kind, record_id)
        whole = {**base, **fields}
        if kind == "threat" and "parts" in fields:
            whole["sentence"] = self._sentence(base, whole)
        if kind == "plan_version":
            # What was agreed is the plan as it stood then; the keeper can show it again.
            whole["store_seq"] = base["store_seq"] if before else self._session.status().seq
        if kind == "risk_state":
            whole = {"state": "current", **whole, "assessed_on": self._today.isoformat()}
        record = read_record(kind, whole)
        if isinstance(record, Process):
            return honest(record, session_only=self._session.status().session_only)
        return record

    def _sentence(self, base: dict[str, Any], whole: dict[str, Any]) -> str:
        """Compose the sentence anew, unless only the group's own words say what could happen."""
        parts = read_record("threat", whole).model_dump()["parts"]
        ours = not base["sentence"] or base["sentence"] == view.compose(self._words, base["parts"])
        return view.compose(self._words, parts) if parts["act"] or ours else base["sentence"]

    def _new(self, kind: str, record_id: str) -> dict[str, Any]:
        process = self._stored()[0].one(Process) or self._rule
        start: dict[str, Any] = {"id": record_id, "created_on": self._today.isoformat()}
        if process:
            start["sensitivity"] = process.labels_default
            start["delete_by"] = process.data_rule.delete_by
        if kind == "threat":
            start["sentence"] = ""
        return start

    def _record_id(self, message: Message) -> str:
        record_id = message.get("id")
        if not isinstance(record_id, str) or not _ID.fullmatch(record_id):
            raise RecordError("bad id", record="?", names="id")
        return record_id

    def _version(self, message: Message) -> int | None:
        version = message.get("version")
        if version is not None and (not isinstance(version, int) or isinstance(version, bool)):
            raise RecordError("bad version", record="?", names="version")
        return version

    def _acknowledged(self, at: datetime | None, version: int) -> Message:
        saved = at.astimezone().strftime("%H:%M") if at else ""
        text = self._words.text("ui.save.saved", time=saved) if at else self._words.text("ui.ready")
        return {"type": "ack", "version": version, "text": text}

    def _conflict(self, message: Message, conflict: ConflictError) -> Message:
        if isinstance(conflict, UndoConflictError):
            # Nothing of this page was lost, so there are no two texts to choose between.
            return {"type": "refused", "text": self._words.error(conflict), "fields": []}
        theirs: Stored | None = getattr(conflict, "theirs", None)
        shown = theirs.record.model_dump(mode="json") if theirs else {}
        mine = message.get("fields", {})
        return {
            "type": "conflict",
            "text": self._words.text("ui.save.conflict"),
            "mine": mine,
            "theirs": {name: shown.get(name) for name in mine},
            "id": theirs.record.id if theirs else None,
            "version": theirs.version if theirs else None,
            "late": self._kept_aside(message.get("id"), mine),
        }

    def _kept_aside(self, record_id: object, mine: Mapping[str, Any]) -> int | None:
        """Return the number under which the keeper holds the text that came too late."""
        for one in reversed(self._session.conflicts()):
            held = one.record.model_dump(mode="json")
            if one.record.id == record_id and all(held.get(name) == mine[name] for name in mine):
                return one.id
        return None


def revision_of(message: object) -> str:
    """Return the mark of a message, or nothing where it has none that may travel back."""
    revision = message.get("rev") if isinstance(message, dict) else None
    return revision if isinstance(revision, str) and _REVISION.fullmatch(revision) else ""


def _fields(error: AmparoError) -> list[str]:
    return [name for name, _ in error.fields] if isinstance(error, RecordError) else []


@lru_cache(maxsize=128)
def _settable(kind: str) -> Mapping[str, FieldSpec]:
    return {spec.name: spec for spec in (*form_of(kind), *common_of(kind))}


def _items(message: Message) -> list[Message]:
    items = message.get("items")
    if not isinstance(items, list) or not 0 < len(items) <= _MOST_AT_ONCE:
        raise RecordError("bad list", record="?", names="items")
    if not all(isinstance(item, dict) for item in items):
        raise RecordError("bad list", record="?", names="items")
    return items
