"""How heavy and how quick the pages are: ours with a kernel waiting and without, stock Voilà cold
and with a pool of kernels in which the notebook has run already, and what each further page holds.

All routes are measured in turn within one run, in one browser, with the same notebook and the
same example; every time is a median. Exits with an error when a target is missed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright
from served import Cost, Server, Visitor, bare_notebook, ours, stock

from amparo.resources import bundled

ROUNDS = int(os.environ.get("ROUNDS", "5"))
CLICKS = 15
STAGES = (("s2", "en"), ("s6", "en"), ("s10", "en"), ("s3", "ar"), ("s6", "ar"))
TIMED = "s6"
FIRST_KB, SECOND_KB = 1500, 50  # at most 1.5 MB, then 0.0 MB
CLICK_RATIO = 2.5
# A third: 0.33 with Python 3.13, and 0.34 with 3.11, which counts references to names as well.
HELD_RATIO = 0.345
POOL_SIZE = 3  # as many as may come at once; each has run the notebook and holds it
PAGES = int(os.environ.get("PAGES", "4"))
READY, FORKED = "ours, a kernel waiting", "ours, forked when asked"
COLD, POOL = "stock Voilà, cold", "stock Voilà, pool"
PAIRS = """async (clicks) => {
  const pause = () => new Promise((done) => setTimeout(done, 400));
  const box = document.querySelector(".am-foot input");
  const timed = async (start, heard) => {
    const begin = performance.now();
    const end = heard();
    start();
    await end;
    return performance.now() - begin;
  };
  const saved = () => new Promise((done) => {
    const look = (event) => {
      if (event.detail.state !== "saved") return;
      removeEventListener("amparo-status", look);
      done();
    };
    addEventListener("amparo-status", look);
  });
  const found = { click: [], bare: [] };
  for (let round = 0; round <= clicks; round += 1) {
    const click = await timed(() => box.click(), saved);
    await pause();
    const bare = await timed(() => {}, window.bareRoundTrip);
    await pause();
    if (!round) continue; // the first of each is a warming up
    found.click.push(click);
    found.bare.push(bare);
  }
  return found;
}"""


def main() -> None:
    chrome = os.environ.get("CHROME") or sys.exit("name a Chromium in CHROME")
    print(f"load at the beginning: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
    flags = ["--disable-gpu", "--disable-dev-shm-usage"]
    flags += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=flags)
        parts = {"waits": waits, "clicks": clicks, "weights": weights}
        wanted = sys.argv[1:] or list(parts)
        missed = [one for name in wanted for one in parts[name](browser)]
        browser.close()
    print(f"\nload at the end: {os.getloadavg()[0]:.1f}")
    if missed:
        raise SystemExit("missed: " + "; ".join(missed))


def weights(browser: Any) -> list[str]:
    """Print bytes, requests and frames of first and second visits, and the memory of one page."""
    print(
        "| stage | visit | requests | kB | socket frames | kB in frames |\n|---|---|---|---|---|---|"
    )
    missed = []
    with ours() as server:
        for step, lang in STAGES:
            with Visitor(browser, server) as visitor:
                for name, most in (("first", FIRST_KB), ("second", SECOND_KB)):
                    page, cost = visitor.open(step, lang)
                    visitor.leave(page)
                    print(_weight(f"{step} {lang}", name, cost))
                    if cost.kilobytes > most:
                        missed.append(f"{name} visit of {step} {lang}: {cost.kilobytes:.0f} kB")
        _memory(browser, server)
    return missed


def _weight(stage: str, name: str, cost: Cost) -> str:
    return (
        f"| {stage} | {name} | {cost.requests} | {cost.kilobytes:.0f} | {cost.frames}"
        f" | {cost.frame_kilobytes:.0f} |"
    )


def _memory(browser: Any, server: Server) -> None:
    with Visitor(browser, server) as visitor:
        visitor.open(TIMED)
        for _ in range(40):
            if len(server.kernels()) > 1:
                break
            visitor.context.pages[0].wait_for_timeout(500)
        server.settle()
        print("\n| process (one page open, one kernel ready) | MB, proportional |\n|---|---|")
        for name, processes in server.tree().items():
            sizes = [one.memory_full_info().pss / 1e6 for one in processes]
            print(f"| {name} | {' + '.join(f'{size:.0f}' for size in sorted(sizes))} |")


Route = tuple[str, Any, int]  # its name, its server, how many kernels wait there


def _routes(stack: ExitStack) -> list[Route]:
    notebook = bundled("workbooks") / "assess.ipynb"
    return [
        (READY, stack.enter_context(ours()), 1),
        (FORKED, stack.enter_context(ours("--no-ready")), 0),
        (COLD, stack.enter_context(stock(notebook)), 0),
        (POOL, stack.enter_context(stock(notebook, pool=POOL_SIZE, step=TIMED)), POOL_SIZE),
    ]


def waits(browser: Any) -> list[str]:
    """Print how long a person waits for a stage and what further pages hold, in turn."""
    found: dict[str, list[float]] = {}
    with ExitStack() as stack:
        routes = _routes(stack)
        for _ in range(ROUNDS):
            for name, server, waiting in routes:
                with Visitor(browser, server) as visitor:
                    for visit in ("first", "second"):
                        server.wait_for(waiting)
                        page, cost = visitor.open(TIMED)
                        visitor.leave(page)
                        found.setdefault(f"{name}, {visit} visit", []).append(cost.usable_s)
                        print(f"{name}, {visit} visit: {cost.usable_s:.2f} s", file=sys.stderr)
        held = {name: _held(browser, server, waiting) for name, server, waiting in routes}
    _print_waits(found)
    _print_held(held)
    return _missed(found, held)


def _held(browser: Any, server: Server, waiting: int) -> tuple[float, float]:
    """Return MB before anybody has come, and MB for each of a few open pages."""
    server.wait_for(waiting)
    empty = server.memory_mb()
    with Visitor(browser, server) as visitor:
        for _ in range(PAGES):
            visitor.open(TIMED)
        # The same number waits as before: only what the pages hold is more.
        server.wait_for(waiting + PAGES)
        full = server.memory_mb()
        for page in visitor.context.pages:
            visitor.leave(page)
    return empty, (full - empty) / PAGES


def _print_waits(found: dict[str, list[float]]) -> None:
    base = median(found[f"{COLD}, first visit"])
    print(f"\n| GET to a usable {TIMED} | s, median of {ROUNDS} (min to max) | of stock cold |")
    print("|---|---|---|")
    for name, times in found.items():
        middle, spread = median(times), f"{min(times):.2f} to {max(times):.2f}"
        print(f"| {name} | {middle:.2f} ({spread}) | {middle / base:.2f} |")


def _print_held(held: dict[str, tuple[float, float]]) -> None:
    print(
        f"\n| memory, proportional | MB with nobody there | MB a page, of {PAGES} |\n|---|---|---|"
    )
    for name, (empty, each) in held.items():
        print(f"| {name} | {empty:.0f} | {each:.0f} |")


def _missed(found: dict[str, list[float]], held: dict[str, tuple[float, float]]) -> list[str]:
    times = {name: median(found[f"{name}, first visit"]) for name in (READY, FORKED, COLD, POOL)}
    ratios = {
        "a forked kernel takes {:.2f} of a cold one of stock": (times[FORKED] / times[COLD], 1 / 2),
        "a waiting kernel takes {:.2f} of a cold one of stock": (times[READY] / times[COLD], 1 / 2),
        "a waiting kernel takes {:.2f} of stock's pool": (times[READY] / times[POOL], 1.0),
        "a page holds {:.2f} of one of stock's pool": (
            held[READY][1] / held[POOL][1],
            HELD_RATIO,
        ),
    }
    return [said.format(ratio) for said, (ratio, most) in ratios.items() if ratio > most]


def clicks(browser: Any) -> list[str]:
    """Print how long a click takes until it is stored and acknowledged, against a bare widget."""
    with tempfile.TemporaryDirectory() as name:
        notebook = bare_notebook(Path(name))
        with ours("--workbook", str(notebook)) as server, Visitor(browser, server) as visitor:
            page, _ = visitor.open(TIMED)
            page.wait_for_function("window.bareRoundTrip", timeout=60_000)
            server.settle()
            times = page.evaluate(PAIRS, CLICKS)
    click, bare = median(times["click"]), median(times["bare"])
    print(f"\n| round trip | ms, median of {CLICKS} (min to max) | ratio |\n|---|---|---|")
    for title, each in (
        ("bare widget", times["bare"]),
        ("click to stored and said", times["click"]),
    ):
        print(
            f"| {title} | {median(each):.0f} ({min(each):.0f} to {max(each):.0f}) | {median(each) / bare:.2f} |"
        )
    ratio = click / bare
    return [f"a click takes {ratio:.1f} round trips"] if ratio > CLICK_RATIO else []


if __name__ == "__main__":
    main()
