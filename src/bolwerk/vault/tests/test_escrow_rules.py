"""Halves: any two trustees, never one; and lengths: padding hides what the length would tell."""

from collections import Counter
from itertools import combinations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.vault.rules.escrow import Half, TooFewTrusteesError, join, split
from bolwerk.vault.rules.padding import DOUBLING_UP_TO, SMALLEST, pad, padded_length, unpad
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import new_pair

PAIR = new_pair()


def by_pair(halves: list[Half]) -> dict[frozenset[UUID], list[Half]]:
    """The halves of each two trustees."""
    found: dict[frozenset[UUID], list[Half]] = {}
    for one, other in combinations(halves, 2):
        if one.pair == other.pair:
            found[frozenset({one.holder, other.holder})] = [one, other]
    return found


@pytest.mark.parametrize("count", [2, 3, 5])
def test_any_two_trustees_open_together(count: int) -> None:
    holders = [uuid4() for _one in range(count)]
    pairs = by_pair(split(PAIR.private, holders=holders))
    assert set(pairs) == {frozenset(two) for two in combinations(holders, 2)}
    for one, other in pairs.values():
        assert join(one.secret, other.secret, public=PAIR.public) == PAIR
        assert join(other.secret, one.secret, public=PAIR.public) == PAIR


def test_all_halves_of_one_trustee_together_open_nothing() -> None:
    holders = [uuid4() for _one in range(4)]
    mine = [half for half in split(PAIR.private, holders=holders) if half.holder == holders[0]]
    assert len(mine) == 3
    for one, other in combinations(mine, 2):
        with pytest.raises(CannotOpenError):
            join(one.secret, other.secret, public=PAIR.public)


def test_half_a_key_is_noise() -> None:
    holders = [uuid4(), uuid4()]
    for side in (0, 1):
        seen = Counter(split(bytes(32), holders=holders)[side].secret[0] for _time in range(6400))
        assert len(seen) == 256  # every value of a byte, about 25 times each
        assert max(seen.values()) < 60


@pytest.mark.parametrize("count", [0, 1])
def test_one_trustee_is_not_enough(count: int) -> None:
    with pytest.raises(TooFewTrusteesError):
        split(PAIR.private, holders=[UUID(int=1)] * count * 2)


def test_halves_of_another_key_or_cut_ones_are_refused() -> None:
    one, other = split(PAIR.private, holders=[uuid4(), uuid4()])
    for wrong in (other.secret[:-1], other.secret + b"\0", b"", bytes(32), one.secret):
        with pytest.raises(CannotOpenError):
            join(one.secret, wrong, public=PAIR.public)
    with pytest.raises(CannotOpenError):
        join(one.secret, other.secret, public=new_pair().public)


def test_a_half_never_shows_in_a_traceback() -> None:
    half = split(PAIR.private, holders=[uuid4(), uuid4()])[0]
    assert repr(half.secret) not in repr(half)


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain
    assert len(pad(plain)) == padded_length(len(plain))


def test_short_and_long_reports_have_one_length() -> None:
    assert {len(pad(b"x" * length)) for length in range(0, SMALLEST, 37)} == {SMALLEST}


@given(st.integers(0, 2**36))
def test_a_length_grows_in_steps_and_never_by_more_than_it_should(length: int) -> None:
    padded = padded_length(length)
    assert padded > length
    assert padded_length(padded - 1) == padded  # a step is where it says it is
    assert padded <= max(SMALLEST, 2 * (length + 1)) if length < DOUBLING_UP_TO else padded <= (length + 1) * 1.12


def test_all_lengths_up_to_a_gibibyte_fall_on_few_steps() -> None:
    steps = {padded_length(length) for length in range(0, 2**20, 512)}
    assert len(steps) == 9


@pytest.mark.parametrize("wrong", [b"", b"\0" * 64, b"no mark at all"])
def test_what_was_never_padded_is_refused(wrong: bytes) -> None:
    with pytest.raises(CannotOpenError):
        unpad(wrong)
