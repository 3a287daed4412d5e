"""What a hub says when it starts the server of one organisation."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from amparo.errors import AmparoError
from amparo.serve.base import checked

_USUAL_PORT = {"http": 80, "https": 443}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class NoHubError(AmparoError):
    """Something is missing that a hub says to every server that it starts."""

    key = "hub.error.none"


class OpenHubError(AmparoError):
    """The hub is visited over a network without encryption."""

    key = "hub.error.open"


class NamedServerError(AmparoError):
    """An account has more than one server: two keepers would want one workspace."""

    key = "hub.error.named"


@dataclass(frozen=True, slots=True)
class HubPlace:
    """One organisation's place on a hub.

    Attributes:
        account: the only account that may come in.
        base: the path under which its server lies, without a slash at its end.
        origin: scheme, host and port under which visitors know the hub.
        address: the address of this machine on which the hub expects the server.
        port: the port there.
        leave: the path on which somebody signs out of the hub.
        oauth: how JupyterHub's own program reaches the hub; holds a secret.
    """

    account: str
    base: str
    origin: str
    address: str
    port: int
    leave: str
    oauth: dict[str, Any] = field(repr=False)

    @property
    def host(self) -> str:
        """Host and port as a browser writes them."""
        return urlsplit(self.origin).netloc

    @property
    def hostname(self) -> str:
        """The host alone."""
        return urlsplit(self.origin).hostname or ""

    @property
    def is_secure(self) -> bool:
        """Whether visitors come over TLS."""
        return self.origin.startswith("https://")

    @classmethod
    def of(cls, said: Mapping[str, str]) -> HubPlace:
        """Return the place that a hub's variables describe.

        Args:
            said: the variables ``JUPYTERHUB_…`` of a server that JupyterHub 5 or newer starts.

        Raises:
            NoHubError: one of them is missing.
            OpenHubError: visitors would come over a network without TLS.
            NamedServerError: the account has several servers.
        """
        if said.get("JUPYTERHUB_SERVER_NAME"):
            raise NamedServerError("a named server")
        try:
            public = urlsplit(said["JUPYTERHUB_PUBLIC_URL"])
            listens = urlsplit(said["JUPYTERHUB_SERVICE_URL"])
            account, prefix = said["JUPYTERHUB_USER"], said["JUPYTERHUB_SERVICE_PREFIX"]
            api, secret = said["JUPYTERHUB_API_URL"], said["JUPYTERHUB_API_TOKEN"]
            client = said["JUPYTERHUB_CLIENT_ID"]
            port = listens.port or 0
        except (KeyError, ValueError):
            raise NoHubError("a variable is missing") from None
        if not all((account, prefix, secret, client, api, public.hostname, port)):
            raise NoHubError("a variable is empty")
        if public.scheme != "https" and public.hostname not in _LOOPBACK:
            raise OpenHubError("no TLS")
        hub = f"{said.get('JUPYTERHUB_BASE_URL', '/').rstrip('/')}/hub/"
        return cls(
            account=account,
            base=checked(prefix),
            origin=_origin(public.scheme, public.hostname or "", _port(public)),
            address=listens.hostname or "127.0.0.1",
            port=port,
            leave=f"{said.get('JUPYTERHUB_HOST', '')}{hub}logout",
            oauth={
                "api_url": api,
                "api_token": secret,
                "oauth_client_id": client,
                "base_url": prefix,
                "hub_prefix": hub,
                "hub_host": said.get("JUPYTERHUB_HOST", ""),
                "oauth_redirect_uri": f"{prefix}oauth_callback",
                "access_scopes": set(json.loads(said.get("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "[]"))),
            },
        )


def forget_hub(environment: MutableMapping[str, str]) -> None:
    """Take everything that the hub said out of *environment*: no process of ours inherits it."""
    for name in tuple(environment):
        if name.startswith(("JUPYTERHUB_", "JPY_")):
            del environment[name]


def _port(public: Any) -> int | None:
    return None if public.port == _USUAL_PORT.get(public.scheme) else public.port


def _origin(scheme: str, hostname: str, port: int | None) -> str:
    host = f"[{hostname}]" if ":" in hostname else hostname
    return f"{scheme}://{host}{'' if port is None else f':{port}'}"
