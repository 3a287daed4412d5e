"""How the kernels of a workbook are started: what they may know, and where they run."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

from amparo.messages import languages
from amparo.serve.parts import PARTS, parts_version
from amparo.serve.ready import ReadyKernel

# A room of thirty with two pages each; more would take the machine from those who work.
MOST_PAGES = 60
# The kernels that the request being answered has started.
_begun: ContextVar[list[str]] = ContextVar("amparo_begun_kernels")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_=&.-]{0,200}")
# What a request leaves in the environment, and what would run code of its own at start.
_UNWANTED = re.compile(
    r"VOILA_.*|HTTP_.*|SERVER_.*|SCRIPT_NAME|PATH_INFO|JUPYTER_TOKEN.*|PYTHONSTARTUP|QUERY_STRING"
)


def kernel_environment(
    given: Mapping[str, str], own: Mapping[str, str], default_lang: str
) -> dict[str, str]:
    """Return the environment of one kernel.

    Args:
        given: the server's environment with what Voilà adds about the request.
        own: variables that only kernels get (how to reach the keeper, and with which right).
        default_lang: language of a page that asks for none.

    Returns:
        the environment, with ``AMPARO_LANG``, ``AMPARO_PARTS`` (the version of the scripts) and
        a ``QUERY_STRING`` of plain characters only.
    """
    query = given.get("QUERY_STRING", "")
    query = query if _PLAIN_QUERY.fullmatch(query) else ""
    lang = parse_qs(query).get("lang", [""])[-1]
    kept = {name: value for name, value in given.items() if not _UNWANTED.fullmatch(name)}
    return {
        **kept,
        **own,
        PARTS: parts_version(),
        "AMPARO_LANG": lang if lang in languages() else default_lang,
        "QUERY_STRING": query,
    }


class WorkbookKernels(AsyncMappingKernelManager):
    """Starts kernels in the empty work folder, silent, with the variables they need."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._reached: set[str] = set()
        self._arriving = 0
        self.ready = ReadyKernel(self, self._waiting_environment, self._app.lang)

    def usual(self) -> str:
        """Return the name of the kernel that every workbook of ours asks for."""
        return str(self.default_kernel_name)

    async def begin(self, environment: Mapping[str, str], **how: Any) -> str:
        """Start a kernel with exactly this environment; return its id."""
        self._app.run.mend()
        return await super()._async_start_kernel(
            env=dict(environment),
            cwd=str(self._app.run.work),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **how,
        )

    async def end(self, kernel_id: str) -> None:
        """End a kernel; one that has gone is no error."""
        with suppress(KeyError, HTTPError):
            await self.shutdown_kernel(kernel_id, now=True)

    def is_full(self) -> bool:
        """Tell whether one more page would be too many."""
        return len(self) + self._arriving >= MOST_PAGES

    def begun_here(self) -> list[str]:
        """Return the list to which this task's kernels are added as they start."""
        begun: list[str] = []
        _begun.set(begun)
        return begun

    def notify_connect(self, kernel_id: str) -> None:
        """A page speaks to its kernel; from now on the page says when it can go."""
        self._reached.add(kernel_id)
        super().notify_connect(kernel_id)

    async def end_unreached(self, kernel_id: str) -> None:
        """End a kernel that no page ever spoke to: its page was left as it arrived."""
        if kernel_id not in self._reached:
            await self.end(kernel_id)
        self._reached.discard(kernel_id)

    async def _async_start_kernel(
        self,
        *,
        kernel_id: str | None = None,
        path: str | None = None,  # noqa: ARG002  (the workbook's folder is not where it runs)
        **kwargs: Any,
    ) -> str:
        if self.is_full():
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)
        self._arriving += 1
        try:
            found = await self._given_or_begun(kernel_id, **kwargs)
        finally:
            self._arriving -= 1
        _begun.get([]).append(found)
        return found

    start_kernel = _async_start_kernel  # type: ignore[assignment]

    async def _given_or_begun(self, kernel_id: str | None, **kwargs: Any) -> str:
        given = kwargs.pop("env", None) or dict(os.environ)
        environment = kernel_environment(given, self._app.house.environment(), self._app.lang)
        name = kwargs.get("kernel_name", self.default_kernel_name)
        found = None
        if kernel_id is None:
            found = await self.ready.take(environment, kernel_name=name)
        if found is None:
            found = await self.begin(environment, kernel_id=kernel_id, **kwargs)
        return found

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that no page has used for long; the waiting one is meant to be idle."""
        if kernel_id != self.ready.kernel_id:
            await super().cull_kernel_if_idle(kernel_id)

    @property
    def _app(self) -> Any:
        return self.parent

    def _waiting_environment(self, lang: str) -> dict[str, str]:
        return kernel_environment(os.environ, {}, lang)
