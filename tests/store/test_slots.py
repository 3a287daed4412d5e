"""Key slots: who can open a workspace, and how that changes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from amparo import store
from amparo.errors import (
    DamagedError,
    OverloadedError,
    SlotError,
    WeakPassphraseError,
    WrongKeyError,
)
from amparo.store import Passphrase, Recipient, RecoveryWords, openers, slots

GOOD = "rio piedra camino lluvia"


@pytest.fixture(scope="module")
def with_passphrase(tmp_path_factory) -> Path:
    """A workspace that a passphrase and recovery words open; made once, it takes seconds."""
    folder = tmp_path_factory.mktemp("slots") / "w.amparo"
    words = RecoveryWords("abeja cielo dedo hielo lunes mesa")
    store.create(folder, [Passphrase(GOOD), words]).close()
    return folder


@pytest.mark.slow
def test_r19_a_passphrase_slot_costs_scrypt_2_to_the_18(with_passphrase) -> None:
    """The cost of one guess is all that stands behind a short passphrase."""
    factors = {slot.kind: slot.work_factor for slot in store.list_slots(with_passphrase)}

    assert set(factors) == {"passphrase", "recovery"}
    assert min(factor or 0 for factor in factors.values()) >= 18


@pytest.mark.slow
@pytest.mark.parametrize(
    "opener",
    [
        Passphrase(f"  {GOOD}\n"),
        RecoveryWords("HIELO-lunes-mesa, Abéja cielo dedo"),
        Passphrase("abeja cielo dedo hielo lunes mesa"),
    ],
    ids=["passphrase", "halves the other way round", "words where a passphrase is asked"],
)
def test_r20_what_a_person_types_opens_however_it_is_spaced(with_passphrase, opener) -> None:
    """Under stress people add blanks and capitals."""
    store.open_store(with_passphrase, opener).close()


@pytest.mark.slow
def test_r20_a_wrong_passphrase_costs_half_a_second(with_passphrase) -> None:
    """Guessing must stay slow even through the program itself."""
    started_at = time.monotonic()

    with pytest.raises(WrongKeyError) as caught:
        store.open_store(with_passphrase, Passphrase("SECRETWORD is not it"))

    assert time.monotonic() - started_at >= 0.5
    assert (
        "SECRETWORD" not in f"{caught.value!r} {caught.value.values} {Passphrase('SECRETWORD')!r}"
    )


@pytest.mark.slow
def test_r20_a_changed_passphrase_opens_and_the_old_one_does_not(folder, identity) -> None:
    """Whoever learned the old passphrase is out."""
    new = Passphrase("otra frase muy distinta")
    with store.create(folder, [identity, Passphrase(GOOD)]) as opened:
        opened.change_passphrase(Passphrase(GOOD), new)

    store.open_store(folder, new).close()
    with pytest.raises(WrongKeyError):
        store.open_store(folder, Passphrase(GOOD))


@pytest.mark.slow
def test_r19_a_busy_machine_does_not_make_a_cheap_slot(monkeypatch) -> None:
    """age measures the machine once; on a busy one it may choose too little."""
    factors = iter([15, 16, 17, 18])
    made: list[bytes] = []

    def measured(payload: bytes, text: str) -> bytes:
        made.append(b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" %d\n" % next(factors))
        return made[-1]

    monkeypatch.setattr(openers.pyrage.passphrase, "encrypt", measured)

    assert openers.work_factor(Passphrase(GOOD).seal(b"x")) == 18
    assert len(made) == 4


def _refused(monkeypatch, times: int) -> None:
    """Let age find the machine too slow so many times."""
    left, real = iter(range(times)), openers.pyrage.passphrase.decrypt

    def measured(sealed: bytes, text: str) -> bytes:
        if next(left, None) is not None:
            raise openers.pyrage.DecryptError(
                "Excessive work parameter for passphrase.\nDecryption…"
            )
        return real(sealed, text)

    monkeypatch.setattr(openers.pyrage.passphrase, "decrypt", measured)
    monkeypatch.setattr(openers, "_PAUSE_S", 0)


@pytest.mark.slow
def test_on_a_busy_machine_the_right_passphrase_is_never_called_wrong(monkeypatch) -> None:
    """Who is told so on the bad day tries another one, and then gives up."""
    sealed = Passphrase(GOOD).seal(b"x")

    with monkeypatch.context() as busy:
        _refused(busy, 10)
        assert Passphrase(GOOD).unseal(sealed, "passphrase") == b"x"
    with monkeypatch.context() as busy:
        _refused(busy, 1000)
        with pytest.raises(OverloadedError):
            Passphrase(GOOD).unseal(sealed, "passphrase")


def test_age_still_says_in_these_words_that_it_refuses_the_work() -> None:
    """Another sentence in another version would be taken for a wrong passphrase again."""
    forged = b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 40\n" + b"A" * 43 + b"\n"
    with pytest.raises(openers.pyrage.DecryptError, match=r"^Excessive work"):
        openers.pyrage.passphrase.decrypt(forged + b"--- " + b"A" * 43 + b"\n" + b"x" * 33, GOOD)


def test_r20_a_recipient_is_added_and_removed(workspace, folder, stranger) -> None:
    """Access is given with a public key, and taken back."""
    slot = workspace.add_slot(stranger.recipient())
    workspace.close()
    store.open_store(folder, stranger).close()

    sealed = next(folder.glob(f"slots/*{slot.id}*"))
    slots.remove_slot(folder, slot.id)

    assert not sealed.exists()
    with pytest.raises(WrongKeyError):
        store.open_store(folder, stranger)


def test_the_last_slot_is_never_removed(workspace, folder, identity) -> None:
    """A workspace nobody can open is a lost workspace."""
    with pytest.raises(SlotError):
        workspace.remove_slot(workspace.slots()[0].id)
    with pytest.raises(SlotError):
        workspace.remove_slot("0" * 16)

    workspace.close()
    store.open_store(folder, identity).close()


@pytest.mark.parametrize(
    "opener",
    [
        Recipient("age1nothing"),
        Recipient(""),
        RecoveryWords("only three words"),
        Passphrase("short"),
        store.Identity("AGE-SECRET-KEY-1NO"),
    ],
    ids=["no recipient", "empty", "three words", "short", "no identity"],
)
def test_an_opener_that_cannot_seal_is_refused_and_nothing_is_left(tmp_path, opener) -> None:
    """A typing mistake must not cost access, or leave half a workspace."""
    with pytest.raises(SlotError):
        store.create(tmp_path / "w.amparo", [opener])

    assert list(tmp_path.iterdir()) == []


def test_a_weak_passphrase_has_its_own_error() -> None:
    """The page says what to do about it."""
    with pytest.raises(WeakPassphraseError):
        Passphrase("password1234").seal(b"x")


def test_a_slot_of_another_workspace_is_refused(workspace, folder, tmp_path, stranger) -> None:
    """A slot slipped in must not open a foreign key."""
    other = tmp_path / "other.amparo"
    store.create(other, [stranger]).close()
    slot = next(other.glob("slots/*"))
    (folder / "slots" / slot.name).write_bytes(slot.read_bytes())
    workspace.close()

    with pytest.raises(DamagedError, match="another workspace"):
        store.open_store(folder, stranger)


def test_an_identity_file_with_comments_opens(workspace, folder, identity) -> None:
    """This is how age-keygen writes it."""
    workspace.close()

    lines = f"# created: today\n# public key: age1x\n{identity.text}\n"

    store.open_store(folder, store.Identity(lines)).close()


def test_a_slot_shows_no_key_and_no_name(folder, workspace) -> None:
    """Whoever holds the folder learns how many slots there are, and of which kind."""
    sealed = next(folder.glob("slots/*")).read_bytes()

    assert workspace.secret.key not in sealed
    assert workspace.secret.key.hex().encode() not in sealed
    assert workspace.workspace_id.encode() not in sealed
