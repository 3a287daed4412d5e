"""A page moves widget values; it never runs code."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

from amparo.serve.wire import LARGEST_FRAME, accepted


def frame(
    kind: str, content: object = None, channel: str = "shell", header: str | None = None
) -> bytes:
    """Build one frame of the v1 protocol."""
    plain = {"msg_id": "1", "msg_type": kind, "session": "s", "username": "", "version": "5.2"}
    parts = [header or json.dumps(plain), "{}", "{}", json.dumps(content or {})]
    return serialize_msg_to_ws_v1([part.encode() for part in parts], channel)


COMM = {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {"method": "x"}}


@pytest.mark.parametrize(
    "kind", ["comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request"]
)
def test_r02_messages_that_move_widgets_pass(kind: str) -> None:
    """A filter that stops the workbook would be switched off."""
    assert accepted(frame(kind, COMM)) is not None


@pytest.mark.parametrize(
    "kind",
    [
        "execute_request",
        "complete_request",
        "inspect_request",
        "history_request",
        "is_complete_request",
        "connect_request",
        "shutdown_request",
        "interrupt_request",
        "debug_request",
        "usage_request",
        "create_subshell_request",
        "input_reply",
        "",
    ],
)
@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub"])
def test_r01_every_other_message_is_dropped_on_every_channel(kind: str, channel: str) -> None:
    """Running code on the workshop computer would give away everything."""
    assert accepted(frame(kind, {"code": "1"}, channel)) is None


@pytest.mark.parametrize("channel", ["control", "stdin", "iopub", "shell\0", ""])
def test_r02_widget_messages_pass_on_the_shell_channel_only(channel: str) -> None:
    """The other channels are not needed, so they are shut."""
    assert accepted(frame("comm_msg", COMM, channel)) is None


def test_r02_only_the_widget_target_may_be_opened() -> None:
    """Another target could be a door that a library registered."""
    assert accepted(frame("comm_open", {**COMM, "target_name": "jupyter.widget"})) is None


def test_r01_a_header_with_two_types_reaches_the_kernel_with_the_one_that_was_checked() -> None:
    """Two readers of the same bytes must not read two different messages."""
    double = '{"msg_type":"execute_request","msg_id":"1","session":"s","msg_type":"comm_msg"}'

    parts = accepted(frame("", COMM, header=double))

    assert parts is not None
    assert parts[0].count(b"msg_type") == 1
    assert b"execute_request" not in parts[0]


def test_r01_an_escaped_type_is_read_before_it_is_judged() -> None:
    """The same word can be written in many ways."""
    escaped = '{"msg_type":"\\u0065xecute_request","msg_id":"1","session":"s"}'

    assert accepted(frame("", {"code": "1"}, header=escaped)) is None


def test_r02_a_frame_over_one_mebibyte_is_dropped() -> None:
    """One page must not fill the memory that all share."""
    big = frame("comm_msg", {**COMM, "data": {"value": "x" * LARGEST_FRAME}})

    assert accepted(big) is None


def test_r02_buffers_of_a_widget_message_pass_untouched() -> None:
    """A picture or a file travels as raw bytes behind the message."""
    header = {"msg_id": "1", "msg_type": "comm_msg", "session": "s"}
    parts = [json.dumps(part).encode() for part in (header, {}, {}, COMM)]

    passed = accepted(serialize_msg_to_ws_v1([*parts, b"\x00\xff", b""], "shell"))

    assert passed is not None
    assert passed[4:] == [b"\x00\xff", b""]


@given(st.binary(max_size=400))
def test_r02_random_bytes_are_dropped_without_an_error(junk: bytes) -> None:
    """Whatever a hostile page sends, the server goes on."""
    assert accepted(junk) is None


@given(st.lists(st.binary(max_size=40), min_size=5, max_size=8))
def test_r02_well_framed_junk_is_dropped_without_an_error(parts: list[bytes]) -> None:
    """The right shape around nonsense must not get further than the filter."""
    junk = serialize_msg_to_ws_v1(parts[1:], "shell")

    assert accepted(junk) is None


@given(
    st.dictionaries(
        st.sampled_from(["msg_id", "msg_type", "session", "comm_id", "target_name", "data"]),
        st.sampled_from([None, True, 0, 1.5, "", "x", [], [[]], {}, {"a": [1]}, "\ud800"]),
    )
)
def test_r02_fields_of_the_wrong_kind_never_raise(fields: dict[str, object]) -> None:
    """A field may hold anything a page likes."""
    accepted(frame("", fields, header=json.dumps({**fields, "msg_type": "comm_msg"})))


@pytest.mark.parametrize("junk", ["text", None, "{}", 5])
def test_r01_frames_that_are_not_bytes_are_dropped(junk: object) -> None:
    """The older text protocol has readings of its own; it is not spoken here."""
    assert accepted(junk) is None
