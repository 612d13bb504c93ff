"""Filling up what a field closes, so that its length tells little. Pure functions.

Sealing to people has larger steps (`bolwerk.vault.rules.padding`); here rows are many, and most texts are a line.
"""

from nacl.bindings import sodium_pad, sodium_unpad

BLOCK_BYTES = 128  # an empty answer, a name and a line are all as long as each other


def padded(plain: bytes) -> bytes:
    """Fill up to the next whole number of blocks (a mark of 0x80, then zeros: ISO/IEC 7816-4)."""
    return bytes(sodium_pad(plain, BLOCK_BYTES))


def unpadded(filled: bytes) -> bytes:
    """Take off what `padded` added. Only for what was opened: it is known to come from there."""
    return bytes(sodium_unpad(filled, BLOCK_BYTES))
