"""A certificate for one workshop, made beforehand, whose signing key is destroyed at once.

Phones trust what they are given: an authority of our own. Whoever holds its key could pretend
to be any site to those phones, so that key never touches the disk and signs exactly one
certificate: for the addresses given, and for a few days.
"""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log2
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from amparo.serve.lan import CertificateError
from amparo.store.files import explained, write_whole
from amparo.store.passphrase import all_words, word_language

ENDING = ".crt"
MOST_DAYS = 30
_WORDS = 4
_EARLIER = timedelta(hours=2)  # clocks of phones are not all right
_NAME = "Notes"  # neutral: a phone shows it in its settings


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Which certificate it is: what a phone shows, and the same in words, shorter."""

    digits: str
    words: str
    bits: int
    until: datetime


def make(addresses: tuple[str, ...], days: int, target: Path, lang: str) -> Fingerprint:
    """Write the laptop's file (key and chain) and, beside it, the one for the phones.

    Args:
        addresses: of the laptop in the workshop's network.
        days: how long it is good.
        target: the file for the laptop; it must not exist yet.
        lang: in which language its fingerprint is said.

    Raises:
        CertificateError: one of the addresses is none.
        StoreError: the files cannot be written.
    """
    try:
        wanted = tuple(ipaddress.ip_address(one) for one in addresses)
    except ValueError:
        raise CertificateError("not an address") from None
    now = datetime.now(UTC)
    span = (now - _EARLIER, now + timedelta(days=days))
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _root(root_key, wanted, span)
    leaf = _leaf(key, root, root_key, wanted, span)
    del root_key  # nothing else is ever signed with it
    plain = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem = serialization.Encoding.PEM
    with explained():
        write_whole(target, plain + leaf.public_bytes(pem) + root.public_bytes(pem))
        write_whole(for_phones(target), root.public_bytes(pem))
    return fingerprint(target, lang)


def for_phones(target: Path) -> Path:
    """Return where the file for the phones stands: it holds no key."""
    return target.with_name(target.name + ENDING)


def fingerprint(path: Path, lang: str) -> Fingerprint:
    """Say which certificate is in a file: the laptop's or the phones'.

    Raises:
        CertificateError: there is none in it.
    """
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise CertificateError("no certificate in the file") from None
    digest = hashlib.sha256(found[-1].public_bytes(serialization.Encoding.DER)).digest()
    listed = all_words(word_language(lang))
    number, chosen = int.from_bytes(digest, "big"), []
    for _ in range(_WORDS):
        number, index = divmod(number, len(listed))
        chosen.append(listed[index])
    return Fingerprint(
        digits=" ".join(digest.hex().upper()[at : at + 4] for at in range(0, 64, 4)),
        words=" ".join(chosen),
        bits=int(_WORDS * log2(len(listed))),
        until=min(one.not_valid_after_utc for one in found),
    )


def require_usable(path: Path, address: str) -> None:
    """Let the server start only with a certificate that is good now and for this address.

    Raises:
        CertificateError: it is not, so every phone would show a warning.
    """
    try:
        leaf = x509.load_pem_x509_certificates(path.read_bytes())[0]
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path)
    except (OSError, ValueError, x509.ExtensionNotFound):
        raise CertificateError("no usable certificate in the file") from None
    is_now = leaf.not_valid_before_utc <= datetime.now(UTC) < leaf.not_valid_after_utc
    good_for = names.get_values_for_type(x509.IPAddress)
    if not is_now or ipaddress.ip_address(address) not in good_for:
        raise CertificateError("not good now, or not for this address")


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Span = tuple[datetime, datetime]


def _root(
    key: ec.EllipticCurvePrivateKey, addresses: tuple[_Address, ...], span: _Span
) -> x509.Certificate:
    only = x509.NameConstraints(
        permitted_subtrees=[x509.IPAddress(ipaddress.ip_network(one)) for one in addresses],
        excluded_subtrees=[x509.DNSName("")],
    )
    usage = _usage(key_cert_sign=True, crl_sign=True)
    return (
        _begun(_name(), _name(), key, span)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(only, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(
    key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    addresses: tuple[_Address, ...],
    span: _Span,
) -> x509.Certificate:
    names = x509.SubjectAlternativeName([x509.IPAddress(one) for one in addresses])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        _begun(x509.Name([]), root.subject, key, span)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        # Critical because the subject is empty: the addresses are all it says.
        .add_extension(names, critical=True)
        .add_extension(issuer, critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, span: _Span
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
    )


def _name() -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])


def _usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
