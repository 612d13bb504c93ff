"""Padding: how long something sealed is does not tell what it is. Pure functions over bytes.

Everything is filled up to the next step before it is sealed. The first step holds two pages of text, so that nearly
every report and note has one and the same length; above it each step is twice the one before, up to a mebibyte. Larger
things would waste too much that way: they go up by Padmé, which tells at most a few bits about the length and costs at
most an eighth (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
PETS 2019, algorithm 1).
"""

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from bolwerk.vault.rules.ring import CannotOpenError

SMALLEST = 4 * 1024  # bytes
DOUBLING_UP_TO = 1024 * 1024


def padded_length(length: int) -> int:
    """The number of bytes that something of `length` bytes takes when it is padded; always more than `length`."""
    least = length + 1  # the mark where the filling begins
    if least <= DOUBLING_UP_TO:
        return max(SMALLEST, 1 << (least - 1).bit_length())
    exponent = least.bit_length() - 1
    kept_bits = exponent.bit_length()
    step = 1 << (exponent - kept_bits)
    return -(-least // step) * step


def pad(plain: bytes) -> bytes:
    """Fill up to the next step (a mark of 0x80, then zeros: ISO/IEC 7816-4)."""
    return bytes(sodium_pad(plain, padded_length(len(plain))))


def unpad(padded: bytes) -> bytes:
    """Take the filling away. Raises CannotOpenError when there is none: this was never padded by us."""
    try:
        return bytes(sodium_unpad(padded, len(padded)))
    except (CryptoError, ValueError):
        raise CannotOpenError("What was opened is not as it was sealed.") from None
