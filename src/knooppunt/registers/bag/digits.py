"""Digits of many texts at once: eight characters are one 64-bit number, and arithmetic on it reads them.

The first character of a text is the lowest byte. "Digits" are words in which every character has been
made 0 to 9 by `^ ZEROS`, or by a pattern that makes a sign like `-` zero where it belongs.

Source of the idea: D. Lemire, "Quickly parsing eight digits" (2018).
"""

from functools import cache

import numpy as np
import numpy.typing as npt

from knooppunt.registers.arrays import Words

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

ZEROS = np.uint64(int.from_bytes(b"00000000", "little"))
_HIGH_BITS = np.uint64(0x8080808080808080)
_ABOVE_NINE = np.uint64(0x7676767676767676)  # brings 10 and more to the high bit
_BYTE = np.uint64(0xFF)
_PAIRS, _FOURS = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0000FFFF0000FFFF)
_EPOCH = np.datetime64("1970-01-01", "D")


def pattern(text: bytes) -> tuple[np.uint64, np.uint64]:
    """Return what makes digits of words like `text`, in which 0 stands for a digit, and how to check them.

    Digits made this way are checked by `fits`: every 0 is a digit, every other character is itself.
    """
    limits = bytes(0x76 if character == ord("0") else 0x7F for character in text)
    return np.uint64(int.from_bytes(text, "little")), np.uint64(int.from_bytes(limits, "little"))


def fits(digits: Words, limits: np.uint64 = _ABOVE_NINE) -> Flags:
    """Say which words are digits only, or fit the limits of a pattern."""
    result: Flags = ((digits + limits) | digits) & _HIGH_BITS == 0
    return result


def number(digits: Words) -> Numbers:
    """Return the numbers of eight digits."""
    pairs = (digits * np.uint64(10) + (digits >> np.uint64(8))) & _PAIRS
    fours = (pairs * np.uint64(100) + (pairs >> np.uint64(16))) & _FOURS
    eight = (fours * np.uint64(10_000) + (fours >> np.uint64(32))) & np.uint64(0xFFFFFFFF)
    return eight.view(np.int64)


def pairs_at(digits: Words, *places: int) -> list[Numbers]:
    """Return, per place, the numbers of the two digits that start there."""
    pairs = digits * np.uint64(10) + (digits >> np.uint64(8))
    return [(pairs >> np.uint64(8 * place) & _BYTE).view(np.int64) for place in places]


@cache
def months() -> tuple[Numbers, Numbers]:
    """Return, by year * 16 + month, the day on which each month starts (1970-01-01 is 0) and its length.

    What is no month from 0001-01 to 9999-12 has no length.
    """
    starts = np.arange("0001-01", "10000-02", dtype="datetime64[M]").astype("datetime64[D]") - _EPOCH
    first, length = np.zeros((2, 10_000, 16), np.int64)
    first[1:, 1:13] = starts[:-1].astype(np.int64).reshape(-1, 12)
    length[1:, 1:13] = np.diff(starts).astype(np.int64).reshape(-1, 12)
    return first.ravel(), length.ravel()
