"""A door is one address on which the server listens, and who may come in there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from tornado import httputil

from amparo.serve.people import Role
from amparo.serve.routes import GUESTS, HOSTS, ROOM

LOOPBACK = "127.0.0.1"
_LOOPBACK_NAMES = (LOOPBACK, "localhost", "[::1]")


@dataclass(slots=True)
class Door:
    """One listening address; the port is known once it listens."""

    names: tuple[str, ...] = _LOOPBACK_NAMES
    scheme: Literal["http", "https"] = "http"
    roles: frozenset[Role] = HOSTS
    # People without a session find a page on which they type a code.
    has_join: bool = False
    opens_at: str = "/"
    port: int = 0

    @classmethod
    def for_phones(cls, address: str, *, is_secure: bool) -> Door:
        """Return the door through which phones come: no page of the laptop's own is there."""
        name = f"[{address}]" if ":" in address else address
        scheme = "https" if is_secure else "http"
        return cls((name.lower(),), scheme, GUESTS, has_join=True)

    @classmethod
    def for_trainer(cls) -> Door:
        """Return the laptop's own door in a workshop: it opens on the list of who is there."""
        return cls(opens_at=ROOM)

    @property
    def cookie_name(self) -> str:
        """Cookies know no ports, so two servers on one machine need two names."""
        return f"am{self.port}"

    def listens_on(self, port: int) -> None:
        """Note the port on which the server listens, which is the one that visitors name."""
        self.port = port

    @property
    def socket_scheme(self) -> str:
        """How a page of this door names its sockets."""
        return "wss" if self.scheme == "https" else "ws"

    @property
    def hosts(self) -> frozenset[str]:
        """Every Host header that means this door; browsers leave a usual port out."""
        usual = {"http": 80, "https": 443}[self.scheme]
        bare = set(self.names) if self.port == usual else set()
        return frozenset({f"{name}:{self.port}" for name in self.names} | bare)

    def address(self, path: str = "/", **query: str) -> str:
        """Return a whole address of this door."""
        asked = f"?{urlencode(query)}" if query else ""
        return f"{self.scheme}://{self.names[0]}:{self.port}{path}{asked}"

    def is_addressed(self, request: httputil.HTTPServerRequest) -> bool:
        """Tell whether the Host is this door's own name (a web page can forge others)."""
        return request.host.lower() in self.hosts

    def jupyter_settings(self) -> dict[str, object]:
        """Return what Jupyter's own check of the Host needs in order to let this door's pages pass.

        It knows the names of this computer only, and calls every address of a network foreign.
        Our own check comes before it, for every request, and wants exactly this door's address.
        """
        is_own = set(self.names) <= {*_LOOPBACK_NAMES}
        return {"allow_remote_access": not is_own, "local_hostnames": ["localhost"]}

    def is_origin(self, origin: str, request: httputil.HTTPServerRequest) -> bool:
        """Tell whether *origin* is the page that this very address serves."""
        return origin == f"{self.scheme}://{request.host}"
