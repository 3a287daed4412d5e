"""The few routes behind the gate."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado import web
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from amparo.serve.gate import asker, seat_of
from amparo.serve.lines import Lines
from amparo.serve.pages import look_classes, message_page, opening_page, wanted_language
from amparo.serve.parts import part_text

# A page that is whole speaks to its kernel within seconds, on a slow phone within a minute.
PATIENCE_S = 180.0
_LONGEST_PATH = 300  # ours are shorter; a file system may fail on longer ones


class OwnErrors(web.RequestHandler):
    """Answers every failure with our own page instead of a traceback or a product name."""

    def write_error(self, status_code: int, **_: Any) -> None:
        """Write one sentence in the reader's language."""
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(message_page(lang, status_code))


class WorkbookPage(OwnErrors, TornadoVoilaHandler):
    """The workbook itself: starts a kernel and streams the page as its cells are ready."""

    _is_left = False

    async def get(self, path: str | None = None) -> None:  # noqa: ARG002
        """Send the opening screen at once, then what the kernel makes, cell by cell."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        lang = wanted_language(self.request, self.settings["amparo_lang"])
        kernels = self.settings["kernel_manager"]
        person = asker(self)
        await kernels.make_room_for(person)
        opening = kernels.opening_for(person)
        try:
            await self._send(opening_page(lang, look_classes(self.request), seat_of(self)))
            # To the end also when nobody listens any more: what runs there cannot be cut safely.
            async for piece in self.get_generator():
                await self._send(piece)
        except (OSError, RuntimeError, web.HTTPError) as error:
            # No process, memory or file was left for a kernel. The page that has begun ends here,
            # without a kernel's name; its own script says that it stopped and offers it again.
            self.log.error("no kernel", exc_info=error)  # noqa: TRY400 - place and class only
        finally:
            kernels.opened(opening)
            for kernel_id in opening.begun:
                if self._is_left:
                    await kernels.end(kernel_id)
                else:
                    IOLoop.current().call_later(PATIENCE_S, kernels.end_unreached, kernel_id)

    def on_connection_close(self) -> None:
        """The page was left before it was whole: nobody will say that its kernel can go."""
        self._is_left = True
        super().on_connection_close()

    async def _send(self, piece: str) -> None:
        if self._is_left:
            return
        self.write(piece)
        try:
            await self.flush()
        except StreamClosedError:
            self._is_left = True


class OwnKernel(OwnErrors):
    """Whatever is about one kernel: for its owner; for all others there is no such kernel."""

    def own_kernel(self, kernel_id: str) -> Any:
        """Return what manages the kernel.

        Raises:
            HTTPError: there is none, or it is somebody else's; the answer is the same.
        """
        kernels = self.settings["kernel_manager"]
        if not kernels.is_owned(kernel_id, asker(self)):
            raise web.HTTPError(404)
        return kernels.get_kernel(kernel_id)


class KernelState(OwnKernel):
    """Tells a page whether its kernel still lives; nothing else about kernels is answered."""

    def get(self, kernel_id: str) -> None:
        """Answer with the kernel's state, or 404."""
        kernel = self.own_kernel(kernel_id)
        self.write(
            {
                "id": kernel_id,
                "name": kernel.kernel_name,
                "execution_state": getattr(kernel, "execution_state", "starting"),
                "last_activity": "2000-01-01T00:00:00Z",  # the page asks for the field only
                "connections": 1,
            }
        )


class LeavePage(OwnKernel):
    """Ends the kernel of a page that is being left (the browser sends this as it goes)."""

    def check_xsrf_cookie(self) -> None:
        """Leave it to the gate: a strict cookie and an Origin that is ours."""

    async def post(self, kernel_id: str) -> None:
        """End the kernel, or answer 404: it has gone already, or was never this person's."""
        self.own_kernel(kernel_id)
        await self.settings["kernel_manager"].end(kernel_id)
        self.set_status(204)


class KernelSocket(OwnKernel, VoilaKernelWebsocketHandler):
    """The socket between a page and its kernel; what may pass is decided in ``wire``."""

    # A page may go at any moment, also before there is anything to let go of.
    connection: Any = None

    def initialize(self, lines: Lines) -> None:
        """Remember where open sockets are counted."""
        self._lines = lines

    async def pre_get(self) -> None:
        """Make the connection to the kernel; a page that has gone meanwhile needs none."""
        await super().pre_get()
        if self.connection is None:
            raise web.Finish

    async def get(self, kernel_id: str) -> None:
        """Open the socket for the kernel's owner."""
        self.own_kernel(kernel_id)
        await super().get(kernel_id=kernel_id)  # type: ignore[misc]

    async def open(self, kernel_id: str) -> None:  # type: ignore[override]
        """Begin to listen; a person who was sent away in this very moment is cut off."""
        self.own_kernel(kernel_id)
        self._lines.add(self, asker(self))
        await super().open(kernel_id)  # type: ignore[misc]

    def say(self, message: Mapping[str, Any]) -> None:
        """Say nothing: here only a page and its kernel speak."""

    def cut(self) -> None:
        """End the socket at once."""
        self.close()

    def on_close(self) -> None:
        """Forget it; a page that went as it came held nothing."""
        self._lines.remove(self)
        if self.connection is not None:
            super().on_close()


class StaticFiles(OwnErrors, web.StaticFileHandler):
    """Files of the page from the first of several folders that has them."""

    def initialize(self, paths: list[str]) -> None:  # type: ignore[override]
        """Remember the folders; the first is the root unless another one has the file."""
        self._paths = paths
        super().initialize(path=paths[0])

    def get_absolute_path(self, root: str, path: str) -> str:  # type: ignore[override]  # noqa: ARG002
        """Return where the file is, or where it would be in the last folder."""
        if "\0" in path or len(path) > _LONGEST_PATH:
            raise web.HTTPError(404)
        absolute = ""
        for folder in self._paths:
            self.root = folder
            # Not resolve(): the base class compares with the folder as it is written.
            absolute = os.path.abspath(Path(folder) / path.lstrip("/"))  # noqa: PTH100
            if Path(absolute).is_file():
                break
        return absolute


class PartFile(OwnErrors):
    """One script or style of the interface parts."""

    def get(self, name: str) -> None:
        """Answer with the file; how long it may be kept is decided at the gate."""
        text = part_text(name)
        if text is None:
            raise web.HTTPError(404)
        kind = "javascript" if name.endswith("js") else "css"
        self.set_header("Content-Type", f"text/{kind}; charset=UTF-8")
        self.write(text)
