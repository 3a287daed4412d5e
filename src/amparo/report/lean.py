"""Import papermill and nbconvert without what a report never uses.

Why it is worth a file, measured on one cold start (CPU seconds, before and after): nbconvert
1.6 -> 0.4, of which the rest is nbformat, and papermill after it 0.7 -> 0.3.

1. ``jsonschema`` offers checks of formats (internationalised addresses, durations, colours) to
   whoever has their packages, and builds grammars for them at import: two seconds for a check
   that no notebook schema asks for. Hidden while it loads, it goes without.
2. ``nbconvert`` loads every exporter with its package, and those load bleach, BeautifulSoup and
   a browser server. Only its ``Exporter`` class is needed.
3. ``papermill`` can fetch notebooks over http and talk to kernels. Ours never do: it gets an
   empty ``requests``, and its kernel client waits until somebody uses it.

Whatever is hidden here is hidden only for the time of the import.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_FORMAT_CHECKS = (
    "rfc3987_syntax",
    "rfc3986_validator",
    "rfc3339_validator",
    "isoduration",
    "fqdn",
    "webcolors",
    "uri_template",
    "idna",
)
_BASE = "nbconvert.exporters.exporter"
_CLIENT = "papermill.clientwrap"


@contextmanager
def hidden_format_checks() -> Iterator[None]:
    """Keep ``jsonschema`` from loading its optional checks inside this block."""
    hidden = [name for name in _FORMAT_CHECKS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # makes its import fail quickly
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name, ...) is None:
                del sys.modules[name]


def load_jsonschema() -> None:
    """Load ``jsonschema`` without those checks, for whatever imports it afterwards.

    A notebook, and all that Voilà and its server check, ask for none of them.
    """
    with hidden_format_checks():
        importlib.import_module("jsonschema")


def load_papermill() -> types.ModuleType:
    """Return papermill, imported the short way when nobody imported it before."""
    loaded = sys.modules.get("papermill")
    if loaded is not None:
        return loaded
    requests = types.ModuleType("requests")
    client = types.ModuleType(_CLIENT)
    client.__dict__["PapermillNotebookClient"] = _late_client
    with hidden_format_checks(), _stand_ins({"requests": requests, _CLIENT: client}):
        return importlib.import_module("papermill")


def _late_client(*arguments: Any, **options: Any) -> Any:
    """Papermill's own engine still works; it loads its client when it is first used."""
    return importlib.import_module(_CLIENT).PapermillNotebookClient(*arguments, **options)


def load_exporter_base() -> type:
    """Return nbconvert's ``Exporter`` class, the very one of a full import that comes later."""
    if _BASE not in sys.modules:
        packages = {name: _bare_package(name) for name in ("nbconvert", "nbconvert.exporters")}
        with hidden_format_checks(), _stand_ins(packages):
            importlib.import_module(_BASE)
    return sys.modules[_BASE].Exporter


def _bare_package(name: str) -> types.ModuleType:
    """Return a package without its ``__init__``, so that one module in it loads alone."""
    package = types.ModuleType(name)
    package.__path__ = _folders(name)
    return package


@contextmanager
def _stand_ins(modules: Mapping[str, types.ModuleType]) -> Iterator[None]:
    """Put *modules* where nobody else has loaded the real ones, and take them away again."""
    added = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(added)
    try:
        yield
    finally:
        for name, module in added.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _folders(name: str) -> list[str]:
    top, _, inner = name.partition(".")
    spec = importlib.util.find_spec(top)
    found = spec.submodule_search_locations if spec else None
    return [f"{folder}/{inner}" if inner else folder for folder in found or ()]


def nbconvert_is_loaded() -> bool:
    """Tell whether somebody imported all of nbconvert, as its command line does."""
    return "nbconvert.preprocessors" in sys.modules
