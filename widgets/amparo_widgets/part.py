"""What every part of a screen has in common."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import traitlets
from anywidget import AnyWidget

from amparo.board import Scene
from amparo_widgets.unmoved import Unmoved

_STATIC = Path(__file__).with_name("static")
# Set where a server of ours offers the files beside this one; without it they travel inside.
PARTS_VERSION = "AMPARO_PARTS"
# What stands before every address of that server.
BASE = "AMPARO_BASE"

Answer = Callable[[dict[str, Any]], dict[str, Any]]
Draw = Callable[[Scene], dict[str, Any]]

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";$', re.MULTILINE)
_STYLE_IMPORT = re.compile(r'^@import "\./(\w+)\.css";$', re.MULTILINE)
_SAID = re.compile(r"[\"`](part\.\w+\.)")
_CHOICE = re.compile(r"[a-z0-9_]{0,64}")
_MOST = 10_000
# anywidget gives up on a part that is not there after two seconds, and then never tells it what
# changed. So the part is there at once, and waits for its file only when it is drawn.
_POINTER = """\
const file = import(location.origin + "{address}");
file.catch(() => {{}}); // told where it is drawn
export default {{
  async render(place) {{
    const part = (await file).default;
    return place.signal.aborted ? undefined : part.render(place);
  }},
}};
"""
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|let|class)", re.MULTILINE)


def static(name: str) -> str:
    """Return the text of one file beside the parts."""
    return (_STATIC / name).read_text("utf-8")


@lru_cache(maxsize=64)
def module(name: str) -> str:
    """Return a part's ES module: a pointer to the server's copy, or the whole of it.

    anywidget loads a module from a blob address, where a relative import would fail. A page of
    ours fetches the file by its full address, and a browser keeps it; in JupyterLab, what the
    part imports is put in front of it.
    """
    address = script_address(name)
    if address:
        return _POINTER.format(address=address)
    return "\n".join(_with_imports(name, []))


def script_address(name: str) -> str:
    """Return where a server of ours offers a part's script; empty where there is none."""
    version = os.environ.get(PARTS_VERSION)
    before = os.environ.get(BASE, "")
    return f"{before}/am/parts/{name}.js?v={version}" if version else ""


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style of all parts with what it imports: where no server is, nobody fetches it."""
    return _STYLE_IMPORT.sub(lambda found: static(f"{found[1]}.css"), static("parts.css"))


def _with_imports(name: str, seen: list[str]) -> list[str]:
    """Return the texts of *name* and, before it, of all that it imports, each once."""
    text = static(f"{name}.js")
    found: list[str] = []
    for other in _IMPORT.findall(text):
        if other not in seen:
            seen.append(other)
            found += [_EXPORT.sub("", one) for one in _with_imports(other, seen)]
    return [*found, _IMPORT.sub("", text)]


@lru_cache(maxsize=64)
def sentences(name: str) -> tuple[str, ...]:
    """Return the beginnings of the keys that a part and its helpers say (``part.house.`` …)."""
    seen: list[str] = []
    text = "\n".join(_with_imports(name, seen))
    return tuple(sorted({f"part.{name}.", *_SAID.findall(text)}))


def _is_choice(value: object) -> bool:
    """Tell whether *value* may be an option: an id or a small count, never words (drawn back)."""
    if isinstance(value, int):
        return 0 <= value <= _MOST
    return isinstance(value, str) and bool(_CHOICE.fullmatch(value))


class Part(Unmoved, AnyWidget):
    """One part: words and view go in, messages of the page come out.

    A subclass says what it is in class variables; everything else is here.

    Attributes:
        name: of the ES module in ``static/`` and of its sentences (``part.<name>.``).
        draws: from a scene to plain values (``amparo.board.parts.<name>.draw``).
        kinds: of record that it edits; their forms and choices go to the page.
        vocabularies: further vocabularies whose labels it shows.
        place: ``form`` (left), ``picture`` (right) or ``wide`` on a broad screen.
        page_may_set: names of options that the page may change (a chosen threat, a filter).

    Traits:
        words: sentences, choices and forms (see ``Board.words``).
        view: the stored state as *draws* gave it; only Python changes it.
        lang, direction: for the part's own ``lang`` and ``dir``.
        script: address of its script; empty where it travels inside.
        side: on which side of a room's door it is; every message says for which one it was made.
    """

    name: ClassVar[str]
    draws: ClassVar[Draw]
    kinds: ClassVar[tuple[str, ...]] = ()
    vocabularies: ClassVar[tuple[str, ...]] = ()
    place: ClassVar[str] = "wide"
    page_may_set: ClassVar[frozenset[str]] = frozenset()

    words = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    direction = traitlets.Unicode("ltr").tag(sync=True)
    script = traitlets.Unicode("").tag(sync=True)
    side = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, answer: Answer, options: dict[str, Any] | None = None, **traits: Any
    ) -> None:
        # anywidget reads both while it begins, and makes traits of them.
        self._esm = module(self.name)
        self._css = "" if os.environ.get(PARTS_VERSION) else style()
        super().__init__(script=script_address(self.name), **traits)
        self._answer = answer
        self.options: dict[str, Any] = {"kinds": self.kinds, **(options or {})}
        self.on_msg(self._on_page_message)

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of a broad screen."""
        return self.place == "wide"

    def redraw(self, scene: Callable[[dict[str, Any]], Scene]) -> None:
        """Show the state that *scene* returns for this part's options."""
        drawn = type(self).draws(scene(self.options))
        # Only what is new travels.
        if drawn != self.view:
            self.set_trait("view", drawn)

    def choose(self, values: object) -> bool:
        """Take the options that the page may set; tell whether all were such."""
        if not isinstance(values, dict) or set(values) - self.page_may_set:
            return False
        if not all(one is None or _is_choice(one) for one in values.values()):
            return False
        self.options.update(values)
        return True

    def _on_page_message(self, _widget: object, content: object, _buffers: object) -> None:
        self._answer({"part": self, "message": content})
