"""Papers in frames, asked of a real server: who gets them, under which policy, and until when."""

from __future__ import annotations

import re

import psutil
import pytest

from amparo.errors import AmparoError
from amparo.messages import languages, messages
from amparo.model.registry import BY_KIND
from amparo.serve.house import Paper, PaperOrder
from amparo.serve.press import Press

FRAME = "/am/preview/sheet?audience=group&lang=es"


@pytest.fixture(scope="module")
def example(opened):
    """The small example in Spanish, for this session only."""
    return opened("example", "--lang", "es")


def _presses(server) -> list[psutil.Process]:
    return server._children("amparo.report.press")


def test_a_paper_is_framed_by_our_own_pages_only_and_nothing_runs_in_it(example) -> None:
    """What somebody typed is shown as a page of ours: it must not run, fetch or stay behind."""
    frame, page = example.look(FRAME), example.look("/words")
    policy = frame.headers["content-security-policy"]

    assert (frame.status, frame.headers["cache-control"]) == (200, "no-store")
    assert frame.headers["content-type"].startswith("text/html")
    assert "Campana" in frame.text
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert re.search(r"sandbox allow-same-origin($|;)", policy)
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert f"frame-src {example.origin}/am/preview/;" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "address",
    ["analysis", "plan?audience=keepers", "plan?audience=public", "plan?audience=x", "none",
     "blank", "forms", "notes?audience=group"],
)  # fmt: skip
def test_what_is_not_for_this_reader_is_refused_in_one_sentence(example, address: str) -> None:
    """A frame is no way round the word that a keepers' paper is asked for with."""
    answer = example.look(f"/am/preview/{address}")

    assert answer.status == 409
    assert "⟦" not in answer.text
    assert "Campana" not in answer.text


def test_a_paper_is_asked_for_with_the_cookie_or_not_at_all(example) -> None:
    """A page open in another tab must not read the plan."""
    cookie = example.cookie()

    assert example.ask(FRAME).status == 401
    assert example.ask(FRAME, Cookie=cookie, Origin="http://evil.example").status == 403
    assert example.ask(FRAME, "POST", Cookie=cookie, Origin=example.origin).status == 405


def test_one_process_makes_all_papers_and_hide_ends_it_at_once(example) -> None:
    """It has read the plan; it must not outlive the moment somebody presses Hide."""
    example.look(FRAME)
    first = _presses(example)
    example.look("/am/preview/plan?lang=es")
    second = _presses(example)

    example.post("/am/hide")
    still = psutil.wait_procs(second, timeout=5)[1]
    frame, page = example.look(FRAME), example.look("/am/readers?lang=es")
    example.post("/am/show")

    assert [one.pid for one in first] == [one.pid for one in second]
    assert (len(second), still) == (1, [])
    assert frame.status == 423
    assert "Campana" not in frame.text
    assert (page.status, page.headers["location"]) == (303, "/quiet?lang=es")
    assert "Campana" in example.look(FRAME).text


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_the_readers_side_by_side_are_whole_in_every_language(example, lang: str) -> None:
    """A key between brackets tells nobody what an ally would see."""
    page = example.look(f"/am/readers?lang={lang}")

    assert page.status == 200
    assert "⟦" not in page.text
    assert 'data-am-preview="/am/preview/plan?audience=group' in page.text


def test_the_readers_page_counts_what_stays_here_and_says_none_of_it(example) -> None:
    """The numbers are for a decision; the words behind them are for nobody on this page."""
    page = example.look("/am/readers?report=plan&lang=en").text
    sheet = example.look("/am/readers?report=sheet&lang=en").text

    assert re.search(r"<li>Threats: 3 entries</li>", page)
    assert re.search(r"<li>What we will do: \d+ details</li>", page)
    assert "audience=keepers" not in page
    assert "Campana" not in page
    assert "This paper is not given to them" in sheet


@pytest.mark.parametrize("report", ["analysis", "none", "blank", "..%2Fplan"])
def test_only_a_paper_that_leaves_the_keepers_is_compared(example, report: str) -> None:
    """The page is no list of what else there is."""
    assert example.look(f"/am/readers?report={report}").status == 409


def test_a_press_that_nobody_uses_ends_by_itself(in_a_loop) -> None:
    """Eighty megabytes, and what it read last, do not wait all day for the next look."""
    now = [1000.0]

    async def walk() -> list[bool]:
        press = Press(clock=lambda: now[0])
        with pytest.raises(AmparoError):  # nobody answers there: said over the pipe
            await press.make(Paper("sheet", "group", "en", format="html"), PaperOrder("0" * 32, {}))
        seen = [press.pid is not None]
        for later, is_open in ((299, True), (2, True)):
            now[0] += later
            press.tend(is_open=is_open)
            seen.append(press.pid is not None)
        await press.close()
        return seen

    assert in_a_loop(walk()) == [True, True, False]


def test_every_kind_of_record_has_a_name_on_the_readers_page() -> None:
    """A kind without a name would be counted as a key between brackets."""
    unnamed = [
        (lang, kind)
        for lang in languages()
        for kind in BY_KIND
        if not messages(lang).has(f"kind.{kind}.many")
    ]
    assert unnamed == []
