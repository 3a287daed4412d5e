"""Kernels that are forked: fresh, alone, and gone with whoever wanted them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from amparo.kernels import PROVISIONER, Forked, ForkServer, NoForkError, provisioner
from amparo.kernels import forking as owner
from amparo.kernels.provisioner import kernel_arguments

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")

_ASK_MORE = """
import json, os, numpy
files = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
         if os.path.islink(f"/proc/self/fd/{fd}")]
print(json.dumps({
    "number": numpy.random.random(), "word": os.environ["WORD"], "files": files,
    "seen_by_others": open("/proc/self/environ").read(),
}))
"""
_ASK = "import os, random, uuid; print(random.random(), uuid.uuid4().hex, os.environ.get('WORD'))"


@pytest.fixture(scope="module")
def forks() -> Iterator[ForkServer]:
    """The one fork server of this process, as the provisioner finds it."""
    server = owner.shared()
    yield server
    server.close()


@pytest.fixture
def run(
    forks: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[str]]:
    """Run cells in a kernel of its own, through jupyter_client and nbclient."""
    forks.start()
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", PROVISIONER)
    for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(tmp_path))

    def _run(*cells: str, word: str = "") -> list[str]:
        monkeypatch.setenv("WORD", word)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
        return ["".join(o.get("text", "") for o in cell.outputs) for cell in notebook.cells]

    return _run


def _until(is_so: Callable[[], bool]) -> None:
    last, heard = time.monotonic() + 20, threading.Event()
    while not is_so():
        assert time.monotonic() < last
        heard.wait(0.05)


def _sleeper(forks: ForkServer, folder: Path) -> Forked:
    """A kernel that waits for somebody who never comes."""
    return forks.fork(["-f", str(folder / "nobody.json")], _environment(folder), str(folder))


def _environment(folder: Path) -> Mapping[str, str]:
    return {"HOME": str(folder), "IPYTHONDIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder)}


def test_two_kernels_share_no_random_number_and_no_word(
    run: Callable[..., list[str]],
) -> None:
    """Two pages with one key, or one that reads the other's right, would be one page too few."""
    first, second = run(_ASK, word="one")[0].split(), run(_ASK, word="two")[0].split()

    assert (first[2], second[2]) == ("one", "two")
    assert not set(first) & set(second)


def test_a_forked_kernel_does_all_that_a_started_one_does(run: Callable[..., list[str]]) -> None:
    """Magics, await, a subprocess and widgets, in a page as in a report."""
    said = run(
        "import asyncio; await asyncio.sleep(0); print('awaited')",
        "%env WORD",
        "import subprocess; print(subprocess.run(['echo', 'sub'], capture_output=True).stdout)",
        "import ipywidgets; print(ipywidgets.IntSlider(3).comm is not None)",
        word="magic",
    )

    assert said[0].strip() == "awaited"
    assert "sub" in said[2]
    assert said[3].strip() == "True"


def test_a_forked_kernel_notes_no_module_and_has_no_debugger(
    run: Callable[..., list[str]],
) -> None:
    """To look at each module copies it: lists that nobody reads took an eighth of a page."""
    said = run(
        "import sys\nfrom IPython.core import shellapp\nfrom ipykernel import ipkernel\n"
        "kernel = get_ipython().kernel\n"
        "print(len(kernel._kernel_modules), len(kernel.shell._sys_modules_keys))\n"
        "print(ipkernel.sys is sys, shellapp.sys is sys, len(sys.modules) > 100)\n"
        "print(hasattr(kernel, 'debugger'), sys.modules['debugpy'])"
    )

    assert said == ["0 0\nTrue True True\nFalse None\n"]


def test_a_forked_kernel_stops_what_it_does_when_it_is_told_to(
    forks: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An endless cell must not need a kill."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", PROVISIONER)

    async def interrupted() -> tuple[str, bool]:
        manager = AsyncKernelManager(connection_file=str(tmp_path / "k.json"))
        await manager.start_kernel(env={**os.environ, **_environment(tmp_path)})
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        asked = client.execute("print('begun')\nwhile True: pass")
        while (await client.get_iopub_msg(timeout=30))["header"]["msg_type"] != "stream":
            pass
        await manager.interrupt_kernel()
        reply: Any = await client.get_shell_msg(timeout=30)
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        assert reply["parent_header"]["msg_id"] == asked
        return reply["content"]["ename"], await manager.is_alive()

    # On a thread of its own: a browser that another test started may hold this one's loop.
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, interrupted()).result() == ("KeyboardInterrupt", False)


def test_the_template_knows_nothing_that_opens_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lives as long as the server; a page's right lives as long as the page."""
    for name in ("AMPARO_CAPABILITY", "AMPARO_PASSPHRASE", "JUPYTER_TOKEN"):
        monkeypatch.setenv(name, "a-right")
    forks = ForkServer()
    forks.start()
    child = _sleeper(forks, tmp_path)

    known = psutil.Process(forks.pid).environ()
    forks.close()

    assert "a-right" not in known.values()
    assert child.wait(10) == 0


def test_pages_go_on_when_their_template_was_killed_and_another_one_comes(tmp_path: Path) -> None:
    """A machine short of memory may kill it; thirty people must not lose their pages with it."""
    forks = ForkServer()
    first = _sleeper(forks, tmp_path)
    assert forks.pid is not None

    psutil.Process(forks.pid).kill()
    second = _sleeper(forks, tmp_path)

    assert (first.poll(), second.poll()) == (None, None)
    forks.close()
    assert (first.wait(10), second.wait(10)) == (0, 0)


def test_an_owner_that_was_killed_leaves_no_template_and_no_kernel(tmp_path: Path) -> None:
    """A crash of the server must end everything that holds a person's text."""
    script = (
        "import sys; from amparo.kernels import ForkServer\n"
        "f = ForkServer(); c = f.fork(['-f', sys.argv[1] + '/n.json'], {'HOME': sys.argv[1]}, '/')\n"
        "print(f.pid, c.pid, flush=True); sys.stdin.read()"
    )
    with psutil.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=-1, stdout=-1, text=True
    ) as starter:
        pids = [int(word) for word in starter.stdout.readline().split()]
        starter.kill()

    _until(lambda: not any(map(psutil.pid_exists, pids)))


def test_what_cannot_be_forked_safely_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock held by a thread of the template would stay locked for ever in the child."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    forks = ForkServer(["threaded"])

    with pytest.raises(NoForkError, match="threads"):
        _sleeper(forks, tmp_path)
    forks.close()


def test_a_full_process_table_is_said_and_takes_no_page_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one page for which there is no room must not cost the others theirs."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    forks = ForkServer(["no_room_after_two"])
    pages = [_sleeper(forks, tmp_path) for _ in range(2)]
    template = forks.pid

    for _ in range(2):
        with pytest.raises(NoForkError, match="room"):
            _sleeper(forks, tmp_path)

    assert [page.poll() for page in pages] == [None, None]
    assert forks.pid == template
    forks.close()


def test_the_number_of_children_is_bounded_and_a_place_becomes_free_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flood of pages must not take the machine down."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    forks = ForkServer(["room_for_two"])
    pages = [_sleeper(forks, tmp_path) for _ in range(2)]

    with pytest.raises(NoForkError, match="children"):
        _sleeper(forks, tmp_path)
    pages[0].kill()
    pages[0].wait(10)

    _until(lambda: _can_fork(forks, tmp_path))
    forks.close()


def _can_fork(forks: ForkServer, folder: Path) -> bool:
    try:
        return _sleeper(forks, folder).poll() is None
    except NoForkError:
        return False


def test_children_share_no_file_no_random_number_and_no_visible_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., list[str]]
) -> None:
    """What one page holds open or knows must be nobody else's, numpy's numbers included."""
    (tmp_path / "numpy.py").write_text("import random as _r\nrandom = _r.Random(7)\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    forks = ForkServer(["numpy"])
    forks.start()
    monkeypatch.setattr(provisioner, "shared", lambda: forks)

    first, second = (json.loads(run(_ASK_MORE, word=word)[0]) for word in ("one", "two"))
    mine = {str(path.readlink()) for path in Path(f"/proc/{forks.pid}/fd").iterdir()}
    forks.close()

    assert first["number"] != second["number"]
    assert first["word"] == "one"
    assert "WORD=one" not in first["seen_by_others"]
    for child in (first, second):
        assert not {file for file in child["files"] if file.startswith("socket:")} & mine
        assert not [file for file in child["files"] if "pidfd" in file]


def test_nobody_else_can_reach_a_template(tmp_path: Path) -> None:
    """There is no address at which another account could ask for a kernel."""
    forks = ForkServer()
    child = _sleeper(forks, tmp_path)

    named = [one.laddr for one in psutil.Process(forks.pid).net_connections("all") if one.laddr]

    assert named == []
    forks.close()
    child.wait(10)


def test_where_nothing_can_be_forked_a_kernel_is_started_the_plain_way(
    run: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and macOS get the same workbook, a second later."""
    monkeypatch.setattr(owner, "can_fork", lambda: False)

    said = run("import os; print(os.getppid())")[0]

    assert int(said) == os.getpid()


@pytest.mark.parametrize(
    ("cmd", "arguments"),
    [
        (["python", "-m", "ipykernel_launcher", "-f", "x.json"], ["-f", "x.json"]),
        (["python", "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "x"], ["-f", "x"]),
        (["python", "-m", "xeus", "-f", "x"], None),
        (["R", "--slave"], None),
        ([], None),
    ],
)
def test_only_python_kernels_are_forked(cmd: list[str], arguments: list[str] | None) -> None:
    """Somebody's kernel of another language is started as its own spec says."""
    assert kernel_arguments(cmd) == arguments
