"""Where a cluster takes tasks, and why it may not be used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amparo.errors import AmparoError

_ADDRESS = re.compile(r"(tcp|tls)://(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)):([0-9]{1,5})/?")
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS = 65_536


class ClusterError(AmparoError):
    """A cluster cannot be used."""

    key = "error.cluster_lost"


class ClusterMissingError(ClusterError):
    """The programs that talk to a cluster are not installed here."""

    key = "error.cluster_missing"


class ClusterAddressError(ClusterError, ValueError):
    """This is no address of a scheduler."""

    key = "error.cluster_address"


class ClusterOpenError(ClusterError):
    """What travels to this cluster could be read, and changed, on its way."""

    key = "error.cluster_open"


class ClusterUnreachableError(ClusterError):
    """The scheduler does not answer, or does not accept our certificate."""

    key = "error.cluster_unreachable"


class ClusterEmptyError(ClusterError):
    """No worker is connected to the scheduler."""

    key = "error.cluster_empty"


class ClusterVersionError(ClusterError):
    """A machine of the cluster has another version of this program, or none."""

    key = "error.cluster_version"


class ClusterFolderError(ClusterError):
    """A machine of the cluster does not see the folder of the reports."""

    key = "error.cluster_folder"


class ClusterSpillError(ClusterError):
    """A worker may write to a disk what it holds in memory."""

    key = "error.cluster_spill"


class ClusterLostError(ClusterError):
    """The scheduler, or the last worker, went away in the middle."""

    key = "error.cluster_lost"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a scheduler."""

    scheme: str
    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> Address:
        """Read ``tls://host:port``, or ``tcp://`` and this very computer.

        Raises:
            ClusterAddressError: it is no such address.
            ClusterOpenError: it goes over a network, and nothing would encrypt what is sent.
        """
        found = _ADDRESS.fullmatch(text.strip())
        if found is None or not 0 < int(found.group(4)) < _PORTS:
            raise ClusterAddressError("expected tls://host:port")
        one = cls(found.group(1), found.group(2) or found.group(3), int(found.group(4)))
        if not one.is_safe:
            raise ClusterOpenError("tcp goes to this computer only")
        return one

    @property
    def is_safe(self) -> bool:
        """Whether nobody on a network can read along."""
        return self.scheme == "tls" or self.host.lower() in _HERE

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"
