"""How the kernels of a workbook are started: what they may know, and where they run."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

from amparo.messages import languages
from amparo.serve.parts import PARTS, parts_version
from amparo.serve.people import Person
from amparo.serve.ready import ReadyKernel

# The page that the request being answered is making.
_opening: ContextVar[Opening] = ContextVar("amparo_opening")
# Each kernel takes memory that all share; one person with many tabs must not take it all.
MOST_EACH, MOST_TOGETHER = 8, 40
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_=&.-]{0,200}")
# What a request leaves in the environment, and what would run code of its own at start.
_UNWANTED = re.compile(
    r"VOILA_.*|HTTP_.*|JUPYTERHUB_.*|JPY_API_TOKEN|SERVER_.*|SCRIPT_NAME|PATH_INFO|JUPYTER_TOKEN.*|PYTHONSTARTUP|QUERY_STRING"
)


@dataclass(slots=True, eq=False)
class Opening:
    """A page on its way: for whom, and the kernels that were started for it."""

    person: Person
    begun: list[str] = field(default_factory=list)


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
        self._owners: dict[str, Person] = {}
        self._openings: set[Opening] = set()
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

    def opening_for(self, person: Person) -> Opening:
        """Make room for one more page of *person*: what this task starts now is theirs.

        Raises:
            HTTPError: this person, or all together, have as many pages as there can be.
        """
        pending = [one for one in self._openings if not one.begun]
        each = self._pages_of(person)
        if each >= MOST_EACH or len(self._owners) + len(pending) >= MOST_TOGETHER:
            raise HTTPError(503)
        opening = Opening(person)
        self._openings.add(opening)
        _opening.set(opening)
        return opening

    async def make_room_for(self, person: Person) -> None:
        """End the oldest page that *person* has left without a word, when they have all they may.

        A browser that crashed or a phone without power says nothing; its kernel would count
        for a quarter of an hour, and the person would stand before a closed door.
        """
        if self._pages_of(person) < MOST_EACH:
            return
        for kernel_id, owner in tuple(self._owners.items()):
            was_left = kernel_id in self._reached and not self._kernel_connections.get(kernel_id)
            if owner == person and was_left:
                await self.end(kernel_id)
                return

    def _pages_of(self, person: Person) -> int:
        pending = sum(one.person == person for one in self._openings if not one.begun)
        return pending + sum(person == owner for owner in self._owners.values())

    def opened(self, opening: Opening) -> None:
        """Note that a page is whole, or was given up."""
        self._openings.discard(opening)

    def is_owned(self, kernel_id: str, person: Person) -> bool:
        """Tell whether this kernel is there and was started for *person*."""
        return kernel_id in self and self._owners.get(kernel_id) == person

    async def end_all_of(self, person: Person) -> None:
        """End every kernel of somebody who is sent away."""
        owned = [kernel_id for kernel_id, owner in self._owners.items() if owner == person]
        for kernel_id in owned:
            await self.end(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget whose it was, however it ended."""
        self._owners.pop(kernel_id, None)
        self._reached.discard(kernel_id)
        return super().remove_kernel(kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """A page speaks to its kernel; from now on the page says when it can go."""
        self._reached.add(kernel_id)
        super().notify_connect(kernel_id)

    async def end_unreached(self, kernel_id: str) -> None:
        """End a kernel that no page ever spoke to: its page was left as it arrived."""
        if kernel_id not in self._reached:
            await self.end(kernel_id)

    async def _async_start_kernel(
        self,
        *,
        kernel_id: str | None = None,
        path: str | None = None,  # noqa: ARG002  (the workbook's folder is not where it runs)
        **kwargs: Any,
    ) -> str:
        opening = _opening.get(None)
        if opening is None:
            # Every kernel of ours is somebody's page; a kernel without an owner answers nobody.
            raise HTTPError(403)
        given = kwargs.pop("env", None) or dict(os.environ)
        own = await asyncio.to_thread(self._app.house.environment, opening.person)
        environment = kernel_environment(given, own, self._app.lang)
        name = kwargs.get("kernel_name", self.default_kernel_name)
        found = None
        if kernel_id is None:
            found = await self.ready.take(environment, kernel_name=name)
        if found is None:
            found = await self.begin(environment, kernel_id=kernel_id, **kwargs)
        self._owners[found] = opening.person
        opening.begun.append(found)
        if not self._app.people.is_in(opening.person):
            await self.end(found)  # sent away while it was being started
            raise HTTPError(401)
        return found

    start_kernel = _async_start_kernel  # type: ignore[assignment]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that no page has used for long; the waiting one is meant to be idle."""
        if kernel_id != self.ready.kernel_id:
            await super().cull_kernel_if_idle(kernel_id)

    @property
    def _app(self) -> Any:
        return self.parent

    def _waiting_environment(self, lang: str) -> dict[str, str]:
        return kernel_environment(os.environ, {}, lang)
