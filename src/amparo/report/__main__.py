"""``python -m amparo.report``: make one paper in a process of its own.

It reads one order from its standard input, fetches the data of one ticket with the capability
in its environment, and writes the PDF, or a fault as JSON, to its standard output. Asked for the
list of what would leave, it writes that instead of the paper.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from amparo.errors import AmparoError, ReportError
from amparo.hardening import harden
from amparo.keeper.faults import describe
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

        step = order.get("parameters", {}).get("step")
        return make_blank(lang=lang, paper=paper, report=report, step=step)
    from amparo.report.leaving import leaving_json
    from amparo.report.run import run_report
    from amparo.report.ticks import Ticks
    from amparo.session import Session

    ticket, form = order["ticket"], order.get("format", "pdf")
    ticks = Ticks.of(order["ticks"]) if order.get("ticks") else None
    with Session.connect() as session:
        if order.get("sentences"):
            return leaving_json(session.report_data(ticket))
        return run_report(report, ticket, session.report_data, form, ticks)


if __name__ == "__main__":
    sys.exit(main())
