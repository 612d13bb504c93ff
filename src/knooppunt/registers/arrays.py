"""Arrow arrays straight from numpy memory.

`pyarrow.array` would import pandas first, which takes longer than reading a town.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


def bits(flags: Flags) -> pa.Buffer:
    """Return flags packed as Arrow packs them."""
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def from_numpy(values: npt.NDArray[Any], data_type: pa.DataType, present: Flags | None = None) -> pa.Array:
    """Return numbers or flags whose memory layout is that of `data_type`; null where `present` is false."""
    validity = None if present is None or present.all() else bits(present)
    contents = bits(values) if values.dtype == bool else pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(data_type, len(values), [validity, contents])


def flags(values: Flags) -> pa.BooleanArray:
    """Return an array of true and false."""
    return from_numpy(values, pa.bool_())


@lru_cache
def strings(words: tuple[str, ...]) -> pa.StringArray:
    """Return an array of texts."""
    encoded = [word.encode() for word in words]
    offsets = np.cumsum([0, *map(len, encoded)]).astype(np.int32)
    return pa.Array.from_buffers(
        pa.string(), len(words), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))]
    )


def pieces_at(data: bytes | pa.Buffer, at: Positions, size: int) -> npt.NDArray[np.void]:
    """Return `size` bytes of `data` from each position on, as one value each.

    A position less than `size` before the end gives the last `size` bytes.
    """
    every = np.ndarray((len(data) - size + 1,), f"V{size}", data, strides=(1,))
    return every[np.minimum(at, len(every) - 1)]


def words_at(data: bytes | pa.Buffer, at: Positions) -> Words:
    """Return the eight bytes from each position on as a number; the first of them is its lowest byte."""
    return pieces_at(data, at, 8).view("<u8")


def slices(data: bytes, starts: Positions, ends: Positions) -> pa.BinaryArray:
    """Return the pieces `data[start:end]`, in ascending order and not overlapping, as one array."""
    if not len(starts):
        return pa.nulls(0, pa.binary())
    offsets = np.empty(2 * len(starts), np.int32)
    offsets[0::2], offsets[1::2] = starts, ends
    every = pa.Array.from_buffers(pa.binary(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    wanted = np.zeros(len(every), bool)
    wanted[::2] = True
    return every.filter(flags(wanted))


def words(numbers: npt.NDArray[np.int32], dictionary: tuple[str, ...]) -> pa.DictionaryArray:
    """Return the words whose places in `dictionary` are given."""
    return pa.DictionaryArray.from_arrays(from_numpy(numbers, pa.int32()), strings(dictionary))


def constant(word: str, count: int) -> pa.DictionaryArray:
    """Return `count` times the same word."""
    return words(np.zeros(count, np.int32), (word,))


def to_numpy(array: pa.Array | pa.ChunkedArray, fill: int | None = None) -> npt.NDArray[Any]:
    """Return the values of an array: numbers, dates and moments as numbers, or flags.

    There may be nulls only where `fill` says what stands for them.
    """
    if isinstance(array, pa.ChunkedArray):
        chunks = [to_numpy(chunk, fill) for chunk in array.chunks]
        return np.concatenate(chunks) if chunks else np.zeros(0, _layout(array.type))
    validity, contents = array.buffers()
    if contents is None:
        return np.full(len(array), fill or 0, _layout(array.type))
    if pa.types.is_boolean(array.type):
        return _unpack(contents, array)
    values = np.frombuffer(contents, _layout(array.type))[array.offset : array.offset + len(array)]
    if fill is None or validity is None or not array.null_count:
        return values
    return np.where(_unpack(validity, array), values, fill)


def _unpack(buffer: pa.Buffer, array: pa.Array) -> Flags:
    packed = np.frombuffer(buffer, np.uint8)
    return np.unpackbits(packed, bitorder="little")[array.offset : array.offset + len(array)].astype(bool)


def is_word(column: pa.ChunkedArray, word: str) -> Flags:
    """Say where a column of words holds `word`."""
    result = [np.zeros(0, bool)]
    for chunk in column.chunks:
        known = chunk.dictionary.to_pylist()
        own = known.index(word) if word in known else -1
        result.append(to_numpy(chunk.indices, fill=-2) == own)
    return np.concatenate(result)


def _layout(data_type: pa.DataType) -> npt.DTypeLike:
    if pa.types.is_boolean(data_type):
        return np.bool_
    if pa.types.is_floating(data_type):
        return np.float64
    return np.dtype(f"i{data_type.bit_width // 8}")
