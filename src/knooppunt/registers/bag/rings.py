"""All positions of a block at once: posList texts → numbers → WKB. Same rules as `geometry.py`."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from knooppunt.registers import arrays
from knooppunt.registers.bag.geometry import MINIMUM_POINTS, NUMBER, X_RANGE, Y_RANGE

Positions = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_SPACE = 0x20
_DIGITS = (0x30, 0x39)
_NUMBER_MARKS = (0x2D, 0x2E)  # - and .
# Lengths in WKB. Source: OGC 06-103r4 §8.2.
_POLYGON_HEADER, _RING_HEADER, _POINT = 9, 4, 16


def read_points(
    data: bytes, starts: Positions, ends: Positions, dimension: npt.NDArray[np.int64]
) -> tuple[Numbers, Positions, Flags]:
    """Read the points of many texts, given in ascending order, each with its own dimension (2 or 3).

    Returns x and y of every point (two columns), per text where its points start (one more at the end), and
    whether the text was read. A text that was not has no points.
    """
    buffer = np.frombuffer(data, np.uint8)
    first, last, bounds = _split(buffer, starts, ends)
    counts = np.diff(bounds)
    good = counts % dimension == 0
    text_of = np.repeat(np.arange(len(starts)), counts)
    axis = (np.arange(len(first)) - bounds[text_of]) % dimension[text_of]
    height = axis == 2
    good &= ~_any_of(_height_is_odd(buffer, first[height], last[height]), text_of[height], len(starts))
    values, wrong = _parse(data, first[~height], last[~height])
    good &= ~_any_of(wrong, text_of[~height], len(starts))
    keep = good[text_of[~height]]
    points = values[keep].reshape(-1, 2)
    return points, np.append(0, np.cumsum(np.where(good, counts // dimension, 0))), good


def _split(buffer: Bytes, starts: Positions, ends: Positions) -> tuple[Positions, Positions, Positions]:
    """Split texts at single spaces; an empty piece stays in, and is no number."""
    spaces = np.flatnonzero(buffer == _SPACE)
    low, high = np.searchsorted(spaces, starts), np.searchsorted(spaces, ends)
    bounds = np.append(0, np.cumsum(high - low + 1))
    inside = np.zeros(len(spaces) + 1, np.int64)
    np.add.at(inside, low, 1)
    np.subtract.at(inside, high, 1)
    inner = spaces[np.cumsum(inside[:-1]) > 0]
    first, last = np.empty(bounds[-1], np.int64), np.empty(bounds[-1], np.int64)
    rest = np.ones(bounds[-1], bool)
    rest[bounds[:-1]] = False
    first[bounds[:-1]], first[rest] = starts, inner + 1
    rest[:] = True
    rest[bounds[1:] - 1] = False
    last[bounds[1:] - 1], last[rest] = ends, inner
    return first, last, bounds


def _height_is_odd(buffer: Bytes, first: Positions, last: Positions) -> Flags:
    """Say which heights are anything else than 0.0, which is what Kadaster writes."""
    odd: Flags = last - first != 3
    first = np.minimum(first, len(buffer) - 3)
    for place, character in enumerate(b"0.0"):
        odd |= buffer[first + place] != character
    return odd


def _any_of(flags: Flags, groups: Positions, count: int) -> Flags:
    result = np.zeros(count, bool)
    result[groups[flags]] = True
    return result


def _parse(data: bytes, first: Positions, last: Positions) -> tuple[Numbers, Flags]:
    """Return the numbers, and which of the pieces are none (their number is 0)."""
    pieces = slices(data, first, last)
    marks = np.frombuffer(pieces.buffers()[2], np.uint8)[: pieces.buffers()[2].size] if len(pieces) else Bytes([])
    plain = (marks >= _DIGITS[0]) & (marks <= _DIGITS[1]) | (marks == _NUMBER_MARKS[0]) | (marks == _NUMBER_MARKS[1])
    if plain.all():
        try:
            return arrays.to_numpy(pieces.cast(pa.string()).cast(pa.float64())), np.zeros(len(first), bool)
        except pa.ArrowInvalid:
            pass
    right = pc.match_substring_regex(pieces, f"^(?:{NUMBER.pattern})$")
    numbers = pc.if_else(right, pieces, b"0").cast(pa.string()).cast(pa.float64())
    return arrays.to_numpy(numbers), ~arrays.to_numpy(right)


def slices(data: bytes, first: Positions, last: Positions) -> pa.BinaryArray:
    """Return the pieces `data[first:last]`, in ascending order and not overlapping, as one array."""
    if not len(first):
        return pa.nulls(0, pa.binary())
    offsets = np.empty(2 * len(first), np.int32)
    offsets[0::2], offsets[1::2] = first, last
    every = pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    wanted = np.zeros(len(every), bool)
    wanted[::2] = True
    return every.filter(arrays.flags(wanted))


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
