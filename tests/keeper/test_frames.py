"""What may come over the socket."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable

import pytest

from amparo.errors import KeeperError
from amparo.keeper.client import Handle
from amparo.keeper.frames import MAX_REQUEST_BYTES, decode, encode, encode_request, receive
from amparo.keeper.service import _frame


def test_a_frame_comes_out_as_it_went_in() -> None:
    """Every alphabet of the people who use it must pass unharmed."""
    one, other = socket.socketpair()
    with one, other:
        one.sendall(encode({"text": "ñandú سلام 🌱"}))

        assert receive(other) == {"text": "ñandú سلام 🌱"}


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff\xfe", b"[" * 200_000])
def test_what_is_not_a_json_object_is_refused(body: bytes) -> None:
    """Odd bytes must end in one clear refusal, not in a crash."""
    with pytest.raises(KeeperError):
        decode(body)


def test_a_request_longer_than_the_limit_is_refused_before_it_is_sent() -> None:
    """The keeper would hang up on it, and a hang-up looks like a lock."""
    with pytest.raises(KeeperError):
        encode_request({"text": "x" * MAX_REQUEST_BYTES})


def test_a_keeper_outlives_odd_frames(lasting: Handle, raw: Callable[..., list[bytes]]) -> None:
    """One broken client must not take the workspace from the others."""
    hello = {"capability": lasting.capability}
    odd = [
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack(">I", 1 << 31),
        b"\0",
        struct.pack(">I", 2) + b"{]",
    ]

    for frame in odd:
        raw(lasting.address, frame)
        raw(lasting.address, hello, frame)

    _, answer = raw(lasting.address, hello, {"do": "status", "with": {}})
    assert "ok" in json.loads(answer)


def test_an_answer_that_cannot_be_written_is_an_error_and_no_hang_up() -> None:
    """A hang-up would look like a lock and cost people their passphrase once more."""
    frame = _frame({"ok": object()})

    assert decode(frame[4:])["error"]["key"] == "error.unexpected"


def test_a_frame_longer_than_the_limit_ends_the_line(
    lasting: Handle, raw: Callable[..., list[bytes]]
) -> None:
    """Nobody may fill the keeper's memory with one length."""
    too_long = struct.pack(">I", MAX_REQUEST_BYTES + 1)

    _, answer = raw(lasting.address, {"capability": lasting.capability}, too_long)

    assert json.loads(answer)["error"]["class"] == "KeeperError"
