"""Voilà, set up so that one workbook is served to those whom the gate lets in and nobody else."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from ssl import SSLContext
from typing import Any, ClassVar

from jupyter_server.base.handlers import JupyterHandler
from nbformat import NotebookNode
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from amparo.content import OWN_PACK
from amparo.kernels import NoForkError, shared
from amparo.resources import DATA
from amparo.serve.acts import ACTS
from amparo.serve.application import GuardedApplication
from amparo.serve.base import BASE, base
from amparo.serve.doors import LOOPBACK, Door
from amparo.serve.gate import Gate, GateIdentity, RoleAuthorizer
from amparo.serve.guards import require_guards
from amparo.serve.handlers import (
    KernelSocket,
    KernelState,
    LeavePage,
    PartFile,
    StaticFiles,
    WorkbookPage,
)
from amparo.serve.house import House
from amparo.serve.hub_place import HubPlace
from amparo.serve.kernels import WorkbookKernels
from amparo.serve.lan import Lan, context
from amparo.serve.lines import Lines
from amparo.serve.pages import PREVIEW, READERS, TEMPLATE, opening_page, page_words, wanted_language
from amparo.serve.papers import PaperFile, Papers
from amparo.serve.parts import FILE_NAME, PARTS, ROUTE, parts_version
from amparo.serve.people import People
from amparo.serve.phones import PHONE_ROUTES
from amparo.serve.porter import Porter
from amparo.serve.press import Press
from amparo.serve.preview import PreviewFrame
from amparo.serve.quiet import PlaceOnly
from amparo.serve.readers import ReadersPage
from amparo.serve.room import Room
from amparo.serve.room_page import ROOM_ROUTES
from amparo.serve.routes import EXTENSIONS, KERNEL, served_to
from amparo.serve.run_folder import RunFolder
from amparo.serve.screens import Screens
from amparo.serve.still import CalmPage, LockedPage, NowPage, WordsPage
from amparo.serve.watch import Watch
from amparo.serve.wire import LARGEST_FRAME, CommOnlyConnection

_LOOK_EVERY_S = 1.0
_IDLE_S, _BODY_S = 600.0, 30.0
# Read once by the process that kernels are forked from. By name: the server knows no part.
_WARM = "amparo_widgets.warm:warm:{lang}"


def configuration(run: RunFolder) -> Config:
    """Return the settings of Voilà and Jupyter under which the workbook is served."""
    config = Config()
    config.VoilaConfiguration.update(
        template="amparo",
        allow_template_override="NO",
        allow_theme_override="NO",
        extension_allowlist=list(EXTENSIONS),
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
    """Serves one notebook behind the gate: on the loopback address, and to phones if asked."""

    name = "amparo"
    _log_formatter_cls: ClassVar[type[logging.Formatter]] = PlaceOnly  # type: ignore[assignment]

    def __init__(  # noqa: PLR0913 - all named, one for each thing a server is made of
        self,
        *,
        run: RunFolder,
        notebook: Path,
        lang: str,
        house: House,
        screens: Screens,
        keeps_ready: bool,
        lan: Lan | None = None,
        hub: HubPlace | None = None,
    ) -> None:
        super().__init__(
            config=configuration(run),
            base_url=f"{base()}/",
            notebook_path=str(notebook),
            config_file_paths=[],
            connection_dir=str(run.connections),
            ip=LOOPBACK,
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
        self.lan = lan
        self.hub = hub
        self.people = _people(lan)
        self.lines = Lines()
        self.gate = _gate(self.people, lan, hub)

    def init_settings(self) -> Any:
        """Add the gate's identity and the limits to Voilà's own settings."""
        settings: Any = super().init_settings()
        settings.update(
            identity_provider=GateIdentity(parent=self, log=self.log),
            authorizer=RoleAuthorizer(parent=self, log=self.log),
            websocket_max_message_size=LARGEST_FRAME,
            serve_traceback=False,
            amparo_has_room=self.lan is not None,
        )
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
        allowed = "|".join(EXTENSIONS)
        return [
            (r"/", WorkbookPage, page),
            (rf"/api/kernels/{KERNEL}", KernelState),
            (rf"/api/kernels/{KERNEL}/channels", KernelSocket, {"lines": self.lines}),
            (rf"/voila/api/shutdown/{KERNEL}", LeavePage),
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
            expect=self._read_ahead,
        )
        self.room = Room(self.people, self.lines, house=self.house, kernels=self.kernel_manager)
        self.press = Press()
        self.screens.holders.add(self.press.follow)
        own = {"porter": self.porter}
        return [
            *((address, act, own) for address, act in ACTS.items()),
            (r"/am/paper/([a-z_]{1,32})", PaperFile, {**own, "papers": Papers()}),
            (rf"{PREVIEW}([a-z_]{{1,32}})", PreviewFrame, {**own, "press": self.press}),
            (READERS, ReadersPage, own),
            (r"/am/watch", Watch, {**own, "lines": self.lines}),
            *self._room_routes(),
            (r"/now", NowPage, own),
            (r"/words", WordsPage, own),
            (r"/quiet", CalmPage, {**own, "text": "quiet"}),
            (r"/lesson", CalmPage, {**own, "text": "lesson"}),
            (r"/locked", LockedPage, own),
        ]

    def _room_routes(self) -> list[Any]:
        if self.lan is None:
            return []
        given = {"porter": self.porter, "room": self.room}
        return [(address, act, given) for address, act in {**ROOM_ROUTES, **PHONE_ROUTES}.items()]

    async def _end_kernels(self, ids: Sequence[str]) -> None:
        for kernel_id in ids:
            await self.kernel_manager.end(kernel_id)

    async def serve(self, *, port: int, on_ready: Callable[[str], None]) -> None:
        """Listen until a signal comes or the workspace is gone for good, then end every kernel."""
        settings, handlers = self.init_settings(), self.init_handlers()
        require_guards(settings, handlers)
        address = LOOPBACK if self.hub is None else self.hub.address
        server = self._listen(self.gate, settings, handlers, address, port)
        self.port = self.gate.door.port
        self._listen_to_phones(settings, handlers)
        stopped = _stop_signal()
        template = shared(*self._ahead())
        if self.keeps_ready and self.screens.mode == "open":
            self._read_ahead()  # while the page is on its way
        await self._tend()
        opening_page(self.lang)  # reads catalogue and templates before anybody waits for them
        on_ready(self.gate.address(self.lang))
        try:
            await self._wait(stopped)
        finally:
            server.stop()
            if self.lan is not None:
                await self.room.stop()
            await self.press.close()
            await self.kernel_manager.ready.close()
            await self.kernel_manager.shutdown_all(now=True)
            await asyncio.to_thread(template.close)

    def _ahead(self) -> tuple[list[str], dict[str, str]]:
        """Return what is read once for all pages, and where: all but a pack being written."""
        knows = {PARTS: parts_version(), BASE: base()}
        if DATA in os.environ:
            knows[DATA] = os.environ[DATA]  # packs that were taken in are there
        return [] if os.environ.get(OWN_PACK) else [_WARM.format(lang=self.lang)], knows

    def _read_ahead(self) -> None:
        """Let the process that kernels are forked from begin; twice is no error."""
        with suppress(NoForkError):
            shared().start()

    def _listen_to_phones(self, settings: dict[str, Any], handlers: Any) -> None:
        """Open the second door: one chosen address, and none of the laptop's own pages on it."""
        if self.lan is None:
            return
        tls = context(self.lan.certificate) if self.lan.certificate else None
        door = Door.for_phones(self.lan.address, is_secure=tls is not None)
        gate = Gate(self.people, door)
        server = self._listen(gate, settings, handlers, self.lan.address, self.lan.port, tls)
        self.room.door, self.room.fingerprint = door, self.lan.fingerprint
        self.room.server = server
        self.people.open_door()

    def _listen(
        self,
        gate: Gate,
        settings: dict[str, Any],
        handlers: Any,
        address: str,
        port: int,
        tls: SSLContext | None = None,
    ) -> HTTPServer:
        door = gate.door
        own = [one for one in handlers if served_to(door.roles, one[0], has_door=door.has_join)]
        settings = {**settings, **door.jupyter_settings()}
        app = GuardedApplication(gate, self.lang, self.screens, **settings)
        app.add_handlers(".*$", own)
        sockets = bind_sockets(port, address)
        door.listens_on(sockets[0].getsockname()[1])
        server = HTTPServer(
            app,
            ssl_options=tls,
            max_body_size=LARGEST_FRAME,
            max_header_size=64 * 1024,
            # A phone that went out of reach must not hold a line for ever.
            idle_connection_timeout=_IDLE_S,
            body_timeout=_BODY_S,
        )
        server.add_sockets(sockets)
        return server

    async def _wait(self, stopped: asyncio.Event) -> None:
        while not (stopped.is_set() or self.porter.is_done):
            try:
                await asyncio.wait_for(stopped.wait(), _LOOK_EVERY_S)
            except TimeoutError:
                await self.porter.tick()
                await self.room.tick()
                if await self.gate.has_lost_somebody():
                    self.porter.hide()
                await self._tend()

    async def _tend(self) -> None:
        """Keep one kernel ready while pages may be opened; hidden or locked, none waits."""
        is_open = self.screens.mode == "open" and self.house.is_open()
        self.press.tend(is_open=is_open)
        is_wanted = self.keeps_ready and is_open
        await self.kernel_manager.ready.tend(is_wanted=is_wanted)


def _people(lan: Lan | None) -> People:
    if lan is None:
        return People()
    return People("facilitator" if lan.counts_only else "laptop", life_s=lan.life_s)


def _gate(people: People, lan: Lan | None, hub: HubPlace | None) -> Gate:
    if hub is not None:
        # Late: who has one laptop neither needs JupyterHub's program nor pays for it.
        from amparo.serve.hub_gate import HubGate

        return HubGate(people, hub)
    return Gate(people, Door() if lan is None else Door.for_trainer())


def _stop_signal() -> asyncio.Event:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
        else:
            loop.add_signal_handler(number, stopped.set)
    return stopped
