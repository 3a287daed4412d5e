"""Random frames that a seed makes again: noise, good frames gone wrong, odd values in every field."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from .lines import message, packed

_KINDS = ("comm_msg", "comm_open", "comm_close", "comm_info_request", "kernel_info_request",
          "execute_request", "shutdown_request", "\ud800", "")  # fmt: skip
_ODD = (None, True, 0, -1, 2**80, 1e308, float("nan"), float("inf"), "", "x", "\ud800", "\0",
        "\u202e", "a" * 5000, [], [[]], {}, {"a": [1]}, {"": None}, {"__proto__": 1})  # fmt: skip


def random_frames(seed: int, count: int) -> Iterator[bytes | str]:
    """Yield *count* frames, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - it has to be the same again
    makers = (_noise, _text, _framed_noise, _cut, _flipped, _spliced, _odd_fields, _deep)
    for _ in range(count):
        yield dice.choice(makers)(dice)


def _noise(dice: random.Random) -> bytes:
    return dice.randbytes(dice.choice((0, 1, 7, 8, 9, 40, 400, 4000)))


def _text(dice: random.Random) -> str:
    return dice.randbytes(dice.randrange(200)).decode("latin-1")


def _framed_noise(dice: random.Random) -> bytes:
    parts = [dice.randbytes(dice.randrange(60)) for _ in range(dice.randrange(1, 9))]
    return serialize_msg_to_ws_v1(parts, dice.choice(("shell", "control", "", "\0")))


def _good(dice: random.Random) -> bytes:
    data = {"method": dice.choice(("update", "custom", "request_state")), "state": {"value": "a"}}
    content = {"comm_id": dice.choice("abc"), "target_name": "jupyter.widget.control", "data": data}
    return packed(message(dice.choice(_KINDS[:5]), content), "shell", dice.randbytes(9))


def _cut(dice: random.Random) -> bytes:
    whole = _good(dice)
    return whole[: dice.randrange(len(whole))]


def _flipped(dice: random.Random) -> bytes:
    whole = bytearray(_good(dice))
    for _ in range(dice.randrange(1, 9)):
        whole[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
    return bytes(whole)


def _spliced(dice: random.Random) -> bytes:
    one, other = _good(dice), _good(dice)
    return one[: dice.randrange(len(one))] + other[dice.randrange(len(other)) :]


def _odd_fields(dice: random.Random) -> bytes:
    def odd(names: tuple[str, ...]) -> dict[str, Any]:
        return {name: dice.choice(_ODD) for name in names if dice.random() < 0.8}

    whole = message(dice.choice(_KINDS), odd(("comm_id", "target_name", "data", "state")))
    if dice.random() < 0.5:
        whole["header"] |= odd(("msg_id", "session", "username", "version", "date"))
    for name in ("parent_header", "metadata"):
        whole[name] = dice.choice(_ODD)
    return packed(whole, "shell")


def _deep(dice: random.Random) -> bytes:
    depth = dice.choice((10, 300, 800, 900, 950, 980, 990, 1000, 5000))
    opening, closing = dice.choice((("[", "]"), ('{"a":', "}")))
    inside = opening * depth + ("1" if closing == "}" else "") + closing * depth
    content = f'{{"comm_id":"a","data":{{"method":"update","state":{inside}}}}}'
    header = json.dumps(message("comm_msg", {})["header"])
    return serialize_msg_to_ws_v1([header.encode(), b"{}", b"{}", content.encode()], "shell")
