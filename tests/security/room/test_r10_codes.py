"""Codes: one a person, revocable, gone in time, and slow to guess."""

from __future__ import annotations

import pytest

from amparo.serve.delays import FREE_TOGETHER, FREE_TRIES, WaitError
from amparo.serve.people import DOOR_S, MOST_PEOPLE, People, RoomFullError

HERE = "192.168.43.20"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(clock: Clock) -> People:
    return People(life_s=3600, clock=clock)


def _wrong(people: People, times: int, clock: Clock, address: str = HERE) -> None:
    for _ in range(times):
        clock.now += 100
        assert people.enter("000000000000", address) is None


def test_r10_a_code_is_exchanged_once_for_a_session_of_256_bits(people: People) -> None:
    """A code that was overheard after it was used opens nothing."""
    made = people.invite("group")

    session = people.enter(made.code, HERE)

    assert session is not None
    assert len(session) * 6 >= 256
    assert people.of(session) == made.person
    assert people.enter(made.code, HERE) is None


def test_r10_digits_of_any_script_and_spaces_are_the_same_code(people: People) -> None:
    """A phone in Arabic types other digits."""
    code = people.invite("participant").code
    typed = " ".join(code[at : at + 4] for at in range(0, 12, 4))

    session = people.enter(typed.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), HERE)

    assert session is not None


def test_r10_the_code_on_the_screen_dies_after_ten_minutes(people: People, clock: Clock) -> None:
    """A photograph of the screen that leaves the room must be worth nothing."""
    code = people.open_door()
    assert people.enter(code, HERE) is not None

    clock.now += DOOR_S - 1
    assert people.enter(code, HERE) is not None
    clock.now += 1
    assert people.enter(code, HERE) is None
    assert people.door() is None


def test_r10_a_new_code_on_the_screen_ends_the_one_before(people: People) -> None:
    """Whoever asks for a new one does not trust the old one."""
    old = people.open_door()
    people.open_door()

    assert people.enter(old, HERE) is None


def test_r10_who_comes_in_by_the_screen_is_a_participant_and_a_new_number(people: People) -> None:
    """A code that everybody sees must never give more than a place at the wall."""
    code = people.open_door()
    persons = [people.of(people.enter(code, HERE) or "") for _ in range(3)]

    assert [person and person.role for person in persons] == ["participant"] * 3
    assert len({person.number for person in persons if person}) == 3


def test_r10_a_person_who_is_sent_away_is_nobody_at_once(people: People) -> None:
    """An infiltrator with a valid code is sent away by number."""
    made = people.invite("participant")
    session = people.enter(made.code, HERE) or ""
    other = people.enter(people.invite("participant").code, HERE) or ""

    people.dismiss(made.person.number)

    assert people.of(session) is None
    assert not people.is_in(made.person)
    assert people.of(other) is not None


def test_r10_an_unused_code_of_somebody_who_was_sent_away_is_dead(people: People) -> None:
    """A code on a lost slip of paper."""
    made = people.invite("observer")
    people.dismiss(made.person.number)

    assert people.enter(made.code, HERE) is None


def test_r10_every_session_and_code_ends_with_the_workshop(people: People, clock: Clock) -> None:
    """A phone that is taken a day later opens nothing."""
    used = people.invite("group")
    session, unused = people.enter(used.code, HERE) or "", people.invite("group")

    clock.now += 3600

    assert people.of(session) is None
    assert people.enter(unused.code, HERE) is None
    assert {person.number for person in people.expired()} == {1, 2}
    assert people.of(people.host_session) == people.host


def test_r10_after_ten_wrong_tries_the_next_has_to_wait(people: People, clock: Clock) -> None:
    """Twelve digits are enough only if nobody may try a thousand a second."""
    right = people.invite("group").code
    for _ in range(FREE_TRIES):
        assert people.enter("1", HERE) is None

    with pytest.raises(WaitError):
        people.enter(right, HERE)
    clock.now += 0.99
    with pytest.raises(WaitError):
        people.enter(right, HERE)
    clock.now += 0.01
    assert people.enter(right, HERE) is not None


def test_r10_the_wait_grows_and_never_becomes_for_ever(people: People, clock: Clock) -> None:
    """Wrong tries delay; they never destroy, and nobody is shut out for good."""
    waits = []
    _wrong(people, FREE_TRIES - 1, clock)
    for _ in range(9):
        clock.now += 100
        assert people.enter("1", HERE) is None
        began = clock.now
        while True:
            clock.now += 0.5
            try:
                people.delays.admit(HERE)
            except WaitError:
                continue
            break
        waits.append(clock.now - began)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_r10_many_addresses_together_are_slow_too(people: People, clock: Clock) -> None:
    """One laptop can pretend to be forty phones."""
    for number in range(FREE_TOGETHER):
        assert people.enter("1", f"10.0.0.{number}") is None

    with pytest.raises(WaitError):
        people.enter("1", "10.0.0.3")


def test_one_hostile_phone_does_not_keep_the_others_out(people: People, clock: Clock) -> None:
    """A delay for everybody would let a single phone close the room."""
    for _ in range(FREE_TOGETHER + FREE_TRIES):
        clock.now += 100
        people.enter("1", "10.0.0.66")

    assert people.enter(people.open_door(), HERE) is not None


def test_a_full_room_says_so_and_one_who_leaves_makes_place(people: People) -> None:
    """A flood of phones must not take all the memory."""
    code = people.open_door()
    for _ in range(MOST_PEOPLE):
        people.enter(code, HERE)

    with pytest.raises(RoomFullError):
        people.enter(code, HERE)
    people.dismiss(7)
    assert people.enter(code, HERE) is not None


def test_r40_no_code_or_session_is_shown_when_an_object_is_printed(people: People) -> None:
    """What is printed by mistake ends in a log."""
    made = people.invite("group")

    assert made.code not in repr(made)
    assert made.person.label == "G1"
