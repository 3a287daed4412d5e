"""The few addresses of a JupyterHub that an organisation's server speaks with, over real HTTP.

As JupyterHub answers them: a code for who may reach a server, a token for the code and the
server's own secret, and who a token belongs to. Administrators may reach every server.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


@dataclass
class FakeHub:
    """Accounts, servers and what was given out; tests look into it and change it."""

    secrets: dict[str, str] = field(default_factory=dict)
    admins: set[str] = field(default_factory=set)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    port: int = 0

    def environment(self, account: str, port: int) -> dict[str, str]:
        """Return what the hub says to the server of *account*."""
        secret = self.secrets.setdefault(account, secrets.token_hex(16))
        prefix = f"/user/{account}/"
        return {
            "JUPYTERHUB_USER": account,
            "JUPYTERHUB_SERVER_NAME": "",
            "JUPYTERHUB_CLIENT_ID": f"jupyterhub-user-{account}",
            "JUPYTERHUB_API_TOKEN": secret,
            "JPY_API_TOKEN": secret,
            "JUPYTERHUB_API_URL": f"http://127.0.0.1:{self.port}/hub/api",
            "JUPYTERHUB_BASE_URL": "/",
            "JUPYTERHUB_HOST": "",
            "JUPYTERHUB_SERVICE_PREFIX": prefix,
            "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{port}{prefix}",
            "JUPYTERHUB_PUBLIC_URL": f"https://hub.example{prefix}",
            "JUPYTERHUB_OAUTH_ACCESS_SCOPES": json.dumps([f"access:servers!server={account}/"]),
        }

    def code(self, account: str, client: str) -> str | None:
        """Return a code for *account* at a server, if the hub lets it go there."""
        owner = client.removeprefix("jupyterhub-user-")
        if account != owner and account not in self.admins:
            return None
        code = secrets.token_urlsafe(16)
        self.codes[code] = (account, client)
        return code


class _Answers(BaseHTTPRequestHandler):
    hub: FakeHub

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        account, client = self.hub.codes.pop(given["code"][0], ("", ""))
        owner = client.removeprefix("jupyterhub-user-")
        if not account or given["client_secret"][0] != self.hub.secrets[owner]:
            return self._say(403, {"error": "invalid_client"})
        token = secrets.token_hex(16)
        self.hub.tokens[token] = account
        return self._say(200, {"access_token": token})

    def do_GET(self) -> None:
        self.hub.asked += 1
        account = self.hub.tokens.get(self.headers["Authorization"].partition(" ")[2])
        if account is None:
            return self._say(403, {"status": 403})
        is_admin = account in self.hub.admins
        return self._say(200, {"kind": "user", "name": account, "admin": is_admin, "scopes": []})

    def _say(self, status: int, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002  (its name there)
        """Say nothing."""


@contextmanager
def fake_hub() -> Iterator[FakeHub]:
    """Run a hub in a thread and lend it."""
    hub = FakeHub()
    handler = type("Answers", (_Answers,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield hub
    server.shutdown()
    thread.join()
    server.server_close()


def callback(location: str, code: str) -> str:
    """Return the address to which a hub sends a reader back, with *code*, from where it was asked."""
    asked = parse_qs(urlsplit(location).query)
    return f"{asked['redirect_uri'][0]}?{urlencode({'code': code, 'state': asked['state'][0]})}"
