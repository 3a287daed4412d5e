"""Notebooks run inside this process and leave nothing behind."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat import v4

from amparo.content.examples import example
from amparo.errors import LockedError, ReportError
from amparo.report.engine import check_parameters, run_notebook
from amparo.report.lean import load_papermill
from amparo.resources import bundled

_TICKET = "0123456789abcdef" * 2


def _write(path: Path, *sources: str) -> Path:
    cells = [v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def _outputs(path: Path, *sources: str) -> list:
    notebook = run_notebook(_write(path, 'ticket = ""', *sources), {"ticket": _TICKET})
    return [cell.outputs for cell in notebook.cells[2:]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test writes its notebook."""
    return tmp_path / "report.ipynb"


def test_the_ticket_reaches_the_cells(path):
    """It is the only thing a report is told."""
    (outputs,) = _outputs(path, "ticket")

    assert outputs[0]["data"]["text/plain"] == repr(_TICKET)


def test_everything_a_cell_shows_is_kept_in_order(path):
    """A report is what its cells show."""
    source = (
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\n"
        "display({'text/markdown': '**c**'}, raw=True)\nprint('d')\n'e'"
    )

    (outputs,) = _outputs(path, source)

    kinds = [(o.output_type, o.get("name")) for o in outputs]
    assert kinds == [
        ("stream", "stdout"),
        ("stream", "stderr"),
        ("display_data", None),
        ("stream", "stdout"),
        ("execute_result", None),
    ]
    assert outputs[0]["text"] == "a\n"
    assert outputs[4]["data"]["text/plain"] == "'e'"


def test_a_section_is_shown_with_its_blocks(path):
    """The exporter reads these blocks."""
    source = (
        "from amparo.report.blocks import Paragraph\nfrom amparo.report.bundle import Section\n"
        "Section((Paragraph('hola'),))"
    )

    (outputs,) = _outputs(path, source)

    assert outputs[0]["data"]["application/vnd.amparo.section+json"] == [
        {"kind": "paragraph", "text": [{"text": "hola"}]}
    ]


def test_pictures_are_kept_as_base64(path):
    """A notebook is JSON; bytes in it would break whoever reads it."""
    source = "class P:\n    def _repr_png_(self):\n        return b'\\x89PNG'\nP()"

    (outputs,) = _outputs(path, source)

    assert outputs[0]["data"]["image/png"] == "iVBORw=="


def test_cells_share_names_but_runs_do_not(path):
    """One report must not see another's words."""
    _outputs(path, "left_behind = 7", "left_behind")

    with pytest.raises(ReportError, match="NameError"):
        _outputs(path, "left_behind")


def test_a_failing_cell_is_named_without_its_words(path):
    """An error message ends in logs and on screens; it must not quote the case."""
    with pytest.raises(ReportError) as caught:
        _outputs(path, "raise ValueError('nombre secreto')")

    assert str(caught.value) == "cell 2 failed with ValueError"
    assert caught.value.__cause__ is None


def test_an_error_of_ours_comes_through(path):
    """The command line has a sentence for it."""
    with pytest.raises(LockedError):
        _outputs(path, "from amparo.errors import LockedError\nraise LockedError()")


def test_a_cell_that_asks_a_question_fails_at_once(path):
    """Nobody sits there to answer; the batch must not wait for ever."""
    with pytest.raises(ReportError, match="EOFError"):
        _outputs(path, "input('?')")


def test_magics_and_await_work(path):
    """Ordinary notebooks use them."""
    outputs = _outputs(path, "%precision 3", "import asyncio\nawait asyncio.sleep(0, 5)")

    assert outputs[1][0]["data"]["text/plain"] == "5"


def test_a_cell_may_wait_while_a_loop_runs_around_it(path):
    """A notebook that runs a report is itself inside a loop."""

    async def inside() -> list:
        return _outputs(path, "import asyncio\nawait asyncio.sleep(0, 5)")

    # In a thread: the browser of other tests keeps a loop in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        (outputs,) = thread.submit(asyncio.run, inside()).result()

    assert outputs[0]["data"]["text/plain"] == "5"


@pytest.mark.parametrize(
    "parameters",
    [
        {"name": "x"},
        {"ticket": "x"},
        {"ticket": _TICKET.upper()},
        {"ticket": _TICKET + "\n"},
        {"ticket": 7},
        {"ticket": _TICKET, "other": _TICKET},
        {"ticket=1;import os#": _TICKET},
    ],
)
def test_r33_only_an_opaque_ticket_is_a_parameter(path, parameters):
    """Papermill writes parameters into program text: any other value could become program."""
    _write(path, "ticket = ''")

    with pytest.raises(ReportError, match="one ticket"):
        run_notebook(path, parameters)


_TEXTS = (
    "", " ", "x", "ticket", "0", "0" * 31, "0" * 33, "g" * 32, "A" * 32, "０" * 32, "٠" * 32,
    f" {_TICKET}", f"{_TICKET} ", f"{_TICKET}\n", f"\n{_TICKET}", f"{_TICKET}\x00", f"{_TICKET}\r",
    f'{_TICKET}"', f"{_TICKET}'", f"{_TICKET}\\", f"{_TICKET}#", f"{_TICKET};", f"{_TICKET}\u2028",
    f"{_TICKET}\u200b", f"{_TICKET}\ud800", "../" * 10 + "ab", "/etc/passwd", "C:\\con", "%s%n",
    "{{ticket}}", "${HOME}", "$(id)", "`id`", "'; import os #", '"; import os #', '"""', "'''",
    "\\", "\\x41", "__import__('os').system('id')", "eval(1)", "lambda: 1", "!id", "%run x",
    "<script>", "=1+1", "null", "None", "True", "1e999", "-1", "0x10", "!!python/object:os.system",
    "a: &a [*a]", "💧" * 32, "x" * 100_000,
)  # fmt: skip
# The same in everything that papermill writes as program text: two of these run as they stand.
_HOSTILE = (
    *_TEXTS, *((text,) for text in _TEXTS), *([text] for text in _TEXTS[:20]),
    *({text: text} for text in _TEXTS[:12]), *({text} for text in _TEXTS[:6]),
    0, 7, -1, 1.5, float("nan"), True, None, b"0" * 32, bytearray(32), object(), Path("x"), int,
    lambda: 1, range(3), 1j, frozenset({"x"}),
)  # fmt: skip
_NAMES = (
    "", " ", "Ticket", "TICKET", "ticket ", " ticket", "ticket\n", "ticke", "tickets", "tіcket",
    "ticket=1;import os#", "ticket, x", "ticket: str", "__import__", "os", "report", "*ticket",
    "ticket\nimport os", "ticket#", "class", "💧",
)  # fmt: skip


def test_r33_hostile_values_and_names_are_many() -> None:
    """The lists below must not shrink unnoticed."""
    assert len(_HOSTILE) >= 150
    assert len(set(_NAMES)) >= 20


@pytest.mark.parametrize("value", _HOSTILE, ids=map(str, range(len(_HOSTILE))))
def test_r33_no_hostile_value_becomes_a_parameter(value):
    """Of tuples and sets papermill writes whatever is in them as program."""
    with pytest.raises(ReportError, match="one ticket") as caught:
        check_parameters({"ticket": value})

    assert caught.value.values == {}


@pytest.mark.parametrize("name", _NAMES)
def test_r33_no_hostile_name_becomes_a_parameter(name):
    """Papermill checks no name: what it is given it writes down as it is."""
    with pytest.raises(ReportError, match="one ticket"):
        check_parameters({name: _TICKET})
    with pytest.raises(ReportError, match="one ticket"):
        check_parameters({"ticket": _TICKET, name: "x"})


@pytest.mark.parametrize(
    "parameters", [{"x=1;open('ran','w')#": 1}, {"ticket": ("' + open('ran','w')",)}]
)
def test_r33_the_engine_refuses_what_others_hand_to_papermill(
    path, tmp_path, monkeypatch, parameters
):
    """Also where somebody calls papermill without us: before the first cell runs."""
    monkeypatch.chdir(tmp_path)
    _write(path, "ticket = ''", "open('ran', 'w')")
    papermill = load_papermill()

    with pytest.raises(ReportError, match="one ticket"):
        papermill.execute_notebook(
            str(path), str(tmp_path / "out.ipynb"), parameters=parameters, engine_name="amparo",
            progress_bar=False,
        )  # fmt: skip

    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"not json"])
def test_a_notebook_that_cannot_be_read_is_refused(path, content):
    """A damaged installation ends in one sentence."""
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ReportError, match="cannot be read"):
        run_notebook(path, {})


def test_the_shell_of_an_outer_notebook_comes_back(path):
    """Somebody may make a report from within a notebook."""
    outer = InteractiveShell.instance()
    try:
        _outputs(path, "1")

        assert InteractiveShell.instance() is outer
    finally:
        InteractiveShell.clear_instance()


def test_the_process_is_left_as_it_was(path):
    """A worker makes a thousand reports."""
    before = (sys.stdout, sys.stdin, sys.displayhook, sys.excepthook, sys.modules["__main__"])

    _outputs(path, "1")

    after = (sys.stdout, sys.stdin, sys.displayhook, sys.excepthook, sys.modules["__main__"])
    assert after == before
    assert not InteractiveShell.initialized()


_RUN = """
import sys, threading
from pathlib import Path
from amparo.report.engine import check_parameters, run_notebook
from amparo.report.lean import load_papermill
from amparo.resources import bundled
from amparo.report.exporter import AmparoPDFExporter
notebook = run_notebook(Path(sys.argv[1]), {"ticket": "0" * 32})
AmparoPDFExporter().from_notebook_node(notebook)
loaded = {"requests", "nbconvert.preprocessors", "jupyter_client", "bs4", "jinja2", "zmq", "pandas"}
assert not loaded & set(sys.modules), loaded & set(sys.modules)
assert threading.active_count() == 1, threading.enumerate()
import nbconvert
assert issubclass(AmparoPDFExporter, nbconvert.Exporter)
assert AmparoPDFExporter.default_preprocessors
"""


def test_a_report_writes_no_file_and_loads_only_what_it_needs(path, tmp_path):
    """History, profiles and caches on a disk are what a search of the house finds."""
    home = tmp_path / "home"
    home.mkdir()
    _write(path, "ticket = ''", "print('hola')")
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home)}
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "XDG_CONFIG_HOME"):
        environment.pop(name, None)

    subprocess.run(
        [sys.executable, "-B", "-c", _RUN, str(path)], check=True, env=environment, cwd=home
    )

    assert list(home.rglob("*")) == []


@pytest.mark.slow
def test_papermill_writes_nothing_that_came_from_running(path, tmp_path):
    """Whoever runs papermill by hand must not leave a filled report on the disk."""
    _write(path, "ticket = ''", "print('secreto')")
    made = tmp_path / "out.ipynb"
    options = ["--engine", "amparo", "-p", "ticket", _TICKET, "--no-progress-bar"]

    subprocess.run(
        [sys.executable, "-m", "papermill", str(path), str(made), *options],
        check=True,
        capture_output=True,
    )

    notebook = nbformat.read(made, as_version=4)
    assert [cell.outputs for cell in notebook.cells] == [[], []]
    assert "papermill" not in notebook.metadata
    assert _TICKET not in made.read_text("utf-8")


@pytest.mark.slow
def test_r33_papermills_own_command_leaves_no_word_of_a_workspace(keep, connect, tmp_path):
    """A whole plan is made and shown in its cells; the file on the disk is the empty notebook."""
    handle = keep(tmp_path / "once", session_only=True)
    session = connect(handle)
    records = example("small", "es", date(2026, 11, 24))
    session.save_many([(record, None) for record in records])
    ticket = session.ticket("plan", "group", "es")
    markers = {text for record in records for text in _words(record.model_dump()) if len(text) > 12}
    source, made = bundled("workbooks") / "reports" / "plan.ipynb", tmp_path / "out" / "made.ipynb"
    made.parent.mkdir()
    options = ["--engine", "amparo", "-p", "ticket", ticket, "--log-output"]

    done = subprocess.run(
        [sys.executable, "-m", "papermill", str(source), str(made), *options],
        check=True, capture_output=True, text=True,
        env={**os.environ, **session.report_environment(ticket)},
    )  # fmt: skip

    left = made.read_text("utf-8")
    assert len(markers) > 50
    assert not [one for one in markers if one in left + done.stdout + done.stderr]
    assert ticket not in left
    notebook = nbformat.reads(left, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    assert "papermill" not in left.replace("papermill.", "")
    assert [one.name for one in made.parent.iterdir()] == ["made.ipynb"]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)


@pytest.mark.slow
def test_papermill_writes_nothing_when_a_cell_fails(path, tmp_path):
    """The same for a run that ends badly."""
    _write(path, "ticket = ''", "raise ValueError('secreto')")
    made = tmp_path / "out.ipynb"

    done = subprocess.run(
        [sys.executable, "-m", "papermill", str(path), str(made), "--engine", "amparo"],
        check=False,
        capture_output=True,
    )

    assert done.returncode != 0
    assert not made.exists()


@pytest.mark.parametrize("first", ["papermill", "amparo.report.engine", "amparo.report.exporter"])
def test_the_order_of_imports_does_not_matter(first):
    """papermill loads our entry point while it is itself half loaded."""
    program = (
        f"import {first}\nfrom amparo.report.engine import AmparoEngine\n"
        "from papermill.engines import Engine, papermill_engines\n"
        "assert issubclass(AmparoEngine, Engine)\n"
        "assert papermill_engines.get_engine('amparo') is AmparoEngine"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
