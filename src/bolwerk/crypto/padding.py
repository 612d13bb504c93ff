"""Filling up what a field closes, so that its length tells little. Pure functions.

Sealing to people has larger steps (`bolwerk.vault.rules.padding`); here rows are many, and most texts are a line.
"""

BLOCK_BYTES = 128  # an empty answer, a name and a line are all as long as each other
MARK = b"\x80"  # ISO/IEC 7816-4: the mark, then zeros; the end of the text is found from behind


def padded(plain: bytes) -> bytes:
    """Fill up to the next whole number of blocks; at least the mark is added."""
    return plain + MARK + b"\0" * (-(len(plain) + 1) % BLOCK_BYTES)


def unpadded(filled: bytes) -> bytes:
    """Take off what `padded` added. Only for what was opened: it is known to come from there."""
    return filled.rstrip(b"\0")[: -len(MARK)]
