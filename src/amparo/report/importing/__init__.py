"""Reading back what an export wrote: a file becomes proposed records, and those a list of changes.

Nothing is saved until somebody has seen that list. The keeper checks every record again.
"""

from amparo.report.importing.applying import TooMuchAtOnceError, apply
from amparo.report.importing.changes import Change, Changes, State, changes_for
from amparo.report.importing.limits import ImportFileError
from amparo.report.importing.proposals import Proposal
from amparo.report.importing.reading import read_proposals

__all__ = [
    "Change",
    "Changes",
    "ImportFileError",
    "Proposal",
    "State",
    "TooMuchAtOnceError",
    "apply",
    "changes_for",
    "read_proposals",
]
