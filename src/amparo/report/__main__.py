"""``python -m amparo.report``: make one paper in a process of its own.

It reads one order from its standard input, fetches the data of one ticket with the capability
in its environment, and writes the PDF, or a fault as JSON, to its standard output.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from amparo.errors import AmparoError, ReportError
from amparo.keeper.faults import describe
from amparo.keeper.hardening import harden
from amparo.report.audiences import BLANKS

_MOST_BYTES = 4096


def main() -> int:
    """Make the paper; return the exit code."""
    harden()
    try:
        made = _make(json.loads(sys.stdin.buffer.read(_MOST_BYTES)))
    except AmparoError as error:
        sys.stdout.buffer.write(json.dumps(describe(error)).encode("ascii"))
        return 1
    except Exception as error:  # noqa: BLE001 - outermost: a traceback could show what somebody typed
        fault = describe(ReportError(f"not made: {type(error).__name__}"))
        sys.stdout.buffer.write(json.dumps(fault).encode("ascii"))
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _make(order: dict[str, Any]) -> bytes:
    report, lang, paper = order["report"], order["lang"], order.get("paper")
    if report in BLANKS:
        from amparo.report.blank import make_blank

        return make_blank(lang=lang, paper=paper, report=report, step=order.get("step"))
    from amparo.report.run import run_report
    from amparo.session import Session

    with Session.connect() as session:
        return run_report(report, order["ticket"], session.report_data)


if __name__ == "__main__":
    sys.exit(main())
