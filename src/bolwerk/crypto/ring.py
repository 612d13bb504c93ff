"""Closing bytes for one place with a ring of keys: AES-256-GCM. Pure functions: no file, no clock, no setting.

A token is one version byte, the four bytes that name the key, twelve random bytes (the nonce), and the ciphertext with
its tag of sixteen bytes. The place is associated data: it is not stored, but a token opens nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

VERSION = 1
KEY_ID_BYTES = 4
SECRET_BYTES = 32  # AES-256
NONCE_BYTES = 12  # random; at most 2^32 tokens a key (NIST SP 800-38D, 8.3): rotate long before
TAG_BYTES = 16
HEADER_BYTES = 1 + KEY_ID_BYTES
DOMAIN = b"bolwerk"  # what else the same key may ever close says another word here
LENGTH_BYTES = 4


class CannotOpenError(Exception):
    """A token does not open: it was changed, cut off or moved, or it was closed with another key."""


class UnknownKeyError(CannotOpenError):
    """The ring does not hold the key that a token was closed with: the key file is missing it, or older than it."""

    def __init__(self, key_id: bytes) -> None:
        told = _("The key ring holds no key %(key)s. Is the key file older than the data?")
        super().__init__(told % {"key": key_id.hex()})
        self.key_id = key_id


@dataclass(frozen=True)
class Place:
    """Where something lies: a table, a column and the row's own key. None of them may ever change."""

    table: str
    column: str
    row: str


@dataclass(frozen=True)
class Key:
    """A key and the four bytes that name it."""

    id: bytes
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if (len(self.id), len(self.secret)) != (KEY_ID_BYTES, SECRET_BYTES):
            raise ValueError(f"A key has an id of {KEY_ID_BYTES} bytes and a secret of {SECRET_BYTES}.")

    @cached_property
    def cipher(self) -> AESGCM:
        """The key at work; preparing it costs more than closing a line with it."""
        return AESGCM(self.secret)


@dataclass(frozen=True)
class Ring:
    """The key that closes, and every key that still opens (by id; the current one is among them)."""

    current: Key
    keys: Mapping[bytes, Key]

    def key(self, key_id: bytes) -> Key:
        """The key with this id. Raises UnknownKeyError."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise UnknownKeyError(key_id) from None


def ring_of(current: Key, *others: Key) -> Ring:
    """A ring of these keys; the first one closes."""
    return Ring(current=current, keys={key.id: key for key in (current, *others)})


def make_key() -> Key:
    """A fresh random key."""
    return Key(id=token_bytes(KEY_ID_BYTES), secret=token_bytes(SECRET_BYTES))


def bound_to(header: bytes, place: Place) -> bytes:
    """The associated data: every part behind its length, so that no two places are ever written the same way."""
    parts = [DOMAIN, header, *(part.encode() for part in (place.table, place.column, place.row))]
    return b"".join(len(part).to_bytes(LENGTH_BYTES, "big") + part for part in parts)


def seal(ring: Ring, plain: bytes, place: Place, *, nonce: bytes | None = None) -> bytes:
    """Close `plain` with the current key for one place; return the token.

    `nonce` is for known-answer tests only: the same one twice with one key would give both texts away.
    """
    header = bytes([VERSION]) + ring.current.id
    nonce = token_bytes(NONCE_BYTES) if nonce is None else nonce
    return header + nonce + ring.current.cipher.encrypt(nonce, plain, bound_to(header, place))


def open_(ring: Ring, token: bytes, place: Place) -> bytes:
    """Return what was closed for this place. Raises CannotOpenError; UnknownKeyError when only the key is missing."""
    if len(token) < HEADER_BYTES + NONCE_BYTES + TAG_BYTES or token[0] != VERSION:
        raise CannotOpenError(_("This is no closed text of a version that this release knows."))
    header, nonce = token[:HEADER_BYTES], token[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
    key = ring.key(key_id_of(token))
    try:
        return key.cipher.decrypt(nonce, token[HEADER_BYTES + NONCE_BYTES :], bound_to(header, place))
    except InvalidTag:
        told = _("A closed text in %(table)s.%(column)s was changed, or belongs elsewhere.")
        raise CannotOpenError(told % {"table": place.table, "column": place.column}) from None


def key_id_of(token: bytes) -> bytes:
    """The id of the key that a token was closed with; nothing is checked."""
    return token[1:HEADER_BYTES]
