"""The hub behind its reverse proxy, as on a network's server: nginx with ``deploy/nginx.conf``.

``make proxy-check`` runs it: a hub to try on this computer, nginx before it with a certificate of
its own, and a real browser that signs in, chooses a passphrase and writes. Of the configuration
only names, ports and the certificate are replaced. Prints what was seen; ends with 1 if anything
of it is not as the walk-through in docs/how-to/network-server.md says.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HUB_PORT = 8000  # deploy/nginx.conf passes everything on to it
PATIENCE_S = 240
TOO_MANY = 429
HIDDEN = (
    "/hub/admin", "/hub/metrics", "/hub/token", "/hub/api/info", "/hub/api/users",
    "/hub/api/users/org-a", "/hub/api/users/org-a/tokens", "/hub/api/users/org-a/server/x",
)  # fmt: skip


def configured(folder: Path, names: tuple[str, str], ports: tuple[int, int]) -> Path:
    """Write a whole nginx configuration around ours; return its place."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("notes.example.org;", "localhost;"),
        ("/etc/letsencrypt/live/notes.example.org/fullchain.pem", names[0]),
        ("/etc/letsencrypt/live/notes.example.org/privkey.pem", names[1]),
        ("listen 80;", f"listen 127.0.0.1:{ports[0]};"),
        ("listen [::]:80;", ""),
        ("listen 443 ssl;", f"listen 127.0.0.1:{ports[1]} ssl;"),
        ("listen [::]:443 ssl;", ""),
    ):
        assert old in text, f"deploy/nginx.conf has no longer: {old}"
        text = text.replace(old, new)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    # Where nginx would write by itself, if ours did not forbid it.
    seen, pid = folder / "seen.log", folder / "pid"
    main = f"daemon off;\nuser root;\npid {pid};\nerror_log {seen};\nevents {{}}\n"
    http = f"access_log {seen};\nerror_log {seen};\n{paths}{text}"
    whole = f"{main}http {{\n{http}}}\n"
    place = folder / "nginx.conf"
    place.write_text(whole, "utf-8")
    return place


def self_signed(folder: Path) -> tuple[str, str]:
    """Make a certificate for this computer; return where it and its key are."""
    names = str(folder / "certificate.pem"), str(folder / "key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    more = ["-subj", "/CN=localhost", "-out", names[0], "-keyout", names[1]]
    subprocess.run([*command, *more], check=True, stderr=subprocess.DEVNULL)
    return names


@contextmanager
def running(command: list[str], **how: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program until this block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **how)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(90)


def free_ports() -> tuple[int, int]:
    """Return two ports that nothing listens on."""
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def ask(
    port: int, path: str, *, tls: bool = True, how: str = "GET"
) -> tuple[int, dict[str, str], str]:
    """Ask nginx for one page."""
    plain = ssl.create_default_context()
    plain.check_hostname, plain.verify_mode = False, ssl.CERT_NONE
    line = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=30, context=plain)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    )
    line.request(how, path, headers={"Host": f"localhost:{port}"})
    answer = line.getresponse()
    text = answer.read().decode("utf-8", "replace")
    line.close()
    return answer.status, {key.lower(): value for key, value in answer.getheaders()}, text


def wait_for_hub(port: int) -> None:
    """Wait until the hub answers through nginx."""
    last, nap = time.monotonic() + PATIENCE_S, threading.Event()
    while time.monotonic() < last:
        with suppress(OSError, http.client.HTTPException):
            if "username" in ask(port, "/hub/login")[2]:
                return
        nap.wait(0.5)
    raise SystemExit("the hub did not answer through nginx")


def walk(page: Page, origin: str) -> dict[str, bool]:
    """Sign in, choose a passphrase, open the workbook, write; return what was seen."""
    page.goto(f"{origin}/user/org-a/?lang=en")
    page.locator("#username_input").fill("org-a")
    page.locator("#password_input").fill("x")
    page.locator("#login_submit").click()
    page.locator("[data-am-suggest]").click(timeout=PATIENCE_S * 1000)
    words = page.locator(".am-suggested strong")
    words.wait_for()
    passphrase = words.inner_text().strip()
    for box in ("#am-pass", "#am-again"):
        page.locator(box).fill(passphrase)
    page.locator("form[data-am-post='/am/begin'] > button").last.click()
    page.locator("#am-opening").wait_for(state="detached", timeout=PATIENCE_S * 1000)
    page.get_by_text("Threats and risk").first.click()
    page.locator(".am-foot input").click(timeout=PATIENCE_S * 1000)
    saved = page.get_by_text(re.compile(r"Saved \d\d:\d\d")).first
    saved.wait_for()
    cookies = page.context.cookies()
    return {
        "what is written through nginx is saved": saved.is_visible(),
        "every cookie is Secure": all(one.get("secure") for one in cookies),
        "every cookie but those of looks is HttpOnly": all(
            one.get("httpOnly") or one.get("name", "").startswith(("am", "_xsrf"))
            for one in cookies
        ),
    }


def seen(ports: tuple[int, int]) -> dict[str, bool]:
    """Ask what a stranger would ask; return what is as it should be."""
    status, headers, _ = ask(ports[0], "/user/org-a/", tls=False)
    _, safe, _ = ask(ports[1], "/hub/login")
    found = {
        "http is sent to https": status == 301 and headers["location"].startswith("https://"),
        "browsers are told to stay with https": "max-age" in safe["strict-transport-security"],
        "the proxy does not say what it is": not re.search(r"\d", safe.get("server", "")),
    }
    found |= {f"{path} is not there": ask(ports[1], path)[0] == 404 for path in HIDDEN}
    looks = {ask(ports[1], "/hub/login")[0] for _ in range(30)}
    guesses = [ask(ports[1], "/hub/login", how="POST") for _ in range(30)]
    later = [text for status, _, text in guesses if status == TOO_MANY]
    safe_too = all("strict-transport-security" in headers for _, headers, _ in guesses)
    sentences = re.findall(r">([^<>]{20,})</p>", later[-1]) if later else []
    own = (ROOT / "deploy" / "templates" / "error.html").read_text("utf-8")
    found |= {
        "who only looks at the page is never slowed down": looks == {200},
        "and is told to stay with https whatever comes": safe_too,
        "who guesses passwords is slowed down": 5 < len(later) < len(guesses),
        "and reads so in four languages": len(sentences) == 4 and all(s in own for s in sentences),
    }
    return found


def main() -> int:
    """Run nginx and the hub, walk, and say what was seen."""
    nginx, chrome = shutil.which("nginx"), os.environ.get("CHROME")
    if nginx is None or chrome is None:
        print("This check needs nginx, and a Chromium named in CHROME.")
        return 2
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", HUB_PORT)) == 0:
            print(f"Port {HUB_PORT} is in use: stop what listens there, then try again.")
            return 2
    ports = free_ports()
    origin = f"https://localhost:{ports[1]}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = configured(folder, self_signed(folder), ports)
        hub = [sys.executable, "-m", "jupyterhub", "-f", str(ROOT / "deploy/jupyterhub_config.py")]
        trial = {
            **os.environ, "AMPARO_HUB_TRY": "1", "AMPARO_HUB_ADDRESS": origin,
            "AMPARO_HUB_DATA": str(folder / "data"),
        }  # fmt: skip
        subprocess.run([nginx, "-t", "-q", "-c", str(place)], check=True)
        with running([nginx, "-c", str(place)]), running(hub, env=trial, cwd=folder):
            wait_for_hub(ports[1])
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
                page = browser.new_context(ignore_https_errors=True).new_page()
                found = walk(page, origin)
                browser.close()
            found |= seen(ports)
        written = (folder / "seen.log").read_text("utf-8")
        found["nginx has written down nobody"] = "org-a" not in written
    for what, is_so in found.items():
        print("yes" if is_so else "NO ", what)
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
