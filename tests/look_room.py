"""Walk through a workshop with phones as its how-to page says, and take a picture of each page.

Cards are of a fictional village. An encrypted line, two phones and a laptop, at both widths.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from amparo.serve.lan import addresses

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from terminal import workshop  # pyright: ignore[reportMissingImports] - beside the benchmarks

_WIDTHS = (360, 1200)
_NAMES = {"en": "English", "es": "Español", "fr": "Français", "ar": "العربية"}
_CARDS = {
    "en": ("A grey truck stands at the bridge at night", "Who stays with the children?"),
    "es": ("Un camión gris está de noche en el puente", "¿Quién se queda con los niños?"),
    "fr": ("Un camion gris est la nuit au pont", "Qui reste avec les enfants ?"),
    "ar": ("شاحنة رمادية تقف عند الجسر ليلاً", "من يبقى مع الأطفال؟"),
}
Pictures = dict[int, list[Image.Image]]


def walk(chromium: str, lang: str, keep: Callable[[list[Image.Image], str], None]) -> None:
    """Go through a room in one language; *keep* gets the pictures of each width and a name."""
    (address, *_) = addresses() or sys.exit("this computer has no address in a network")
    taken: Pictures = {width: [] for width in _WIDTHS}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pem = Path(folder) / "room.pem"
        amparo = str(Path(sys.executable).parent / "amparo")
        subprocess.run(
            [amparo, "certificate", "--address", address, "-o", pem],
            check=True,
            capture_output=True,
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        options = ("--session-only", "--certificate", str(pem), "--address", address)
        with workshop(lang, *options) as (_, opened):
            _pages(browser, opened, lang, taken)
        browser.close()
    for width, pictures in taken.items():
        keep(pictures, f"room-{lang}-{width}")


def _pages(browser: Any, opened: str, lang: str, taken: Pictures) -> None:
    # The certificate is in no list of this browser; on a phone it is put there beforehand.
    windows = {width: browser.new_context(viewport={"width": width, "height": 800},
                                          ignore_https_errors=True) for width in _WIDTHS}  # fmt: skip
    laptop = windows[1200].new_page()
    laptop.goto(opened)
    code = laptop.locator("#am-said-code")
    code.filter(has_text=re.compile(r"\d{4} \d{4} \d{4}")).wait_for()
    door, digits = laptop.locator("#am-address").text_content(), code.text_content()
    phones = {width: windows[width].new_page() for width in _WIDTHS}
    for width, phone in phones.items():
        _come_in(phone, door, digits, lang, taken[width])
    for phone in phones.values():
        _write(phone, _CARDS[lang])
    for width, phone in phones.items():
        _take(phone, taken[width])
        laptop.set_viewport_size({"width": width, "height": 800})
        _take(laptop, taken[width])
    laptop.locator("button.am-act.am-danger").click()
    for width, phone in phones.items():
        phone.wait_for_url("**/lesson?*")
        _take(phone, taken[width])


def _come_in(phone: Any, door: str, digits: str, lang: str, taken: list[Image.Image]) -> None:
    phone.goto(door)
    _take(phone, taken)
    phone.get_by_role("link", name=_NAMES[lang]).click()
    phone.locator("form input").fill("1" * 12)
    phone.keyboard.press("Enter")
    phone.wait_for_timeout(1000)
    _take(phone, taken)
    phone.locator("form input").fill(digits)
    phone.keyboard.press("Enter")
    phone.wait_for_url(re.compile("/wall"))


def _write(phone: Any, cards: tuple[str, str]) -> None:
    for text, place in zip(cards, ("wall", "own"), strict=True):
        phone.locator("#am-text").fill(text)
        phone.locator(f"[data-am-place={place}]").click()
        phone.locator("#am-mine").get_by_text(text).wait_for()


def _take(page: Any, taken: list[Image.Image]) -> None:
    page.wait_for_timeout(500)
    taken.append(Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB"))
