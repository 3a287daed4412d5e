"""A whole room through the real command: thirty people, twelve of them in a real browser.

``amparo workshop-server`` serves the large example. Everybody comes in with the code on the
screen, writes forty times, hears of each change and reads the wall anew. Then some people with
the code of a group open the whole workbook at once. Exits with an error when a target is missed;
with ``--minutes`` the room goes on that long, and its memory must not grow.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
import websocket
from phones import PATIENCE_S, Phone, asked
from playwright.sync_api import sync_playwright
from terminal import workshop

from amparo.content.examples import example
from amparo.keeper import client
from amparo.serve.lan import addresses
from amparo.session import Session
from amparo.store import Identity

MOST_P95_MS, MOST_MB, MOST_GROWTH = 300.0, 1000.0, 0.20
_EVERY_S = 2.0
_PATIENCE_MS = 120_000
# What somebody does on a phone, again and again; each save is timed until the page says "Saved".
_WRITES = """({ saves, pause, offset }) => {
  const field = document.getElementById("am-text");
  const form = document.getElementById("am-card");
  const state = document.getElementById("am-state");
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const saved = () => new Promise((done) => {
    const look = () => {
      if (state.dataset.ok !== "true" || !/\\d\\d:\\d\\d/.test(state.textContent)) return;
      watcher.disconnect();
      done();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(state, { attributes: true, childList: true, characterData: true, subtree: true });
  });
  const write = async (number) => {
    const began = performance.now();
    field.value = `line ${number}`;
    const end = saved();
    form.querySelector(`[data-am-place=${number % 4 ? "own" : "wall"}]`).click();
    await end;
    return performance.now() - began;
  };
  window.amTook = (async () => {
    const took = [];
    await wait(offset);
    for (let number = 0; number < saves; number += 1) {
      const ms = await write(number);
      took.push(ms);
      await wait(Math.max(0, pause - ms));
    }
    return took;
  })();
}"""


@dataclass
class Place:
    """The running command, and who watches its memory."""

    process: psutil.Process
    origin: str
    laptop: str
    cookie: str
    samples: list[tuple[float, float]] = field(default_factory=list)

    def ask(self, path: str, values: object = None) -> Any:
        """Ask as the page on the laptop does."""
        return asked(self.laptop, path, self.cookie, values)[1]

    def memory_mb(self) -> float:
        """Return what the server and all that it started hold, shared pages once."""
        whole = 0.0
        for one in (self.process, *self.process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                whole += one.memory_full_info().pss / 1e6
        return whole

    def processes(self) -> int:
        """Return how many processes there are."""
        return 1 + len(self.process.children(recursive=True))


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Place]:
    """Open the large example to phones, as somebody at a terminal does."""
    key = Identity.generate()
    (folder / "key").write_text(key.text, "utf-8")
    handle = client.start(folder / "w", key, create=True, owner_pid=os.getpid())
    with Session.connect(handle.environment()) as session:
        today = datetime.now(UTC).date()
        session.save_many([(record, None) for record in example("large", "en", today)])
        session.lock()
    handle.wait(30)
    (address, *_) = addresses() or sys.exit("this computer has no address in a network")
    options = (str(folder / "w"), "--identity-file", str(folder / "key"), "--plain-http",
               "--address", address, "--hide-after", "60", "--lock-after", "90")  # fmt: skip
    with workshop("en", *options) as (pid, opened):
        laptop = re.sub(r"/\?.*", "", opened)
        cookie = asked(laptop, opened.removeprefix(laptop), "")[0]["set-cookie"].split(";")[0]
        joins = asked(laptop, "/am/room", cookie)[1]["address"]
        yield Place(psutil.Process(pid), joins.removesuffix("/join"), laptop, cookie)


@contextlib.contextmanager
def watched(place: Place) -> Iterator[None]:
    """Note the memory of everything together every other second."""
    end = threading.Event()

    def look() -> None:
        while not end.wait(_EVERY_S):
            place.samples.append((time.monotonic(), place.memory_mb()))

    thread = threading.Thread(target=look)
    thread.start()
    yield
    end.set()
    thread.join()


def joined(browser: Any, place: Place, code: str) -> Any:
    """Come in with a browser of one's own; return the page with the wall."""
    page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{place.origin}/join#{code.replace(' ', '')}")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile(r"/wall\?lang="), timeout=_PATIENCE_MS)
    page.locator("#am-away").wait_for(state="hidden", timeout=_PATIENCE_MS)
    return page


@dataclass(frozen=True)
class Pace:
    """How many people write how often."""

    people: int
    browsers: int
    saves: int
    pause_s: float


def writing(place: Place, browser: Any, pace: Pace, minutes: float) -> list[str]:
    """Let everybody write, and print what came of it; return what was missed."""
    code = place.ask("/am/room")["code"]["said"]
    pages = [joined(browser, place, code) for _ in range(pace.browsers)]
    phones = [Phone(place.origin, code) for _ in range(pace.people - pace.browsers)]
    quiet_mb, began = place.memory_mb(), time.monotonic()
    in_browsers, by_line = _written(pages, phones, pace)
    seconds, took = time.monotonic() - began, [*in_browsers, *by_line]
    on_wall = len(phones[0].wall()["cards"])
    lost = pace.people * pace.saves - len(took) + sum(phone.lost() for phone in phones)
    # A browser writes a card each time; by a line, every other save changes the card before.
    for page in pages:
        _require_cards(page, pace.saves, on_wall)
    print(f"{pace.people} people, {pace.browsers} in browsers, a card each in {pace.pause_s:.0f} s: "
          f"{len(took)} saves in {seconds:.0f} s, {lost} lost; {on_wall} cards on the wall")  # fmt: skip
    for name, each in (("in a browser", in_browsers), ("by a line", by_line), ("all", took)):
        if not each:
            continue
        print(f"  {name:>14}: p50 {_point(each, 50):.0f} ms, p95 {_point(each, 95):.0f} ms, "
              f"most {max(each):.0f} ms")  # fmt: skip
    print(f"  memory, proportional: {quiet_mb:.0f} MB before, {_peak(place, began):.0f} MB at most")
    missed = [f"{lost} saves were lost"] if lost else []
    if _point(took, 95) > MOST_P95_MS:
        missed.append(f"p95 is {_point(took, 95):.0f} ms")
    if minutes:
        missed += _going_on(place, phones, pages, minutes)
    for phone in phones:
        phone.end()
    for page in pages:
        page.context.close()
    return missed


def _written(pages: list[Any], phones: list[Phone], pace: Pace) -> tuple[list[float], list[float]]:
    """Let all write at once; return milliseconds of the saves in browsers, and of the others."""
    step_s = pace.pause_s / pace.people
    for number, page in enumerate(pages):
        given = {
            "saves": pace.saves,
            "pause": pace.pause_s * 1000,
            "offset": number * step_s * 1000,
        }
        page.evaluate(_WRITES, given)
    threads = [
        threading.Thread(target=one.write, args=(pace.saves, pace.pause_s, number * step_s))
        for number, one in enumerate(phones, len(pages))
    ]
    for one in threads:
        one.start()
    in_browsers = [ms for page in pages for ms in page.evaluate("() => window.amTook")]
    for one in threads:
        one.join()
    return in_browsers, [ms for phone in phones for ms in phone.took_ms]


def _require_cards(page: Any, own: int, on_wall: int) -> None:
    """Wait until a page shows all it should; it ends the measurement when that never comes."""
    page.wait_for_function(
        "([own, all]) => document.querySelectorAll('#am-mine > li').length === own"
        " && document.querySelectorAll('#am-all > li').length === all",
        arg=[own, on_wall], timeout=_PATIENCE_MS,
    )  # fmt: skip


def _going_on(place: Place, phones: list[Phone], pages: list[Any], minutes: float) -> list[str]:
    """Go on at the pace of people: each changes a card twice a minute."""
    began, number = time.monotonic(), 0
    while time.monotonic() < began + minutes * 60:
        phone = phones[number % len(phones)]
        phone.change(number)
        if number % 10 == 0:
            page = pages[number // 10 % len(pages)]
            page.mouse.wheel(0, 50)
        number += 1
        time.sleep(30 / len(phones))
    seen = [mb for at, mb in place.samples if at > began]
    part = max(1, len(seen) // 10)
    first, last = median(seen[part : 2 * part]), median(seen[-part:])
    print(f"  {minutes:.0f} minutes more, {number} changes: {first:.0f} MB at the beginning, "
          f"{last:.0f} MB at the end ({last / first - 1:+.1%})")  # fmt: skip
    return ["memory grows"] if last / first - 1 > MOST_GROWTH else []


def opening(place: Place, browser: Any, groups: int, browsers: int) -> list[str]:
    """Let as many people with a group's code open the whole workbook, each with a kernel."""
    began, before_mb = time.monotonic(), place.memory_mb()
    cookies = [_guest(place) for _ in range(groups)]
    others = [
        threading.Thread(target=_open_by_line, args=(place, one)) for one in cookies[browsers:]
    ]
    for one in others:
        one.start()
    pages = [_window(browser, place, one) for one in cookies[:browsers]]
    took = [_usable(page, f"{place.origin}/?lang=en&step=s6") for page in pages]
    for one in others:
        one.join()
    clicks = [pages[0].evaluate(_CLICK) for _ in range(5)]
    moves = [_moved(page) for page in pages]
    time.sleep(3 * _EVERY_S)
    peak = _peak(place, began)
    print(f"{groups} people with the workbook, {browsers} in browsers: usable after "
          f"{median(took):.1f} s (most {max(took):.1f}) while all open; a click is stored after "
          f"{median(clicks):.0f} ms, another screen is there after {median(moves):.0f} ms (most "
          f"{max(moves):.0f})")  # fmt: skip
    print(
        f"  memory, proportional: {peak:.0f} MB at most, {(peak - before_mb) / groups:.0f} MB each"
    )
    for page in pages:
        page.context.close()
    return [f"{peak:.0f} MB"] if peak > MOST_MB else []


def _window(browser: Any, place: Place, cookie: str) -> Any:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    name, value = cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": place.origin}])
    return context.new_page()


def _usable(page: Any, address: str) -> float:
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(".am-foot input").wait_for(timeout=_PATIENCE_MS)
    page.locator("#am-opening").wait_for(state="detached", timeout=_PATIENCE_MS)
    return time.perf_counter() - begin


def _moved(page: Any) -> float:
    begin = time.perf_counter()
    page.evaluate(_MOVE)
    page.locator("html[data-screen=s4] #am-head").wait_for(timeout=_PATIENCE_MS)
    return (time.perf_counter() - begin) * 1000


def _guest(place: Place) -> str:
    code = place.ask("/am/room/invite", {"role": "group"})["code"]
    answer, _ = asked(place.origin, "/am/join", "", {"code": code})
    return answer["set-cookie"].split(";")[0]


def _open_by_line(place: Place, cookie: str) -> None:
    text = asked(place.origin, "/?lang=en&step=s6", cookie)[1]
    found = re.search(r'"kernelId": "([^"]+)"', text)
    if not found:
        raise SystemExit("a page without a kernel")
    websocket.create_connection(
        f"{place.origin.replace('http', 'ws')}/api/kernels/{found[1]}/channels",
        cookie=cookie, origin=place.origin, timeout=PATIENCE_S,
    )  # fmt: skip


_MOVE = "() => dispatchEvent(new CustomEvent('amparo-open', { detail: { where: 's4' } }))"
_CLICK = """() => new Promise((done) => {
  const began = performance.now();
  const look = (event) => {
    if (event.detail.state !== "saved") return;
    removeEventListener("amparo-status", look);
    done(performance.now() - began);
  };
  addEventListener("amparo-status", look);
  document.querySelector(".am-foot input").click();
})"""


def _point(values: list[float], percent: int) -> float:
    return quantiles(values, n=100)[percent - 1]


def _peak(place: Place, began: float) -> float:
    return max(mb for at, mb in place.samples if at >= began)


def main() -> None:
    """Measure, print, and end with an error when something was missed."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--people", type=int, default=30)
    wanted.add_argument("--browsers", type=int, default=12)
    wanted.add_argument("--saves", type=int, default=40)
    wanted.add_argument("--pause", type=float, default=4.0, help="seconds between two cards of one")
    wanted.add_argument("--groups", type=int, default=10, help="people with the workbook")
    wanted.add_argument("--minutes", type=float, default=0.0)
    given = wanted.parse_args()
    chrome = os.environ.get("CHROME") or sys.exit("name a Chromium in CHROME")
    flags = ["--disable-gpu", "--disable-dev-shm-usage"]
    flags += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    print(f"load at the beginning: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    pace = Pace(given.people, given.browsers, given.saves, given.pause)
    parts: list[Callable[[Place, Any], list[str]]] = [
        lambda place, browser: writing(place, browser, pace, given.minutes),
        lambda place, browser: opening(place, browser, given.groups, min(6, given.groups)),
    ]
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=flags)
        with served(Path(name)) as place, watched(place):
            for part in parts:
                missed += part(place, browser)
            whole = _peak(place, 0.0)
            if whole > MOST_MB:
                missed.append(f"{whole:.0f} MB in all")
        browser.close()
    if missed:
        raise SystemExit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
