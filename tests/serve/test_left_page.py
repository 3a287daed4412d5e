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
