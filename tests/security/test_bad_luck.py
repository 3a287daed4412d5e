"""What no attack is needed for: a killed process, a full machine, a folder that is gone."""

from __future__ import annotations

import shutil
import sys
from typing import Any

import pytest

from .lines import Line

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture(scope="module")
def unlucky(start) -> Any:
    """One server for all bad luck of this file."""
    return start(full=True)


def _answers(server: Any, cookie: str, kernel: str, in_a_loop: Any) -> bool:
    async def ask() -> None:
        async with Line(server, cookie, kernel) as line:
            await line.ask()

    in_a_loop(ask())
    return server.ask(f"/api/kernels/{kernel}", Cookie=cookie).status == 200


def test_a_killed_fork_server_costs_no_page_and_the_next_page_opens(unlucky, in_a_loop) -> None:
    """A machine that is short of memory kills what it likes; thirty people must not notice."""
    cookie = unlucky.cookie()
    pages = [unlucky.new_kernel(cookie) for _ in range(2)]

    for template in unlucky.templates():
        template.kill()
    after = unlucky.new_kernel(cookie)

    for page in (*pages, after):
        assert _answers(unlucky, cookie, page, in_a_loop)
        unlucky.post(f"/voila/api/shutdown/{page}")


def test_a_full_process_table_is_said_on_one_page_and_disturbs_no_other(unlucky, in_a_loop) -> None:
    """The page that finds no room says so; who works goes on; the next one opens."""
    cookie = unlucky.cookie()
    works = unlucky.new_kernel(cookie)
    sign = unlucky.parent / "full"

    sign.touch()
    refused = unlucky.look("/")
    still = _answers(unlucky, cookie, works, in_a_loop)
    other = unlucky.look("/now").status
    sign.unlink()

    assert refused.status == 200
    assert "kernelId" not in refused.text
    assert 'id="am-gone"' in refused.text, "the sentence that the page's script shows"
    assert "Traceback" not in refused.text
    assert (still, other) == (True, 200)
    assert unlucky.new_kernel(cookie)


def test_a_deleted_run_folder_stops_no_page_and_new_ones_open(unlucky, in_a_loop) -> None:
    """Somebody cleans up the temporary files in the middle of a workshop."""
    cookie = unlucky.cookie()

    for folder in unlucky.run_folders:
        shutil.rmtree(folder)
    page = unlucky.new_kernel(cookie)

    assert _answers(unlucky, cookie, page, in_a_loop)
    assert unlucky.look("/now").status == 200
    assert all(one.stat().st_mode & 0o077 == 0 for one in unlucky.run_folders)


def test_the_number_of_pages_is_bounded_and_said_in_a_sentence(start, in_a_loop) -> None:
    """A flood of visits must not take the machine from those who work."""
    server = start(crowded=True)
    cookie = server.cookie()
    pages = [server.new_kernel(cookie) for _ in range(2)]

    refused = [server.look(f"/?lang={lang}") for lang in ("en", "es", "fr", "ar") * 5]
    works = _answers(server, cookie, pages[0], in_a_loop)
    server.post(f"/voila/api/shutdown/{pages[1]}")

    assert {answer.status for answer in refused} == {503}
    assert "Too many pages" in refused[0].text
    assert 'dir="rtl"' in refused[3].text
    assert works
    assert server.new_kernel(cookie)
    assert len(set(server.log.read_text().splitlines())) <= 1, "more than the place of a 503"


def test_a_cookie_of_an_earlier_start_opens_nothing(unlucky, start) -> None:
    """A copied cookie dies with the server that gave it."""
    other = start()
    replayed = f"{other.cookie().partition('=')[0]}={unlucky.cookie().partition('=')[2]}"

    assert other.ask("/now", Cookie=replayed).status == 401
    assert other.ask("/now", Cookie=other.cookie()).status == 200
