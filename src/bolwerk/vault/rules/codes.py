"""The recovery code: printed once, for whoever forgot the phrase. Pure: no database, no clock.

A code is 26 signs of Crockford's base 32 (130 random bits) and two signs that tell a slip of the pen, in groups of
four. So much chance cannot be guessed, whatever a guess costs; one hash (BLAKE2b) makes the key, with a salt.
"""

from hashlib import blake2b
from secrets import choice

from nacl.exceptions import CryptoError
from nacl.secret import Aead
from nacl.utils import random

from bolwerk.crypto.ring import bound_to
from bolwerk.vault.rules.ring import CannotOpenError, Place

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U: nobody reads 1 for I
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u2011": None, "\u2013": None})
CHANCE_SIGNS, CHECK_SIGNS, GROUP = 26, 2, 4
VERSION = b"\x02"
SALT_BYTES = 16
HEADER_BYTES = len(VERSION) + SALT_BYTES
DOMAIN = b"code"


class MistypedError(ValueError):
    """This cannot be a code: a sign is missing, too many, or another one."""


def new_code() -> str:
    """A fresh code, in groups of four signs."""
    chance = "".join(choice(ALPHABET) for _sign in range(CHANCE_SIGNS))
    signs = chance + _check_signs(chance)
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def read(typed: str) -> str:
    """The signs of a code as somebody typed it: spaces, dashes and small letters do not matter.

    Raises MistypedError when it cannot be a code. That looks at the typed signs only, so it tells nothing of any code.
    """
    signs = typed.upper().translate(READ_AS)
    chance, check = signs[:CHANCE_SIGNS], signs[CHANCE_SIGNS:]
    if len(signs) != CHANCE_SIGNS + CHECK_SIGNS or not set(signs) <= set(ALPHABET) or check != _check_signs(chance):
        raise MistypedError
    return signs


def _check_signs(chance: str) -> str:
    number = int.from_bytes(blake2b(chance.encode(), digest_size=2, person=b"bolwerk check").digest())
    return ALPHABET[number % 32] + ALPHABET[number // 32 % 32]


def wrap(private: bytes, *, code: str, place: Place, salt: bytes | None = None) -> bytes:
    """Wrap a private key with a code, for one place. `salt` is for known-answer tests only.

    Raises MistypedError for a code that `new_code` did not make.
    """
    header = VERSION + (random(SALT_BYTES) if salt is None else salt)
    return header + bytes(_cipher(read(code), header).encrypt(private, bound_to(DOMAIN + header, place)))


def unwrap(token: bytes, *, code: str, place: Place) -> bytes:
    """Return the private key. Raises MistypedError, or CannotOpenError with the same words whatever else is wrong."""
    signs, header, content = read(code), token[:HEADER_BYTES], token[HEADER_BYTES:]
    try:
        if header[:1] != VERSION or len(header) != HEADER_BYTES:
            raise CryptoError
        return _cipher(signs, header).decrypt(content, bound_to(DOMAIN + header, place))
    except (CryptoError, ValueError):
        raise CannotOpenError("This code does not open this key.") from None


def _cipher(signs: str, header: bytes) -> Aead:
    salt = header[-SALT_BYTES:]
    return Aead(blake2b(signs.encode(), digest_size=Aead.KEY_SIZE, salt=salt, person=b"bolwerk code").digest())
