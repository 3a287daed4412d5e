"""How phones reach this computer: one chosen address, a certificate, or plain http by consent."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import psutil

from amparo.errors import AmparoError


class AddressError(AmparoError):
    """This is no address of this computer on which phones could be let in."""

    key = "serve.error.address"


class CertificateError(AmparoError):
    """The certificate cannot be used."""

    key = "serve.error.certificate"


@dataclass(frozen=True, slots=True)
class Lan:
    """The listener for phones.

    Args:
        address: one address of this computer; never all of them.
        port: 0 takes any free one.
        certificate: key and chain in one file; None for plain http.
        fingerprint: how people say which certificate it is.
        life_s: after how long codes and sessions end by themselves.
        counts_only: the page of this computer shows the room and no contents.
    """

    address: str
    port: int = 0
    certificate: Path | None = None
    fingerprint: str = ""
    life_s: float = 12 * 3600.0
    counts_only: bool = False


def addresses() -> tuple[str, ...]:
    """Return the addresses of this computer in its networks, those of a hotspot included."""
    found = {
        address.address
        for each in psutil.net_if_addrs().values()
        for address in each
        if address.family in {socket.AF_INET, socket.AF_INET6}
    }
    return tuple(sorted(one for one in found if _is_usable(one)))


def chosen(address: str) -> str:
    """Return *address* if phones can be let in there.

    Raises:
        AddressError: it is not one of this computer's own, or stands for all of them.
    """
    if address not in addresses():
        raise AddressError("not an address of this computer", known=", ".join(addresses()) or "-")
    return address


def context(certificate: Path) -> ssl.SSLContext:
    """Return how connections are encrypted: TLS 1.2 or newer, with this certificate.

    Raises:
        CertificateError: the file cannot be read or holds no key and certificate.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        made.load_cert_chain(certificate)
    except (OSError, ssl.SSLError):
        raise CertificateError("no usable key and certificate in the file") from None
    return made


def _is_usable(text: str) -> bool:
    try:
        one = ipaddress.ip_address(text)
    except ValueError:
        return False  # an IPv6 address of one cable only; no browser can be sent there
    return not (one.is_loopback or one.is_unspecified or one.is_link_local or one.is_multicast)
