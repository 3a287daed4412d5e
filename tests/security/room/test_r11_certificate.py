"""The certificate made beforehand: for these addresses only, and no key that could sign others."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from amparo.serve import certificate, lan
from amparo.serve.lan import AddressError, CertificateError

ADDRESS = "192.168.43.1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "room.pem"
    certificate.make((ADDRESS,), 3, path, "en")
    return path


def _chain(path: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(path.read_bytes())


def test_r11_only_tls_1_2_and_newer_is_spoken(made: Path) -> None:
    """Older ones can be read by somebody who listens."""
    old = ssl.create_default_context(cafile=certificate.for_phones(made))
    lax = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    lax.load_cert_chain(made)
    for context in (old, lax):
        context.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            context.minimum_version = ssl.TLSVersion.TLSv1_1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1

    assert _handshake(old, lax) == "ok"
    assert _handshake(old, lan.context(made)) == "refused"


def test_r18_both_files_are_for_their_owner_alone(made: Path) -> None:
    """Whoever has the key can pretend to be the laptop."""
    for path in (made, certificate.for_phones(made)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_r11_what_phones_get_holds_no_key(made: Path) -> None:
    """It goes from phone to phone."""
    text = certificate.for_phones(made).read_text("ascii")

    assert "PRIVATE" not in text
    assert text.count("BEGIN CERTIFICATE") == 1


def test_r11_the_key_that_phones_trust_is_nowhere(made: Path) -> None:
    """With it, somebody could read what these phones send to any site, for weeks."""
    leaf, root = _chain(made)
    kept = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    kept.load_cert_chain(made)  # refuses a key that is not the leaf's

    assert made.read_text("ascii").count("PRIVATE KEY") == 2  # begin and end of one
    assert leaf.public_key() != root.public_key()


def test_r11_it_is_good_for_these_addresses_and_no_name_of_the_internet(made: Path) -> None:
    """A phone that keeps it afterwards is in no danger from it."""
    leaf, root = _chain(made)
    only = root.extensions.get_extension_for_class(x509.NameConstraints)
    usage = leaf.extensions.get_extension_for_class(x509.BasicConstraints)

    assert only.critical
    assert [str(one.value) for one in only.value.permitted_subtrees or ()] == [f"{ADDRESS}/32"]
    assert only.value.excluded_subtrees == [x509.DNSName("")]
    assert usage.value.ca is False


def test_r11_it_is_good_for_some_days(made: Path) -> None:
    """What lasts for years is found after years."""
    for one in _chain(made):
        assert one.not_valid_after_utc < datetime.now(UTC) + timedelta(days=3, minutes=1)


def test_r11_a_client_with_the_file_accepts_it_and_a_stranger_does_not(made: Path) -> None:
    """It has to work without anybody pressing past a warning."""
    trusting = ssl.create_default_context(cafile=certificate.for_phones(made))
    strange = ssl.create_default_context()

    assert _handshake(trusting, lan.context(made)) == "ok"
    assert _handshake(strange, lan.context(made)) == "refused"
    assert _handshake(trusting, lan.context(made), "192.168.43.2") == "refused"


def _handshake(client: ssl.SSLContext, server: ssl.SSLContext, name: str = ADDRESS) -> str:
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    one = client.wrap_bio(to_client, to_server, server_hostname=name)
    other = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(6):
        for side in (one, other):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return "refused"
    return "ok"


def test_the_fingerprint_is_four_words_and_says_how_much_that_is(made: Path) -> None:
    """Forty-four bits stop a mix-up and not a state; the page must not promise more."""
    found = certificate.fingerprint(made, "en")
    phones = certificate.fingerprint(certificate.for_phones(made), "en")

    assert len(found.words.split()) == 4
    assert found.bits == 44
    assert len(found.digits.replace(" ", "")) == 64
    assert phones.words == found.words


@pytest.mark.parametrize("content", [b"", b"x", b"-----BEGIN CERTIFICATE-----\nAA\n"])
def test_a_file_that_is_no_certificate_is_refused(tmp_path: Path, content: bytes) -> None:
    """One sentence before the room is open, not a warning on thirty phones."""
    path = tmp_path / "room.pem"
    path.write_bytes(content)

    with pytest.raises(CertificateError):
        certificate.require_usable(path, ADDRESS)
    with pytest.raises(CertificateError):
        certificate.fingerprint(path, "en")
    with pytest.raises(CertificateError):
        lan.context(path)


def test_a_certificate_for_another_address_is_refused_before_anything_listens(made: Path) -> None:
    """The hotspot gave the laptop another address this morning."""
    certificate.require_usable(made, ADDRESS)

    with pytest.raises(CertificateError):
        certificate.require_usable(made, "192.168.43.9")


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    """A typing mistake is said at home and not in the room."""
    with pytest.raises(CertificateError):
        certificate.make(("192.168.43",), 3, tmp_path / "room.pem", "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "127.0.0.1", "8.8.8.8", "", "localhost"])  # noqa: S104
def test_r07_phones_come_in_on_one_address_of_this_computer_only(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All addresses at once would include the one that leads to the internet."""
    monkeypatch.setattr(lan, "addresses", lambda: (ADDRESS,))

    assert lan.chosen(ADDRESS) == ADDRESS
    with pytest.raises(AddressError) as refused:
        lan.chosen(address)
    assert refused.value.values == {"known": ADDRESS}
