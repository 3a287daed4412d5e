"""R31: on a network's server no organisation reaches another's."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from amparo.serve.routes import KERNEL, RULES

from ..counts import tell  # noqa: TID252 - one table of counts
from .fake_hub import FakeHub, callback
from .organisation import HOST, ORIGIN, Answer, Organisation, Reader

pytestmark = pytest.mark.long

_TEN = 10
_NO_KERNEL = "00000000-0000-0000-0000-000000000000"
_POSTED = {path for path in RULES if RULES[path].posts}
_BODY = b'{"passphrase": "x"}'
_SOCKET = {
    "Origin": ORIGIN,
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
_REFUSED = {303, 401, 403, 404, 405, 423}
# One real address for each pattern of the table; the kernel's id is filled in.
_EXAMPLES = {
    r"/voila/static/(.*)": "/voila/static/voila.js",
    r"/voila/templates/amparo/static/(.*)": "/voila/templates/amparo/static/base.css",
    r"/am/paper/([a-z_]{1,32})": "/am/paper/sheet?audience=group",
    r"/am/preview/([a-z_]{1,32})": "/am/preview/plan?audience=group",
    r"/am/parts/([a-z0-9_]{1,64}\.(?:js|css))": "/am/parts/common.js",
    r"/am/(join\.js)": "/am/join.js",
}


def _addresses(kernel: str) -> list[str]:
    found = []
    for pattern in RULES:
        if "labextensions" in pattern:
            found.append("/voila/labextensions/anywidget/package.json")
        else:
            found.append(_EXAMPLES.get(pattern, pattern.replace(KERNEL, kernel or _NO_KERNEL)))
    return [
        *found,
        "/oauth_callback?code=x&state=y",
        "/api",
        "/api/kernels",
        "/files/x",
        "/metrics",
    ]


@pytest.fixture(scope="module")
def ten(
    organisations: Callable[..., list[Organisation]], hub: FakeHub
) -> list[tuple[Organisation, Reader]]:
    """Ten organisations, each with somebody inside; the first three with a page and its kernel."""
    found = [(place, Reader(hub, place.account)) for place in organisations(_TEN)]

    def begin(one: tuple[Organisation, Reader]) -> None:
        place, reader = one
        assert reader.enter(place).status == 200
        if place in [three for three, _ in found[:3]]:
            place.kernel, _ = reader.kernel_of_a_page(place)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(begin, found))
    return found


def _attack(reader: Reader, place: Organisation, token: str) -> list[Answer]:
    """Try every address of somebody else's server with everything one holds at once."""
    held = {"Authorization": f"token {token}"}
    answers = []
    with reader.line(place) as line:
        for path in _addresses(place.kernel):
            whole = f"{path}{'&' if '?' in path else '?'}{urlencode({'token': token})}"
            answers.append(line.ask("GET", whole, **held))
            if path in _POSTED:
                answers.append(line.ask("POST", whole, _BODY, **held, Origin=ORIGIN))
            if path.endswith(("/channels", "/watch")):
                answers.append(line.ask("GET", whole, **held, **_SOCKET))
    return answers


def _own_sheet(reader: Reader, own: Organisation) -> str:
    """Return the page with the group's own words; on a busy machine they come at a later look."""
    last = time.monotonic() + 120
    while own.mark not in (page := reader.ask(own, "/now").whole):
        assert time.monotonic() < last
    return page


def test_r31_ten_organisations_read_nothing_of_each_other(
    ten: list[tuple[Organisation, Reader]], hub: FakeHub, capsys
) -> None:
    """One server for a whole network: what one group wrote, no other may ever see."""
    marks = {place.mark for place, _ in ten}

    def look(number: int) -> tuple[int, int, list[str]]:
        own, reader = ten[number]
        token = next(one for one, account in hub.tokens.items() if account == own.account)
        others = [place for place, _ in ten if place is not own]
        answers = [answer for place in others for answer in _attack(reader, place, token)]
        wrong = [f"{one.status} {own.mark}" for one in answers if one.status not in _REFUSED]
        wrong += [mark for one in answers for mark in marks if mark in one.whole]
        page = _own_sheet(reader, own)
        if own.kernel:
            page += reader.ask(own, "/?lang=en").whole
        # Every field of words of the sheet; of all that was written, where a kernel tells it.
        assert page.count(own.mark) >= (25 if own.kernel else 10)
        wrong += [mark for mark in marks - {own.mark} if mark in page]
        return len(answers), sum(own.mark in one.whole for one in answers), wrong

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(look, range(_TEN)))

    asked = sum(number for number, *_ in found)
    assert asked > _TEN * (_TEN - 1) * len(_addresses(""))
    assert [wrong for *_, wrong in found] == [[] for _ in range(_TEN)]
    tell(capsys, "R31", "requests to servers of other organisations", asked)


def test_r31_every_organisation_has_processes_of_its_own(
    ten: list[tuple[Organisation, Reader]],
) -> None:
    """One key in one keeper: a shared process would hold two."""
    held = [
        {one.pid for one in [place.process, *place.process.children(recursive=True)]}
        for place, _ in ten
    ]

    keepers = [
        [one for one in place.process.children() if "amparo.keeper" in " ".join(one.cmdline())]
        for place, _ in ten
    ]
    assert len(set().union(*held)) == sum(map(len, held))
    assert [len(one) for one in keepers] == [1] * _TEN


def test_r31_an_administrator_of_the_hub_does_not_come_in(
    ten: list[tuple[Organisation, Reader]], hub: FakeHub
) -> None:
    """The hub lets its administrators reach every server; ours does not."""
    place, _ = ten[0]
    hub.admins.add("admin")
    reader = Reader(hub, "admin")

    answer = reader.enter(place)

    assert answer.status == 403
    assert "am" not in reader.cookies
    assert place.mark not in answer.whole
    assert reader.ask(place, "/am/kept").status == 401


def test_r31_what_the_hub_gave_for_another_server_opens_nothing(
    ten: list[tuple[Organisation, Reader]], hub: FakeHub
) -> None:
    """A code that was meant for one's own server must be worth nothing elsewhere."""
    (own, _), (other, _) = ten[0], ten[1]
    reader = Reader(hub, own.account)
    sent = reader.ask(other, "/")
    code = hub.code(own.account, f"jupyterhub-user-{own.account}")

    back = callback(sent.header("location"), str(code))
    answer = reader.ask(other, back.removeprefix(other.base))

    assert answer.status >= 400
    assert "am" not in reader.cookies


def test_r31_the_address_of_another_server_is_not_inside_ones_own(
    ten: list[tuple[Organisation, Reader]],
) -> None:
    """A server answers below its own path only, whatever comes over its port."""
    (own, reader), (other, _) = ten[0], ten[1]

    nowhere = replace(own, account="")
    for path in ("/", "/user/", f"{other.base}/", f"{own.base}x/", own.base):
        answer = reader.ask(nowhere, path)
        assert answer.status == 404, path
        assert own.mark not in answer.whole


def test_a_page_of_ones_own_is_heard_through_the_hub(
    ten: list[tuple[Organisation, Reader]],
) -> None:
    """The same sockets that are closed to others carry every save; a foreign page has none."""
    place, reader = ten[0]
    paths = ("/am/watch", f"/api/kernels/{place.kernel}/channels?session_id=x")

    for path in paths:
        with reader.line(place) as line:
            assert line.ask("GET", path, **_SOCKET).status == 101
        with reader.line(place) as line:
            foreign = {**_SOCKET, "Origin": "https://evil.example"}
            assert line.ask("GET", path, **foreign).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "evil.example", "hub.example:8443"])
def test_r09_a_program_beside_the_hub_that_found_the_port_is_refused(
    ten: list[tuple[Organisation, Reader]], host: str
) -> None:
    """Only what comes under the hub's public name is looked at, even with the cookie."""
    place, reader = ten[0]

    assert reader.ask(place, "/am/kept", Host=host).status == 403


def test_r15_the_cookie_stays_below_the_path_of_its_organisation(
    ten: list[tuple[Organisation, Reader]], hub: FakeHub
) -> None:
    """One browser may know two organisations; neither server is shown the other's cookie."""
    place, _ = ten[0]

    answer = Reader(hub, place.account).enter(place)

    own = [v for k, v in answer.headers if k.lower() == "set-cookie" and v.startswith("am=")]
    assert len(own) == 1
    parts = own[0].lower().split("; ")
    assert f"path={place.base}/" in parts
    assert {"httponly", "secure", "samesite=strict"} <= set(parts)
    assert not any(part.startswith(("expires", "max-age")) for part in parts)
    assert not [token for token in hub.tokens if token in answer.whole]


def test_the_pages_name_no_address_outside_the_base(
    ten: list[tuple[Organisation, Reader]],
) -> None:
    """An address without it would be the hub's, or another organisation's."""
    place, reader = ten[0]
    pages = [reader.ask(place, path) for path in ("/", "/now", "/words", "/am/readers")]

    for page in pages:
        assert page.status == 200
        found = re.findall(
            r"""(?:href|src|action|data-address|data-am-preview)="(/[^"]*)""", page.text
        )
        assert found
        assert [one for one in found if not one.startswith(f"{place.base}/")] == []
        policy = page.header("content-security-policy")
        assert f"frame-src {ORIGIN}{place.base}/am/preview/" in policy
        assert f"wss://{HOST}" in policy


def test_the_kernel_of_a_page_knows_nothing_of_the_hub(
    ten: list[tuple[Organisation, Reader]],
) -> None:
    """Its token would let whoever finds a way into a kernel speak as the server."""
    place, _ = ten[0]

    inherited = [
        name
        for child in place.process.children(recursive=True)
        for name in child.environ()
        if name.startswith(("JUPYTERHUB_", "JPY_API"))
    ]

    assert inherited == []


def test_somebody_signed_out_at_the_hub_is_out_here_too(
    ten: list[tuple[Organisation, Reader]], hub: FakeHub
) -> None:
    """A cookie left in a browser of a café must not outlive the signing out."""
    place, reader = ten[9]
    assert reader.ask(place, "/am/kept").status == 200
    for token in [one for one, account in hub.tokens.items() if account == place.account]:
        del hub.tokens[token]

    last, nap = time.monotonic() + 60, threading.Event()
    while (status := reader.ask(place, "/am/kept").status) in {200, 423}:
        assert time.monotonic() < last, status
        nap.wait(0.5)

    assert status == 401
