"""The key ring, as rooms know it. It lies under the whole house, in `bolwerk.crypto`: drafts need it too (ADR 7)."""

from bolwerk.crypto.ring import (
    CannotOpenError,
    Key,
    Place,
    Ring,
    UnknownKeyError,
    key_id_of,
    make_key,
    open_,
    ring_of,
    seal,
)

__all__ = [
    "CannotOpenError",
    "Key",
    "Place",
    "Ring",
    "UnknownKeyError",
    "key_id_of",
    "make_key",
    "open_",
    "ring_of",
    "seal",
]
