"""A seal opens for one key pair in one place, and for nothing and nowhere else. Known answers hold the format still."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from bolwerk.vault.rules import codes, phrases
from bolwerk.vault.rules.ring import CannotOpenError, Place
from bolwerk.vault.rules.sealing import OVERHEAD_BYTES, KeyPair, new_pair, open_sealed, pair_of, seal

HERE = Place("vault_sheet", "content", "1")
PAIR = new_pair()


@pytest.fixture
def known() -> dict[str, Any]:
    """Answers that this format gave on the day it was made. They must open for ever."""
    return dict(json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8")))


@given(plain=st.binary(max_size=2000))
def test_what_is_sealed_opens_for_whom_it_was_sealed(plain: bytes) -> None:
    token = seal(plain, to=PAIR.public, place=HERE)
    assert len(token) == len(plain) + OVERHEAD_BYTES
    assert open_sealed(token, pair=PAIR, place=HERE) == plain


def test_the_same_words_are_never_the_same_token() -> None:
    assert len({seal(b"x", to=PAIR.public, place=HERE) for _time in range(50)}) == 50


def test_nobody_else_opens_it() -> None:
    token = seal(b"x", to=PAIR.public, place=HERE)
    with pytest.raises(CannotOpenError):
        open_sealed(token, pair=new_pair(), place=HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("vault_sheet", "content", "2"),
        Place("vault_sheet", "box", "1"),
        Place("vault_reader", "content", "1"),
        Place("vault_sheetc", "ontent", "1"),
    ],
)
def test_what_is_moved_to_another_row_column_or_table_does_not_open(elsewhere: Place) -> None:
    token = seal(b"x", to=PAIR.public, place=HERE)
    with pytest.raises(CannotOpenError):
        open_sealed(token, pair=PAIR, place=elsewhere)


def test_every_bit_counts() -> None:
    token = seal(b"kort", to=PAIR.public, place=HERE)
    for bit in range(len(token) * 8):
        changed = bytearray(token)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpenError):
            open_sealed(bytes(changed), pair=PAIR, place=HERE)


def test_every_cut_and_every_addition_is_noticed() -> None:
    token = seal(b"kort", to=PAIR.public, place=HERE)
    for wrong in [*(token[:length] for length in range(len(token))), token + b"\0"]:
        with pytest.raises(CannotOpenError):
            open_sealed(wrong, pair=PAIR, place=HERE)


def test_the_words_of_a_refusal_are_the_same_whatever_is_wrong() -> None:
    token = seal(b"x", to=PAIR.public, place=HERE)
    refusals = set()
    for wrong, pair in [(token[:-1], PAIR), (b"", PAIR), (b"\x02" + token[1:], PAIR), (token, new_pair())]:
        with pytest.raises(CannotOpenError) as refusal:
            open_sealed(wrong, pair=pair, place=HERE)
        refusals.add(str(refusal.value))
    assert len(refusals) == 1


def test_a_public_half_that_shares_no_secret_is_refused() -> None:
    with pytest.raises(CryptoError):
        seal(b"x", to=bytes(32), place=HERE)


def test_a_private_half_never_shows_in_a_traceback() -> None:
    assert PAIR.private.hex() not in repr(PAIR)
    assert repr(PAIR.private) not in repr(PAIR)
    assert repr(KeyPair(b"p", b"s")) == "KeyPair(public=b'p')"


def test_tokens_of_the_first_day_still_open(known: dict[str, Any]) -> None:
    place, private = Place(*known["place"]), bytes.fromhex(known["private"])
    pair = pair_of(private)
    assert pair.public.hex() == known["public"]
    assert open_sealed(bytes.fromhex(known["sealed"]), pair=pair, place=place).decode() == known["plain"]
    assert phrases.unwrap(bytes.fromhex(known["by_phrase"]), phrase=known["phrase"], place=place) == private
    assert codes.unwrap(bytes.fromhex(known["by_code"]), code=known["code"], place=place) == private


def test_wrapping_with_a_given_salt_derives_the_known_key(known: dict[str, Any]) -> None:
    place, private = Place(*known["place"]), bytes.fromhex(known["private"])
    cost, salt = phrases.Cost(passes=3, memory_mib=64), bytes(range(16))
    wrapped = phrases.wrap(private, phrase=known["phrase"], cost=cost, place=place, salt=salt)
    assert wrapped[: phrases.HEADER_BYTES].hex() == known["by_phrase"][: phrases.HEADER_BYTES * 2]
    assert phrases.unwrap(wrapped, phrase=known["phrase"], place=place) == private


def test_x25519_is_that_of_rfc_7748() -> None:
    alice = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")  # section 6.1
    assert pair_of(alice).public.hex() == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"


def test_xchacha20_poly1305_is_that_of_the_internet_draft() -> None:
    key, nonce = bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))  # draft-irtf-cfrg-xchacha-03, A.3.1
    about = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    sealed = Aead(key).encrypt(plain + b"sunscreen would be it.", about, nonce).ciphertext.hex()
    assert sealed.startswith("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb")
    assert sealed.endswith("c0875924c1c7987947deafd8780acf49")
