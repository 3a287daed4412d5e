"""How the kernels of a workbook are started: what they may know, and where they run."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from amparo.messages import languages
from amparo.serve.parts import parts_version

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
        "AMPARO_PARTS": parts_version(),
        "AMPARO_LANG": lang if lang in languages() else default_lang,
        "QUERY_STRING": query,
    }


class WorkbookKernels(AsyncMappingKernelManager):
    """Starts kernels in the empty work folder, silent, with the variables they need."""

    async def _async_start_kernel(
        self,
        *,
        kernel_id: str | None = None,
        path: str | None = None,  # noqa: ARG002  (the workbook's folder is not where it runs)
        **kwargs: Any,
    ) -> str:
        app: Any = self.parent
        given = kwargs.pop("env", None) or dict(os.environ)
        return await super()._async_start_kernel(
            kernel_id=kernel_id,
            env=kernel_environment(given, app.house.environment(), app.lang),
            cwd=str(app.run.work),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **kwargs,
        )

    start_kernel = _async_start_kernel  # type: ignore[assignment]
