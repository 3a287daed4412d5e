"""A page that was left before it spoke to its kernel leaves no kernel behind."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit


def _none(kernels: list) -> bool:
    return not kernels


def test_a_page_that_is_left_while_it_arrives_leaves_no_kernel(server) -> None:
    """A reload in haste must not leave a process that holds the group's text."""
    place = urlsplit(server.origin)
    cookie = server.cookie()
    with socket.create_connection((place.hostname, place.port), timeout=60) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookie}\r\n\r\n".encode())
        begun = line.recv(200)
        server.until(bool)

    server.until(_none)

    assert begun.startswith(b"HTTP/1.1 200")


def test_a_socket_that_is_left_while_it_opens_is_no_error(start) -> None:
    """A log full of alarms about people who closed a tab hides the one that matters."""
    server = start()
    place, cookie = urlsplit(server.origin), server.cookie()
    kernel = server.new_kernel(cookie)
    head = (
        f"Host: {place.netloc}\r\nCookie: {cookie}\r\nOrigin: {server.origin}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: v1.kernel.websocket.jupyter.org\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    for number in range(12):
        with socket.create_connection((place.hostname, place.port), timeout=60) as line:
            address = f"/api/kernels/{kernel}/channels?session_id=s{number}"
            line.sendall(f"GET {address} HTTP/1.1\r\n{head}".encode())

    alive = server.ask(f"/api/kernels/{kernel}", Cookie=cookie)
    server.stop()

    assert alive.status == 200
    assert server.log.read_text() == ""


def test_a_page_that_never_speaks_to_its_kernel_loses_it(start) -> None:
    """A tab that was closed as it arrived sends no farewell."""
    server = start(hasty=True)
    server.new_kernel(server.cookie())

    server.until(_none)

    assert server.process.is_running()


def test_a_page_that_spoke_keeps_its_kernel(browser, start) -> None:
    """Only what nobody uses may end."""
    server = start(hasty=True)
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.address)
    page.get_by_text("kernel has 0").wait_for(timeout=60_000)

    page.wait_for_timeout(10_000)

    assert len(server.kernels()) == 1
    context.close()
