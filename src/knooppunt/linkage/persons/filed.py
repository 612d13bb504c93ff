"""Rows filed under hashes of their values."""

import numpy as np

from knooppunt.linkage.free.tokens import Hashes, Ints

_MIX = np.uint64(0x9E3779B97F4A7C15)
_FACTORS = tuple(
    np.uint64(one) for one in (0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
)
_HALF = np.uint64(32)
STRANGERS = 8
"""So many rows may have the first half of a hash and not the second; with a million rows even two are rare."""


def mixed(*parts: Ints) -> Hashes:
    """One hash of some numbers; 0 where one of them is missing, which is below 0."""
    out = parts[0].view(np.uint64) * _FACTORS[0]
    together = parts[0]
    for part, factor in zip(parts[1:], _FACTORS[1:], strict=False):
        out += part.view(np.uint64) * factor
        together = together | part
    out ^= out >> _HALF
    out *= _MIX
    out |= np.uint64(1)
    out[together < 0] = 0
    return out


def in_order(hashes: Hashes) -> Ints:
    """Places of hashes in the order of their first 32 bits.

    Numbers of 16 bits are put in order by counting, many times as fast as others by comparing: first by the second half
    of those bits, then by the first, which leaves equals as they are.
    """
    high, low = ((hashes >> np.uint64(bits)).astype(np.uint16) for bits in (48, 32))
    order = np.argsort(low, kind="stable")
    return order[np.argsort(high[order], kind="stable")]


class Filed:
    """Rows under a hash, in the order of its first half; 0 is no hash, and is not asked for."""

    def __init__(self, hashes: Hashes) -> None:
        order = in_order(hashes)
        whole = hashes[order]
        self._first = (whole >> _HALF).astype(np.uint32)
        self._second = whole.astype(np.uint32)
        self._row = order.astype(np.int32)

    def find(self, asked: Hashes, most: int) -> tuple[Ints, Ints]:
        """Pairs of a place in `asked` and a row, for every hash that at most `most` rows have."""
        some = np.flatnonzero(asked)
        some = some[np.argsort((asked[some] >> np.uint64(48)).astype(np.uint16), kind="stable")]  # stays in the cache
        first = (asked[some] >> _HALF).astype(np.uint32)
        left = np.searchsorted(self._first, first)
        count = np.searchsorted(self._first, first, side="right") - left
        keep = (count > 0) & (count <= most + STRANGERS)
        some, left, count = some[keep], left[keep], count[keep]
        at = np.arange(int(count.sum())) + np.repeat(left - np.cumsum(count) + count, count)
        place = np.repeat(some, count)
        same = self._second[at] == asked[place].astype(np.uint32)
        place, row = place[same], self._row[at[same]].astype(np.int64)
        few = np.bincount(place)[place] <= most
        return place[few], row[few]
