"""The door through which phones come: what is there for nobody, for each role, and from elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from amparo.serve.routes import RULES

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
KERNEL = "00000000-0000-4000-8000-000000000000"
LISTINGS = (
    "/api", "/api/", "/api/status", "/api/kernels", "/api/kernelspecs", "/api/sessions",
    "/api/contents", "/api/contents/small_page.ipynb", "/api/terminals", "/api/me", "/api/config/x",
    "/metrics", "/tree", "/lab", "/login", "/logout", "/files/x", "/nbconvert/html/x",
    "/voila/tree", "/voila/render/small_page.ipynb", "/voila/files/x", "/voila/api/contents",
    "/voila/api/kernels", "/voila/templates/lab/static/voila.js", "/static/favicon.ico",
)  # fmt: skip
ADMIN = (
    "/am/hide", "/am/visitors", "/am/show", "/am/pin", "/am/lock", "/am/unlock", "/am/keep",
    "/am/forget", "/am/suggest", "/am/kept", "/room", "/am/room", "/am/room/door",
    "/am/room/invite", "/am/room/dismiss", "/am/room/stop",
)  # fmt: skip
WORK = ("/", "/voila/static/voila.js", "/am/parts/common.js", "/am/readers", "/words",
        "/am/preview/sheet", "/am/paper/sheet")  # fmt: skip


def _addresses() -> list[str]:
    """Return one real address for each row of the table."""
    filled = {
        r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})": KERNEL,
        r"([a-z_]{1,32})": "sheet",
        r"(join\.js)": "join.js",
    }
    found = []
    for pattern in RULES:
        address = pattern
        for gap, text in filled.items():
            address = address.replace(gap, text)
        found.append(re.sub(r"\(\(\?:.*", "anywidget/package.json", address))
    return [re.sub(r"\(.*\)", "common.js", one) for one in found]


@pytest.fixture(scope="module")
def guests(room) -> dict[str, str]:
    """One person of each role, with their cookies."""
    return {role: room.guest(role)[1] for role in ("group", "participant", "observer")}


@pytest.mark.parametrize("method", METHODS)
def test_r08_without_a_code_nothing_but_the_page_for_it_answers(room, method: str) -> None:
    """A stranger on the same Wi-Fi must learn nothing, not even a style sheet."""
    answered = set()
    for path in (*_addresses(), *LISTINGS):
        answer = room.phones.ask(path, method)
        if path == "/" and method in {"GET", "HEAD"}:
            assert (answer.status, answer.headers["location"]) == (303, "/join")
        elif answer.status not in {401, 403, 404, 405}:
            answered.add(path)
        assert "set-cookie" not in answer.headers
        assert "voila" not in answer.text.lower()

    assert answered == ({"/join", "/am/join.js"} if method == "GET" else set())


def test_r08_the_laptops_secret_address_opens_nothing_on_the_network(room) -> None:
    """It is for the keyboard of the laptop alone."""
    query = urlsplit(room.address).query
    answer = room.phones.ask(f"/?{query}")

    assert (answer.status, "set-cookie" in answer.headers) == (303, False)
    assert answer.headers["location"].startswith("/join")


def test_r08_a_cookie_of_one_door_is_worth_nothing_at_the_other(room, guests) -> None:
    """A stolen cookie must not lead to the room's own page, nor the laptop's to the network."""
    port = urlsplit(room.phones.origin).port
    stolen = room.host.partition("=")[2]
    assert room.phones.ask("/wall", cookie=f"am{port}={stolen}").status == 401

    port = urlsplit(room.laptop.origin).port
    guest = guests["group"].partition("=")[2]
    assert room.laptop.ask("/room", cookie=f"am{port}={guest}").status == 401


@pytest.mark.parametrize("role", ["group", "participant", "observer"])
def test_r04_no_listing_route_answers_anybody_in_the_room(room, guests, role: str) -> None:
    """Who else is there, and what runs, is nobody's business."""
    for path in LISTINGS:
        for method in METHODS:
            status = room.phones.ask(path, method, cookie=guests[role]).status
            assert status in {404, 405}, (path, method)


@pytest.mark.parametrize("role", ["group", "participant", "observer"])
def test_r03_what_decides_for_everybody_is_not_on_the_network_at_all(
    room, guests, role: str
) -> None:
    """No phone can unlock, delete, hide the others or see who is there."""
    for path in ADMIN:
        for method in METHODS:
            status = room.phones.ask(path, method, cookie=guests[role], body={}).status
            assert status in {404, 405}, (path, method)


@pytest.mark.parametrize("role", ["participant", "observer"])
def test_r03_a_phone_at_the_wall_has_no_part_of_the_workbook(room, guests, role: str) -> None:
    """They were told that they see the wall; they get the wall."""
    way = room.phones.ask("/", cookie=guests[role])

    assert (way.status, way.headers["location"]) == (303, "/wall")
    for path in WORK[1:]:
        assert room.phones.ask(path, cookie=guests[role]).status == 404, path


def test_r03_an_observer_writes_nothing(room, guests) -> None:
    """A guest who looks is not a guest who speaks."""
    card = {"once": "0" * 32, "id": "0" * 32, "version": None, "prompt": "sign", "text": "x"}

    answer = room.phones.ask(
        "/am/card", "POST", cookie=guests["observer"], body={**card, "place": "wall"}
    )

    assert answer.status == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "10.0.0.9", "[::1]"])
def test_r09_a_foreign_host_is_refused_at_the_phones_door(room, guests, host: str) -> None:
    """A web page can point a name of its own at this address."""
    port = urlsplit(room.phones.origin).port
    for path in ("/join", "/wall"):
        answer = room.phones.ask(path, cookie=guests["group"], Host=f"{host}:{port}")
        assert answer.status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "the laptop", "file://", ""])
def test_r09_a_foreign_origin_is_refused_also_for_the_code(room, guests, origin: str) -> None:
    """A page in another tab must not try codes, and not write cards."""
    named = room.laptop.origin if origin == "the laptop" else origin
    for path, cookie in (("/am/join", ""), ("/am/card", guests["participant"])):
        answer = room.phones.ask(path, "POST", cookie=cookie, body={"code": "1"}, Origin=named)
        assert answer.status == 403, path


def test_r15_every_answer_at_the_phones_door_is_strict_and_kept_nowhere(room, guests) -> None:
    """What a phone keeps is found on the phone."""
    pages = [
        room.phones.ask("/join"),
        room.phones.ask("/join?lang=ar"),
        room.phones.ask("/wall", cookie=guests["participant"]),
        room.phones.ask("/am/wall", cookie=guests["participant"]),
        room.phones.ask("/quiet", cookie=guests["observer"]),
        room.phones.ask("/nothing", cookie=guests["group"]),
        room.phones.ask("/wall"),
        room.laptop.ask("/room", cookie=room.host),
    ]

    for answer in pages:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert "unsafe-eval" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
        assert not re.search(r"\son\w+=|https?://(?!www\.w3\.org)", answer.text)


def test_r15_no_field_offers_to_remember_what_is_typed(room, guests) -> None:
    """A browser that offers a code next week gives the room away."""
    pages = [
        room.phones.ask("/join?lang=en").text,
        room.phones.ask("/wall", cookie=guests["participant"]).text,
        room.laptop.ask("/room", cookie=room.host).text,
    ]

    for text in pages:
        fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", text)
        assert fields
        assert [one for one in fields if 'autocomplete="off"' not in one] == []


def test_r15_a_guests_cookie_is_strict_and_ends_with_the_browser(room) -> None:
    """Another page in the same browser must not be able to use it."""
    made = room.act("/am/room/invite", role="observer").said
    cookie = room.enter(made["code"]).headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "expires" not in cookie
    assert "max-age" not in cookie


def test_r10_the_code_is_in_no_request_and_in_no_page(room) -> None:
    """What stands behind the # is sent to nobody; a history that holds it is cleaned."""
    code = room.screen_code().replace(" ", "")

    for lang in ("", "?lang=en"):
        text = room.phones.ask(f"/join{lang}").text
        assert code not in text
    script = room.phones.ask("/am/join.js").text
    assert "location.hash" in script
    assert "history.replaceState" in script


def test_r10_wrong_codes_are_slow_from_the_eleventh_on(room) -> None:
    """Over the real wire: the eleventh is not even looked at."""
    other = replace(room.phones, source="127.0.0.9")
    said = [other.ask("/am/join", "POST", body={"code": "000000000000"}) for _ in range(11)]

    assert [one.status for one in said] == [403] * 10 + [409]
    assert "Wait a minute" in said[-1].said["text"]
    assert "set-cookie" not in said[-1].headers
    assert room.guest("observer")
    assert room.log.read_text() == ""


@pytest.mark.parametrize("lang", ["", "?lang=en", "?lang=ar"])
def test_the_page_for_the_code_is_small(room, lang: str) -> None:
    """On a bad link thirty phones load it at the same moment."""
    page, script = room.phones.ask(f"/join{lang}").text, room.phones.ask("/am/join.js").text

    assert len(page.encode()) + len(script.encode()) < 30_000


def test_r07_each_door_listens_on_its_own_address_only(room) -> None:
    """Never on all addresses: one of them may lead to the internet."""
    listening = {
        (one.laddr.ip, one.laddr.port)
        for one in room.process.net_connections()
        if one.status == "LISTEN"
    }
    doors = {urlsplit(one.origin) for one in (room.laptop, room.phones)}

    assert listening == {(door.hostname, door.port) for door in doors}
