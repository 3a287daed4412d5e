"""Open a room as somebody at a terminal does: the page is read, the words are typed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect

from amparo.messages import messages

_PATIENCE_S = 60


@contextlib.contextmanager
def workshop(lang: str, *options: str) -> Iterator[tuple[int, str]]:
    """Run ``amparo workshop-server`` with *options*; yield its number and the laptop's address."""
    said = messages(lang)
    terminal = pexpect.spawn(
        str(Path(sys.executable).parent / "amparo"),
        ["workshop-server", *options, "--lang", lang, "--no-browser", "--json"],
        timeout=_PATIENCE_S, encoding="utf-8", dimensions=(60, 200),
    )  # fmt: skip
    consents = ["consent", *(["consent_plain"] if "--plain-http" in options else [])]
    for consent in consents:
        words = said.text(f"cli.workshop.{consent}")
        terminal.expect_exact(said.text("cli.workshop.ask", words=words))
        terminal.sendline(words)
    terminal.expect(r'\{"address": "([^"]+)"\}')
    try:
        yield terminal.pid, terminal.match[1]
    finally:
        terminal.kill(2)
        terminal.expect(pexpect.EOF)
        terminal.close()
