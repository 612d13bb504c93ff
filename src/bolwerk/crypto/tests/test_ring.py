"""The ring: what was closed for a place opens there, and nowhere else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolwerk.crypto.ring import CannotOpenError, Key, Place, UnknownKeyError, make_key, open_, ring_of, seal

HERE = Place("incidents_incident", "words", "7f3a")
RING = ring_of(make_key())
TEXTS = st.text(max_size=12)


@given(plain=st.binary(max_size=400))
def test_what_was_closed_opens_in_its_place(plain: bytes) -> None:
    assert open_(RING, seal(RING, plain, HERE), HERE) == plain


def test_the_same_words_never_look_the_same() -> None:
    assert len({seal(RING, b"bedreigd", HERE) for _ in range(100)}) == 100


@given(
    here=st.builds(Place, TEXTS, TEXTS, TEXTS),
    there=st.builds(Place, TEXTS, TEXTS, TEXTS),
)
def test_a_token_that_was_moved_does_not_open(here: Place, there: Place) -> None:
    token = seal(RING, b"bedreigd", here)
    if here == there:
        assert open_(RING, token, there) == b"bedreigd"
    else:
        with pytest.raises(CannotOpenError):
            open_(RING, token, there)


def test_places_that_read_alike_are_still_different() -> None:
    with pytest.raises(CannotOpenError):
        open_(RING, seal(RING, b"bedreigd", Place("ab", "c", "1")), Place("a", "bc", "1"))


def test_any_flipped_bit_and_any_cut_is_refused() -> None:
    token = seal(RING, b"bedreigd aan de balie", HERE)
    for bit in range(len(token) * 8):
        touched = bytearray(token)
        touched[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpenError):
            open_(RING, bytes(touched), HERE)
    for end in range(len(token)):
        with pytest.raises(CannotOpenError):
            open_(RING, token[:end], HERE)
    with pytest.raises(CannotOpenError):
        open_(RING, token + b"\0", HERE)


def test_an_unknown_version_fails_closed() -> None:
    token = seal(RING, b"bedreigd", HERE)
    with pytest.raises(CannotOpenError, match="versie"):
        open_(RING, b"\x02" + token[1:], HERE)


def test_an_older_key_opens_and_a_missing_one_is_named() -> None:
    token = seal(RING, b"bedreigd", HERE)
    assert open_(ring_of(make_key(), RING.current), token, HERE) == b"bedreigd"
    with pytest.raises(UnknownKeyError, match=RING.current.id.hex()):
        open_(ring_of(make_key()), token, HERE)


def test_a_key_never_shows_its_secret() -> None:
    assert RING.current.secret.hex() not in repr(RING)
    assert str(RING.current.secret) not in repr(RING)


def test_a_key_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Key(id=b"abcd", secret=b"kort")


@pytest.mark.parametrize(
    ("secret", "nonce", "place", "plain", "expected"),
    [
        (
            bytes(range(32)),
            bytes(range(12)),
            HERE,
            "Bedreigd aan de balie.",
            "0101020304000102030405060708090a0b0567b269a08ca57fad20f6e5918d1d4de1b7eb5d9555afabe60789561a49a82e39220826ec1e",
        ),
        (bytes(32), bytes(12), Place("t", "c", "1"), "", "0101020304" + "00" * 12 + "3bd22c5c3f19bd61d99629d6634cf669"),
        (
            bytes(reversed(range(32))),
            b"\xff" * 12,
            Place("ui_draft", "values", "é"),
            "één woord",
            "0101020304ffffffffffffffffffffffff4b784560d35f4403d10c001f6755b53c4537377bdb8c99a62080d1",
        ),
    ],
    ids=["text", "empty", "accents"],
)
def test_known_answers_that_libsodium_computed(
    secret: bytes, nonce: bytes, place: Place, plain: str, expected: str
) -> None:
    ring = ring_of(Key(id=b"\x01\x02\x03\x04", secret=secret))
    assert seal(ring, plain.encode(), place, nonce=nonce).hex() == expected
    assert open_(ring, bytes.fromhex(expected), place) == plain.encode()


def test_many_threads_may_use_one_key_at_once() -> None:
    def round_trip(number: int) -> bool:
        plain = str(number).encode() * 50
        return open_(RING, seal(RING, plain, HERE), HERE) == plain

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(round_trip, range(4000)))
