"""One analysis of the large example, from a cold command line: ours against the plain route.

Both routes run the same notebook on the same workspace in the same environment and in turn.
The plain route is papermill's own command line, then nbconvert --to webpdf; its keeper is open
already. Ours opens the workspace too, with an identity (a millisecond): unlocking by passphrase
takes a second by design and would be the same for both.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from plain_route import browser_place, timed
from plain_route import plain as plain_route

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

RUNS = 5
TARGET = 4  # times faster than the plain route
BREAKDOWN = """
import time
begin = time.perf_counter()
def step(name):
    global begin
    now = time.perf_counter()
    print(f"{name}={now - begin:.3f}")
    begin = now
from amparo.session import Session
session = Session.connect()
step("session")
from amparo.report.lean import load_exporter_base, load_papermill
load_papermill()
step("import papermill")
load_exporter_base()
import amparo.report.exporter
step("import exporter")
import amparo.report.engine_shell
step("import IPython's shell")
from amparo.report.run import ReportOrder, make_report
make_report(session, ReportOrder("analysis", audience="keepers", lang="es"))
step("data, cells, export, Typst")
make_report(session, ReportOrder("analysis", audience="keepers", lang="es"))
step("the same again, warm")
"""


def _ours(folder: Path, workspace: Path, identity: Path) -> tuple[float, float]:
    target = folder / "ours.pdf"
    target.unlink(missing_ok=True)
    return timed(
        [str(Path(sys.executable).parent / "amparo"), "report", "analysis", str(workspace),
         "--lang", "es", "--audience", "keepers", "--plain", "-o", str(target),
         "--identity-file", str(identity)],
        dict(os.environ),
    )  # fmt: skip


def main() -> None:
    """Run both routes in turn and print medians and ratios."""
    chrome = os.environ.get("CHROME") or shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = Identity.generate()
        identity = folder / "identity"
        identity.write_text(key.text, "utf-8")
        workspace = folder / "w.amparo"
        today = datetime.now(UTC).date()
        handle = client.start(workspace, key, create=True, owner_pid=os.getpid())
        with Session.connect(handle.environment()) as session:
            session.save_many([(record, None) for record in example("large", "es", today)])
            environment = browser_place(folder / "browsers", chrome)
            copy = folder / "copy.amparo"
            kept = folder / "w.backup"
            session.backup(kept)
            second = client.start(copy, key, restore_from=kept)
            with Session.connect(second.environment()) as other:
                other.lock()
            plain, ours = [], []
            for _ in range(RUNS):
                ticket = session.ticket("analysis", "keepers", "es")
                around = {**environment, **session.report_environment(ticket)}
                plain.append(plain_route(folder, around, ticket))
                ours.append(_ours(folder, copy, identity))
            inside = subprocess.run([sys.executable, "-c", BREAKDOWN], capture_output=True, text=True,
                                    check=True, env={**os.environ, **handle.environment()})  # fmt: skip
            session.lock()
    _table(plain, ours)
    print("\nwhere ours spends its time, one fresh process beside an open keeper (seconds):")
    print(inside.stdout)


def _table(plain: list[tuple[float, float]], ours: list[tuple[float, float]]) -> None:
    """Print both routes; fail when ours is not fast enough."""
    print("| route | wall s, median (min to max) | CPU s, median | ratio |\n|---|---|---|---|")
    base = statistics.median(wall for wall, _ in plain)
    for name, runs in (
        ("papermill + nbconvert --to webpdf", plain),
        ("amparo report analysis", ours),
    ):
        walls = [wall for wall, _ in runs]
        middle = statistics.median(walls)
        cpu = statistics.median(cpu for _, cpu in runs)
        print(
            f"| {name} | {middle:.2f} ({min(walls):.2f} to {max(walls):.2f}) | {cpu:.2f} | {base / middle:.1f} |"
        )

    reached = base / statistics.median(wall for wall, _ in ours)
    if reached < TARGET:
        raise SystemExit(f"{reached:.1f} times faster, expected at least {TARGET}")


if __name__ == "__main__":
    main()
