"""How our errors cross the socket: class, key and plain values, never a traceback."""

from __future__ import annotations

from typing import Any

from amparo.errors import AmparoError, ConflictError, KeeperError, RecordError


def describe(error: AmparoError, *, theirs: Any = None) -> dict[str, Any]:
    """Return *error* as plain JSON values; *theirs* is the record that was saved first."""
    fault: dict[str, Any] = {
        "class": type(error).__name__,
        "key": error.key,
        "values": error.values,
        "fact": str(error),
    }
    if isinstance(error, RecordError):
        fault["fields"] = [list(field) for field in error.fields]
    if theirs is not None:
        fault["theirs"] = theirs
    return fault


def rebuild(fault: dict[str, Any]) -> AmparoError:
    """Return the error that *fault* describes, of the class it had in the keeper.

    ``ConflictError.stored`` is left as plain JSON values; the session makes a record of it.
    """
    model = _classes().get(str(fault.get("class")), KeeperError)
    values = {str(name): value for name, value in dict(fault.get("values") or {}).items()}
    fact = str(fault.get("fact") or "")
    if issubclass(model, RecordError):
        fields = tuple((str(name), str(rule)) for name, rule in fault.get("fields") or ())
        return model(fact, fields=fields, **values)
    error = model(fact, **values)
    if isinstance(error, ConflictError):
        error.stored = fault.get("theirs")
    return error


def _classes() -> dict[str, type[AmparoError]]:
    found: dict[str, type[AmparoError]] = {}
    waiting = [AmparoError]
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        waiting.extend(model.__subclasses__())
    return found
