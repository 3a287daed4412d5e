"""Who does not hold the address gets nothing at all."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

ROUTES = [
    "/",
    "/?lang=es",
    "/login",
    "/logout",
    "/favicon.ico",
    "/metrics",
    "/tree",
    "/api",
    "/api/status",
    "/api/kernels",
    "/api/kernels/00000000-0000-0000-0000-000000000000",
    "/api/kernels/00000000-0000-0000-0000-000000000000/channels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/contents",
    "/api/contents/small_page.ipynb",
    "/api/terminals",
    "/files/small_page.ipynb",
    "/voila/tree",
    "/voila/render/small_page.ipynb",
    "/voila/files/small_page.ipynb",
    "/voila/api/contents",
    "/voila/api/themes/x",
    "/voila/api/shutdown/00000000-0000-0000-0000-000000000000",
    "/voila/static/voila.js",
    "/voila/templates/lab/static/voila.js",
    "/voila/templates/amparo/static/base.css",
    "/voila/labextensions/anywidget/package.json",
]
PAGE_FILES = ("/voila/static", "/voila/templates/amparo", "/voila/labextensions", "/?")
OWN = ("/voila/api/shutdown",)
LISTINGS = [route for route in ROUTES if route != "/" and not route.startswith((*PAGE_FILES, *OWN))]
STATIC = "/voila/templates/amparo/static/base.css"


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("route", ROUTES)
def test_r08_without_the_token_no_route_answers(server, route: str, method: str) -> None:
    """Another program or person on this computer must learn nothing, not even a style sheet."""
    answer = server.ask(route, method)

    assert answer.status in {401, 403, 405}
    assert "set-cookie" not in answer.headers
    assert "voila" not in answer.text.lower()


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "%00", "%FF"])
def test_r07_a_wrong_token_opens_nothing(server, token: str) -> None:
    """Guessing must not work."""
    assert server.ask(f"/?token={token}").status == 401


def test_r07_the_token_holds_at_least_128_bits(server) -> None:
    """Shorter ones can be tried out."""
    assert len(server.token) * 6 >= 128


def test_r07_the_server_listens_on_this_machine_only(server) -> None:
    """Nobody on the same Wi-Fi may knock."""
    listening = [c for c in server.process.net_connections() if c.status == "LISTEN"]

    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}


def test_r10_the_token_is_exchanged_for_a_cookie_and_leaves_the_address(server) -> None:
    """An address bar is photographed and a history is read."""
    answer = server.ask(f"/?lang=es&token={server.token}")

    assert answer.status == 303
    assert answer.headers["location"] == "/?lang=es"
    assert server.token not in answer.headers["set-cookie"]


def test_r15_the_cookie_is_strict_and_ends_with_the_browser(server) -> None:
    """Another page in the same browser must not be able to use it."""
    cookie = server.ask(f"/?token={server.token}").headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "expires" not in cookie
    assert "max-age" not in cookie


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.9", "", "[::]"])
def test_r09_a_foreign_host_is_refused_even_with_the_cookie(server, host: str) -> None:
    """A web page can point a name of its own at this machine."""
    port = urlsplit(server.origin).port
    answer = server.ask(STATIC, Cookie=server.cookie(), Host=f"{host}:{port}")

    assert answer.status in {400, 403}


def test_r09_a_foreign_host_cannot_exchange_the_token(server) -> None:
    """The host is looked at before the token."""
    assert server.ask(f"/?token={server.token}", Host="evil.example").status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://"])
def test_r09_a_post_from_another_page_is_refused(server, origin: str) -> None:
    """A page in another tab must not end a kernel."""
    route = "/voila/api/shutdown/00000000-0000-0000-0000-000000000000"

    assert server.ask(route, "POST", Cookie=server.cookie(), Origin=origin).status == 403


@pytest.mark.parametrize("route", LISTINGS)
def test_r04_no_listing_route_exists(server, route: str) -> None:
    """What kernels, files or sessions there are is nobody's business."""
    assert server.ask(route, Cookie=server.cookie()).status == 404


def test_r15_every_answer_carries_the_strict_headers(server) -> None:
    """One forgotten answer would be the one that leaks."""
    cookie = server.cookie()
    answers = [
        server.ask("/"),
        server.ask("/nothing", Cookie=cookie),
        server.ask(STATIC, Cookie=cookie),
        server.ask(f"/?token={server.token}"),
    ]

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers


def test_r15_pages_are_not_kept_by_the_browser_but_files_of_the_product_are(server) -> None:
    """What a person wrote must not stay in a cache; what we ship may, or each visit is slow."""
    cookie = server.cookie()

    page = server.ask("/nothing", Cookie=cookie).headers["cache-control"]
    file = server.ask(STATIC + "?v=1", Cookie=cookie).headers["cache-control"]

    assert page == "no-store"
    assert "immutable" in file


@pytest.mark.parametrize(
    ("lang", "direction", "word"),
    [
        ("en", "ltr", "full address"),
        ("es", "ltr", "dirección completa"),
        ("fr", "ltr", "adresse entière"),
        ("ar", "rtl", "العنوان"),
    ],
)
def test_a_refusal_is_one_sentence_in_the_readers_language(
    server, lang: str, direction: str, word: str
) -> None:
    """A person who lost the address must know what to do, without a code or a product name."""
    text = server.ask(f"/?lang={lang}").text

    assert f'lang="{lang}" dir="{direction}"' in text
    assert word in text
    assert "401" not in text
    assert "⟦" not in text
