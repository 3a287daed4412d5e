"""Every frame with which a page could try to run a program or to look into a kernel."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .lines import CHANNELS, V1, message, packed, raw

Attack = tuple[str | None, bytes | str]  # the subprotocol of the socket, and the frame
_NAMED = '"msg_id":"1","session":"hostile"'
_HEADERS = (
    '{"msg_type":"comm_msg",%s,"msg_type":"execute_request"}',
    '{"msg_type":"execute_request",%s,"msg_type":"comm_msg"}',
    '{"msg_type":"kernel_info_request",%s,"msg_type":"execute_request"}',
    '{"msg_type":"\\u0065xecute_request",%s}',
    '{"\\u006dsg_type":"execute_request",%s}',
    '{"msg_type":"execute_request","msg_typ\\u0065":"comm_close",%s}',
    '{"msg_type":"execute_request\\u0000",%s}',
    '{"msg_type":" execute_request",%s}',
    '{"msg_type":"EXECUTE_REQUEST",%s}',
    '{"msg_type":["execute_request"],%s}',
    '{"msg_type":{"a":"execute_request"},%s}',
    '{"msg_type":null,%s}',
    "{%s}",
    '[{"msg_type":"execute_request",%s}]',
    '{"header":{"msg_type":"execute_request"},%s}',
    '{"msg_type":"execute_request","subshell_id":null,%s}',
    '{"msg_type":"execute_request",%s} {"msg_type":"comm_msg",%s}',
    '\ufeff{"msg_type":"execute_request",%s}',
    "null", '"execute_request"', "5", "NaN", "[]", "", "{",
)  # fmt: skip
_TARGETS = ("jupyter.widget", "jupyter.widget.version", "os", "", None, ["jupyter.widget.control"])
_ODD_CHANNELS = ("SHELL", "shell\0", "control\0", "", "a" * 99)


def attacks(code: str) -> list[Attack]:
    """Return all of them; whatever can carry a program carries *code*."""
    return [*_of_every_kind(code), *_with_odd_headers(code), *_with_odd_targets(), *_rest(code)]


def _kinds(code: str) -> dict[str, dict[str, Any]]:
    return {
        "execute_request": {"code": code, "silent": False, "user_expressions": {"a": code}},
        "inspect_request": {"code": "open", "cursor_pos": 2, "detail_level": 1},
        "complete_request": {"code": "op", "cursor_pos": 2},
        "history_request": {"hist_access_type": "tail", "n": 9, "output": True, "raw": True},
        "is_complete_request": {"code": "1"},
        "connect_request": {},
        "shutdown_request": {"restart": False},
        "interrupt_request": {},
        "debug_request": {"type": "request", "command": "initialize", "seq": 1},
        "usage_request": {},
        "create_subshell_request": {},
        "delete_subshell_request": {"subshell_id": "a"},
        "list_subshell_request": {},
        "apply_request": {"bound": code},
        "abort_request": {"msg_ids": []},
        "clear_request": {},
        "input_reply": {"value": code},
        "stream": {"name": "stdout", "text": "x"},
        "no_such_request": {"code": code},
    }


def _of_every_kind(code: str) -> Iterator[Attack]:
    for kind, content in _kinds(code).items():
        whole = message(kind, content)
        for channel in CHANNELS:
            named = json.dumps({"channel": channel, **whole})
            for subprotocol in (V1, None):
                yield from (
                    (subprotocol, packed(whole, channel)),
                    (subprotocol, named),
                    (subprotocol, named.encode()),
                )


def _with_odd_headers(code: str) -> Iterator[Attack]:
    content = json.dumps({"code": code})
    rest = f'"parent_header":{{}},"metadata":{{}},"content":{content}'
    for header in _HEADERS:
        filled = header.replace("%s", _NAMED)
        yield V1, raw(filled.encode(), content.encode())
        yield None, f'{{"channel":"shell","header":{filled},{rest}}}'


def _with_odd_targets() -> Iterator[Attack]:
    for target in _TARGETS:
        content = {"comm_id": "c", "target_name": target, "data": {}, "target_module": "os"}
        whole = message("comm_open", content)
        yield V1, packed(whole, "shell")
        yield None, json.dumps({"channel": "shell", **whole})


def _rest(code: str) -> Iterator[Attack]:
    run = message("execute_request", {"code": code})
    update = {"comm_id": "c", "data": {"method": "update", "state": {}, "buffer_paths": []}}
    carried = [packed(run, "shell"), json.dumps(run).encode(), b"", b"\xff" * 64]
    for kind in (run, message("comm_msg", update)):
        yield V1, packed(kind, "shell", *carried)
    for channel in _ODD_CHANNELS:
        yield V1, packed(run, channel)
    yield V1, packed(run, "shell") + b"more"
    yield V1, packed(run, "shell")[:-1]
    yield None, b""
