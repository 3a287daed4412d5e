"""Completeness of the languages, and files that translators work on, out and back in."""

from amparo.translate.exporting import export
from amparo.translate.importing import Imported, bring_in
from amparo.translate.issues import Trouble
from amparo.translate.project import Project, project
from amparo.translate.status import Row, status

__all__ = [
    "Imported",
    "Project",
    "Row",
    "Trouble",
    "bring_in",
    "export",
    "project",
    "status",
]
