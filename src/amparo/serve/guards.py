"""What must be active before the server listens; if one of them is not, it does not start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amparo.errors import AmparoError
from amparo.serve.gate import GateIdentity, RoleAuthorizer
from amparo.serve.handlers import OwnKernel
from amparo.serve.kernels import WorkbookKernels
from amparo.serve.routes import KERNEL, RULES
from amparo.serve.wire import CommOnlyConnection


class GuardError(AmparoError):
    """A guard of the server is not active, so it does not listen."""

    key = "serve.error.guard"


def require_guards(settings: Mapping[str, Any], handlers: Iterable[tuple[Any, ...]]) -> None:
    """Let the server start only when every guard is there.

    Args:
        settings: of the application, as every handler will see them.
        handlers: address and class of all that would be served.

    Raises:
        GuardError: one is missing; the fact says which.
    """
    if settings.get("kernel_websocket_connection_class") is not CommOnlyConnection:
        raise GuardError("the message filter is not active")
    if not isinstance(settings.get("identity_provider"), GateIdentity):
        raise GuardError("the identity provider is not ours")
    if not isinstance(settings.get("authorizer"), RoleAuthorizer):
        raise GuardError("the authorizer is not ours")
    if not isinstance(settings.get("kernel_manager"), WorkbookKernels):
        raise GuardError("kernels have no owner")
    for address, handler, *_ in handlers:
        if KERNEL in address and not issubclass(handler, OwnKernel):
            raise GuardError("an address of a kernel does not ask who owns it")
        if address not in RULES:
            raise GuardError("an address is in no table")
