"""One board a page: it draws the stored state and carries out what the page asks.

A page's message is never trusted: kind, id and fields are checked here, the values again in the
keeper. An answer says "saved" only after the keeper has committed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from datetime import date, datetime
from typing import Any

from amparo.board import view, words
from amparo.content import foundations
from amparo.errors import AmparoError, ConflictError, RecordError
from amparo.messages import Messages, messages
from amparo.model.base import Record
from amparo.model.process import Process
from amparo.model.registry import BY_KIND, read_record
from amparo.session import Session, Stored

Message = dict[str, Any]
_ID = re.compile(r"[0-9a-f]{32}")
# Kind -> the fields a screen may set. Everything else is refused.
_FIELDS: dict[str, frozenset[str]] = {
    "threat": frozenset(
        {"parts", "sentence", "threat_type", "imminence", "confidence", "declared"}
    ),
    "risk_state": frozenset({"threat_id", "likelihood", "impact", "confidence"}),
    "measure": frozenset(
        {"title", "phases", "approach", "owner_role", "due", "status", "threat_ids"}
    ),
}
_REMEMBERED = 200


class Board:
    """What one page shows of a workspace, in one language."""

    def __init__(self, session: Session, lang: str, *, today: date) -> None:
        self._session = session
        self._words: Messages = messages(lang)
        self._today = today
        self._pack = foundations(only=("taxonomies",))
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
        """Return sentences, choices and groups for the parts of the page."""
        return {
            "text": words.texts(self._words),
            "choices": words.choices(self._pack, self.lang),
            "threat_groups": words.threat_groups(self._pack),
        }

    def draw(self) -> Message:
        """Return the stored state as JSON values, with what can be undone."""
        stored = self._session.stored()
        workspace = self._session.workspace()
        status = self._session.status()
        process = workspace.one(Process)
        return {
            **view.draw(workspace, {one.record.id: one.version for one in stored}),
            "seq": status.seq,
            "session_only": status.session_only,
            "can_undo": status.can_undo,
            "can_redo": status.can_redo,
            "example": bool(process and process.example),
        }

    def answer(self, message: object) -> Message:
        """Carry out one message of the page and say what happened; never raises for bad input."""
        if not isinstance(message, dict) or not isinstance(message.get("rev"), str):
            return {"type": "refused", "rev": "", "text": self._words.text("ui.save.refused")}
        revision = message["rev"][:64]
        if revision not in self._answered:
            self._answered[revision] = {**self._carry_out(message), "rev": revision}
            while len(self._answered) > _REMEMBERED:
                self._answered.popitem(last=False)
        return self._answered[revision]

    def _carry_out(self, message: Message) -> Message:
        try:
            match message.get("type"):
                case "save":
                    return self._save(message)
                case "delete":
                    ack = self._session.delete(
                        self._record_id(message), expected_version=self._version(message) or 0
                    )
                case "undo":
                    ack = self._session.undo()
                case "redo":
                    ack = self._session.redo()
                case _:
                    raise RecordError("unknown message", record="?", names="type")
        except ConflictError as conflict:
            return self._conflict(message, conflict)
        except AmparoError as error:
            return {"type": "refused", "text": self._words.error(error), "fields": _fields(error)}
        return self._acknowledged(ack.at if ack else None, 0)

    def _save(self, message: Message) -> Message:
        kind, fields = message.get("kind"), message.get("fields")
        if kind not in _FIELDS or not isinstance(fields, dict) or set(fields) - _FIELDS[kind]:
            raise RecordError("unknown kind or field", record=str(kind in BY_KIND), names="fields")
        record_id = self._record_id(message)
        version = self._version(message)
        before = self._session.get(record_id).record if version else None
        record = self._merged(str(kind), record_id, before, fields)
        ack = self._session.save(record, expected_version=version)
        return self._acknowledged(ack.at, ack.version)

    def _merged(
        self, kind: str, record_id: str, before: Record | None, fields: dict[str, Any]
    ) -> Record:
        if before is not None and before.kind != kind:
            raise RecordError("the record is of another kind", record=kind, names="kind")
        base = before.model_dump(mode="json") if before else self._new(kind, record_id)
        whole = {**base, **fields}
        if kind == "threat" and "parts" in fields:
            whole["sentence"] = self._sentence(base, whole)
        if kind == "risk_state":
            whole |= {"state": "current", "assessed_on": self._today.isoformat()}
        return read_record(kind, whole)

    def _sentence(self, base: dict[str, Any], whole: dict[str, Any]) -> str:
        """Compose the sentence anew, unless only the group's own words say what could happen."""
        parts = read_record("threat", whole).model_dump()["parts"]
        ours = not base["sentence"] or base["sentence"] == view.compose(self._words, base["parts"])
        return view.compose(self._words, parts) if parts["act"] or ours else base["sentence"]

    def _new(self, kind: str, record_id: str) -> dict[str, Any]:
        process = self._session.workspace().one(Process)
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
        theirs: Stored | None = getattr(conflict, "theirs", None)
        shown = theirs.record.model_dump(mode="json") if theirs else {}
        mine = message.get("fields", {})
        return {
            "type": "conflict",
            "text": self._words.text("ui.save.conflict"),
            "mine": mine,
            "theirs": {name: shown.get(name) for name in mine},
            "version": theirs.version if theirs else None,
        }


def _fields(error: AmparoError) -> list[str]:
    return [name for name, _ in error.fields] if isinstance(error, RecordError) else []
