"""One kernel waits for the next page: it knows nothing yet, and nothing of it is left behind."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest

from amparo.resources import DATA, bundled

KNOWS = "says_what_it_knows.ipynb"


@pytest.fixture(scope="module")
def ready(start) -> Iterator:
    """One server that keeps a kernel ready."""
    return start(KNOWS, ready=True)


def _is_one(kernels: list[psutil.Process]) -> bool:
    return len(kernels) == 1


def _leave(server, kernel: str) -> None:
    server.post(f"/voila/api/shutdown/{kernel}")


def test_a_page_takes_the_kernel_that_waited_and_tells_it_all_it_needs(ready) -> None:
    """The page's language, address and right to the keeper must be the page's own."""
    waiting = ready.until(_is_one)

    page = ready.ask("/?lang=ar&step=s6", Cookie=ready.cookie()).text

    said = "ar|nowhere|capability-of-the-test|lang=ar&step=s6|True"
    assert said in page.replace(r"\u0026", "&")
    assert waiting[0] in ready.kernels()
    _leave(ready, re.findall(r'"kernelId": "([^"]+)"', page)[0])


def test_a_waiting_kernel_holds_no_right_to_the_keeper(ready) -> None:
    """A process that waits for hours must not hold what opens a workspace."""
    waiting = ready.until(_is_one)

    known = waiting[0].environ()

    assert not {"AMPARO_KEEPER", "AMPARO_CAPABILITY"} & known.keys()
    assert "capability-of-the-test" not in str(known)


def test_two_pages_get_two_kernels_and_one_more_waits(ready) -> None:
    """Two people must never share one kernel, and no third one may wait for nobody."""
    waiting = ready.until(_is_one)
    cookie = ready.cookie()

    pages = [ready.new_kernel(cookie) for _ in range(2)]
    three = ready.until(lambda kernels: len(kernels) == 3)

    assert pages[0] != pages[1]
    assert waiting[0] in three
    for page in pages:
        _leave(ready, page)


def test_a_waiting_kernel_that_died_is_no_ones_problem(ready) -> None:
    """A machine that is short of memory kills what is idle; the page must open all the same."""
    waiting = ready.until(_is_one)

    waiting[0].kill()
    page = ready.new_kernel(ready.cookie())

    assert page
    assert waiting[0] not in ready.kernels()
    _leave(ready, page)


def test_hidden_pages_keep_no_kernel_and_it_comes_back_with_them(ready) -> None:
    """While visitors are here nothing of the workbook runs."""
    ready.until(_is_one)

    ready.post("/am/hide")
    hidden = ready.until(lambda kernels: not kernels)
    ready.post("/am/show")

    assert hidden == []
    assert ready.until(_is_one)


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_r17_a_stop_while_a_kernel_is_being_made_ready_leaves_nothing(start, number: int) -> None:
    """Closing the program at once must close that one too."""
    server = start(KNOWS, ready=True)
    kernels = server.until(_is_one)

    server.process.send_signal(number)
    server.process.wait(30)

    assert psutil.wait_procs(kernels, timeout=10)[1] == []
    assert list(server.parent.iterdir()) == []


def test_r17_after_a_kill_the_waiting_kernel_ends_too(start) -> None:
    """A crash must not leave a process behind, even one that knows nothing."""
    server = start(KNOWS, ready=True)
    kernels = server.until(_is_one)

    server.process.kill()
    server.process.wait(30)

    assert psutil.wait_procs(kernels, timeout=30)[1] == []


def test_without_the_option_no_kernel_waits(server) -> None:
    """An old computer may want its memory for itself."""
    server.ask("/quiet", Cookie=server.cookie())

    assert server.kernels() == []


def test_without_the_option_a_page_is_forked_from_a_process_that_has_read_it_all(server) -> None:
    """What every page of its own read and drew again took a second, and memory each time."""
    server.new_kernel(server.cookie())

    (template,) = server.templates()

    assert "amparo_widgets.warm:warm:en" in template.cmdline()


def test_what_a_page_is_forked_from_begins_to_read_while_the_workspace_is_opened(
    opened, kept_example
) -> None:
    """On a network's server the first page comes right after the passphrase, and waits for both."""
    server = opened(
        "open", kept_example.place, "--passphrase-file", kept_example.secret, "--no-ready"
    )
    before = server.templates()
    server.post("/am/lock")

    server.post("/am/unlock", {"passphrase": kept_example.passphrase})

    assert (before, len(server.templates())) == ([], 1)


_SAYS_ITS_WORDS = """
from amparo.wording.choices import pack_of
"heard: " + pack_of("steps", "questions").text("en", "step", "s0", "title")
"""


def test_a_pack_of_ones_own_is_read_anew_for_each_page(opened, tmp_path: Path) -> None:
    """Whoever writes a pack looks at it between two changes, and never at the one that ships."""
    pack = shutil.copytree(bundled("curricula") / "foundations", tmp_path / "own")
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_SAYS_ITS_WORDS)])
    nbformat.write(book, tmp_path / "words.ipynb")
    steps = pack / "en" / "steps.md"
    written = steps.read_text("utf-8")
    title = re.findall(r"## s0\n+### title\n+(.+)\n", written)[0]
    server = opened("open", "--pack", pack, "--workbook", tmp_path / "words.ipynb")
    cookie = server.cookie()
    heard = []

    for word in ("zarigueya", "tlacuache"):
        steps.write_text(written.replace(title, f"The {word} asks?"), "utf-8")
        page = server.ask("/?lang=en", Cookie=cookie).text
        heard += re.findall(r"heard: The (\w+)", page)

    assert heard == ["zarigueya", "tlacuache"]


def test_what_is_read_ahead_is_read_from_the_packs_that_were_taken_in(
    opened, tmp_path: Path
) -> None:
    """On a stick they lie beside the program; a corrected contact must not stay the old one."""
    server = opened("open", **{DATA: str(tmp_path)})

    assert server.templates()[0].environ()[DATA] == str(tmp_path)
