"""Which passwords are refused as breached, and that the list is in the order in which it is looked through."""

import pytest

from manyhands.site.breached import BYTES, LIST, digest_of, digests_of, is_breached


@pytest.mark.parametrize("password", ["qwerty123456", "QWERTY123456", "1qaz2wsx3edc", "motherfucker", "leavemealone"])
def test_a_password_of_the_list_is_refused_however_its_letters_are_written(password: str) -> None:
    assert is_breached(password)


@pytest.mark.parametrize("password", ["correct horse battery staple", "seven quiet otters sing", "", "\0", "ü" * 400])
def test_any_other_is_not(password: str) -> None:
    assert not is_breached(password)


def test_the_list_is_in_order_each_once_and_as_long_as_it_is_said_to_be() -> None:
    listed = LIST.read_bytes()
    digests = [listed[at : at + BYTES] for at in range(0, len(listed), BYTES)]

    assert digests == sorted(set(digests))
    assert len(digests) == 43_940
    assert (LIST.parent / "LICENSE.txt").read_text().count("MIT License") == 1


def test_the_first_and_the_last_are_found_too() -> None:
    made = digests_of(["a password too long", "another of that kind", "short"])

    assert sorted([digest_of("a password too long"), digest_of("another of that kind")]) == [made[:BYTES], made[BYTES:]]
