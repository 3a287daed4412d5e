"""The typesetter of this process: one font book, one compiler a template, and a bounded memory.

What Typst worked out for a document it keeps until ten others have gone through: 40 MB for each
analysis of the large example, and the words of one group are of no use for another's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from amparo.report.paper_fonts import font_folder
from amparo.resources import package_folder

if TYPE_CHECKING:
    import typst

# Letters of documents, as the templates take them; an analysis of the large example has 180 000.
_KEPT_MOST = 120_000
_FORGETS_AFTER = 11


class _Memory:
    """How much Typst may be keeping now."""

    def __init__(self) -> None:
        self._letters = 0

    def take(self, letters: int) -> None:
        """Make room for one more document."""
        if self._letters > _KEPT_MOST:
            # It has no other way to be told: after so many empty documents nothing is left.
            for _ in range(_FORGETS_AFTER):
                _compiler("nothing.typ").compile(format="pdf")
            self._letters = 0
        self._letters += letters


_memory = _Memory()


def compiled(template: str, data: str, **options: Any) -> Any:
    """Return what Typst makes of one of our templates and *data*, which is JSON.

    Raises:
        TypstError: it cannot be typeset; its text may quote the document.
        FontMissingError: the installation lacks a font.
    """
    _memory.take(len(data))
    return _compiler(template).compile(sys_inputs={"data": data}, **options)


@lru_cache(maxsize=4)
def _compiler(template: str) -> typst.Compiler:
    """One a process: the second document is three times quicker."""
    import typst

    templates = package_folder("report/templates")
    # The fonts folder holds no package, so no package can be imported from anywhere.
    nowhere = font_folder()
    return typst.Compiler(
        input=templates / template,
        root=templates,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()]
    )
