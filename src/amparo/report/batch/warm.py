"""Everything a report needs, read once in the process that workers are forked from.

What is read before the fork is in memory once for all of them; Python writes a counter into every
object that it looks at, but not into those that the collector of garbage has been told to leave.

Nothing here may start a thread: its locks would stay locked in the workers for ever. So an empty
analysis is made up to the typesetter, which starts some, and no further.
"""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Iterable
from datetime import date

from amparo.hardening import harden
from amparo.messages import languages
from amparo.model.workspace import Workspace
from amparo.report.batch.lines import LANGUAGES
from amparo.report.lean import load_exporter_base, load_papermill
from amparo.report.made import Made
from amparo.report.sections.material import Material

_READ = ("amparo.report.batch.worker", "amparo.report.formats.pdf_file", "typst")
_NO_TICKET = "0" * 32


def read_all(asked: Iterable[str]) -> None:
    """Read the programs, and the words and fonts of the languages that are asked for."""
    from amparo.report.paper_compose import compose

    for lang in languages():
        if lang in asked:
            nothing = Material(Workspace(), "analysis", "keepers", lang, None, date.min)
            compose(Made("analysis", _NO_TICKET, lambda _, found=nothing: found).document)


harden()
load_papermill()
load_exporter_base()
for _name in _READ:
    importlib.import_module(_name)
read_all(os.environ.get(LANGUAGES, "").split(","))
gc.collect()
gc.freeze()
