"""``python -m amparo.report.press``: a process that stays and makes one paper after another.

To start Python with all that a report needs takes a second or two, to make a paper a tenth of
one; whoever looks at a paper after every word has no second to wait. Each line of its standard
input is one order, with the ticket and the capability for just that; each answer is a line with
``made`` or ``fault`` and a number of bytes, then those bytes. It ends when its input ends.

Between two orders it holds no line to the keeper and no right; what it made it has handed over.
"""

from __future__ import annotations

import json
import os
import sys
from typing import IO, Any

from amparo.errors import AmparoError, ReportError
from amparo.hardening import harden
from amparo.keeper.faults import describe

_MOST_BYTES = 8192


def main() -> int:
    """Make papers until nobody asks any more; return the exit code."""
    harden()
    answers = _own_output()
    while line := sys.stdin.buffer.readline(_MOST_BYTES):
        word, body = _answered(line)
        answers.write(f"{word} {len(body)}\n".encode("ascii"))
        answers.write(body)
        answers.flush()
    return 0


def _own_output() -> IO[bytes]:
    """Return the pipe to the server; whatever else is printed here goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _answered(line: bytes) -> tuple[str, bytes]:
    try:
        return "made", _made(json.loads(line))
    except AmparoError as error:
        return "fault", _fault(error)
    except Exception as error:  # noqa: BLE001 - outermost: a traceback could show what somebody typed
        return "fault", _fault(ReportError(f"not made: {type(error).__name__}"))


def _made(order: dict[str, Any]) -> bytes:
    # Late: the first order waits for it, the process is there at once.
    from amparo.report.run import shown_report
    from amparo.session import Session

    with Session.connect(order["environment"]) as session:
        return shown_report(order["report"], order["ticket"], session.report_data, order["format"])


def _fault(error: AmparoError) -> bytes:
    return json.dumps(describe(error)).encode("ascii")


if __name__ == "__main__":
    sys.exit(main())
