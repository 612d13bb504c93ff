"""Finding a person without knowing who it is: a keyed hash beside the closed identity.

Whoever steals the database cannot try all citizen service numbers, because the hash needs a key of the ring. Each key
of the ring has a hash of its own; after a rotation the rows get the hash of the new key (`actions.renew_index`).
"""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bolwerk.crypto.ring import Key, Ring

PURPOSE = b"bolwerk processing index 1"  # another use of the same key says another word
BYTES = 32


class Indexer:
    """Makes the hashes of one key of the ring."""

    def __init__(self, key: Key) -> None:
        self.key_id = key.id.hex()
        self._secret = HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=PURPOSE).derive(key.secret)

    def index_of(self, identity: str) -> bytes:
        """The keyed hash (HMAC-SHA256, 32 bytes) of an identity, as `identities.identity` writes it."""
        return hmac.digest(self._secret, identity.encode(), "sha256")


def indexers(ring: Ring) -> tuple[Indexer, ...]:
    """One for each key of the ring, the current one first: one of them finds the person, also during a rotation."""
    others = [key for key in ring.keys.values() if key.id != ring.current.id]
    return tuple(Indexer(key) for key in (ring.current, *others))
