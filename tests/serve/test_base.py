"""Everything of a server lies below one path, and no address forgets it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from amparo.serve.base import BASE, BasePathError, base, checked, step_inside
from amparo.serve.hub_place import HubPlace, NamedServerError, NoHubError, OpenHubError, forget_hub

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "src/amparo/serve/template/voila/templates/amparo"
# The pages of a room full of phones: there is none on a hub.
ROOM = {"join", "room", "wall", "phone"}
MARKUP = [
    path for path in [*TEMPLATE.glob("*.html"), *TEMPLATE.glob("*.j2")] if path.stem not in ROOM
]
SCRIPTS = [
    path
    for path in [*TEMPLATE.glob("static/*.js"), *ROOT.glob("widgets/amparo_widgets/static/*.js")]
    if path.stem not in ROOM
]
_ADDRESS = re.compile(
    r"""\b(?:href|src|action|data-address|data-base-url)="(?=/|\{\{ (?!base))[^"]*"""
)
# What a script asks for, opens or goes to begins with the base; a name in a table does not count.
_CALL = re.compile(
    r"""(?:fetch|import|replace|assign|open|sendBeacon|WebSocket|href:)\s*\(?\s*[`"'](?:/|\$\{location\.(?:origin|host))[^`"']*"""
)
_HUB = {
    "JUPYTERHUB_USER": "a",
    "JUPYTERHUB_SERVER_NAME": "",
    "JUPYTERHUB_CLIENT_ID": "jupyterhub-user-a",
    "JUPYTERHUB_API_TOKEN": "secret-of-the-test",
    "JUPYTERHUB_API_URL": "http://127.0.0.1:8081/hub/api",
    "JUPYTERHUB_BASE_URL": "/",
    "JUPYTERHUB_SERVICE_PREFIX": "/user/a/",
    "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:4711/user/a/",
    "JUPYTERHUB_PUBLIC_URL": "https://hub.example/user/a/",
}


@dataclass
class Asked:
    """As much of a request as is looked at here."""

    path: str


def _forgotten_in_markup(text: str) -> list[str]:
    return [
        one
        for one in _ADDRESS.findall(text)
        if not re.search(r'="\{\{ (?:assets|own|script|leave|place|page_config)', one)
    ]


def _forgotten_in_script(text: str) -> list[str]:
    lines = [text[one.start() :].partition("\n")[0] for one in _CALL.finditer(text)]
    return [line for line in lines if not re.search(r"\$\{(?:base|BASE)\}", line)]


@pytest.mark.parametrize("path", MARKUP, ids=lambda path: path.name)
def test_no_address_in_a_template_forgets_the_base(path: Path) -> None:
    """On a hub it would lead to the hub, or to another organisation."""
    assert _forgotten_in_markup(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_asks_for_an_address_without_the_base(path: Path) -> None:
    """A save that goes to the hub is a save that is lost."""
    assert _forgotten_in_script(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    ['<a href="/now">', '<script src="/x.js">', '<a href="{{ address }}">', '<body data-base-url="/voila/">'],
)  # fmt: skip
def test_the_look_at_templates_sees_a_forgotten_base(text: str) -> None:
    """A scan that finds nothing anywhere proves nothing."""
    assert _forgotten_in_markup(text)


@pytest.mark.parametrize(
    "text",
    ["fetch(`/am/kept`)", 'location.replace("/")', "new WebSocket(`${location.host}/am/watch`)",
     "navigator.sendBeacon(`/voila/api/x`)", 'el("a", { href: `/am/readers` })'],
)  # fmt: skip
def test_the_look_at_scripts_sees_a_forgotten_base(text: str) -> None:
    """A scan that finds nothing anywhere proves nothing."""
    assert _forgotten_in_script(text)


@pytest.mark.parametrize(
    "given", ["/user/a b/", "/user/a;path=/", "/user/'/", "user/a", "/user/../b", "//"]
)
def test_a_base_with_signs_that_mean_something_elsewhere_is_refused(given: str) -> None:
    """It stands in policies, cookies and scripts."""
    with pytest.raises(BasePathError):
        checked(given + "x" if given == "//" else given)


def test_a_base_is_known_by_its_plain_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub writes a slash at the end, an account may hold a sign in another spelling."""
    assert checked("/") == ""
    assert checked("/user/a%40b/") == "/user/a%40b"

    monkeypatch.delenv(BASE, raising=False)
    assert base() == ""


@pytest.mark.parametrize("path", ["/", "/user/", "/user/b/", "/user/ab/", "/user/a"])
def test_what_lies_outside_the_base_is_not_inside(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A neighbour's address must never be read as one's own."""
    monkeypatch.setenv(BASE, "/user/a")
    request = Asked(path)

    assert not step_inside(request)  # type: ignore[arg-type]
    assert request.path == path


def test_the_base_is_taken_off_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind it stands what every other part of the server knows."""
    monkeypatch.setenv(BASE, "/user/a")
    request = Asked("/user/a/user/a/now")

    assert step_inside(request)  # type: ignore[arg-type]
    assert request.path == "/user/a/now"


def test_a_place_on_a_hub_is_read_from_what_the_hub_says() -> None:
    """Host, port and path decide who is let in and what a page may ask for."""
    place = HubPlace.of(_HUB)

    assert (place.account, place.base, place.origin) == ("a", "/user/a", "https://hub.example")
    assert (place.address, place.port, place.leave) == ("127.0.0.1", 4711, "/hub/logout")
    assert "secret-of-the-test" not in repr(place)


@pytest.mark.parametrize(
    "name", [name for name in _HUB if name not in {"JUPYTERHUB_SERVER_NAME", "JUPYTERHUB_BASE_URL"}]
)
@pytest.mark.parametrize("value", [None, ""])
def test_a_hub_that_says_too_little_starts_nothing(name: str, value: str | None) -> None:
    """Half of a hub would be a server that lets in whoever comes."""
    said = {key: told for key, told in _HUB.items() if key != name}
    if value is not None:
        said[name] = value

    with pytest.raises(NoHubError):
        HubPlace.of(said)


@pytest.mark.parametrize("url", ["http://hub.example/user/a/", "http://10.0.0.9/user/a/"])
def test_r11_a_hub_that_is_visited_without_tls_starts_nothing(url: str) -> None:
    """Whoever listens would read every word and every passphrase."""
    with pytest.raises(OpenHubError):
        HubPlace.of({**_HUB, "JUPYTERHUB_PUBLIC_URL": url})


def test_an_account_with_several_servers_starts_nothing() -> None:
    """Two keepers would want one workspace."""
    with pytest.raises(NamedServerError):
        HubPlace.of({**_HUB, "JUPYTERHUB_SERVER_NAME": "second"})


def test_what_the_hub_said_is_forgotten_before_anything_is_started() -> None:
    """Its token in a kernel would speak as the server."""
    environment = {**_HUB, "JPY_API_TOKEN": "x", "HOME": "/home/a"}

    forget_hub(environment)

    assert environment == {"HOME": "/home/a"}
