"""What no honest page sends, straight over the widget channel: refused, and nothing moves."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Iterator
from typing import Any

import ipywidgets
import pytest

from amparo.keeper import client
from amparo.messages import messages
from amparo.model.fields import FieldSpec, form_of
from amparo.model.registry import BY_KIND
from amparo.session import Session
from amparo_widgets.part import Part
from amparo_widgets.screens import SCREENS
from amparo_widgets.workbook import Workbook

from .counts import tell

ID = "ab" * 16
ECHO = "zarigueya"
MARKUP = f"<script>{ECHO}</script><img src=x onerror=alert(1)> {{{{7*7}}}} #let x = 1; \\input{{y}}"
SENTENCES = frozenset(messages("en").text(key).split("{")[0] for key in (
    "error.record", "ui.save.refused", "error.keeper", "error.conflict", "error.record_missing",
))  # fmt: skip


def _nested(depth: int, key: str | None = None) -> Any:
    inner: Any = {} if key else []
    for _ in range(depth):
        inner = {key: inner} if key else [inner]
    return inner


_NUMBERS = (True, False, 0, 1, -1, 12, 20261125)
_WORDS = ("", " ", "a", "1", "0", "true", "None", "null", "3.0", "1e3", "٣", MARKUP, "' OR 1=1 --")
_NO_TEXT = (*_NUMBERS, [], {}, ["a"])
_NO_ID = (ID[:-1], f"{ID}a", ID.upper(), f" {ID}", f"{ID}\n", "../" * 10, "g" * 32, "٣" * 32)
# What no field takes, whatever it holds: texts, numbers, shapes.
_EVERYWHERE = (
    ECHO * 120_000, "\ud800", "half \udfff pair", "\x00", "nul\x00inside", "\x1b[31mred", "bell\x07",
    "del\x7f", "\x85", "\u202eevil", "\u202aleft", "\u2066iso\u2069", "zero\u200bwidth", "join\u2060er",
    "\ufeffmark", "line\u2028parted", "para\u2029graph",
    math.nan, math.inf, -math.inf, 3.5, -0.5, 1e308, 5e-324, 2**63, 2**64, 10**400, -(10**400),
    {"evil": 1}, {"$ne": None}, {"__proto__": {"x": 1}}, {"": ""}, {"__class__": ECHO},
    {"constructor": {"prototype": 1}}, {ECHO: ECHO}, [[]], [None], [math.nan], [["a"]], [[[1]]],
    ["\ud800"], [True, None], [{"evil": 1}], _nested(1000), _nested(1000, "a"),
)  # fmt: skip
_DATES = (
    "2026-13-01", "2026-02-30", "0000-01-01", "26-1-1", "2026-11-25T00:00:00", "1764028800",
    "20261125", "25.11.2026", "٢٠٢٦-١١-٢٥", "2026-11-25Z", "99999-01-01", "2026-11-25\n",
)  # fmt: skip
_RANGES = (
    [1, 2, 3], {"low": 1, "best": 2}, *(
        {"low": low, "best": best, "high": high} for low, best, high in (
            (3, 2, 4), (0, 2, 4), (1, 2, 6), ("1", 2, 3), (True, 2, 3), (1.0, 2, 3), (1, None, 3),
            (1, math.nan, 3), (1, 10**400, 3),
        )
    ), {"low": 1, "best": 2, "high": 3, "evil": 4},
)  # fmt: skip
_OF_CONTROL: dict[str, tuple[Any, ...]] = {
    "word": (*_NO_TEXT, "two\nlines", "a" * 41, MARKUP),
    "line": (*_NO_TEXT, "two\nlines", "a" * 301),
    "text": (*_NO_TEXT, "a" * 5001),
    "letter": (*_NO_TEXT, "a", "ABC", "A ", "A\n", "É", "А", "1", "", MARKUP),
    "date": (*_NO_TEXT, *_WORDS, *_DATES),
    "flag": (*_WORDS, 0, 1, 2, -1, [], {}, "yes", "on", "off", [True], 0.0, 1.0),
    "choice": (*_NO_TEXT, *_WORDS, "no_such_choice", "__class__"),
    "scale": (*_WORDS, True, False, 17, -17, [], {}, 1.0, 2.5),
    "number": (*_WORDS, True, False, -1, [], {}, 1.0, 2.5),
    "record": (*_NO_TEXT, *_WORDS, *_NO_ID),
    "item": (*_NO_TEXT, "", " ", MARKUP, *_NO_ID[2:6], "٣", "1a", "A", "a" * 65, "a-b", "a\n"),
    "range": (*_NUMBERS, *_WORDS, [], {}, *_RANGES),
    "group": (*_NUMBERS, *_WORDS, [], ["a"]),
}
# A page may send them, and what it sends does not count.
_WRITTEN_BY_THE_BOARD = {"assessed_on", "store_seq"}
_NO_LIST = (*_NUMBERS, *_WORDS, {}, {"0": "a"}, {"length": 1})
_THREAT = {"sentence": "a", "threat_type": "intimidation"}
_GOOD = {"word": "a", "line": "a", "text": "a", "letter": "A", "date": "2026-11-25", "flag": True,
         "number": 1, "range": {"low": 1, "best": 2, "high": 3}, "record": ID,
         "item": "an_item"}  # fmt: skip


def _good(spec: FieldSpec) -> Any:
    if spec.many:
        return []
    if spec.control == "group":
        return {inner.name: _good(inner) for inner in spec.fields}
    return spec.options[0] if spec.options else _GOOD[spec.control]


def _bad(spec: FieldSpec) -> list[Any]:
    known = [(type(one), one) for one in spec.options]
    listed = [one for one in _OF_CONTROL[spec.control] if (type(one), one) not in known]
    own = [*_EVERYWHERE, *listed, *_bad_groups(spec)]
    if not spec.many:
        return own
    too_many = [[_good(spec)] * (spec.at_most + 1)] if spec.at_most else []
    return [*_NO_LIST, *_EVERYWHERE, *([one] for one in own), *too_many]


def _bad_groups(spec: FieldSpec) -> list[Any]:
    whole = {inner.name: _good(inner) for inner in spec.fields}
    inside = [{**whole, inner.name: bad} for inner in spec.fields for bad in _bad(inner)]
    return [*inside, {**whole, "evil": 1}] if spec.fields else []


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """An empty workspace for this session only."""
    handle = client.start(tmp_path_factory.mktemp("bad") / "w.amparo", session_only=True)
    with Session.connect(handle.environment()) as opened:
        yield opened
        opened.lock()


@pytest.fixture(scope="module")
def workbook(session: Session) -> Workbook:
    """One English page."""
    return Workbook("en", session, "s6")


def _tell(workbook: Workbook, message: object, part: Part | None = None) -> dict[str, Any]:
    answer = workbook.answer({"part": part or workbook.parts[0], "message": message})
    # It has to reach the page: broken characters and endless numbers do not travel.
    json.dumps(answer, ensure_ascii=False, allow_nan=False).encode()
    return answer


def _save(kind: object, fields: object, **more: object) -> dict[str, Any]:
    new = {"id": secrets.token_hex(16), "version": None, **more}
    return {"type": "save", "rev": secrets.token_hex(16), "kind": kind, "fields": fields, **new}


def _is_refused(answer: dict[str, Any]) -> bool:
    known = any(answer.get("text", "").startswith(start) for start in SENTENCES)
    return answer["type"] == "refused" and known and ECHO not in json.dumps(answer)


def _asked(kind: str) -> list[FieldSpec]:
    return [spec for spec in form_of(kind) if spec.name not in _WRITTEN_BY_THE_BOARD]


def test_r06_forty_kinds_of_bad_value_are_meant_for_every_control(capsys) -> None:
    """Less would be a sample of what came to mind."""
    tried = sum(len(_bad(spec)) for kind in BY_KIND for spec in _asked(kind))

    assert min(len(_EVERYWHERE) + len(own) for own in _OF_CONTROL.values()) >= 40
    tell(capsys, "R6", "bad values in fields of records", tried)


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_r06_no_field_of_any_record_takes_a_value_that_no_control_makes(
    workbook: Workbook, session: Session, kind: str
) -> None:
    """A program in the page, or a broken browser, must not be able to spoil the plan."""
    before = session.digest()
    asked = _asked(kind)
    good = {spec.name: _good(spec) for spec in asked}

    taken = [
        (spec.name, ascii(bad)[:60])
        for spec in asked
        for bad in _bad(spec)
        if not _is_refused(_tell(workbook, _save(kind, {**good, spec.name: bad})))
    ]

    assert taken == [], "\n".join(map(str, taken))[:3000]
    assert session.digest() == before


_NO_WORD = (*_EVERYWHERE, *_NUMBERS, *_WORDS, None, [], {}, 10**5000, "s99", "__class__", "../s1")


def _may_open(do: str, passphrase: object) -> bool:
    """A strange passphrase may be somebody's: only its shape can be refused."""
    return do in {"make", "enter"} and isinstance(passphrase, str) and 0 < len(passphrase) <= 1024


_MESSAGES: tuple[Any, ...] = (
    *_NO_WORD,
    {}, {"type": "save"}, {"rev": "a"},
    *({"type": bad, "rev": "a1"} for bad in _NO_WORD),
    *({"type": kind, "rev": bad} for kind in ("save", "go", "choose", "room", "delete")
      for bad in (*_EVERYWHERE, *_NUMBERS, None, [], {}, 10**5000, "", "a" * 65, MARKUP)),
    *(_save(bad, {"sentence": "a"}) for bad in _NO_WORD),
    *(_save("threat", bad) for bad in _NO_WORD),
    *(_save("threat", {**_THREAT, name: "a"}) for name in (
        "id", "created_on", "kind", "no_such", "__class__", "", "\ud800", ECHO)),
    *(_save("threat", _THREAT, id=bad) for bad in (*_NO_WORD, *_NO_ID)),
    *(_save("threat", _THREAT, version=bad) for bad in (
        *_EVERYWHERE, *_WORDS, True, False, -1, 1, 12, [], {}, 10**5000)),
    *({"type": "save_many", "rev": secrets.token_hex(16), "items": bad} for bad in (
        *_NO_WORD, [_save("threat", _THREAT), 1], [_save("threat", _THREAT)] * 61,
        [_save("threat", _THREAT), _save("threat", {"evil": 1})])),
    *({"type": "delete", "rev": secrets.token_hex(16), "id": bad, "version": 1}
      for bad in (*_NO_WORD, *_NO_ID, ID)),
    *({"type": "go", "rev": secrets.token_hex(16), "where": bad} for bad in _NO_WORD),
    *({"type": "room", "rev": secrets.token_hex(16), "do": bad} for bad in _NO_WORD),
    *({"type": "room", "rev": secrets.token_hex(16), "do": do, "passphrase": bad}
      for do in ("make", "enter", "leave", "share", "change", "delete")
      for bad in (*_EVERYWHERE, *_NUMBERS, None, "", [], {}, 10**5000) if not _may_open(do, bad)),
    json.loads('{"type": "save", "rev": "a2", "rev": "a3", "kind": "threat", "kind": "evil", '
               '"id": "' + ID + '", "version": null, "fields": {"threat_type": 1}}'),
)  # fmt: skip


def test_r06_no_message_makes_the_page_fall_or_moves_anything(
    workbook: Workbook, session: Session
) -> None:
    """Kind, id, version, screen, room: whatever stands there, a sentence comes back."""
    before, here = session.digest(), workbook.here

    taken = [ascii(one)[:200] for one in _MESSAGES if not _is_refused(_tell(workbook, one))]

    assert taken == []
    assert (session.digest(), workbook.here) == (before, here)


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_r06_no_option_of_any_part_takes_what_no_page_sends(session: Session, screen: str) -> None:
    """An option is drawn with: it must never be a text, a number without end or a shape."""
    opened = Workbook("en", session, screen)
    before = session.digest()
    bad_options = (*_EVERYWHERE, *_NO_ID[3:6], MARKUP, [], {}, -1, 1.0, "A", "a b")

    for part in opened.parts:
        options, names = dict(part.options), sorted(type(part).page_may_set)
        sent = [{name: bad} for name in names for bad in bad_options]
        sent += [
            {"kinds": ["threat"]},
            {"step": "s1"},
            {"inside": True},
            {"": 1},
            {"threat": "a", "x": 1},
        ]
        for values in (*sent, *_NO_WORD[:60]):
            message = {"type": "choose", "rev": secrets.token_hex(16), "values": values}
            assert values == {} or _is_refused(_tell(opened, message, part)), (part.name, values)
        assert part.options == options

    assert session.digest() == before


def _widgets(widget: Any) -> Iterator[ipywidgets.Widget]:
    yield widget
    yield widget.layout
    for child in getattr(widget, "children", ()):
        yield from _widgets(child)


def _tell_widget(widget: Any, data: object) -> None:
    widget._handle_msg({"content": {"data": data}, "buffers": [b"x"]})


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_r06_no_widget_of_a_screen_is_moved_by_its_page(session: Session, screen: str) -> None:
    """ipywidgets would let a page set what it shows, which script it runs, what lies in a box."""
    opened = Workbook("en", session, screen).show()
    before = session.digest()

    for widget in _widgets(opened):
        states = [{name: bad} for name in widget.get_state() for bad in (ECHO, None, 7, [], {}, ID)]
        states += [{"no_such_trait": 1}, {"children": []}, {"_esm": "x"}, {"value": "\ud800"}, {}]
        sent = [{"method": "update", "state": state, "buffer_paths": []} for state in states]
        sent += [{"method": bad} for bad in (*_EVERYWHERE[1:], *_NUMBERS, None, [], "backbone")]
        sent += [
            {"method": "update", "state": {}, "buffer_paths": [["a", 0, {}], "x", 5, None]},
            {},
        ]
        held = widget.get_state()
        for data in (*sent, None, [], "x", 5):
            _tell_widget(widget, data)
        assert widget.get_state() == held

    assert session.digest() == before


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_r06_an_option_that_names_nothing_draws_a_whole_screen(
    session: Session, screen: str
) -> None:
    """Somebody else may just have deleted what this page had chosen."""
    opened = Workbook("en", session, screen)
    for part in opened.parts:
        for name in sorted(type(part).page_may_set):
            for value in (ID, "no_such_thing", "", None, True):
                message = {"type": "choose", "rev": secrets.token_hex(16), "values": {name: value}}
                assert _tell(opened, message, part)["type"] == "look"


def _records_named(specs: tuple[FieldSpec, ...]) -> list[FieldSpec]:
    inner = [one for spec in specs for one in _records_named(spec.fields)]
    return [*(spec for spec in specs if spec.control == "record"), *inner]


def test_r06_an_id_must_be_of_the_kind_that_its_field_names(
    workbook: Workbook, session: Session
) -> None:
    """A measure against an actor, or a threat saved over a place, would draw nonsense."""
    place, threat = secrets.token_hex(16), secrets.token_hex(16)
    for message in (
        _save("place", {"label": "a", "rating": "safe"}, id=place),
        _save("threat", _THREAT, id=threat),
    ):
        assert _tell(workbook, message)["type"] == "ack"
    before = session.digest()

    over = [_save("threat", _THREAT, id=place, version=version) for version in (None, 0, 1, 2)]
    taken = [str(one) for one in over if not _is_refused(_tell(workbook, one))]
    for kind in BY_KIND:
        good = {spec.name: _good(spec) for spec in form_of(kind)}
        for spec in (one for one in form_of(kind) if _records_named((one,))):
            stranger = _named(spec, place if spec.points_at != "place" else threat)
            if not _is_refused(_tell(workbook, _save(kind, {**good, spec.name: stranger}))):
                taken.append(f"{kind}.{spec.name}")

    assert taken == []
    assert session.digest() == before


def _named(spec: FieldSpec, record_id: str) -> Any:
    whole = {inner.name: _good(inner) for inner in spec.fields}
    inside = {one.name: _named(one, record_id) for one in spec.fields if _records_named((one,))}
    value = {**whole, **inside} if spec.fields else record_id
    return [value] if spec.many else value


def test_r06_markup_is_kept_as_the_words_it_is(workbook: Workbook, session: Session) -> None:
    """Somebody may well write down what stood in a threatening message."""
    made = secrets.token_hex(16)

    answer = _tell(workbook, _save("threat", {**_THREAT, "sentence": MARKUP}, id=made))

    assert answer["type"] == "ack"
    assert session.get(made).record.model_dump()["sentence"] == MARKUP
