"""People and companies as holders of something, without who they are: a keyed hash, and the number of a company.

The key never leaves the vault (`vault.staging.person_key`), so the hash says only that two rows are about the same.
"""

import hashlib
import hmac

LETTERS = 32  # of a hash in hexadecimal


def hashed(key: bytes, *parts: str) -> str:
    """A keyed hash (HMAC-SHA256) of what tells somebody apart; the parts are not to be had from it."""
    return hmac.digest(key, "\0".join(parts).encode(), hashlib.sha256).hex()[:LETTERS]
