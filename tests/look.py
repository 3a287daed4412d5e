"""Write contact sheets of every page and every PDF into look/, to be looked at by a person."""

from __future__ import annotations

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
from PIL import Image
from playwright.sync_api import sync_playwright

_CLI = (sys.executable, "-c", "from amparo.cli import main; main()")
_OUT = Path(__file__).resolve().parents[1] / "look"
_REPORTS = (("sheet", "group"), ("plan", "group"), ("analysis", "keepers"))


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
                plain = ("--plain",) if report == "analysis" else ()
                _amparo("report", report, workspace, "--lang", lang, "--audience", audience,
                        "-o", target, *plain, *opened)  # fmt: skip
                _paper(target)
    for lang in ("en", "es", "fr", "ar"):
        target = folder / f"blank-{lang}.pdf"
        _amparo("report", "blank", "--lang", lang, "-o", target)
        _paper(target)


def _paper(path: Path) -> None:
    pages = [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(path)]
    _contact(pages, path.stem)


def _screens(chromium: str) -> None:
    command = [*_CLI, "example", "--no-browser", "--json", "--lang", "es"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            context = browser.new_context()
            page = context.new_page()
            page.goto(address)
            for lang in ("en", "es", "fr", "ar"):
                for width in (1200, 360):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(re.sub(r"\?.*", "", page.url) + f"?lang={lang}")
                    page.locator("table.measures tbody tr").first.wait_for(timeout=60_000)
                    page.locator("details.threat > summary").first.click()
                    steps = page.locator("details.threat").first.locator("details > summary")
                    for step in steps.all():
                        step.click()
                    page.evaluate("window.scrollTo(0, 0)")
                    page.screenshot(path=_OUT / f"page-{lang}-{width}.png", full_page=True)
                    page.locator("table.measures textarea").nth(3).focus()
                    page.screenshot(path=_OUT / f"bar-{lang}-{width}.png")
            browser.close()
        server.send_signal(signal.SIGINT)


if __name__ == "__main__":
    _OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as _folder:
        _papers(Path(_folder))
    _screens(os.environ["CHROME"])
    print(f"look at {_OUT}")
