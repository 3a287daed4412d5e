"""Voilà, set up so that one workbook is served to its owner on this machine and nobody else."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from jupyter_server.base.handlers import JupyterHandler
from nbformat import NotebookNode
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from amparo.kernels import NoForkError, shared
from amparo.serve.acts import ACTS
from amparo.serve.gate import Gate, GateIdentity, GuardedApplication
from amparo.serve.handlers import (
    KernelSocket,
    KernelState,
    LeavePage,
    PartFile,
    StaticFiles,
    WorkbookPage,
)
from amparo.serve.house import House
from amparo.serve.kernels import WorkbookKernels
from amparo.serve.pages import PREVIEW, READERS, TEMPLATE, opening_page, page_words, wanted_language
from amparo.serve.papers import PaperFile, Papers
from amparo.serve.parts import FILE_NAME, PARTS, ROUTE, parts_version
from amparo.serve.porter import Porter
from amparo.serve.press import Press
from amparo.serve.preview import PreviewFrame
from amparo.serve.quiet import PlaceOnly
from amparo.serve.readers import ReadersPage
from amparo.serve.run_folder import RunFolder
from amparo.serve.screens import Screens
from amparo.serve.still import CalmPage, LockedPage, NowPage, WordsPage
from amparo.serve.watch import Watch
from amparo.serve.wire import LARGEST_FRAME, CommOnlyConnection

_LOOPBACK = "127.0.0.1"
_KERNEL = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_EXTENSIONS = (
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",  # Voilà takes base and controls from it
    "@voila-dashboards/widgets-manager8",
)
_LOOK_EVERY_S = 1.0
# Read once by the process that kernels are forked from. By name: the server knows no part.
_WARM = "amparo_widgets.warm:warm:{lang}"


def configuration(run: RunFolder) -> Config:
    """Return the settings of Voilà and Jupyter under which the workbook is served."""
    config = Config()
    config.VoilaConfiguration.update(
        template="amparo",
        allow_template_override="NO",
        allow_theme_override="NO",
        extension_allowlist=list(_EXTENSIONS),
        file_allowlist=[],
        multi_kernel_manager_class=WorkbookKernels,
        prelaunch_hook=give_words,
        # Voilà's heartbeat is an inline script, which our policy forbids; nothing here needs it.
        http_keep_alive_timeout=3600,
        show_tracebacks=False,
    )
    config.MappingKernelManager.update(
        cull_idle_timeout=900, cull_interval=60, cull_connected=False
    )
    config.HTMLExporter.exclude_anchor_links = True
    # A dead kernel is never restarted empty behind a page that looks alive: the page says so.
    config.KernelRestarter.update(restart_limit=0, time_to_dead=1.0)
    if run.allows_sockets:
        config.KernelManager.transport = "ipc"
    return config


def give_words(handler: JupyterHandler, notebook: NotebookNode, cwd: str) -> NotebookNode:  # noqa: ARG001
    """Put language, direction and sentences where the template finds them (Voilà's hook)."""
    lang = wanted_language(handler.request, handler.settings["amparo_lang"])
    notebook.metadata["amparo"] = page_words(lang)
    return notebook


class AmparoApp(Voila):
    """Serves one notebook on the loopback address behind the gate."""

    name = "amparo"
    _log_formatter_cls: ClassVar[type[logging.Formatter]] = PlaceOnly  # type: ignore[assignment]

    def __init__(
        self,
        *,
        run: RunFolder,
        notebook: Path,
        lang: str,
        house: House,
        screens: Screens,
        keeps_ready: bool,
    ) -> None:
        super().__init__(
            config=configuration(run),
            notebook_path=str(notebook),
            config_file_paths=[],
            connection_dir=str(run.connections),
            ip=_LOOPBACK,
            open_browser=False,
            log_level=logging.ERROR,
            kernel_websocket_connection_class=CommOnlyConnection,
        )
        self.run = run
        self.lang = lang
        self.notebook = notebook
        self.house = house
        self.screens = screens
        self.keeps_ready = keeps_ready
        self.gate = Gate()

    def init_settings(self) -> Any:
        """Add the gate's identity and the limits to Voilà's own settings."""
        settings: Any = super().init_settings()
        identity = GateIdentity(gate=self.gate, parent=self, log=self.log)
        settings.update(
            identity_provider=identity,
            allow_remote_access=False,
            local_hostnames=["localhost"],
            websocket_max_message_size=LARGEST_FRAME,
            serve_traceback=False,
        )
        if settings["kernel_websocket_connection_class"] is not CommOnlyConnection:
            raise RuntimeError("the message filter is not active")
        return settings

    def init_handlers(self) -> Any:
        """Return every route there is; Voilà's own list is left out on purpose."""
        page = {
            "notebook_path": self.notebook.name,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        static = collect_static_paths(["voila", "nbconvert"], "amparo", prune=True)
        extensions = get_voila_labextensions_path([])
        allowed = "|".join(_EXTENSIONS)
        return [
            (r"/", WorkbookPage, page),
            (rf"/api/kernels/{_KERNEL}", KernelState),
            (rf"/api/kernels/{_KERNEL}/channels", KernelSocket),
            (rf"/voila/api/shutdown/{_KERNEL}", LeavePage),
            (r"/voila/static/(.*)", StaticFiles, {"paths": static}),
            (
                r"/voila/templates/amparo/static/(.*)",
                StaticFiles,
                {"paths": [str(TEMPLATE / "static")]},
            ),
            (rf"{ROUTE}({FILE_NAME})", PartFile),
            *self._still_routes(),
            (rf"/voila/labextensions/((?:{allowed})/.*)", StaticFiles, {"paths": extensions}),
        ]

    def _still_routes(self) -> list[Any]:
        self.porter = Porter(
            self.house,
            self.screens,
            kernels=self.kernel_manager.list_kernel_ids,
            end=self._end_kernels,
        )
        self.press = Press()
        self.screens.holders.add(self.press.follow)
        own = {"porter": self.porter}
        return [
            *((address, act, own) for address, act in ACTS.items()),
            (r"/am/paper/([a-z_]{1,32})", PaperFile, {**own, "papers": Papers()}),
            (rf"{PREVIEW}([a-z_]{{1,32}})", PreviewFrame, {**own, "press": self.press}),
            (READERS, ReadersPage, own),
            (r"/am/watch", Watch, own),
            (r"/now", NowPage, own),
            (r"/words", WordsPage, own),
            (r"/quiet", CalmPage, {**own, "text": "quiet"}),
            (r"/lesson", CalmPage, {**own, "text": "lesson"}),
            (r"/locked", LockedPage, own),
        ]

    async def _end_kernels(self, ids: Sequence[str]) -> None:
        for kernel_id in ids:
            await self.kernel_manager.end(kernel_id)

    async def serve(self, *, port: int, on_ready: Callable[[str], None]) -> None:
        """Listen until a signal comes or the workspace is gone for good, then end every kernel."""
        self.app = GuardedApplication(self.gate, self.lang, self.screens, **self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        sockets = bind_sockets(port, _LOOPBACK)
        self.port = self.gate.port = sockets[0].getsockname()[1]
        server = HTTPServer(self.app, max_body_size=LARGEST_FRAME, max_header_size=64 * 1024)
        server.add_sockets(sockets)
        stopped = _stop_signal()
        # Where no kernel waits, nothing is read before a page asks for it.
        template = shared(
            [_WARM.format(lang=self.lang)] if self.keeps_ready else [], {PARTS: parts_version()}
        )
        if self.keeps_ready:
            with suppress(NoForkError):
                template.start()  # it imports while the page is on its way
        await self._tend()
        opening_page(self.lang)  # reads catalogue and templates before anybody waits for them
        on_ready(self.gate.address(self.lang))
        try:
            await self._wait(stopped)
        finally:
            server.stop()
            await self.press.close()
            await self.kernel_manager.ready.close()
            await self.kernel_manager.shutdown_all(now=True)
            await asyncio.to_thread(template.close)

    async def _wait(self, stopped: asyncio.Event) -> None:
        while not (stopped.is_set() or self.porter.is_done):
            try:
                await asyncio.wait_for(stopped.wait(), _LOOK_EVERY_S)
            except TimeoutError:
                await self.porter.tick()
                await self._tend()

    async def _tend(self) -> None:
        """Keep one kernel ready while pages may be opened; hidden or locked, none waits."""
        is_open = self.screens.mode == "open" and self.house.is_open()
        self.press.tend(is_open=is_open)
        is_wanted = self.keeps_ready and is_open
        await self.kernel_manager.ready.tend(is_wanted=is_wanted)


def _stop_signal() -> asyncio.Event:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
        else:
            loop.add_signal_handler(number, stopped.set)
    return stopped
