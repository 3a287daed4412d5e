"""Hiding, coming back, papers and keeping, asked of a real server with a session-only workspace."""

from __future__ import annotations

import json
import time
from typing import Any

import pypdfium2
import pytest

from amparo.keeper import client
from amparo.session import Session
from amparo.store import Passphrase

PASSPHRASE = "lantern copper meadow violin harbor ticket"
ACTS = ["hide", "visitors", "show", "pin", "lock", "unlock", "keep", "forget", "paper/analysis"]


@pytest.fixture(scope="module")
def example(opened):
    """The small example in Spanish, for this session only."""
    return opened("example", "--lang", "es")


def _said(answer) -> dict:
    return json.loads(answer.text)


def _words(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize("act", ACTS)
def test_no_act_is_done_by_a_visit_or_for_another_page(example, act: str) -> None:
    """A link in a message must not lock people out, nor open what is hidden."""
    cookie = example.cookie()

    visit = example.ask(f"/am/{act}", Cookie=cookie)
    foreign = example.ask(f"/am/{act}", "POST", Cookie=cookie, Origin="http://evil.example")
    without = example.ask(f"/am/{act}", "POST", Origin=example.origin)

    assert visit.status in {405, 409}  # 409: a paper that is for keepers says so
    assert (foreign.status, without.status) == (403, 401)
    assert example.look("/now").status == 200


@pytest.mark.parametrize("body", [b"x" * 17_000, b"[]", b"{", b'"x"', b"\xff", b"[" * 9000])
def test_a_body_that_is_no_small_object_is_refused(example, body: bytes) -> None:
    """Whatever a taken-over page sends, the server goes on."""
    assert example.post("/am/pin", raw=body).status in {400, 413}


def test_hide_shuts_every_page_and_a_plain_button_brings_them_back(example) -> None:
    """Somebody looks over the shoulder: one press, and nothing of us is served."""
    kernel = example.new_kernel(example.cookie())

    hidden = example.post("/am/hide")
    work, calm, words = example.look("/"), example.look("/quiet"), example.look("/words")
    state = example.ask(f"/api/kernels/{kernel}", Cookie=example.cookie())
    now = example.look("/now?lang=es")
    shown = example.post("/am/show")

    assert (hidden.status, shown.status) == (200, 200)
    assert (work.status, work.headers["location"]) == (303, "/quiet?lang=es")
    assert (words.status, state.status) == (303, 423)
    assert "semilla" in calm.text
    assert "Campana" not in now.text
    assert "am-top" not in now.text
    assert "Campana" in example.look("/now?lang=es").text


def test_with_a_pin_only_the_pin_brings_the_pages_back(example) -> None:
    """Visitors press every button they see."""
    assert example.post("/am/pin", {"pin": "12"}).status == 400
    assert example.post("/am/pin", {"pin": "4271"}).status == 200
    assert example.post("/am/pin", {"pin": "9999", "old": "1111"}).status == 403
    example.post("/am/visitors")

    began = time.monotonic()
    wrong = example.post("/am/show?lang=es", {"pin": "1111"})
    waited_s = time.monotonic() - began
    still = example.look("/")
    right = example.post("/am/show", {"pin": "4271"})

    assert (wrong.status, _said(wrong)["text"]) == (403, "No hay tal página. Intente otra vez.")
    assert waited_s >= 1
    assert still.headers["location"] == "/lesson?lang=es"
    assert right.status == 200
    assert example.post("/am/pin", {"pin": "", "old": "4271"}).status == 200


def test_a_session_is_never_locked_and_says_so(example) -> None:
    """Locking it would end it: the key is all there is."""
    answer = example.post("/am/lock?lang=es")

    assert answer.status == 409
    assert "no tiene frase de paso" in _said(answer)["text"]
    assert example.look("/now?lang=es").status == 200


def test_papers_come_over_a_pipe_and_leave_nothing_behind(example) -> None:
    """A session-only group prints its sheet; no copy waits on the disk."""
    before = set(example.parent.rglob("*"))

    headers, sheet = example.fetch("/am/paper/sheet?audience=group&paper=letter&lang=es")
    blank = example.fetch("/am/paper/blank?lang=fr")[1]

    assert "Campana" in _words(sheet)
    assert "Campana" not in _words(blank)
    assert headers["content-disposition"] == 'inline; filename="notes.pdf"'
    assert headers["cache-control"] == "no-store"
    # The kernel that waits may have come meanwhile: its sockets, and its file of ports.
    new = [path for path in set(example.parent.rglob("*")) - before if path.is_file()]
    assert [path for path in new if not path.match("c/kernel-*.json")] == []


@pytest.mark.parametrize(
    "address", ["analysis", "sheet?audience=keepers", "sheet?audience=x", "none", "sheet?paper=a0"]
)
def test_what_is_not_for_the_group_is_refused_in_one_sentence(example, address: str) -> None:
    """An address that is guessed, shared or mistyped prints nothing."""
    answer = example.look(f"/am/paper/{address}")

    assert answer.status == 409
    assert answer.headers["content-type"].startswith("text/html")
    assert "⟦" not in answer.text


@pytest.mark.parametrize(
    "address", ["allies", "public?audience=public", "donor", "donor?audience=allies&paper=a4"]
)
def test_what_leaves_the_group_is_not_given_by_a_visit(example, address: str) -> None:
    """A link that somebody sends must not print what nobody has read."""
    answer = example.look(f"/am/paper/{address}{'&' if '?' in address else '?'}lang=es")

    assert answer.status == 409
    assert "dos personas no lo han leído" in answer.text


def test_what_two_people_read_is_given_once(example) -> None:
    """The list comes from the records themselves; ticks of it, and only those, open the way."""
    told = json.loads(example.look("/am/paper/allies?lang=es&sentences=1").text)
    ticks = {
        "digest": told["digest"], "letters": ["A", "C"], "sentences": len(told["sentences"]),
    }  # fmt: skip

    def asked(**change) -> Any:
        return example.post("/am/paper/allies?lang=es", {"ticks": {**ticks, **change}})

    refused = [asked(letters=["A", "A"]), asked(digest="x"), asked(letters=["A", 1]), asked(x=1)]
    other = example.look(_said(asked(digest="0" * 16))["address"])
    address = _said(asked())["address"]
    first = example.fetch(address)[1]
    second = example.look(address)

    assert "Acompáñennos" in " ".join(one["text"] for one in told["sentences"])
    assert "Ninguna lista" in told["limits"]
    assert {answer.status for answer in refused} == {409}
    assert other.status == 409
    assert "Acompáñennos" in _words(first)
    assert second.status == 409


@pytest.mark.parametrize("address", ["sheet", "analysis", "blank", "none"])
def test_only_what_leaves_is_listed(example, address: str) -> None:
    """The list of the analysis would be the analysis without its word."""
    answer = example.look(f"/am/paper/{address}?sentences=1&lang=es")

    assert answer.status == 409
    assert "sentences" not in _said(answer)


def test_the_analysis_is_given_once_against_a_word(example) -> None:
    """The keepers print it on purpose or not at all."""
    wrong = example.post("/am/paper/analysis?lang=es", {"word": "sí"})
    asked = _said(example.post("/am/paper/analysis?lang=es", {"word": "Papel"}))

    first = example.fetch(asked["address"])[1]
    second = example.look(asked["address"])

    assert wrong.status == 400
    assert first.startswith(b"%PDF")
    assert second.status == 409


def test_the_words_of_the_pack_need_no_kernel(example) -> None:
    """A word that nobody knows is explained at once, in the language of the page."""
    page = example.look("/words?lang=es")

    assert 'id="accompaniment"' in page.text
    assert "Acompañamiento" in page.text
    assert "⟦" not in page.text


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_page_without_a_kernel_is_whole_in_every_language(example, lang: str) -> None:
    """A key between brackets tells a frightened person nothing."""
    for path in ("/now", "/words", "/quiet", "/lesson"):
        assert "⟦" not in example.look(f"{path}?lang={lang}").text, path


def test_a_session_is_kept_with_all_it_holds_and_opens_again(opened, tmp_path) -> None:
    """A group that trusts the tool by now keeps its work; what it wrote is all there."""
    server = opened("example", "--lang", "es", "--keep-in", tmp_path / "kept")
    session = list(server.parent.glob("am-*/database*")) + list(server.parent.glob("am-*/*.db"))

    suggested = _said(server.ask("/am/suggest?lang=ar", Cookie=server.cookie()))["words"]
    differs = server.post("/am/keep", {"passphrase": PASSPHRASE, "again": "x"})
    weak = server.post("/am/keep", {"passphrase": "aaaa", "again": "aaaa"})
    kept = server.post("/am/keep", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    twice = server.post("/am/keep", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    page = server.look("/now?lang=es")
    server.stop()
    handle = client.start(tmp_path / "kept" / "notes.amparo", Passphrase(PASSPHRASE))
    with Session.connect(handle.environment()) as again:
        records = again.stored()
        again.lock()

    assert len(suggested.split()) == 6
    assert (differs.status, weak.status, kept.status, twice.status) == (400, 409, 200, 409)
    assert _said(kept)["place"].endswith("notes.amparo")
    assert "Campana" in page.text
    assert len(records) > 10
    assert not any(path.exists() for path in session)
    assert list(server.parent.glob("am-*")) == []
    assert PASSPHRASE not in server.log.read_text()


def test_forgetting_a_session_ends_all_of_it(opened) -> None:
    """After the word, neither a process nor a file is left."""
    server = opened("open", "--lang", "es")
    keepers = server.keepers()

    wrong = server.post("/am/forget?lang=es", {"word": "no"})
    done = server.post("/am/forget?lang=es", {"word": "Borrar"})
    server.process.wait(20)

    assert (wrong.status, done.status) == (400, 200)
    assert len(_said(done)["remains"]) == 2
    assert len(keepers) == 1
    assert not keepers[0].is_running()
    assert list(server.parent.glob("am-*")) == []
