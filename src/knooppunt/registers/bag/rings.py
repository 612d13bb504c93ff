"""All positions of a block at once: posList texts → numbers → WKB. Same rules as `geometry.py`."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from knooppunt.registers import arrays
from knooppunt.registers.bag import digits
from knooppunt.registers.bag.geometry import MINIMUM_POINTS, X_RANGE, Y_RANGE

Positions = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_SPACE, _LESS, _DOT = (np.uint64(character) for character in b" <.")
_ZERO = np.uint8(ord("0"))
_MOST_DIGITS = 7  # before and behind the dot: together a whole number that floating point holds exactly
_POWERS = 10 ** np.arange(_MOST_DIGITS + 1)
_NO_HEIGHT = np.uint64(int.from_bytes(b" 0.0", "little"))  # all that Kadaster writes
_MARGIN = 8  # bytes around the texts that are looked at: one word
# Lengths in WKB. Source: OGC 06-103r4 §8.2.
_POLYGON_HEADER, _RING_HEADER, _POINT = 9, 4, 16


def read_points(data: bytes, starts: Positions, ends: Positions, dimension: int) -> tuple[Numbers, Positions, Flags]:
    """Read the points of many texts, given in ascending order and all of one dimension (2 or 3).

    Returns x and y of every point (two columns), per text where its points start (one more at the end), and
    whether the text was read. A text that was not has no points. Read is what looks like
    `206289.94 447355.96 0.0 …`: a dot in every number, one space between two, and no height.
    """
    texts, bounds = _together(data, starts, ends)
    marks = np.flatnonzero(np.frombuffer(texts, np.uint8) - _ZERO > 9)  # no digits; below 0 wraps round
    places = np.searchsorted(marks, bounds)
    counts, per_point = np.diff(places), 2 * dimension
    good = counts % per_point == 0
    before = np.append(bounds[0] - 1, marks[places[0] : places[-1] - 1])
    after = marks[places[0] : places[-1]]
    if not good.all():
        whole = np.repeat(good, counts)
        before, after = before[whole], after[whole]
    lines = np.empty((per_point + 1, len(after) // per_point), np.int64)
    lines[0], lines[1:] = before[::per_point], after.reshape(-1, per_point).T
    points, right = _read(texts, lines)
    counts = np.where(good, counts // per_point, 0)
    if not right.all():
        text_of = np.repeat(np.arange(len(starts)), counts)
        good &= ~_any_of(~right, text_of, len(starts))
        points, counts = points[good[text_of]], np.where(good, counts, 0)
    return points, np.append(0, np.cumsum(counts)), good


def _together(data: bytes, starts: Positions, ends: Positions) -> tuple[pa.Buffer, Positions]:
    """Return the texts after each other, each with the `<` behind it, and where each starts and the last ends."""
    first, last = starts.copy(), ends + 1
    first[0] -= _MARGIN
    last[-1] += _MARGIN
    return arrays.slices(data, first, last).buffers()[2], _MARGIN + np.append(0, np.cumsum(ends + 1 - starts))


def _read(texts: pa.Buffer, marks: Positions) -> tuple[Numbers, Flags]:
    """Read points, one per column of `marks`, and say which are written as they should.

    The rows of `marks` are where these stand: what comes before x, the dot in x, the space behind it, the dot in y,
    what comes behind it, and for three dimensions the dot in the height and what comes behind that.

    The digits of a number make a whole number below 2**53, and that divided by a power of ten is the nearest
    floating-point number, as IEEE 754 rounds divisions: the same as reading the text.
    """
    dots = marks[1:4:2]
    before, behind = dots - marks[0:3:2] - 1, marks[2:5:2] - dots - 1  # numbers of digits
    right = (before >= 1) & (before <= _MOST_DIGITS) & (behind >= 1) & (behind <= _MOST_DIGITS)
    before, behind = np.where(right, before, 1), np.where(right, behind, 1)
    head, tail = arrays.words_at(texts, dots - _MOST_DIGITS), arrays.words_at(texts, dots + 1)
    right &= (head >> _bytes(_MOST_DIGITS) == _DOT) & _ends(tail >> _bytes(behind))
    unused = _bytes(_MOST_DIGITS - before)
    above = digits.number((head ^ digits.ZEROS) >> unused << (unused + _bytes(1)))
    below = digits.number((tail ^ digits.ZEROS) << _bytes(8 - behind))
    powers = _POWERS[behind]
    all_right: Flags = np.asarray(right.all(axis=0))
    if len(marks) > 5:
        height = arrays.words_at(texts, marks[4])
        all_right &= (height & np.uint64(0xFFFFFFFF) == _NO_HEIGHT) & _ends(height >> _bytes(4))
    return ((above * powers + below) / powers).T, all_right


def _bytes(count: Positions | int) -> arrays.Words:
    """Return how many bits so many bytes have."""
    return np.asarray(count, np.int64).view(np.uint64) * np.uint64(8)


def _ends(words: arrays.Words) -> Flags:
    """Say which words start with what may follow a number: a space, or the `<` behind the text."""
    character = words & np.uint64(0xFF)
    result: Flags = (character == _SPACE) | (character == _LESS)
    return result


def _any_of(flags: Flags, groups: Positions, count: int) -> Flags:
    result = np.zeros(count, bool)
    result[groups[flags]] = True
    return result


def check_rings(points: Numbers, bounds: Positions) -> Flags:
    """Say which rings have enough points, are closed and lie in the Netherlands."""
    counts = np.diff(bounds)
    good = counts >= MINIMUM_POINTS
    start, stop = bounds[:-1][good], bounds[1:][good] - 1
    good[good] = (points[start] == points[stop]).all(axis=1)
    far = ~inside(points)
    if far.any():
        good &= ~_any_of(far, np.repeat(np.arange(len(counts)), counts), len(counts))
    return good


def inside(points: Numbers) -> Flags:
    """Say which points lie in the area of use of EPSG:28992."""
    x, y = points[:, 0], points[:, 1]
    return (x >= X_RANGE[0]) & (x <= X_RANGE[1]) & (y >= Y_RANGE[0]) & (y <= Y_RANGE[1])


def polygons_wkb(points: Numbers, ring_bounds: Positions, rings_of: Positions) -> pa.BinaryArray:
    """Return polygons as WKB; polygon i has `rings_of[i]` rings, taken from `ring_bounds` in order."""
    ring_points = np.diff(ring_bounds)
    ring_bytes = _RING_HEADER + _POINT * ring_points
    first_ring = np.append(0, np.cumsum(rings_of))
    bytes_before = np.append(0, np.cumsum(ring_bytes))
    sizes = _POLYGON_HEADER + np.diff(bytes_before[first_ring])
    offsets = np.append(0, np.cumsum(sizes))
    polygon_of = np.repeat(np.arange(len(rings_of)), rings_of)
    ring_at = bytes_before[:-1] + _POLYGON_HEADER * (polygon_of + 1)
    wkb, body = np.empty(offsets[-1], np.uint8), np.ones(offsets[-1], bool)
    _put(wkb, body, offsets[:-1], np.broadcast_to(np.frombuffer(b"\1\3\0\0\0", np.uint8), (len(rings_of), 5)))
    _put(wkb, body, offsets[:-1] + 5, rings_of.astype("<u4").view(np.uint8).reshape(-1, 4))
    _put(wkb, body, ring_at, ring_points.astype("<u4").view(np.uint8).reshape(-1, 4))
    wkb[body] = np.ascontiguousarray(points, "<f8").view(np.uint8).ravel()
    return _binary(offsets, wkb)


def points_wkb(points: Numbers) -> pa.BinaryArray:
    """Return points as WKB."""
    wkb = np.empty((len(points), 5 + _POINT), np.uint8)
    wkb[:, :5] = np.frombuffer(b"\1\1\0\0\0", np.uint8)
    wkb[:, 5:] = np.ascontiguousarray(points, "<f8").view(np.uint8).reshape(-1, _POINT)
    return _binary(np.arange(len(points) + 1) * wkb.shape[1], wkb.ravel())


def _put(wkb: Bytes, body: Flags, at: Positions, values: Bytes) -> None:
    for column in range(values.shape[1]):
        wkb[at + column] = values[:, column]
        body[at + column] = False


def _binary(offsets: Positions, values: Bytes) -> pa.BinaryArray:
    return pa.Array.from_buffers(
        pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(values)]
    )
