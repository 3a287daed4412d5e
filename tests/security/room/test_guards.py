"""The server does not start when one of its guards is missing, and what each guard does."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_server.auth.authorizer import AllowAllAuthorizer
from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from amparo.serve.doors import Door
from amparo.serve.gate import GateIdentity, RoleAuthorizer
from amparo.serve.guards import GuardError, require_guards
from amparo.serve.handlers import KernelSocket, KernelState, LeavePage
from amparo.serve.kernels import MOST_EACH, MOST_TOGETHER, WorkbookKernels
from amparo.serve.people import Person
from amparo.serve.rate import MOST_FRAMES_A_SECOND, Rate
from amparo.serve.routes import KERNEL, RULES, allows
from amparo.serve.wire import CommOnlyConnection

SOCKET = rf"/api/kernels/{KERNEL}/channels"
HANDLERS = [
    (rf"/api/kernels/{KERNEL}", KernelState),
    (SOCKET, KernelSocket, {}),
    (rf"/voila/api/shutdown/{KERNEL}", LeavePage),
]


class Kernels(WorkbookKernels):
    """Kernels whose processes nobody starts."""

    def __init__(self) -> None:
        AsyncMappingKernelManager.__init__(self)
        self._owners: dict[str, Person] = {}
        self._openings: set[Any] = set()
        self._reached: set[str] = set()
        self.ended: list[str] = []

    async def end(self, kernel_id: str) -> None:
        self.ended.append(kernel_id)
        del self._owners[kernel_id]


@pytest.fixture
def settings() -> dict[str, Any]:
    return {
        "kernel_websocket_connection_class": CommOnlyConnection,
        "identity_provider": GateIdentity(),
        "authorizer": RoleAuthorizer(),
        "kernel_manager": Kernels(),
    }


def test_with_every_guard_in_place_the_server_starts(settings) -> None:
    """A guard that stops the product would be switched off."""
    require_guards(settings, HANDLERS)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("kernel_websocket_connection_class", ZMQChannelsWebsocketConnection),
        ("kernel_websocket_connection_class", None),
        ("identity_provider", IdentityProvider()),
        ("identity_provider", None),
        ("authorizer", AllowAllAuthorizer()),
        ("authorizer", None),
        ("kernel_manager", AsyncMappingKernelManager()),
        ("kernel_manager", None),
    ],
)
def test_r01_r03_a_server_without_one_of_its_guards_does_not_start(
    settings, name: str, instead: object
) -> None:
    """An upgrade of a library can put the stock class back without a word."""
    with pytest.raises(GuardError):
        require_guards({**settings, name: instead}, HANDLERS)


def test_r03_a_server_whose_socket_asks_nobody_for_its_owner_does_not_start(settings) -> None:
    """The stock handler gives every word on the page to whoever knows the id."""
    with pytest.raises(GuardError):
        require_guards(settings, [(SOCKET, VoilaKernelWebsocketHandler, {})])


def test_r03_a_server_with_an_address_that_is_in_no_table_does_not_start(settings) -> None:
    """A new page is refused to everybody until somebody has said who may use it."""
    with pytest.raises(GuardError):
        require_guards(settings, [*HANDLERS, ("/api/contents", KernelState)])


@pytest.mark.parametrize(
    "path", ["", "/x", "//", "/wall/", "/am/room/stop/x", "/am/wall\n", "/Wall", "/am/../room"]
)
def test_r03_what_is_in_no_table_is_nobodys(path: str) -> None:
    """Deny is what happens when nobody thought of it."""
    roles = ("laptop", "facilitator", "group", "participant", "observer", None)
    methods = ("GET", "POST", "HEAD")

    assert not any(allows(role, path, method) for role in roles for method in methods)


def test_r03_no_address_but_the_three_at_the_door_is_for_somebody_unknown() -> None:
    """One row with a slip in it would open a page to the whole network."""
    known = {path for path in RULES if allows(None, path.replace("(", "").replace(")", ""), "GET")}
    posts = {path for path in RULES if allows(None, path, "POST")}

    assert {one for one in known if "join" not in one} == set()
    assert posts == {"/am/join"}


@pytest.mark.parametrize(
    ("door", "host", "passes"),
    [
        (Door.for_phones("192.168.43.1", is_secure=False), "192.168.43.1:41000", True),
        (Door.for_phones("fd00::2", is_secure=True), "[fd00::2]:41000", True),
        (Door.for_trainer(), "127.0.0.1:41000", True),
        (Door.for_trainer(), "192.168.43.1:41000", False),
    ],
)
def test_r09_the_workbook_is_served_at_the_address_of_its_door(
    door: Door, host: str, *, passes: bool
) -> None:
    """Jupyter calls every address of a network foreign, and the workbook would open for nobody."""
    handler: Any = SimpleNamespace(
        settings=door.jupyter_settings(), request=SimpleNamespace(host=host), log=logging.root
    )

    assert JupyterHandler.check_host(handler) is passes


def test_r02_a_socket_lets_two_hundred_frames_a_second_pass() -> None:
    """A page that floods must not take the processor from the others."""
    now = [50.0]
    pace = Rate(clock=lambda: now[0])

    assert sum(pace.allows() for _ in range(1000)) == MOST_FRAMES_A_SECOND
    now[0] += 0.5
    assert sum(pace.allows() for _ in range(1000)) == MOST_FRAMES_A_SECOND / 2
    now[0] += 3600
    assert sum(pace.allows() for _ in range(1000)) == MOST_FRAMES_A_SECOND


def test_r03_a_kernel_is_its_owners_and_the_waiting_one_is_nobodys() -> None:
    """The waiting one holds nothing yet, and must not be there for anybody before it does."""
    kernels, one, other = Kernels(), Person(1, "group"), Person(2, "group")
    kernels._kernels.update({"a": object(), "waiting": object()})  # type: ignore[dict-item]
    kernels._owners["a"] = one

    assert kernels.is_owned("a", one)
    assert not kernels.is_owned("a", other)
    assert not kernels.is_owned("a", Person(1, "participant"))
    assert not kernels.is_owned("waiting", one)
    assert not kernels.is_owned("gone", one)


def test_a_page_left_without_a_word_makes_room_for_the_next(in_a_loop) -> None:
    """A browser that crashed eight times must not shut out the one who wants to go on."""
    kernels, one, other = Kernels(), Person(1, "group"), Person(2, "group")
    kernels._owners.update({f"{number}": one for number in range(MOST_EACH)}, theirs=other)
    kernels._kernel_connections.update(dict.fromkeys(kernels._owners, 1))
    kernels._kernel_connections.update({"2": 0, "3": 0, "4": 0, "theirs": 0})
    kernels._reached.update({"3", "4", "theirs"})  # nobody has spoken to the third yet

    in_a_loop(kernels.make_room_for(one))
    in_a_loop(kernels.make_room_for(one))

    assert kernels.ended == ["3"]
    assert kernels.opening_for(one).person == one


def test_one_person_and_all_together_have_a_bounded_number_of_pages() -> None:
    """Also pages that are still on their way count, or a burst would pass the bound."""
    kernels = Kernels()
    one = Person(1, "group")
    for _ in range(MOST_EACH):
        kernels.opening_for(one)
    with pytest.raises(HTTPError) as full:
        kernels.opening_for(one)
    assert full.value.status_code == 503

    for number in range(2, 2 + MOST_TOGETHER - MOST_EACH):
        kernels.opening_for(Person(number, "group"))
    with pytest.raises(HTTPError):
        kernels.opening_for(Person(99, "group"))
    kernels.opened(next(iter(kernels._openings)))
    assert kernels.opening_for(Person(99, "group")).person.number == 99
