"""Write contact sheets of every page, every PDF and a room into look/, to be looked at."""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from look_room import walk
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from amparo_widgets.screens import SCREENS

_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
_OUT = Path(__file__).resolve().parents[1] / "look"
_REPORTS = (
    ("sheet", "group"), ("plan", "group"), ("wallet", "personal"), ("aloud", "group"),
    ("assembly", "group"), ("analysis", "keepers"), ("notes", "keepers"),
)  # fmt: skip


def _amparo(*arguments: object) -> None:
    subprocess.run([*_CLI, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def _contact(pictures: list[Image.Image], name: str, across: int = 4) -> None:
    width = max(picture.width for picture in pictures)
    height = max(picture.height for picture in pictures)
    rows = -(-len(pictures) // across)
    sheet = Image.new(
        "RGB", (min(across, len(pictures)) * (width + 8), rows * (height + 8)), "#888"
    )
    for index, picture in enumerate(pictures):
        at = (index % across * (width + 8), index // across * (height + 8))
        sheet.paste(picture, at)
    sheet.save(_OUT / f"{name}.png")


def _papers(folder: Path) -> None:
    secret = folder / "secret"
    secret.write_text(" ".join(secrets.token_hex(4) for _ in range(6)), "utf-8")
    opened = ("--passphrase-file", secret)
    for size, flags in (("small", ()), ("large", ("--large",))):
        for lang in ("en", "es", "fr") if size == "large" else ("en", "es", "fr", "ar"):
            workspace = folder / f"{size}-{lang}.amparo"
            _amparo("example", *flags, "-o", workspace, "--lang", lang, *opened)
            for report, audience in _REPORTS:
                target = folder / f"{report}-{size}-{lang}.pdf"
                plain = ("--plain",) if audience == "keepers" else ()
                _amparo("report", report, workspace, "--lang", lang, "--audience", audience,
                        "-o", target, *plain, *opened)  # fmt: skip
                _paper(target)
    for lang in ("en", "es", "fr", "ar"):
        for name in ("blank", "forms"):
            target = folder / f"{name}-{lang}.pdf"
            _amparo("report", name, "--lang", lang, "-o", target)
            _paper(target)


def _paper(path: Path) -> None:
    pages = [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(path)]
    _contact(pages, path.stem)


_TALLEST = 3200


def _screens(chromium: str) -> None:
    """Take every screen in every language at two widths, one contact sheet each."""
    command = [*_CLI, "example", "--no-browser", "--json", "--lang", "es"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_context().new_page()
            page.goto(address)
            for lang in ("en", "es", "fr", "ar"):
                for width in (1200, 360):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(re.sub(r"\?.*", "", page.url) + f"?lang={lang}&step=start")
                    pictures = [_screen(page, name) for name in SCREENS]
                    _contact(pictures, f"screens-{lang}-{width}", 6 if width > 1000 else 11)
            browser.close()
        server.send_signal(signal.SIGINT)


def _screen(page: Page, name: str) -> Image.Image:
    page.locator("#am-head").wait_for(timeout=60_000)
    opened = "name => dispatchEvent(new CustomEvent('amparo-open', {detail: {where: name}}))"
    page.evaluate(opened, name)
    # A locator: the page's policy refuses what playwright would evaluate from a string.
    page.locator(f"html[data-screen={name}]").wait_for(timeout=60_000, state="attached")
    page.wait_for_timeout(600)
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    part = whole.crop((0, 0, whole.width, min(whole.height, _TALLEST)))
    return part.resize((part.width // 2, part.height // 2))


if __name__ == "__main__":
    _OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as _folder:
        _papers(Path(_folder))
    _screens(os.environ["CHROME"])
    for _lang in ("en", "es", "fr", "ar"):
        walk(os.environ["CHROME"], _lang, lambda pictures, name: _contact(pictures, name, 6))
    print(f"look at {_OUT}")
