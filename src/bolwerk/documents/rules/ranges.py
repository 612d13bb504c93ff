"""A piece of a file, as a player asks for it (RFC 9110, section 14). Pure.

An iPhone plays sound only from a server that answers to `Range`: first two bytes, then the rest in pieces.
"""

import re

ONE = re.compile(r"bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*", re.IGNORECASE | re.ASCII)


class NoSuchPieceError(ValueError):
    """The file has no byte of what was asked for."""


def piece_asked(header: str, *, size: int) -> slice | None:
    """Which piece of a file of `size` bytes a `Range` header asks for; None is the whole.

    What is no range of bytes, or more than one, is passed over, as the RFC allows: then the whole goes out. Raises
    NoSuchPieceError.
    """
    found = ONE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        if int(last) == 0 or size == 0:
            raise NoSuchPieceError
        return slice(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise NoSuchPieceError
    return slice(int(first), min(int(last), size - 1) + 1 if last else size)
