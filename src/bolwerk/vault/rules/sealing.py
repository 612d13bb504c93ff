"""Sealing to whoever has the private half of a key pair. Pure functions over bytes: no database, no clock, no setting.

Anybody can seal with the public half; only the private half opens. A sealed token is one version byte, a content key
of its own in a libsodium sealed box (X25519, XSalsa20-Poly1305), and the content under that key (XChaCha20-Poly1305).
The place and the box are associated data: what is moved, cut off or changed by one bit does not open.

A seal hides what was written. It does not prove who wrote it: the trail tells that.
"""

from dataclasses import dataclass, field

from nacl.bindings import crypto_box_SEALBYTES
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.utils import random

from bolwerk.crypto.ring import bound_to
from bolwerk.vault.rules.ring import CannotOpenError, Place

VERSION = b"\x01"
KEY_BYTES = 32
BOX_BYTES = KEY_BYTES + crypto_box_SEALBYTES
HEADER_BYTES = len(VERSION) + BOX_BYTES
DOMAIN = b"sealed"  # nothing else in the house is bound to this word
OVERHEAD_BYTES = HEADER_BYTES + Aead.NONCE_SIZE + Aead.MACBYTES


@dataclass(frozen=True)
class KeyPair:
    """An X25519 pair. The private half is in memory only while somebody works with it, and never in a repr."""

    public: bytes
    private: bytes = field(repr=False)


def new_pair() -> KeyPair:
    """A fresh random pair."""
    return pair_of(bytes(PrivateKey.generate()))


def pair_of(private: bytes) -> KeyPair:
    """The pair that a private half of 32 bytes belongs to."""
    return KeyPair(public=bytes(PrivateKey(private).public_key), private=private)


def _bound(box: bytes, place: Place) -> bytes:
    return bound_to(DOMAIN + VERSION + box, place)


def seal(plain: bytes, *, to: bytes, place: Place) -> bytes:
    """Seal `plain` for the public half `to` (32 bytes), for one place; return the token, OVERHEAD_BYTES longer."""
    key = random(KEY_BYTES)
    box = SealedBox(PublicKey(to)).encrypt(key)
    return VERSION + box + bytes(Aead(key).encrypt(plain, _bound(box, place)))


def open_sealed(token: bytes, *, pair: KeyPair, place: Place) -> bytes:
    """Return what was sealed for this pair and this place.

    Raises CannotOpenError, with the same words whatever is wrong: another pair, another place, a changed bit, a cut.
    """
    version, box, content = token[:1], token[1:HEADER_BYTES], token[HEADER_BYTES:]
    try:
        if version != VERSION or len(token) < OVERHEAD_BYTES:
            raise CryptoError
        key = SealedBox(PrivateKey(pair.private)).decrypt(box)
        return Aead(key).decrypt(content, _bound(box, place))
    except CryptoError:
        raise CannotOpenError(
            f"What is sealed in {place.table}.{place.column} does not open with this key here."
        ) from None
